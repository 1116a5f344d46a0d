"""Other places: locales and terminals of few letters, folders with odd names, line ends of Windows."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from myoteach import load
from myoteach.course import copy_notebooks
from myoteach.questions import AttemptLog, grade, read_bank, read_log
from myoteach.questions.exports import export
from myoteach.signals import read_csv, read_edf, simulate, write_csv, write_edf
from tests.conftest import ROOT
from tests.questions.samples import CLEAN, bank, dump

from .harness import SOUND, Case, LostError

NAME = "locales, names and line ends"
_ODD = (
    "with spaces",
    "über Ärzte 日本語",
    'it\'s "quoted" & $(touch x) `id`; rm',
    "=1+1",
    "-rf",
    "%TEMP% #hash ?q",
    "\u202eturned",
    "two\nlines",
    "e\u0301 combined",
    "trailing.",
    "[glob]*",
    "very " * 40,
)
#: Locale, letters of the terminal, and whether Python may choose UTF-8 by itself.
_ENVIRONMENTS = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "tr_TR.UTF-8", "PYTHONIOENCODING": "cp1254"},
    {"LC_ALL": "de_DE.UTF-8", "PYTHONIOENCODING": "cp1252"},
)
_FOLDER = "Übung für Ärzte 日本"


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield cases: odd names for everything that reads or writes, and environments, each in a process of its own."""
    names = _ODD[: max(many, 1)]
    for name in names:
        for use in (_tables, _questions, _log, _recording, _export, _notebooks):
            yield partial(_in, use, name)
    for environment in _ENVIRONMENTS[: 1 + many // 4]:
        yield partial(_elsewhere, environment)


def _in(use: object, name: str) -> str:
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / name
        folder.mkdir()
        use(folder)  # type: ignore[operator]
        if [path.name for path in Path(outer).iterdir()] != [name]:
            raise LostError(f"something was written beside {name!r}")
    return SOUND


def _tables(folder: Path) -> None:
    (folder / "causes.csv").write_bytes(b"\xef\xbb\xbfid,plain_name\r\nC051,Nierenversagen \xc3\x84\r\n")
    if load(folder).get("C051").plain_name != "Nierenversagen Ä":
        raise LostError("a table")


def _questions(folder: Path) -> None:
    (folder / "lesson-06.yaml").write_bytes(dump(*CLEAN).replace("\n", "\r\n").encode("utf-8-sig"))
    if read_bank(folder, load()).items != bank().items:
        raise LostError("questions with line ends of Windows read otherwise")


def _log(folder: Path) -> None:
    item = bank().item("Q06-001")
    log = AttemptLog(folder / "progress")
    ids = [log.record(item, grade(item, "b")).id for _ in range(3)]
    path = next(log.folder.iterdir())
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    if log.message or [attempt.id for attempt in read_log(folder / "progress").attempts] != ids:
        raise LostError(f"attempts: {log.message}")


def _recording(folder: Path) -> None:
    made = simulate("cortical_reflex", seconds=1, seed=1)
    for write, read, name in ((write_csv, read_csv, "ä b.csv"), (write_edf, read_edf, "ä b.edf")):
        write(made, folder / name)
        back = read(folder / name)
        if back.channels != made.channels or np.abs(back.data - made.data).max() > 0.1:
            raise LostError(f"a recording in {name}")


def _export(folder: Path) -> None:
    for name in ("moodle", "gift", "qti21", "canvas"):
        export(bank(), load(), name, folder / f"ä b.{name}")
    if len(list(folder.iterdir())) != 4:
        raise LostError("exports")


def _notebooks(folder: Path) -> None:
    if not copy_notebooks(folder / "mine") or copy_notebooks(folder / "mine"):
        raise LostError("notebooks")


def _elsewhere(environment: dict[str, str]) -> str:
    """Elsewhere the same files are read and the same bytes written, and the command prints what it has to say."""
    if digest() != _run(environment, [sys.executable, "-m", "tests.faults.places"]).strip():
        raise LostError(f"other bytes under {environment}")
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / _FOLDER
        folder.mkdir()
        command = [sys.executable, "-m", "myoteach", "export", "gift", str(folder / "a.gift"), "--lessons", "06"]
        said = _run(environment, command)
        if "Wrote" not in said or not (folder / "a.gift").is_file():
            raise LostError(f"under {environment}: {said[:200]}")
    return SOUND


def _run(environment: dict[str, str], command: list[str]) -> str:
    locales = _locales() if "_" in environment["LC_ALL"] else ""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "LOCPATH": locales, **environment} if locales else {**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"under {environment}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode(errors="replace")


@lru_cache(maxsize=1)
def _locales() -> str:
    """Make the locales where the system can, for few machines have them; elsewhere Python falls back to C."""
    if shutil.which("localedef") is None:
        return ""
    place = Path(tempfile.mkdtemp(prefix="myoteach-locales-"))
    for name in ("tr_TR", "de_DE"):
        command = ["localedef", "-i", name, "-f", "UTF-8", str(place / f"{name}.UTF-8")]
        subprocess.run(command, capture_output=True, check=False)
    return str(place)


def digest() -> str:
    """Return a digest of what is read and written: tables, questions, a log line, a recording, an export."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = simulate("cortical_reflex", seconds=1, seed=1)
        write_csv(made, folder / "a.csv")
        export(bank(), load(), "moodle", folder / "a.xml")
        facts = [
            [str(row) for rows in load().tables.values() for row in rows],
            [str(item) for item in bank().items],
            grade(bank().item("Q06-004"), "52,5 ms").verdict,
            [float(value) for value in read_csv(folder / "a.csv").data[0]],
            [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())],
        ]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


if __name__ == "__main__":
    import contextlib
    import locale

    with contextlib.suppress(locale.Error):  # a system without this locale
        locale.setlocale(locale.LC_ALL, "")
    print(digest())
