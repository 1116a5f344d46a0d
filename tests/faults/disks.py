"""Full disks and closed folders, made by the operating system itself in a process of their own."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import struct
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

from .harness import SOUND, TOLD, Case, LostError, sentence

NAME = "full disks and closed folders"
#: Rights of Linux's superuser to pass closed doors: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH.
_PASSES = 0b110


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield cases: a disk that is full after each of `many` lengths, and every kind of closed door."""
    command = [sys.executable, "-m", "tests.faults.disks", str(seed), str(many)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    for kind, text in json.loads(done.stdout.splitlines()[-1]):
        yield partial(_said, kind, text)


def _said(kind: str, text: str) -> str:
    if kind == "lost":
        raise LostError(text)
    if kind == "traceback":
        raise RuntimeError(text)
    return kind


def _main(seed: int, many: int) -> None:
    """Run the cases where limits can be set, and print what became of each."""
    _give_up_rights()
    found = []
    with tempfile.TemporaryDirectory() as name:
        os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = name
        for number, case in enumerate(_all(seed, many)):
            folder = Path(name) / str(number)
            folder.mkdir()
            try:
                found.append((case(folder), ""))
            except LostError as error:
                found.append(("lost", f"{case}: {error}"))
            except Exception:  # it is what this counts
                found.append(("traceback", f"{case}: {traceback.format_exc(limit=-5)}"))
            finally:
                _open_again(folder)
    print(json.dumps(found))


def _give_up_rights() -> None:
    """Let the superuser meet closed doors as everybody does."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        header, state = struct.pack("Ii", 0x20080522, 0), ctypes.create_string_buffer(24)
        system.capget(header, state)
        effective, *rest = struct.unpack("6I", state.raw)
        if system.capset(header, struct.pack("6I", effective & ~_PASSES, *rest)):
            raise RuntimeError(
                "The superuser's rights could not be given up, so that no folder is closed to this test."
            )


def _open_again(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        with contextlib.suppress(OSError):
            path.chmod(0o700)


@contextlib.contextmanager
def _full_after(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    import resource  # noqa: PLC0415  # not on every system

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _all(seed: int, many: int) -> Iterator[Callable[[Path], str]]:
    for number in range(many):
        size = (seed + 37 * number) % 1300
        yield partial(_log, size)
        yield partial(_write, size)
    yield from (partial(_quiz_on_a_full_disk, size) for size in (0, 100))
    for size in (0, 1, 1000, 40_000):
        yield from (partial(_export, size), partial(_notebooks, size), partial(_site, size))
    for close in _DOORS:
        for use in (_progress, _tables, _questions, _recording, _save):
            yield partial(use, close)


@lru_cache(maxsize=1)
def _item() -> Any:
    from tests.questions.samples import bank  # noqa: PLC0415

    return bank().item("Q06-001")


def _answer(log: Any) -> str:
    from myoteach.questions import grade  # noqa: PLC0415

    return str(log.record(_item(), grade(_item(), "b"), order="abcd").id)


def _log(size: int, folder: Path) -> str:
    """Answers on a disk that fills up: none is lost in the session, and all are on the disk once there is room."""
    from myoteach.questions import AttemptLog, read_log  # noqa: PLC0415

    log = AttemptLog(folder)
    with _full_after(size):
        ids = [_answer(log) for _ in range(12)]
        said, seen = log.message, [attempt.id for attempt in log.reading.attempts]
    if seen != ids:
        raise LostError(f"{len(ids) - len(seen)} answers after {size} bytes")
    sentence(ValueError(said))
    ids.append(_answer(log))
    if log.message or [attempt.id for attempt in read_log(folder).attempts] != ids:
        raise LostError(f"answers when there was room again after {size} bytes: {log.message}")
    return TOLD


def _write(size: int, folder: Path) -> str:
    from myoteach.signals import (  # noqa: PLC0415
        RecordingError,
        simulate,
        write_csv,
        write_edf,
    )

    made = simulate("cortical_reflex", seconds=1, seed=1)
    with _full_after(size):
        for write, name in ((write_edf, "a.edf"), (write_csv, "a.csv")):
            try:
                write(made, folder / name)
            except RecordingError as error:
                sentence(error)
            else:
                raise LostError(f"{name} was called written")
    return TOLD


def _quiz_on_a_full_disk(size: int, folder: Path) -> str:
    """What a learner who answers sees above the quiz."""
    import myoteach  # noqa: PLC0415
    import myoteach.widgets.quiz  # noqa: PLC0415
    from myoteach.widgets import _attempt_log  # noqa: PLC0415

    os.environ["MYOTEACH_PROGRESS_DIR"] = str(folder / "progress")
    _attempt_log._log = None
    sys.modules["myoteach.widgets.quiz"]._running.clear()  # each time a quiz that nobody has answered
    asked: Any = myoteach.quiz("lesson-06/opening")
    sent: list[Any] = []
    asked.send = lambda message, *_: sent.append(message)
    with _full_after(size):
        for slot in [part.item.id for part in asked.session.parts]:
            asked._receive(asked, {"type": "answer", "round": asked.session.round, "slot": slot, "response": ["?"]}, [])
    if not all(message["banner"] and message["feedback"] for message in sent if size == 0) or not sent[-1]["banner"]:
        raise LostError(f"nobody said that nothing is kept: {sent[-1]}")
    myoteach.progress().refresh()
    return sentence(ValueError(sent[-1]["banner"]))


def _export(size: int, folder: Path) -> str:
    """The file that was there before stays whole."""
    from myoteach import load  # noqa: PLC0415
    from myoteach.questions.exports import ExportError, export  # noqa: PLC0415
    from tests.questions.samples import bank  # noqa: PLC0415

    for name in ("moodle", "gift", "qti21", "canvas"):
        out = folder / f"{name}.xml"
        out.write_text("before", encoding="utf-8")
        try:
            with _full_after(min(size, 1000)):
                export(bank(), load(), name, out, overwrite=True)
        except ExportError as error:
            sentence(error)
        else:
            raise LostError(f"{name} was called written")
        if out.read_text(encoding="utf-8") != "before" or len(list(folder.glob(f"{name}*"))) > 1:
            raise LostError(f"{name}: the file from before is gone, or a part was left behind")
    return TOLD


def _notebooks(size: int, folder: Path) -> str:
    from myoteach.course import CourseError, copy_notebooks  # noqa: PLC0415

    out = folder / "mine"
    try:
        with _full_after(size):
            copy_notebooks(out)
    except CourseError as error:
        sentence(error)
    else:
        raise LostError("notebooks were called copied")
    copy_notebooks(out)
    for path in out.iterdir():
        if path.suffix == ".ipynb":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".part":
            raise LostError(f"{path.name} was left behind")
    return TOLD


def _site(size: int, folder: Path) -> str:
    """A site that could not be written whole can be written again to the same folder."""
    from myoteach.course.site import _build  # noqa: PLC0415

    out = folder / "site"
    files = {"index.html": "x" * 500, "assets/site.css": "y" * 50_000, "z.html": "z" * 100}
    _build._write(out, files, [])
    try:
        with _full_after(size):
            _build._write(out, {**files, "new.html": "n" * 50_000}, _build._earlier(out))
    except OSError:
        pass
    else:
        raise LostError("a site was called written")
    _build._write(out, files, _build._earlier(out))
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    if there != {*files, _build.MARK}:
        raise LostError(f"left behind or missing: {there ^ {*files, _build.MARK}}")
    return TOLD


def _no_reading(folder: Path) -> Path:
    folder.chmod(0o300)
    return folder


def _no_writing(folder: Path) -> Path:
    folder.chmod(0o500)
    return folder


def _no_entering(folder: Path) -> Path:
    folder.chmod(0)
    return folder


def _parent_closed(folder: Path) -> Path:
    (folder / "inner").mkdir(exist_ok=True)
    folder.chmod(0)
    return folder / "inner"


def _a_file_in_the_way(folder: Path) -> Path:
    (folder / "file").write_text("in the way", encoding="utf-8")
    return folder / "file" / "inner"


def _is_a_file(folder: Path) -> Path:
    (folder / "file").write_text("in the way", encoding="utf-8")
    return folder / "file"


def _long_name(folder: Path) -> Path:
    return folder / ("x" * 300)


def _circle(folder: Path) -> Path:
    (folder / "circle").symlink_to(folder / "circle")
    return folder / "circle"


def _nowhere(folder: Path) -> Path:
    (folder / "link").symlink_to(folder / "gone" / "further")
    return folder / "link"


def _nobodys_home(_: Path) -> Path:
    return Path("/dev/null/home")


_DOORS = (
    *(_no_reading, _no_writing, _no_entering, _parent_closed, _a_file_in_the_way),
    *(_is_a_file, _long_name, _circle, _nowhere, _nobodys_home),
)


def _progress(close: Callable[[Path], Path], folder: Path) -> str:
    """Ask and answer with progress kept behind the door; another session has answered there before."""
    import myoteach  # noqa: PLC0415
    from myoteach.questions import AttemptLog  # noqa: PLC0415
    from myoteach.widgets import _attempt_log  # noqa: PLC0415

    _answer(AttemptLog(folder))
    place = close(folder)
    os.environ["MYOTEACH_PROGRESS_DIR"] = str(place)
    _attempt_log._log = None
    view: Any = myoteach.progress()
    log = _attempt_log.session_log()
    kept = _answer(log)
    view.refresh()
    myoteach.quiz(due=True)
    myoteach.flashcards()
    seen = kept in [attempt.id for attempt in log.reading.attempts]
    said = [log.message, *view.data["notes"]]
    _open_again(folder)
    if not ((seen and log.message) or kept in _on_disk(place)):
        raise LostError(f"an answer behind {close.__name__} is neither kept nor called unkept")
    for text in filter(None, said):
        sentence(ValueError(text))
    return TOLD if any(said) else SOUND


def _on_disk(place: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in place.glob("*.jsonl"))


def _tables(close: Callable[[Path], Path], folder: Path) -> str:
    from myoteach import KnowledgeError, load  # noqa: PLC0415

    (folder / "causes.csv").write_text("id,plain_name\nC051,Kidneys\n", encoding="utf-8")
    try:
        found = load(close(folder))
    except KnowledgeError as error:
        return sentence(error, lines=3)
    if found.get("C051").plain_name != "Kidneys":
        raise LostError("the table was passed over")
    return SOUND


def _questions(close: Callable[[Path], Path], folder: Path) -> str:
    from myoteach import load  # noqa: PLC0415
    from myoteach.questions import BankError, read_bank  # noqa: PLC0415
    from tests.questions.samples import CLEAN, dump  # noqa: PLC0415

    (folder / "lesson-06.yaml").write_text(dump(*CLEAN), encoding="utf-8")
    try:
        found = read_bank(close(folder), load())
    except BankError as error:
        return sentence(error, lines=3)
    if not found.items:
        raise LostError("the questions were passed over")
    return SOUND


def _recording(close: Callable[[Path], Path], folder: Path) -> str:
    from myoteach.signals import RecordingError, read_csv, read_edf  # noqa: PLC0415

    (folder / "a.edf").write_bytes(b"x" * 300)
    place = close(folder)
    for read in (read_edf, read_csv):
        for path in (place, place / "a.edf"):
            try:
                read(path)
            except RecordingError as error:
                sentence(error)
    return TOLD


def _save(close: Callable[[Path], Path], folder: Path) -> str:
    """Exports, notebooks and recordings behind a closed door."""
    from myoteach import load  # noqa: PLC0415
    from myoteach.course import CourseError, copy_notebooks  # noqa: PLC0415
    from myoteach.questions.exports import ExportError, export  # noqa: PLC0415
    from myoteach.signals import (  # noqa: PLC0415
        RecordingError,
        simulate,
        write_csv,
        write_edf,
    )
    from tests.questions.samples import bank  # noqa: PLC0415

    place, told = close(folder), 0
    made = simulate("cortical_reflex", seconds=1, seed=1)
    for call in (
        lambda: export(bank(), load(), "gift", place / "a.gift", overwrite=True),
        lambda: copy_notebooks(place / "mine"),
        lambda: write_edf(made, place / "a.edf"),
        lambda: write_csv(made, place / "a.csv"),
    ):
        try:
            call()
        except (ExportError, CourseError, RecordingError) as error:
            sentence(error)
            told += 1
    return TOLD if told else SOUND


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
