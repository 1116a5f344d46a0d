"""What the tables cost as they grow: loading, ranking, and a press in the clue matrix."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from frictionless import Package
from playwright.sync_api import sync_playwright

from myoteach import clue_matrix, load
from myoteach._content import content_folder
from myoteach.knowledge import find_problems
from tests.bench.explorers import press
from tests.bench.figure import Figure
from tests.bench.peers import compare, compared
from tests.browser.conftest import ARGUMENTS, find_browser

#: The tables that a field grows by, and the column in which a copy gets a number of its own.
GROWING = {"sources": "id", "glossary": "id", "causes": "id", "cause_clue": "cause_id"}
TIMES = (1, 10, 100, 1000)
_LOAD = """
import json, psutil, sys, time
from myoteach import load
from myoteach.knowledge import _read
_read.MAX_FILE = 10**10  # a table longer than any reader is refused; here the cost beyond that is asked
folder = sys.argv[1] or None
start = time.process_time(); kb = load(folder); took = time.process_time() - start
start = time.process_time(); kb.causes({"CL06": "yes", "CL01": "no"}); ranked = time.process_time() - start
rows = sum(len(kb.table(name)) for name in kb.tables)
print(json.dumps([rows, took, ranked, psutil.Process().memory_full_info().uss / 1e6]))
"""


def rows() -> list[Figure]:
    """Measure loading at each size, its peers at the present size, and a press at ten times the causes."""
    with tempfile.TemporaryDirectory() as home:
        grown = {times: _load(grow(Path(home) / str(times), times)) for times in TIMES}
        return [*_growth(grown), *_peers(), _press(Path(home) / "10")]


def grow(folder: Path, times: int) -> Path | None:
    """Write a folder that makes the growing tables so many times as long, each copy with an id of its own.

    >>> grow(Path("nowhere"), 1) is None
    True
    """
    if times == 1:
        return None
    folder.mkdir()
    for table, column in GROWING.items():
        with (content_folder("data") / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            read = csv.DictReader(file)
            names, lines = read.fieldnames or [], list(read)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(_copies(lines, column, times))
    return folder


def _copies(lines: list[dict[str, str]], column: str, times: int) -> Iterator[dict[str, str]]:
    for copy in range(1, times):
        for line in lines:
            name = line[column]
            yield line | {column: f"C{copy * 1000 + int(name[1:])}" if name.startswith("C") else f"{name}x{copy}"}


def _load(folder: Path | None) -> tuple[int, float, float, float]:
    """Rows, seconds of the processor to load and to rank, and megabytes, in a process of its own."""
    command = [sys.executable, "-c", _LOAD, str(folder or "")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rows, took, ranked, memory = json.loads(done.stdout)
    return int(rows), float(took), float(ranked), float(memory)


def _growth(grown: dict[int, tuple[int, float, float, float]]) -> list[Figure]:
    base, few = grown[TIMES[0]], grown[TIMES[1]]
    found = []
    for times, (count, took, ranked, memory) in grown.items():
        words = f"{took:.2f} s for {count:,} rows; rank {1000 * ranked:.0f} ms; {memory:.0f} MB"
        if times > TIMES[1]:
            added = [(seconds - base[1]) / (many - base[0]) for many, seconds, *_ in ((count, took), few)]
            words += f"; a row more costs {added[0] / added[1]:.2f} of what it costs at {TIMES[1]} times"
        found.append(
            Figure(
                f"load tables {times:,} times as long",
                words,
                "grows no faster than the rows",
                "processor time and own memory of a fresh process; causes, clue cells, sources and terms are copied",
            )
        )
    return found


def _peers() -> list[Figure]:
    """Beside one that only reads, each in a fresh process with its imports, and one that checks, in this process."""
    data = content_folder("data")
    files = [str(file) for file in sorted(data.glob("*.csv"))]
    package = Package(str(data / "datapackage.json"))

    def fresh(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    reading = compare(
        fresh("import myoteach; myoteach.load()"),
        fresh(f"import pandas\nfor file in {files!r}: pandas.read_csv(file, dtype=str)"),
        9,
    )
    checking = compare(find_problems, package.validate, 3)
    return [
        compared(
            "import, read, check and link all tables, against pandas",
            reading,
            "none stated",
            "a fresh process each; `pandas.read_csv` as text, which checks and links nothing; 9 turns",
        ),
        compared(
            "check all tables, against frictionless",
            checking,
            "none stated",
            "`Package.validate` of the same datapackage.json; ours checks supports and sources besides; 3 turns",
        ),
    ]


def _press(folder: Path) -> Figure:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        try:
            kb = load(folder)
            what = f"clue matrix of {len(kb.all_causes):,} causes"
            matrix = partial(clue_matrix, kb=kb)
            return press(browser, what, matrix, ".cm-clue input[value=yes], .cm-clue input[value=no]", "under 16 ms")
        finally:
            browser.close()
