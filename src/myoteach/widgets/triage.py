"""Triage: choose the warning signs that are there and see how fast to act, what to do and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError, UnknownNameError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import RedFlag, Urgency
from ._explorer import Explorer, html_table, provenance, source_cards
from ._modules import module, style

if TYPE_CHECKING:
    import pandas

#: The three states shown, and the words of `urgency.csv` each stands for. The last joins two words, so that its
#: sentence is always that of the word that decided. "none" is no state: without a sign nothing is said to be well.
STATES = {"Now": ("emergency",), "Today": ("urgent",), "Appointment": ("soon", "routine")}
#: Signs that need a doctor however well the person looks; they stay in view while nothing more urgent is chosen.
NEVER_REASSURED = ("RF31", "RF17", "RF30", "RF37")
_CLOSING = "Not a diagnosis, and no list is complete. For teaching."


class Triage(Explorer):
    """Warning signs on one side, how fast to act on the other."""

    _esm = module("triage.js")
    _css = style("_opened.css", "triage.css")

    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    sections = traitlets.List(traitlets.Unicode()).tag(sync=True)
    opened = traitlets.Unicode("").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        self._order = {row.id: row.order for row in kb.records("urgency", Urgency)}
        data = _data(kb)
        super().__init__(data=data, **{"sections": data["sections"][:1]} | traits)

    @property
    def signs(self) -> tuple[RedFlag, ...]:
        """The chosen signs, most urgent first."""
        return self._by_urgency(flag for flag in self._kb.red_flags if flag.id in self.chosen)

    @property
    def urgency(self) -> str:
        """The word that decides, or an empty text while no sign is chosen; empty never means that all is well."""
        return self.signs[0].urgency if self.signs else ""

    @property
    def decided_by(self) -> tuple[str, ...]:
        """Ids of the signs that decide."""
        return tuple(flag.id for flag in self.signs if flag.urgency == self.urgency)

    def frame(self) -> pandas.DataFrame:
        """Return the chosen signs, most urgent first, to take in hand."""
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        rows = [(flag.id, *_row(flag, self.wording)) for flag in self.signs]
        return pd.DataFrame(rows, columns=["id", "how fast to act", "sign", "what to do", "why", "sources"])

    def first_frame(self) -> str:
        """Return every sign, most urgent first, as plain HTML."""
        rows = [(flag.id, *_row(flag, self.wording)) for flag in self._by_urgency(self._kb.red_flags)]
        caption = f"{len(rows)} warning signs, most urgent first. {_CLOSING} {_unsigned(self._kb)}"
        head = ["Row", "How fast to act", "Sign", "What to do", "Why", "Sources"]
        opening = "<p><strong>Triage.</strong> With a kernel this is live: choose the signs that are there.</p>"
        return opening + html_table(caption, head, rows, left=True)

    def _by_urgency(self, flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
        return tuple(sorted(flags, key=lambda flag: self._order[flag.urgency]))

    def __repr__(self) -> str:
        return f"<Triage: {len(self._kb.red_flags)} warning signs, {len(self.chosen)} chosen>"


def triage(
    chosen: Iterable[str] = (),
    *,
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> Triage:
    """Show the warning signs and how fast each asks to act.

    Parameters
    ----------
    chosen
        Ids of the warning signs that are there, to begin with.
    wording
        ``"plain"`` or ``"clinical"``.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``.

    Raises
    ------
    KeyError
        When a sign does not exist; the message names the nearest one.
    ValueError
        When a sign of the tables has an urgency no state stands for.

    Examples
    --------
    >>> shown = triage(["RF10", "RF02"])
    >>> shown.urgency, shown.decided_by
    ('emergency', ('RF02',))
    """
    kb = kb or load()
    chosen = list(chosen)
    known = [flag.id for flag in kb.red_flags]
    for name in chosen:
        if name not in known:
            raise UnknownNameError(f"There is no warning sign {name!r} in red_flags.csv.{hint(name, known)}")
    return Triage(kb, chosen=chosen, wording=wording)


def _row(flag: RedFlag, wording: str) -> tuple[str, ...]:
    texts = (getattr(flag, f"{name}_{wording}") for name in ("flag", "action", "why"))
    return flag.urgency, *texts, ", ".join(flag.source_ids)


def _unsigned(kb: KnowledgeBase) -> str:
    """Say how many signs no clinician has signed."""
    count = sum(not flag.reviewed_by for flag in kb.red_flags)
    return f"{count} of {len(kb.red_flags)} signs are not yet reviewed by a clinician."


def _data(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    words = sorted(kb.records("urgency", Urgency), key=lambda row: row.order)
    return {
        "sections": list(dict.fromkeys(flag.section for flag in kb.red_flags)),
        "flags": [_flag(flag) for flag in kb.red_flags],
        "urgency": [{"id": word.id, "plain": word.plain, "clinical": word.clinical} for word in words],
        "states": [{"name": name, "words": list(words)} for name, words in STATES.items()],
        "never_reassured": list(NEVER_REASSURED),
        "closing": f"{_CLOSING} {_unsigned(kb)}",
        "sources": source_cards(kb, kb.red_flags),
    }


def _flag(flag: RedFlag) -> dict[str, Any]:
    shown = [word for words in STATES.values() for word in words]
    if flag.urgency not in shown:
        raise BadValueError(
            f"red_flags.csv, {flag.id}, urgency: {flag.urgency!r} is no state of a warning sign; "
            f"write one of {', '.join(shown)}."
        )
    names = ("id", "section", "flag_plain", "flag_clinical", "why_plain", "why_clinical", "think_of", "urgency")
    texts = {name: getattr(flag, name) for name in (*names, "action_plain", "action_clinical")}
    return texts | provenance(flag)
