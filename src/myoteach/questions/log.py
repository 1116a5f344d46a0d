"""The attempt log: one file per kernel session, only ever added to, flushed to disk with each attempt.

No lock and no database: network homes and synchronised folders break both. Each session writes its own file, a line in
one system call; reading takes the union of all files and drops repeats. Scores and queues are a fold over that.
"""

from __future__ import annotations

import datetime
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._told import BadValueError
from .attempts import Attempt, DamagedError, OtherVersionError, from_line, to_line
from .cards import RATINGS, Card
from .items import Item
from .marking import Mark

#: Set this to keep progress in a folder of your choice.
VARIABLE = "MYOTEACH_PROGRESS_DIR"
#: What BinderHub tells each server that it starts.
_BINDER = ("BINDER_LAUNCH_HOST", "BINDER_REF_URL", "BINDER_REPO_URL")
#: A session writes some hundred kilobytes; a much larger file is not one of ours.
_MAX_FILE = 200_000_000


def progress_folder() -> Path:
    """Return where progress is kept: ``$MYOTEACH_PROGRESS_DIR``, else the user's data folder.

    In JupyterLite, where a user's data folder does not outlive the tab, it is ``myoteach-progress`` in the working
    folder, which the browser keeps.

    Examples
    --------
    >>> os.environ[VARIABLE] = "/somewhere/of/mine"
    >>> progress_folder().as_posix()
    '/somewhere/of/mine'
    >>> del os.environ[VARIABLE]
    """
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return Path(os.path.expanduser(named))  # noqa: PTH111  # leaves the tilde of an unknown user, and raises nothing
    if sys.platform == "emscripten":
        return Path.cwd() / "myoteach-progress"
    import platformdirs  # noqa: PLC0415  # only a learner who answers needs it

    return platformdirs.user_data_path("myoteach", appauthor=False) / "progress"


