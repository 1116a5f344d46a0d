"""The attempt log as one file, to be carried to another machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .._told import ToldError
from .attempts import Attempt, to_line
from .log import AttemptLog, LogReading, read_lines

#: A file is at most so long: some twenty thousand attempts, several times a course.
MAX_UPLOAD = 4_000_000


class UploadError(ToldError, ValueError):
    """The file cannot be used; the message says why. Nothing was changed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     try:
    ...         import_file(b"<html>", AttemptLog(folder), "page.html")
    ...     except UploadError as error:
    ...         print(error)
    page.html holds no attempt that myoteach wrote; nothing was taken. Choose a downloaded log.
    """


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: attempts that were new, those that were there already, and how it read.

    Examples
    --------
    >>> from myoteach.questions import LogReading
    >>> print(Taken(added=3, known=1, reading=LogReading(other_versions=2)))
    Attempts taken: 3; there already: 1. Left out, because another version of myoteach wrote them: 2.
    """

    added: int
    known: int
    reading: LogReading

    def __str__(self) -> str:
        parts = [f"Attempts taken: {self.added}; there already: {self.known}."]
        if self.reading.other_versions:
            parts.append(f"Left out, because another version of myoteach wrote them: {self.reading.other_versions}.")
        if self.reading.damaged:
            damaged = self.reading.damaged
            parts.append(f"Left out, because damaged: {len(damaged)}, the first: {damaged[0]}")
        return " ".join(parts)


def log_file(attempts: Iterable[Attempt]) -> bytes:
    """Return attempts as the text of a log file.

    Parameters
    ----------
    attempts
        In the order in which they are to stand.

    Examples
    --------
    >>> log_file([])
    b''
    """
    return b"".join(map(to_line, attempts))


def import_file(data: bytes, log: AttemptLog, name: str = "the file") -> Taken:
    """Add the attempts of a log file to a log; twice the same file adds nothing the second time.

    Parameters
    ----------
    data
        The file's bytes. Every line is checked as in any log; nothing in it is ever run.
    log
        Where new attempts go.
    name
        What the file is called in messages.

    Raises
    ------
    UploadError
        When the file is too large or holds no attempt at all; the log is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> data = log_file([Attempt("0badcafe-1", 1000, "Q06-001", 1, ("b", "a"), ("a",), True)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(import_file(data, AttemptLog(folder)))
    Attempts taken: 1; there already: 0.
    """
    if len(data) > MAX_UPLOAD:
        raise UploadError(
            f"{name} is larger than any log of this course ({MAX_UPLOAD // 1_000_000} MB); nothing taken."
        )
    reading = read_lines(data, name)
    if not reading.attempts and not reading.other_versions:
        raise UploadError(f"{name} holds no attempt that myoteach wrote; nothing was taken. Choose a downloaded log.")
    known = {attempt.id for attempt in log.reading.attempts}
    new = [attempt for attempt in reading.attempts if attempt.id not in known]
    log.add(new)
    return Taken(len(new), len(reading.attempts) - len(new), reading)
