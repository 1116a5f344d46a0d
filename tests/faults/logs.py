"""Damaged logs of attempts: cut, flipped, mixed with foreign lines, replaced and cut while a session goes on."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from myoteach.questions import AttemptLog, UploadError, grade, import_file, read_log
from tests.questions.samples import bank

from .harness import SOUND, TOLD, Case, LostError, sentence

NAME = "logs of attempts"

ITEM = bank().item("Q06-001")
_FOREIGN = (
    b"<html>",
    b"\x00" * 40,
    b"00000000 {}",
    b"{}",
    b"x" * 100_000,
    b"\xff\xfe\x00",
    b"=HYPERLINK(1)",
    b'{"v":1}',
    "\u202e\u2028".encode(),
)


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield cases: every place where the last line can be cut, and `many` of each other damage."""
    for cut in range(1, len(_written(1)[1]) + 1):
        yield _in_a_folder(partial(_cut_and_go_on, cut))
    for number in range(many):
        for damage in (_flip, _foreign, _clock, _two_sessions, _upload):
            yield _in_a_folder(partial(damage, random.Random(f"{seed} {number} {damage.__name__}")))
    for damage in (_removed, _replaced, _folder_removed):
        yield _in_a_folder(damage)


def _in_a_folder(case: Callable[[Path], str]) -> Case:
    def run() -> str:
        with tempfile.TemporaryDirectory() as folder:
            return case(Path(folder))

    return run


def _answer(log: AttemptLog, option: str = "b") -> str:
    return log.record(ITEM, grade(ITEM, option), order="dcba", confidence=2, took=1234).id


def _written(count: int) -> tuple[list[str], bytes]:
    """Ids of attempts, and the bytes of their file."""
    with tempfile.TemporaryDirectory() as folder:
        log = AttemptLog(folder)
        ids = [_answer(log, "abcd"[number % 4]) for number in range(count)]
        log.close()
        return ids, next(Path(folder).iterdir()).read_bytes()


def _expect(folder: Path, ids: list[str], damaged: int | None = None) -> str:
    """All of these attempts must be read, each once, and damage be told."""
    reading = read_log(folder)
    found = [attempt.id for attempt in reading.attempts]
    gone = [name for name in ids if name not in found]
    if gone or len(found) != len(set(found)):
        raise LostError(f"{len(gone)} of {len(ids)} attempts are gone")
    if damaged is not None and len(reading.damaged) != damaged:
        raise LostError(f"{len(reading.damaged)} lines are called damaged, not {damaged}")
    if not reading.damaged:
        return SOUND
    if "Damaged lines left out" not in str(reading) or len(str(reading)) > 400:
        raise AssertionError(str(reading))
    return TOLD


def _cut_and_go_on(cut: int, folder: Path) -> str:
    """Others cut the end of the file while the session goes on: what comes after is whole."""
    log = AttemptLog(folder)
    first, _, last = _answer(log), _answer(log), _answer(log)
    path = next(folder.iterdir())
    path.write_bytes(path.read_bytes()[:-cut])
    later = _answer(log)
    kept = [first, later] if cut > 1 else [first, last, later]
    return _expect(folder, kept)


def _flip(chance: random.Random, folder: Path) -> str:
    """Change bytes here and there: only the lines they are in are lost, and each is told."""
    ids, data = _written(5)
    changed = bytearray(data)
    places = {chance.randrange(len(data)) for _ in range(chance.randint(1, 6))}
    for place in places:
        changed[place] ^= chance.randint(1, 255)
    (folder / "a.jsonl").write_bytes(changed)
    touched = {data[:place].count(b"\n") for place in places}
    # A line end that is changed takes the line after it along.
    touched |= {line + 1 for line in touched if any(data[p] == 10 and data[:p].count(b"\n") == line for p in places)}
    return _expect(folder, [name for number, name in enumerate(ids) if number not in touched])


def _foreign(chance: random.Random, folder: Path) -> str:
    """Lines of others stand between ours, and files of others beside them."""
    ids, data = _written(4)
    lines = data.splitlines()
    strange = chance.sample(_FOREIGN, chance.randint(1, 4))
    for line in strange:
        lines.insert(chance.randint(0, len(lines)), line)
    end = chance.choice([b"\n", b"\r\n"])
    (folder / "a.jsonl").write_bytes(end.join(lines))
    (folder / "b.jsonl").mkdir()
    (folder / "c.txt").write_bytes(data)
    return _expect(folder, ids)


def _clock(chance: random.Random, folder: Path) -> str:
    """The clock jumps back and forth by up to ten years."""
    times = [1_790_000_000 + chance.randint(-315_000_000, 315_000_000) for _ in range(20)]
    log = AttemptLog(folder, clock=lambda: times[0] if len(times) == 1 else times.pop(0))
    ids = [_answer(log) for _ in range(8)]
    found = [attempt.id for attempt in read_log(folder).attempts]
    if found != ids:
        raise LostError("the order of the session is not kept")
    return SOUND


def _two_sessions(chance: random.Random, folder: Path) -> str:
    """Two kernels write to one folder in turn, and one of their files is copied by a synchronising program."""
    logs = [AttemptLog(folder), AttemptLog(folder)]
    ids = [_answer(chance.choice(logs)) for _ in range(12)]
    path = chance.choice(sorted(folder.iterdir()))
    (folder / f"{path.stem} (conflicted copy).jsonl").write_bytes(path.read_bytes()[: chance.randint(0, 5000)])
    return _expect(folder, ids)


def _upload(chance: random.Random, folder: Path) -> str:
    """A downloaded log comes back damaged: what is whole is taken, the rest is told."""
    ids, data = _written(4)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 400)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    log = AttemptLog(folder)
    try:
        taken = import_file(bytes(changed), log, "mine.jsonl")
    except UploadError as error:
        return sentence(error)
    if not {attempt.id for attempt in log.reading.attempts} <= set(ids) or len(str(taken)) > 600:
        raise LostError("something was taken that nobody answered")
    return TOLD if taken.reading.damaged else SOUND


def _removed(folder: Path) -> str:
    """The file is removed while the session goes on: what is answered later is kept, in a file that can be found."""
    log = AttemptLog(folder)
    _answer(log)
    next(folder.iterdir()).unlink()
    return _expect(folder, [_answer(log), _answer(log)], damaged=0)


def _replaced(folder: Path) -> str:
    """A synchronising program puts its copy in place of the file."""
    log = AttemptLog(folder)
    first = _answer(log)
    path = next(folder.iterdir())
    copy = folder / "copy"
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    return _expect(folder, [first, _answer(log), _answer(log)], damaged=0)


def _folder_removed(folder: Path) -> str:
    """The folder goes, with the file in it."""
    log = AttemptLog(folder / "progress")
    _answer(log)
    next(log.folder.iterdir()).unlink()
    log.folder.rmdir()
    return _expect(log.folder, [_answer(log)], damaged=0)
