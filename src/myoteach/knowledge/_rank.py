"""Which causes fit what is known of a patient.

Each answer is held against the cause's cell for that clue. Agreement on a clue that is present counts for a cause,
disagreement counts against it, and what is unknown on either side counts for nothing. There are no weights: they would
look like knowledge nobody has. ``widgets/_ranking.js`` does the same without a kernel; a test
holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._told import BadValueError, UnknownNameError
from ._problems import hint
from .records import Cause, Group, Urgency

if TYPE_CHECKING:
    from .base import KnowledgeBase

ANSWERS = ("yes", "no", "not sure")
AUDIENCES = ("public", "clinician")


@dataclass(frozen=True, slots=True)
class Match:
    """How one cause fits: clues that speak for it, against it, and answers on which its table is silent.

    Examples
    --------
    >>> from myoteach import load
    >>> first = load().causes({"CL04": "yes", "CL06": "yes"})[0]
    >>> first.score == len(first.fits) - len(first.against)
    True
    """

    cause: Cause
    fits: tuple[str, ...]
    against: tuple[str, ...]
    silent: tuple[str, ...]
    reason: str

    @property
    def score(self) -> int:
        """Clues for less clues against; an order of show, not a probability."""
        return len(self.fits) - len(self.against)


def rank(
    kb: KnowledgeBase, clues: Mapping[str, str | bool], audience: str | None, group: str | None
) -> tuple[Match, ...]:
    """Rank the causes; see `KnowledgeBase.causes`."""
    answers = _read_answers(kb, clues)
    _require(audience, (None, *AUDIENCES), "audience")
    groups = {row.id for row in kb.records("groups", Group)}
    if group is not None and group not in groups:
        raise UnknownNameError(f"There is no group {group!r}.{hint(group, groups)}")
    matches = (_match(kb, cause, answers) for cause in kb.all_causes)
    urgency = {row.id: row.order for row in kb.records("urgency", Urgency)}
    shown = (match for match in matches if _is_shown(match, audience, group))
    return tuple(sorted(shown, key=lambda match: _order(match, urgency)))


def _order(match: Match, urgency: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Best fit first; between equals the more urgent, then the one about which more of the answers say something."""
    return -match.score, urgency[match.cause.urgency], len(match.silent), match.cause.name


def _read_answers(kb: KnowledgeBase, clues: Mapping[str, str | bool]) -> dict[str, str]:
    if not isinstance(clues, Mapping):
        raise BadValueError(f"The answers are {clues!r}; expected them by clue, as in {{'CL06': 'yes'}}.")
    answers: dict[str, str] = {}
    for clue, given in clues.items():
        if clue not in kb.clues:
            raise UnknownNameError(f"There is no clue {clue!r}.{hint(clue, kb.clues)}")
        answer = given if isinstance(given, str) else ("yes" if given else "no")
        _require(answer, ANSWERS, f"answer to {clue}")
        if answer != "not sure":
            answers[clue] = answer
    return answers


def _require(value: object, valid: tuple[object, ...], what: str) -> None:
    if value not in valid:
        raise BadValueError(f"The {what} is {value!r}; expected one of {', '.join(map(repr, valid))}.")


def _is_shown(match: Match, audience: str | None, group: str | None) -> bool:
    if match.cause.urgency == "emergency" and match.fits:
        return True
    return (audience != "public" or match.cause.audience == "both") and group in (None, match.cause.group)


def _match(kb: KnowledgeBase, cause: Cause, answers: Mapping[str, str]) -> Match:
    fits, against, silent = [], [], []
    for clue, answer in answers.items():
        cell = kb.cells.get((cause.id, clue))
        if cell is None or cell.value == "unknown":
            silent.append(clue)
        elif cell.value != answer:
            against.append(clue)
        elif answer == "yes":
            fits.append(clue)
    reason = _reason(kb, answers, fits, against, silent)
    return Match(cause, tuple(fits), tuple(against), tuple(silent), reason)


def _reason(
    kb: KnowledgeBase, answers: Mapping[str, str], fits: list[str], against: list[str], silent: list[str]
) -> str:
    """Put a match into words."""
    parts = []
    if fits:
        parts.append("Fits: " + " ".join(kb.clues[clue].positive_phrase for clue in fits))
    if against:
        phrases = (
            kb.clues[clue].positive_phrase if answers[clue] == "yes" else kb.clues[clue].negative_phrase
            for clue in against
        )
        parts.append("Speaks against: " + " ".join(phrases))
    if silent:
        parts.append(f"Not known for this cause: {len(silent)} of your answers.")
    return " ".join(parts) or "No answer given yet."
