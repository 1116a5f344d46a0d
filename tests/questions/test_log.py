"""No finished attempt is lost, whatever is killed, cut, filled up, set back or written at the same time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from myoteach.questions import AttemptLog, LogReading, fold, grade, progress_folder, read_log
from myoteach.questions import log as log_module
from myoteach.questions.attempts import DamagedError, from_line, to_line
from tests.conftest import ROOT
from tests.questions.samples import bank

ITEM = bank().item("Q06-001")


def answer(log: AttemptLog, option: str = "b", **more: object) -> str:
    return log.record(ITEM, grade(ITEM, option), order="dcba", **more).id  # type: ignore[arg-type]


def writer(folder: Path, count: int = 1_000_000) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.questions.writer", str(folder), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "new" / "folder")
    attempt = log.record(ITEM, grade(ITEM, "a"), order="cabd", confidence=3, took=4200, mode="review")
    assert log.message == ""
    assert read_log(log.folder) == LogReading((attempt,))
    assert (attempt.response, attempt.order, attempt.correct, attempt.version) == (
        ("a",),
        ("c", "a", "b", "d"),
        False,
        1,
    )
    assert str(read_log(log.folder)) == "1 attempts."


def test_opening_a_log_leaves_no_file(tmp_path: Path) -> None:
    AttemptLog(tmp_path)
    assert list(tmp_path.iterdir()) == []


#: Starts a writer for each line it is given; a fork, or fifty imports would be the longest part of the test.
FORKS = """
import os, sys
from tests.questions.writer import main
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.dup2(os.open(line.strip(), os.O_CREAT | os.O_WRONLY), 1)
        main(sys.argv[1], 1_000_000)
    print(child, flush=True)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_kill_in_mid_write_fifty_times_loses_no_finished_attempt(tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    command = [sys.executable, "-c", FORKS, str(progress)]
    finished: set[str] = set()
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        for number in range(50):
            kill_one(parent, tmp_path / f"{number}.txt", after=number / 1000)
    for number in range(50):
        lines = (tmp_path / f"{number}.txt").read_text().splitlines(keepends=True)
        finished |= {line.strip() for line in lines if line.endswith("\n")}
    reading = read_log(progress)
    assert len({name.split("-")[0] for name in finished}) == len(list(progress.iterdir())) == 50
    assert finished <= {attempt.id for attempt in reading.attempts}
    assert len(reading.damaged) <= 50  # at most the line that was being written


def kill_one(parent: subprocess.Popen[str], said: Path, after: float) -> None:
    """Start a writer that says to a file what it has finished, and kill it so many seconds after its first attempt."""
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(f"{said}\n")
    parent.stdin.flush()
    child = int(parent.stdout.readline())
    try:
        wait_for(lambda: said.exists() and said.stat().st_size > 0)
        time.sleep(after)
    finally:
        os.kill(child, signal.SIGKILL)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "the writer wrote nothing in a minute"
        time.sleep(0.001)


@pytest.mark.parametrize("cut", range(1, 120, 3))
def test_a_line_cut_anywhere_is_reported_and_the_rest_is_read(tmp_path: Path, cut: int) -> None:
    log = AttemptLog(tmp_path)
    first, last = answer(log), answer(log)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    path.write_bytes(data[:-cut])
    reading = read_log(tmp_path)
    assert [attempt.id for attempt in reading.attempts] == ([first, last] if cut == 1 else [first])
    assert [(damage.line, damage.file) for damage in reading.damaged] == ([] if cut == 1 else [(2, path.name)])
    if cut > 1:
        assert "Damaged lines left out: 1; the first:" in str(reading)


def test_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path)
    answer(log)
    line = next(tmp_path.iterdir()).read_bytes()
    for place in range(len(line) - 1):
        altered = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
        with pytest.raises(DamagedError):
            from_line(altered)


@pytest.mark.parametrize("junk", [b"", b"\x00" * 50, b"\xff\xfe", b"{}", b"00000000 {}", b"x" * 10_000, b"\n\n\n"])
def test_junk_is_not_fatal(tmp_path: Path, junk: bytes) -> None:
    log = AttemptLog(tmp_path)
    kept = answer(log)
    (tmp_path / "junk.jsonl").write_bytes(junk)
    (tmp_path / "folder.jsonl").mkdir()
    reading = read_log(tmp_path)
    assert [attempt.id for attempt in reading.attempts] == [kept]
    assert any(damage.file == "folder.jsonl" for damage in reading.damaged)


@pytest.mark.parametrize(
    "change",
    [
        {"t": "x"},
        {"t": -1},
        {"t": 1e3},
        {"k": 4},
        {"id": "me"},
        {"r": ""},
        {"o": 3},
        {"i": 5},
        {"iv": True},
        {"c": None},
    ],
)
def test_a_whole_line_with_a_wrong_field_is_damage(change: dict[str, object]) -> None:
    fields = {"v": 1, "id": "0badcafe-1", "t": 5, "i": "Q06-001", "iv": 1, "o": "a b", "r": "a", "c": 1, "k": 2}
    fields |= {"ms": 3, "m": "quiz"}
    assert from_line(_line(fields)).took == 3
    with pytest.raises(DamagedError):
        from_line(_line(fields | change))