def forgets_all() -> bool:
    """Whether this server keeps nothing once it closes, as every one of Binder's.

    Examples
    --------
    >>> os.environ["BINDER_LAUNCH_HOST"] = "https://mybinder.org/"
    >>> forgets_all()
    True
    >>> del os.environ["BINDER_LAUNCH_HOST"]
    """
    return any(os.environ.get(name) for name in _BINDER)


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that could not be read, or, as line 0, all of a file or folder. It stays as it is.

    Examples
    --------
    >>> print(Damage("mine.jsonl", 3, "no attempt stands there"))
    mine.jsonl, line 3: no attempt stands there.
    """

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.reason}."


@dataclass(frozen=True, slots=True)
class LogReading:
    """All attempts in order of time, each once, and what could not be read.

    Examples
    --------
    >>> print(LogReading(other_versions=2))
    0 attempts. 2 by another version of myoteach are kept but not counted.
    """

    attempts: tuple[Attempt, ...] = ()
    damaged: tuple[Damage, ...] = ()
    other_versions: int = 0

    def __str__(self) -> str:
        parts = [f"{len(self.attempts)} attempts."]
        if self.other_versions:
            parts.append(f"{self.other_versions} by another version of myoteach are kept but not counted.")
        if self.damaged:
            parts.append(f"Damaged lines left out: {len(self.damaged)}; the first: {self.damaged[0]}")
        return " ".join(parts)


def read_log(folder: str | Path | None = None) -> LogReading:
    """Read the attempts of all sessions.

    Parameters
    ----------
    folder
        By default `progress_folder`. One that does not exist holds no attempts.

    Returns
    -------
    LogReading
        A damaged line is reported and never fatal; an attempt found twice counts once.

    Examples
    --------
    >>> read_log("/no/such/folder").attempts
    ()
    """
    place = Path(folder) if folder is not None else progress_folder()
    found: dict[str, Attempt] = {}
    damaged: list[Damage] = []
    others: set[bytes] = set()
    try:
        paths = sorted(path for path in place.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        paths = []
    except OSError as error:
        paths = []
        damaged.append(Damage(str(place), 0, f"the folder cannot be read ({error.strerror or error})"))
    for path in paths:
        try:
            if path.stat().st_size > _MAX_FILE:
                raise OSError(f"larger than {_MAX_FILE} bytes")
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            damaged.append(Damage(path.name, 0, f"the file cannot be read ({error.strerror or error})"))
            continue
        _read_lines(path.name, lines, found, damaged, others)
    return LogReading(_in_order(found.values()), tuple(damaged), len(others))


def read_lines(data: bytes, name: str) -> LogReading:
    """Read the attempts in the bytes of one file, as `read_log` reads a folder of them.

    Parameters
    ----------
    data
        Anything at all; a line that is no attempt is reported as damaged.
    name
        What the file is called in the report.

    Examples
    --------
    >>> read_lines(b"<html>", "mine.jsonl").damaged[0].line
    1
    """
    found: dict[str, Attempt] = {}
    damaged: list[Damage] = []
    others: set[bytes] = set()
    _read_lines(name, data.split(b"\n"), found, damaged, others)
    return LogReading(_in_order(found.values()), tuple(damaged), len(others))


def _in_order(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    return tuple(sorted(attempts, key=lambda attempt: (attempt.time, attempt.id)))


def _read_lines(
    file: str, lines: Iterable[bytes], found: dict[str, Attempt], damaged: list[Damage], others: set[bytes]
) -> None:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                attempt = from_line(line)
                found.setdefault(attempt.id, attempt)
            except OtherVersionError:
                others.add(line)
            except DamagedError as error:
                damaged.append(Damage(file, number, str(error)))


class AttemptLog:
    """The log of this session.

    Parameters
    ----------
    folder
        By default `progress_folder`. The file in it is made with the first attempt.
    clock
        Seconds since 1970; for tests.

    Attributes
    ----------
    message
        Empty while attempts reach the disk; else a sentence to show: attempts are kept in memory, and written as soon
        as the folder can be written to.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items, grade
    >>> item = draft_items(load(), 1)[0]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     attempt = AttemptLog(folder).record(item, grade(item, "a"), order="abcd", took=4200)
    ...     read_log(folder).attempts == (attempt,)
    True
    """

    _descriptor: int | None = None

    def __init__(self, folder: str | Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.folder = Path(folder) if folder is not None else progress_folder()
        self.message = ""
        self._clock = clock
        self._session = secrets.token_hex(4)
        self._count = 0
        self._last_time = 0
        self._pending: list[Attempt] = []
        self._torn = False
        self._size = 0
        self._try_folder()

    def record(
        self,
        item: Item,
        mark: Mark,
        *,
        order: Iterable[str] = (),
        confidence: int | None = None,
        took: int = 0,
        mode: str = "quiz",
        easy: bool = False,
    ) -> Attempt:
        """Keep a marked response; when this returns without a `message`, it is on the disk.

        Parameters
        ----------
        item, mark
            The question and its marked response.
        order
            Ids of the options as they were shown.
        confidence
            1, 2, 3 or None.
        took
            Milliseconds from question to answer.
        mode
            What the learner was doing: ``"quiz"``, ``"review"``, ``"flashcard"``, ``"class"``, ``"practice"``.
        easy
            The learner said that it was easy.
        """
        return self._keep(
            item.id, item.version, tuple(order), mark.response, mark.correct, confidence, took, mode, easy
        )

    def record_rating(self, card: Card, rating: str, *, took: int = 0) -> Attempt:
        """Keep how well the learner says a flashcard was known; an attempt like any other, in the mode "flashcard".

        Parameters
        ----------
        card
            The card.
        rating
            ``"again"``, ``"hard"``, ``"good"`` or ``"easy"``.
        took
            Milliseconds from front to rating.

        Raises
        ------
        ValueError
            When the rating is another word.

        Examples
        --------
        >>> import tempfile
        >>> from myoteach import load
        >>> from myoteach.questions import cards
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     AttemptLog(folder).record_rating(cards(load())[0], "hard").correct
        True
        """
        if rating not in RATINGS:
            raise BadValueError(f"A flashcard is rated {', '.join(RATINGS)}, not {rating!r}.")
        right, easy = rating != "again", rating == "easy"
        return self._keep(card.id, card.version, (), (rating,), right, None, took, "flashcard", easy)

    def _keep(self, item: str, *fields: Any) -> Attempt:
        attempt = Attempt(*self._next(), item, *fields)
        self.add([attempt])
        return attempt

    def _next(self) -> tuple[str, int]:
        """Return a new id and a time that never goes back within the session, whatever the clock does."""
        self._count += 1
        self._last_time = max(self._last_time + 1, int(self._clock() * 1000))
        return f"{self._session}-{self._count}", self._last_time

    def add(self, attempts: Iterable[Attempt]) -> None:
        """Write attempts as they are, all in one go; for those of a resume code.

        Parameters
        ----------
        attempts
            Those that are not in the log yet.
        """
        self._pending += attempts
        if self._pending:
            self._flush()

    @property
    def reading(self) -> LogReading:
        """Everything on the disk and what is waiting in memory."""
        stored = read_log(self.folder)
        known = {attempt.id for attempt in stored.attempts}
        waiting = [attempt for attempt in self._pending if attempt.id not in known]
        return LogReading(_in_order([*stored.attempts, *waiting]), stored.damaged, stored.other_versions)

    def close(self) -> None:
        """Close the file; a later attempt opens it again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.close()

    def _try_folder(self) -> None:
        """Find out at the start, not at the first answer, that nothing can be kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not os.access(self.folder, os.W_OK):
                raise PermissionError(13, "Permission denied")
        except OSError as error:
            self._warn(error)

    def _flush(self) -> None:
        try:
            descriptor = self._open()
            data = (b"\n" if self._torn else b"") + b"".join(map(to_line, self._pending))
            written = os.write(descriptor, data)
            self._torn = written != len(data)
            self._size += written
            if self._torn:
                raise OSError(28, "No space left on device")
            os.fsync(descriptor)
        except OSError as error:
            self._warn(error)
        else:
            self._pending.clear()
            self.message = ""
            if sys.platform == "emscripten":  # JupyterLite's drive takes a file over when it is closed, not before
                self.close()

    def _open(self) -> int:
        """Return the file, made again if it is gone; its last line may be torn when others changed its length."""
        if self._descriptor is not None and os.fstat(self._descriptor).st_nlink == 0:
            self.close()  # removed, or replaced by a synchronised copy: what is written now would reach nobody
        if self._descriptor is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            day = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC).date().isoformat()
            path = self.folder / f"{day}-{self._session}.jsonl"
            flags = os.O_APPEND | os.O_CREAT | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(path, flags, 0o600)
        size = os.fstat(self._descriptor).st_size
        self._torn, self._size = self._torn or size != self._size, size
        return self._descriptor

    def _warn(self, error: OSError) -> None:
        self.message = (
            f"Your answers are kept only until this session ends, because {self.folder} cannot be written to "
            f"({error.strerror or error}). Take a resume code before you leave, or set {VARIABLE} to a folder of yours."
        )
