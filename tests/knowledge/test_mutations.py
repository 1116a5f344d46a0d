"""Damage valid tables in any way: the loader accepts a right table or says a sentence, and nothing else."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from myoteach import KnowledgeBase, KnowledgeError, load
from myoteach._content import content_folder

TABLES = ("urgency", "groups", "clues", "triggers", "epidemiology", "ep_rules")
TEXT = st.text(max_size=40)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "data"
    shutil.copytree(content_folder("data"), folder)
    for path in folder.glob("*.csv"):
        if path.stem not in TABLES:
            path.unlink()
    return folder


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from(TABLES),
    row=st.integers(0, 4),
    column=st.integers(0, 20),
    value=TEXT,
)
def test_any_text_in_any_cell(copy: Path, table: str, row: int, column: int, value: str) -> None:
    """A changed cell is either accepted and there to read, or refused at its place."""
    path = copy / f"{table}.csv"
    before = path.read_bytes()
    rows = list(csv.reader(io.StringIO(before.decode("utf-8"))))
    row, column = 1 + row % (len(rows) - 1), column % len(rows[0])
    rows[row][column] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="", errors="surrogatepass")
    try:
        _accepted_or_refused(copy, path.name)
    finally:
        path.write_bytes(before)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from(TABLES),
    at=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=12),
    cut=st.integers(0, 8),
)
def test_any_bytes_anywhere(copy: Path, table: str, at: float, junk: bytes, cut: int) -> None:
    path = copy / f"{table}.csv"
    before = path.read_bytes()
    place = int(at * len(before))
    path.write_bytes(before[:place] + junk + before[place + cut :])
    try:
        _accepted_or_refused(copy, path.name)
    finally:
        path.write_bytes(before)


def _accepted_or_refused(folder: Path, file: str) -> None:
    try:
        assert isinstance(load(folder), KnowledgeBase)
    except KnowledgeError as error:
        problems = error.problems
    else:
        return
    assert all(str(problem) and problem.expected for problem in problems)
    assert any(problem.file == file for problem in problems)