def _line(fields: object) -> bytes:
    body = json.dumps(fields).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


@pytest.mark.parametrize("version", [0, 2, 99])
def test_attempts_of_other_versions_are_kept_and_counted(tmp_path: Path, version: int) -> None:
    other = tmp_path / "2030-01-01-00000000.jsonl"
    other.write_bytes(_line({"v": version, "something": "else"}))
    before = other.read_bytes()
    log = AttemptLog(tmp_path)
    answer(log)
    reading = log.reading
    assert (len(reading.attempts), reading.other_versions, reading.damaged) == (1, 1, ())
    assert "1 by another version of myoteach are kept but not counted" in str(reading)
    assert other.read_bytes() == before


def test_two_writers_at_once(tmp_path: Path) -> None:
    writers = [writer(tmp_path, 150) for _ in range(2)]
    ids = [name for process in writers for name in process.communicate(timeout=120)[0].split()]
    reading = read_log(tmp_path)
    assert len(ids) == len(set(ids)) == 300
    assert {attempt.id for attempt in reading.attempts} == set(ids)
    assert reading.damaged == ()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_copied_file_counts_once(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path)
    answer(log)
    (path,) = tmp_path.iterdir()
    (tmp_path / "conflicted copy.jsonl").write_bytes(path.read_bytes())
    assert len(read_log(tmp_path).attempts) == 1


def test_in_a_browser_the_file_is_closed_after_each_attempt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JupyterLite's drive keeps what a file holds when it is closed, and nothing before."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    log = AttemptLog(tmp_path)
    for _ in range(2):
        log.record(ITEM, grade(ITEM, "a"))
        assert log._descriptor is None
    assert len(read_log(tmp_path).attempts) == 2
    assert len(list(tmp_path.glob("*.jsonl"))) == 1


def test_a_clock_set_back_keeps_the_order_and_one_ahead_postpones_nothing(tmp_path: Path) -> None:
    times = iter([100.0, 50.0, 50.0, 200.0, 10.0])
    log = AttemptLog(tmp_path, clock=lambda: next(times))
    ids = [answer(log, "a"), answer(log), answer(log)]  # the first also asks the clock for the file's name
    made = log.reading.attempts
    assert [attempt.id for attempt in made] == ids
    assert sorted({attempt.time for attempt in made}) == [attempt.time for attempt in made]
    progress = fold(made, now=60)
    assert progress.from_future == 3
    assert max(attempt.time for entry in progress.items.values() for attempt in entry.attempts) == 60_000


def test_a_folder_that_cannot_be_made_is_told_and_nothing_is_lost_in_the_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    log = AttemptLog(tmp_path / "file" / "progress")
    assert "kept only until this session ends" in log.message
    kept = answer(log)
    assert [attempt.id for attempt in log.reading.attempts] == [kept]
    (tmp_path / "file").unlink()
    later = answer(log)
    assert log.message == ""
    assert [attempt.id for attempt in read_log(log.folder).attempts] == [kept, later]


def test_a_folder_without_permission_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module.os, "access", lambda *_: False)
    assert "Permission denied" in AttemptLog(tmp_path).message


def test_a_full_disk_in_mid_line_is_told_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AttemptLog(tmp_path)
    first = answer(log)
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(log_module.os, "write", lambda descriptor, data: real(descriptor, data[:20]))
        second = answer(log)
    assert "No space left on device" in log.message
    assert [attempt.id for attempt in log.reading.attempts] == [first, second]
    third = answer(log)
    assert log.message == ""
    reading = read_log(tmp_path)
    assert [attempt.id for attempt in reading.attempts] == [first, second, third]
    assert len(reading.damaged) == 1


def test_each_attempt_is_flushed_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(log_module.os, "fsync", flushed.append)
    log = AttemptLog(tmp_path)
    answer(log)
    answer(log)
    assert len(flushed) == 2


def test_where_progress_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "mine"))
    assert progress_folder() == tmp_path / "mine"
    monkeypatch.delenv("MYOTEACH_PROGRESS_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert progress_folder().is_relative_to(tmp_path)
    assert progress_folder().name == "progress"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(log_module.sys, "platform", "emscripten")
    assert progress_folder() == tmp_path / "myoteach-progress"


def test_a_line_names_nobody(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path)
    answer(log)
    fields = json.loads(to_line(log.reading.attempts[0])[9:])
    assert set(fields) == {"v", "id", "t", "i", "iv", "o", "r", "c", "k", "ms", "m"}
    if os.name == "posix":
        assert next(tmp_path.iterdir()).stat().st_mode & 0o077 == 0
