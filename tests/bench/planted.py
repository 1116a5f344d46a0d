"""Whether the tests notice: one fault is planted in each layer of a copy, and its tests must turn red."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figure import Figure

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, what stands there, what is put in its place, and the tests that must not let it pass."""

    what: str
    file: str
    old: str
    new: str
    tests: str


FAULTS = [
    Fault(
        "tables: a source that nobody knows",
        "data/causes.csv",
        "nidirect_hiccups;park2005_hiccup",
        "nobody1999;park2005_hiccup",
        "tests/knowledge/test_content.py",
    ),
    Fault(
        "knowledge: the ranking upside down",
        "src/myoteach/knowledge/_rank.py",
        "return -match.score,",
        "return match.score,",
        "tests/knowledge/test_rank.py",
    ),
    Fault(
        "signals: a back-average divided by one too many",
        "src/myoteach/signals/average.py",
        "mean = sums.sum(axis=0, dtype=np.float64) / at.size",
        "mean = sums.sum(axis=0, dtype=np.float64) / (at.size + 1)",
        "tests/signals/test_measure_brain.py",
    ),
    Fault(
        "questions: half right counts as right",
        "src/myoteach/questions/marking.py",
        '"right" if score == 1 else',
        '"right" if score > 0.5 else',
        "tests/questions/test_marking.py",
    ),
    Fault(
        "questions: a damaged line of the log is taken",
        "src/myoteach/questions/attempts.py",
        'if checksum != b"%08x" % zlib.crc32(body):',
        "if not checksum:",
        "tests/questions/test_log.py",
    ),
    Fault(
        "exports: a wrong option earns half in Moodle",
        "src/myoteach/questions/exports/moodle.py",
        'fraction(item.keys), "0" if',
        'fraction(item.keys), "50" if',
        "tests/questions/exports",
    ),
    Fault(
        "figures: bars stand half a width off",
        "src/myoteach/figures/durations.py",
        "middles = (edges[:-1] + bin_ms / 2).tolist()",
        "middles = (edges[:-1] + bin_ms).tolist()",
        "tests/figures src/myoteach/figures",
    ),
    Fault(
        "widgets: two threads of a kernel at once",
        "src/myoteach/widgets/_turns.py",
        "        with _TURN:\n            return",
        "        if _TURN:\n            return",
        "tests/widgets",
    ),
    Fault(
        "widgets: the page ranks otherwise than Python",
        "src/myoteach/widgets/_ranking.js",
        "match.score = match.fits.length - match.against.length;",
        "match.score = match.fits.length;",
        "tests/browser/test_clue_matrix_alone.py",
    ),
    Fault(
        "widgets: nothing turns pale before it flashes",
        "src/myoteach/widgets/_paling.js",
        "const SHARP = 0.8;\nconst PALE = 1.2;",
        "const SHARP = 80;\nconst PALE = 120;",
        "tests/browser/test_movement_player_flash.py",
    ),
    Fault(
        "widgets: a text too pale to read",
        "src/myoteach/widgets/_style.css",
        "--dim: #4a5764;",
        "--dim: #8a97a4;",
        "tests/house/test_contrast.py",
    ),
    Fault(
        "course: a learner's copy with the instructor's cells",
        "src/myoteach/course/_copies.py",
        "if instructor or not is_for_instructor(cell)",
        "if instructor or cell",
        "tests/course/test_copies.py",
    ),
    Fault(
        "course: JupyterLab answers other machines",
        "src/myoteach/course/_lab.py",
        '"--ServerApp.ip=127.0.0.1"',
        '"--ServerApp.ip=0.0.0.0"',
        "tests/house/test_no_way_in.py",
    ),
    Fault(
        "app: anybody's app, without its token",
        "src/myoteach/course/_app.py",
        'f"--Voila.token={token}"',
        '"--Voila.token="',
        "tests/course/test_app.py tests/house/test_no_way_in.py",
    ),
    Fault(
        "site: the page marks otherwise than Python",
        "src/myoteach/course/site/_marking.js",
        'score === 1 ? "right"',
        'score > 0.5 ? "right"',
        "tests/course/test_site_marking.py",
    ),
    Fault(
        "slides: the lecturer's notes on the wall",
        "src/myoteach/course/slides/_derive.py",
        'elif kind == "notes" and is_for_instructor(cell):',
        'elif kind == "no notes" and is_for_instructor(cell):',
        "tests/course/test_slides.py",
    ),
    Fault(
        "command line: problems found, and all is well",
        "src/myoteach/cli.py",
        'problems in the questions.", file=sys.stderr)\n        return 1',
        'problems in the questions.", file=sys.stderr)\n        return 0',
        "tests/questions tests/knowledge tests/faults tests/house",
    ),
    Fault(
        "run.py: a test fails, and all is well",
        "run.py",
        "return 1 if failed else 0",
        "return 0 if failed else 0",
        "tests/packaging/test_run.py",
    ),
    Fault(
        "notebooks: a saved output that no run gives",
        "notebooks/00_start_here.ipynb",
        "Be seen by a doctor the same day.",
        "Wait and see.",
        "tests/notebooks",
    ),
    Fault(
        "hub: everybody's server answers everybody",
        "deploy/jupyterhub_config.py",
        'c.JupyterHub.bind_url = f"http://{IP}:{PORT}"',
        'c.JupyterHub.bind_url = f"http://0.0.0.0:{PORT}"',
        "tests/deploy",
    ),
    Fault(
        "pages: a command that is not there",
        "README.md",
        "`python3 run.py site`",
        "`python3 run.py sites`",
        "tests/house/test_documented_commands.py",
    ),
]


def rows() -> list[Figure]:
    """Plant each, run its tests, and take it out again."""
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / "myoteach"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        return [_row(copy, fault) for fault in FAULTS]


def _row(copy: Path, fault: Fault) -> Figure:
    with _planted(copy / fault.file, fault):
        red = _red(copy, fault)
    words = f"noticed by {red}" if red else "not noticed"
    return Figure(fault.what, words, "noticed", f"`{fault.file}`; `pytest {fault.tests}`, the first that fails")


@contextmanager
def _planted(path: Path, fault: Fault) -> Iterator[None]:
    text = path.read_text(encoding="utf-8")
    if fault.old not in text:
        raise LookupError(f"{fault.file} no longer holds {fault.old!r}; say where {fault.what!r} is to be planted now.")
    path.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
    yield
    path.write_text(text, encoding="utf-8")


def _red(copy: Path, fault: Fault) -> str:
    """Name of the first test that fails, or nothing. Without the fault all are green: `run.py test` says so."""
    options = ["-q", "-x", "-p", "no:cacheprovider", "-rfE", "--no-header", "--tb", "no"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *fault.tests.split()],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src"), "CI": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    names = [line.split(" ", 1)[1].split(" - ")[0].split("::")[-1].split("[")[0] for line in lines]
    return f"`{names[0]}`" if names else "pytest itself" if done.returncode else ""
