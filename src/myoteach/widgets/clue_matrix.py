"""The clue matrix: answer what is known of a patient and see which causes fit."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from ..knowledge import KnowledgeBase, Match, load
from ..knowledge.records import Group, RedFlag, Urgency
from ._explorer import Explorer, html_table, provenance, source_cards
from ._modules import module, style
from ._ranking import clue_card, ranked_card

if TYPE_CHECKING:
    import pandas

#: Causes in the first frame of a viewer that runs no widgets.
_FIRST = 10


class ClueMatrix(Explorer):
    """Clues on one side, ranked causes on the other."""

    _esm = module("clue_matrix.js")
    _css = style("clue_matrix.css")

    answers = traitlets.Dict().tag(sync=True)
    audience = traitlets.Enum(["clinician", "public"], "clinician").tag(sync=True)
    group = traitlets.Unicode("").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    limit = traitlets.Int(6).tag(sync=True)
    opened = traitlets.Unicode("").tag(sync=True)
    sections = traitlets.List(traitlets.Unicode()).tag(sync=True)
    flags_open = traitlets.Bool(False).tag(sync=True)
    rest_open = traitlets.Bool(False).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        sections = [next(iter(kb.clues.values())).section]
        super().__init__(data=_data(kb), **{"sections": sections} | traits)

    @property
    def matches(self) -> tuple[Match, ...]:
        """The causes as they are ranked now."""
        return self._kb.causes(self.answers, audience=self.audience, group=self.group or None)

    def frame(self) -> pandas.DataFrame:
        """Return the ranking as it stands now, to take in hand."""
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        return pd.DataFrame(
            [(m.cause.id, m.cause.name, m.cause.urgency, m.score, m.reason) for m in self.matches],
            columns=["id", "cause", "urgency", "score", "reason"],
        )

    def first_frame(self) -> str:
        """Return the first causes of the ranking, and the questions, as plain HTML."""
        rows = (
            (match.cause.plain_name, match.cause.name, match.cause.urgency, match.reason)
            for match in self.matches[:_FIRST]
        )
        caption = f"The first {_FIRST} of {len(self._kb.all_causes)} causes. An order of fit, not a probability."
        questions = "".join(f"<li>{html.escape(clue.plain)}</li>" for clue in self._kb.clues.values())
        return (
            "<p><strong>Clue matrix.</strong> With a kernel this is live: answer, and the causes re-order.</p>"
            + html_table(caption, ["Cause", "Clinical name", "How fast to act", "Why it stands here"], rows)
            + f"<p>The questions:</p><ul>{questions}</ul>"
        )

    def __repr__(self) -> str:
        return f"<ClueMatrix: {len(self._kb.all_causes)} causes, {len(self._kb.clues)} clues>"


def clue_matrix(
    answers: Mapping[str, str] | None = None,
    *,
    audience: str = "clinician",
    group: str = "",
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> ClueMatrix:
    """Show the clue matrix.

    Parameters
    ----------
    answers
        Clues already answered: clue id to ``"yes"`` or ``"no"``.
    audience
        ``"clinician"`` shows all causes, ``"public"`` those anyone may meet.
    group
        Id of a group of causes, to begin with that group alone.
    wording
        ``"plain"`` or ``"clinical"``.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``.

    Raises
    ------
    KeyError
        When a clue or group does not exist; the message names the nearest one.
    ValueError
        When an answer or audience is not one of the words above.

    Examples
    --------
    >>> matrix = clue_matrix({"CL06": "yes", "CL25": "yes"})
    >>> matrix.matches[0].cause.plain_name
    'Kidney failure'
    """
    kb = kb or load()
    kb.causes(answers, audience=audience, group=group or None)  # refuses what does not exist, with a sentence
    return ClueMatrix(kb, answers=dict(answers or {}), audience=audience, group=group, wording=wording)


def _data(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    groups = sorted(kb.records("groups", Group), key=lambda row: row.order)
    words = sorted(kb.records("urgency", Urgency), key=lambda row: row.order)
    return {
        "clues": [clue_card(clue) for clue in kb.clues.values()],
        "causes": [ranked_card(kb, cause) for cause in kb.all_causes],
        "groups": [{"id": row.id, "plain": row.plain, "clinical": row.clinical} for row in groups],
        "urgency": [{"id": row.id, "plain": row.plain} for row in words],
        "flags": [_flag(flag) for flag in kb.red_flags if flag.clue_ids],
        "sources": source_cards(kb, kb.all_causes),
    }


def _flag(flag: RedFlag) -> dict[str, Any]:
    return {
        "id": flag.id,
        "flag": flag.flag_plain,
        "flag_clinical": flag.flag_clinical,
        "action": flag.action_plain,
        "action_clinical": flag.action_clinical,
        "urgency": flag.urgency,
        "clues": list(flag.clue_ids),
    } | provenance(flag)
