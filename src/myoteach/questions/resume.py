"""A resume code: all attempts in a text short enough to paste, so that progress outlives a closed Binder tab."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .._told import ToldError
from .attempts import Attempt, check
from .log import AttemptLog

#: What a code begins with; the digit is its version.
PREFIX = "MYO1-"
#: At most so many attempts, the latest, go into a code.
MAX_ATTEMPTS = 5_000
_MAX_CODE = 250_000
_MAX_PLAIN = 4_000_000
_CHECKSUM = 6


class ResumeError(ToldError, ValueError):
    """The code cannot be used; the message says why. Nothing was changed.

    Examples
    --------
    >>> try:
    ...     read_code("hello")
    ... except ResumeError as error:
    ...     print(error)
    This is not a resume code: a code begins with MYO1-.
    """


@dataclass(frozen=True, slots=True)
class Imported:
    """How many attempts of a code were new, and how many were there already.

    Examples
    --------
    >>> print(Imported(added=3, known=1))
    Attempts added: 3; there already: 1.
    """

    added: int
    known: int

    def __str__(self) -> str:
        return f"Attempts added: {self.added}; there already: {self.known}."


def resume_code(attempts: Sequence[Attempt]) -> str:
    """Return a code for attempts.

    Parameters
    ----------
    attempts
        In order of time; of more than `MAX_ATTEMPTS` the latest are taken.

    Examples
    --------
    >>> made = [Attempt("0badcafe-1", 1000, "Q06-001", 1, ("b", "a"), ("a",), True)]
    >>> read_code(resume_code(made)) == tuple(made)
    True
    """
    plain = json.dumps(_columns(attempts[-MAX_ATTEMPTS:]), separators=(",", ":")).encode()
    packed = _deflate(plain)
    data = hashlib.sha256(packed).digest()[:_CHECKSUM] + packed
    return PREFIX + base64.urlsafe_b64encode(data).decode().rstrip("=")


def _deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(plain) + packer.flush()


def read_code(code: str) -> tuple[Attempt, ...]:
    """Return the attempts of a code.

    Parameters
    ----------
    code
        As pasted; spaces and line ends in it do not matter.

    Raises
    ------
    ResumeError
        When the code is cut, altered, too long, or of another version.

    Examples
    --------
    >>> read_code("MYO1-abc")
    Traceback (most recent call last):
    myoteach.questions.resume.ResumeError: This resume code is incomplete or altered; copy it again from its first ...
    """
    text = re.sub(r"\s+", "", code[: 2 * _MAX_CODE])
    if len(text) > _MAX_CODE:
        raise ResumeError(f"This is longer than any resume code ({_MAX_CODE} characters); copy the code alone.")
    if not text.startswith(PREFIX):
        near = (
            "it is a code of another version of myoteach" if text.startswith("MYO") else f"a code begins with {PREFIX}"
        )
        raise ResumeError(f"This is not a resume code: {near}.")
    return _attempts(_unpack(text.removeprefix(PREFIX)))


_ALTERED = "This resume code is incomplete or altered; copy it again from its first to its last character."


def _unpack(text: str) -> Any:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ResumeError(_ALTERED) from error
    checksum, packed = data[:_CHECKSUM], data[_CHECKSUM:]
    # Several last characters of base64 stand for the same bytes; only the one this module writes is taken.
    is_canonical = base64.urlsafe_b64encode(data).decode().rstrip("=") == text
    if not is_canonical or hashlib.sha256(packed).digest()[:_CHECKSUM] != checksum:
        raise ResumeError(_ALTERED)
    unpacker = zlib.decompressobj(-15)
    try:
        plain = unpacker.decompress(packed, _MAX_PLAIN)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise ResumeError("This resume code holds more than a course can; it was not made by myoteach.")
        return json.loads(plain)
    except (zlib.error, ValueError, RecursionError) as error:
        raise error if isinstance(error, ResumeError) else ResumeError(_ALTERED) from error


def import_code(code: str, log: AttemptLog) -> Imported:
    """Add the attempts of a code to a log; twice the same code adds nothing the second time.

    Parameters
    ----------
    code
        As `resume_code` wrote it.
    log
        Where the attempts go.

    Raises
    ------
    ResumeError
        As `read_code`; the log is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> code = resume_code([Attempt("0badcafe-1", 1000, "Q06-001", 1, ("b", "a"), ("a",), True)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log = AttemptLog(folder)
    ...     print(import_code(code, log), import_code(code, log))
    Attempts added: 1; there already: 0. Attempts added: 0; there already: 1.
    """
    attempts = read_code(code)
    known = {attempt.id for attempt in log.reading.attempts}
    new = [attempt for attempt in attempts if attempt.id not in known]
    log.add(new)
    return Imported(len(new), len(attempts) - len(new))


def _columns(attempts: Sequence[Attempt]) -> list[list[Any]]:
    """Return attempts column by column, repeated values as numbers into a list: like stands by like and packs well."""
    ids = [attempt.id.split("-") for attempt in attempts]
    texts = [
        _indexed(session for session, _ in ids),
        _indexed(f"{attempt.item} {attempt.version}" for attempt in attempts),
        _indexed(" ".join(attempt.order) for attempt in attempts),
        _indexed(" ".join(attempt.response) for attempt in attempts),
        _indexed(attempt.mode for attempt in attempts),
    ]
    numbers = [
        _steps([int(number) for _, number in ids]),
        _steps([attempt.time for attempt in attempts]),
        [attempt.took for attempt in attempts],
        [(attempt.confidence or 0) * 4 + attempt.easy * 2 + attempt.correct for attempt in attempts],
    ]
    return [*(column for pair in texts for column in pair), *numbers]


def _indexed(values: Iterable[str]) -> tuple[list[Any], list[Any]]:
    found = list(values)
    listed = sorted(set(found))
    places = {value: place for place, value in enumerate(listed)}
    return listed, [places[value] for value in found]


def _steps(values: list[int]) -> list[int]:
    return [value - before for before, value in zip([0, *values], values, strict=False)]


def _sums(steps: list[int]) -> list[int]:
    total = 0
    return [total := total + step for step in steps]


def _attempts(columns: Any) -> tuple[Attempt, ...]:
    """Build the attempts of a code whose checksum fits; one made by other hands may still be anything."""
    try:
        *texts, numbers, times, took, flags = columns
        sessions, items, orders, responses, modes = (
            [texts[place][index] for index in texts[place + 1]] for place in range(0, 10, 2)
        )
        ids = [f"{session}-{number}" for session, number in zip(sessions, _sums(numbers), strict=True)]
        rows = zip(ids, _sums(times), items, orders, responses, flags, took, modes, strict=True)
        return tuple(_attempt(row) for row in rows)
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # DamagedError is a ValueError
        raise ResumeError("This resume code was not made by myoteach.") from error


def _attempt(row: tuple[str, int, str, str, str, int, int, str]) -> Attempt:
    attempt_id, moment, question, order, response, flags, took, mode = row
    item, version = question.split(" ")
    ids = tuple(order.split()), tuple(response.split())
    confidence, easy, correct = flags // 4 or None, bool(flags & 2), bool(flags & 1)
    return check(Attempt(attempt_id, moment, item, int(version), *ids, correct, confidence, took, mode, easy))
