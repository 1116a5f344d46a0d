"""One attempt at a question, and the line of text that keeps it."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any, NamedTuple

from .marking import DONT_KNOW

#: The version of an attempt this code writes and reads. Other versions stay in their files, untouched and uncounted.
VERSION = 1
#: No honest line is longer.
MAX_LINE = 4_000
_ID = re.compile(r"[0-9a-f]{8}-\d{1,9}")
#: What an item or a mode may be called: a resume code parts names at their spaces.
_NAME = re.compile(r"[!-~]{1,80}")
#: Milliseconds up to the year 5138.
_MOST = 10**14
_CONFIDENCES = ((type(None), None), (int, 1), (int, 2), (int, 3))


class DamagedError(ValueError):
    """The line is not a whole attempt; the message says why."""


class OtherVersionError(ValueError):
    """The line is whole and was written by another version of this code."""


class Attempt(NamedTuple):
    """One answer. No name and nothing about the learner is kept.

    `time` is milliseconds since 1970, UTC; `order` the option ids as they were shown; `response` ids, or `DONT_KNOW`;
    `confidence` 1, 2, 3 or None; `took` milliseconds; `mode` for example ``"quiz"`` or ``"review"``; `easy` is set only
    when the learner says so.

    Examples
    --------
    >>> attempt = Attempt("0badcafe-1", 5, "Q06-001", 1, ("b", "a"), ("a",), True)
    >>> attempt.known, attempt.correct
    (True, True)
    """

    id: str
    time: int
    item: str
    version: int
    order: tuple[str, ...]
    response: tuple[str, ...]
    correct: bool
    confidence: int | None = None
    took: int = 0
    mode: str = "quiz"
    easy: bool = False

    @property
    def known(self) -> bool:
        """Whether an answer was given rather than "I don't know"."""
        return self.response != DONT_KNOW


def to_line(attempt: Attempt) -> bytes:
    r"""Return the line that keeps an attempt: a checksum (CRC-32), a space, JSON, a line end.

    Examples
    --------
    >>> to_line(Attempt("0badcafe-1", 5, "Q06-001", 1, ("b", "a"), ("a",), True)).endswith(b"}\n")
    True
    """
    fields: dict[str, Any] = {"v": VERSION, "id": attempt.id, "t": attempt.time, "i": attempt.item}
    fields |= {"iv": attempt.version, "o": " ".join(attempt.order), "r": " ".join(attempt.response)}
    fields |= {"c": int(attempt.correct), "k": attempt.confidence, "ms": attempt.took, "m": attempt.mode}
    fields |= {"e": 1} if attempt.easy else {}
    body = json.dumps(fields, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(body), body)


def from_line(line: bytes) -> Attempt:
    """Return the attempt a line keeps.

    Raises
    ------
    DamagedError
        When the line is cut, altered, or not of this form.
    OtherVersionError
        When it is whole but of another version.

    Examples
    --------
    >>> attempt = Attempt("0badcafe-1", 5, "Q06-001", 1, ("b", "a"), ("a",), True)
    >>> from_line(to_line(attempt)) == attempt
    True
    """
    if len(line) > MAX_LINE:
        raise DamagedError(f"longer than {MAX_LINE} characters")
    checksum, _, body = line.rstrip(b"\r\n").partition(b" ")
    if checksum != b"%08x" % zlib.crc32(body):
        raise DamagedError("cut off or altered: the checksum does not fit")
    try:
        fields = json.loads(body.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise DamagedError("not JSON") from error
    if not isinstance(fields, dict):
        raise DamagedError("not an attempt")
    if fields.get("v") != VERSION:
        raise OtherVersionError(f"version {fields.get('v')}")
    return _from_fields(fields)


def _from_fields(fields: dict[str, Any]) -> Attempt:
    try:
        attempt = Attempt(
            fields["id"],
            fields["t"],
            fields["i"],
            fields["iv"],
            tuple(fields["o"].split()),
            tuple(fields["r"].split()),
            {0: False, 1: True}[fields["c"]],
            fields["k"],
            fields["ms"],
            fields["m"],
            fields.get("e") == 1,
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise DamagedError("a field is missing or of a wrong type") from error
    return check(attempt)


def check(attempt: Attempt) -> Attempt:
    """Return the attempt if its fields can be those of one.

    Raises
    ------
    DamagedError
        Otherwise.
    """
    for number in (attempt.time, attempt.version, attempt.took):
        if type(number) is not int or not 0 <= number < _MOST:
            raise DamagedError("a number is missing or out of range")
    if {type(attempt.id), type(attempt.item), type(attempt.mode)} != {str} or not attempt.response:
        raise DamagedError("a field is missing or of a wrong type")
    names = _NAME.fullmatch(attempt.item) and _NAME.fullmatch(attempt.mode) and _ID.fullmatch(attempt.id)
    # 1.0 and True equal 1, and neither could go into a resume code
    if not names or (type(attempt.confidence), attempt.confidence) not in _CONFIDENCES:
        raise DamagedError("a field has a value it cannot have")
    return attempt
