"""The reader builds what is right, and says all that is wrong with file, line, item, field and remedy."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from myoteach import load
from myoteach.cli import main
from myoteach.questions import BankError, Case, Numeric, read_bank
from myoteach.questions._read import read_text
from myoteach.questions._schema import question_schema
from tests.questions.samples import (
    CLEAN,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    SINGLE,
    bank,
    changed,
    dump,
    problems,
    read,
    with_option,
)


def test_every_kind_is_built() -> None:
    items = bank().items
    assert [item.kind for item in items] == ["single", "multiple", "matching", "numeric", "ordering", "case"]
    number, case = items[3], items[5]
    assert isinstance(number, Numeric)
    assert (number.answer, number.tolerance, number.unit) == (50.0, 5.0, "ms")
    assert isinstance(case, Case)
    assert [stage.item.lesson for stage in case.stages] == ["06", "06"]
    assert [question.id for question in bank().questions][-2:] == ["Q06-006a", "Q06-006b"]


def test_scalars_are_text_whatever_they_look_like() -> None:
    text = dump(with_option(SINGLE, "a", text="XX")).replace("XX", "No")
    assert read_text(text, load()).items[0].options[0].text == "No"  # type: ignore[attr-defined]


def test_a_problem_names_file_line_item_field_value_and_the_nearest() -> None:
    text = dump(changed(SINGLE, sources=["kojovic2012"]))
    (problem,) = read_text(text, load(), "lesson-06.yaml").problems
    line = next(n for n, written in enumerate(text.splitlines(), 1) if "kojovic2012" in written)
    assert (problem.file, problem.line, problem.item, problem.field) == ("lesson-06.yaml", line, "Q06-001", "sources")
    assert str(problem) == (
        f"lesson-06.yaml, line {line}, item Q06-001, field sources: 'kojovic2012' stands there; "
        "expected the id of a source. Did you mean 'kojovic2011'? [E form]"
    )


WRONG: dict[str, tuple[Any, str, str]] = {
    "kind": (changed(SINGLE, kind="singlee"), "kind", "single"),
    "place": (changed(SINGLE, place="openingg"), "place", "opening"),
    "unknown field": (changed(SINGLE, sourcess=["kojovic2011"]), "sourcess", "sources"),
    "missing field": (changed(SINGLE, covers=None), "covers", ""),
    "missing why": (with_option(SINGLE, "c", why=None), "options.c.why", ""),
    "empty why": (with_option(SINGLE, "c", why=""), "options.c.why", ""),
    "two options": (changed(SINGLE, options=SINGLE["options"][:2]), "options", ""),
    "six options": (changed(SINGLE, options=[{**SINGLE["options"][0], "id": x} for x in "abcdef"]), "options", ""),
    "no source": (changed(SINGLE, sources=[]), "sources", ""),
    "objective of another lesson": (changed(SINGLE, objective="O05-1"), "objective", "O06-1"),
    "unknown row": (changed(SINGLE, covers=["C9999"]), "covers", "C"),
    "key is no truth value": (with_option(SINGLE, "b", key="perhaps"), "options.b.key", ""),
    "repeated option id": (with_option(SINGLE, "c", id="d"), "options.d.id", ""),
    "no tolerance": (changed(NUMERIC, tolerance=None), "tolerance", ""),
    "no unit": (changed(NUMERIC, unit=None), "unit", ""),
    "answer in words": (changed(NUMERIC, answer="fifty"), "answer", ""),
    "negative tolerance": (changed(NUMERIC, tolerance=-1), "tolerance", ""),
    "picture without words": (changed(SINGLE, picture={"file": "a.svg", "alt": ""}), "picture.alt", ""),
    "no number of keys": (changed(MULTIPLE, keys=None), "keys", ""),
    "answer to no option": (
        changed(MATCHING, stems=[{**MATCHING["stems"][0], "answer": "z"}, MATCHING["stems"][1]]),
        "stems.s1.answer",
        "",
    ),
    "signed by nobody": (changed(SINGLE, status="reviewed"), "status", ""),
    "signed on no day": (
        changed(SINGLE, status="reviewed", reviewed_by="A. Clinician", reviewed_on="2026-02-31"),
        "reviewed_on",
        "",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_form_is_refused_at_its_place(name: str) -> None:
    item, field, near = WRONG[name]
    found = read(item).problems
    assert [problem.field for problem in found] == [field], found
    assert found[0].line is not None
    assert found[0].nearest.startswith(near)
    assert not read(item).items


def test_a_problem_in_a_stage_names_the_stages_item() -> None:
    case = copy.deepcopy(CLEAN[5])
    del case["stages"][1]["item"]["options"][0]["why"]
    (problem,) = read(case).problems
    assert (problem.item, problem.field) == ("Q06-006b", "options.a.why")


def test_all_problems_at_once_and_nothing_half_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(dump(changed(SINGLE, place="x"), changed(NUMERIC, unit=None)))
    (tmp_path / "b.yaml").write_text("- id: [\n")
    with pytest.raises(BankError, match="3 problems in the questions; none was loaded") as caught:
        read_bank(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"a.yaml", "b.yaml"}


@pytest.mark.parametrize(
    "text",
    [
        "- &x {id: Q06-001}\n- *x\n",
        "a: 1\n",
        "- {a: 1, a: 2}\n",
        "- ? [x]\n  : y\n",
        "- !!python/object/apply:os.system ['echo']\n",
        '- id: "\\u202e"\n',
        "--- 1\n--- 2\n",
        "[" * 100_000,
        "- [" * 5_000,
        "x" * 3_000_000,
    ],
)
def test_odd_yaml_is_refused_in_a_sentence(text: str) -> None:
    reading = read_text(text, load())
    assert reading.problems
    assert not reading.items


def test_an_id_is_used_once_across_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(dump(SINGLE))
    with pytest.raises(BankError, match=r"b\.yaml, line 1, item Q06-001.*used once; a\.yaml, line 1 has it"):
        read_bank(tmp_path)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(leaf for name, child in children for leaf in _leaves(child, (*path, name)))]


VALIDATOR = jsonschema.Draft202012Validator(question_schema())


def test_the_published_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(question_schema())
    assert VALIDATOR.is_valid(list(CLEAN))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_reader_and_the_published_schema_agree(data: st.DataObject) -> None:
    """Change or remove anything in a clean item: an independent validator and the reader say the same of its form."""
    item = copy.deepcopy(data.draw(st.sampled_from(CLEAN)))
    path = data.draw(st.sampled_from([leaf for leaf in _leaves(item) if leaf]))
    *way, last = path
    holder = item
    for name in way:
        holder = holder[name]
    if data.draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = data.draw(st.sampled_from(["", "word", [], {}, ["a"], {"id": "a"}, [{"id": "a"}]]))
    schema = VALIDATOR.is_valid([item])
    reading = read(item)
    refused_by_form = [p for p in reading.problems if not _beyond_schema(p.expected)]
    assert schema == (not refused_by_form), (path, reading.problems)


def _beyond_schema(expected: str) -> bool:
    beyond = ("the id of", "an id used once", "reviewed with")
    return expected.startswith(beyond)


def test_check_lists_the_problems_of_a_folder_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "questions"
    questions.mkdir()
    table = "id,order,plain,clinical\n"
    (tmp_path / "urgency.csv").write_text(table, encoding="utf-8")
    (questions / "lesson-06.yaml").write_text(dump(*CLEAN), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert "questions: 7 in 1 lessons" in capsys.readouterr().out
    (questions / "lesson-06.yaml").write_text(dump(with_option(SINGLE, "b", key=False)), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "[E one-key]" in capsys.readouterr().err


def test_reading_questions_needs_no_numbers_and_no_widgets() -> None:
    code = "import sys, myoteach.questions as q; q.read_bank(); print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"numpy", "pandas", "plotly", "anywidget", "fsrs", "platformdirs"}


def test_problems_of_form_and_lints_come_together() -> None:
    found = problems(changed(SINGLE, place="x"), with_option(MULTIPLE, "a", key=False))
    assert {problem.code for problem in found} == {"form", "one-key"}


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    with pytest.raises(BankError, match="a folder that exists"):
        read_bank(tmp_path)
