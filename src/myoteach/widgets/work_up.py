"""Work-up: choose the next step in a case; the causes that fit get fewer, and a needless test is said to be so."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError, UnknownNameError
from ..knowledge import KnowledgeBase, Match, load
from ..knowledge._problems import hint
from ..knowledge.records import Cause, Investigation, Urgency
from ._explorer import Explorer, cause_card, html_table, provenance, source_cards
from ._modules import module, style
from ._ranking import clue_card, ranked_card

if TYPE_CHECKING:
    import pandas

#: Which sections of the clues are asked for in the history, and which are looked for in the examination.
STEPS = {
    "History": ("how it began", "what came before"),
    "Examination": ("what the jerks are like", "what else is there"),
}
TIERS = ("bedside", "first line", "second line", "selected", "specialist")
#: The row that stands for history and examination themselves, which are no test here.
_FIRST_STEP = "IV01"
#: A case is a cause of the tables whose decided clues are found step by step.
CASES = ("C051", "C015", "C061", "C093", "C119")


class WorkUp(Explorer):
    """Steps on one side, what they leave of the causes on the other."""

    _esm = module("work_up.js")
    _css = style("_opened.css", "work_up.css")

    case = traitlets.Unicode().tag(sync=True)
    done = traitlets.List(traitlets.Unicode()).tag(sync=True)
    named = traitlets.Unicode("").tag(sync=True)
    looked = traitlets.Unicode("").tag(sync=True)
    tiers = traitlets.List(traitlets.Unicode(), ["bedside", "first line"]).tag(sync=True)
    opened = traitlets.Unicode("").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)

    def __init__(self, kb: KnowledgeBase, cases: Sequence[str], **traits: Any) -> None:
        self._kb = kb
        self._tests = {row.id: row for row in kb.records("investigations", Investigation)}
        super().__init__(data=_data(kb, cases), **{"case": cases[0]} | traits)

    @property
    def matches(self) -> tuple[Match, ...]:
        """The causes as they are ranked by what has been found."""
        return self._kb.causes(self._found(self.done))

    def verdict(self, step: str) -> str:
        """Say how a step that was taken stood when it was taken.

        Returns
        -------
        str
            ``"found"`` a part of history or examination in its order; ``"early"`` out of that order; ``"hit"`` a test
            that can show the cause of the case; ``"fair"`` one that can show a cause that fits best or an emergency
            that still fits, or any at the bedside; ``"needless"`` one that can show neither.

        Raises
        ------
        ValueError
            When the step has not been taken.
        """
        if step not in self.done:
            raise BadValueError(f"The step {step!r} has not been taken; taken are: {', '.join(self.done) or 'none'}.")
        before = self.done[: self.done.index(step)]
        if step not in self._tests:
            return "early" if step in STEPS["Examination"] and not set(STEPS["History"]) <= set(before) else "found"
        test = self._tests[step]
        if self.case in test.cause_ids and (test.tier == "bedside" or _is_examined(before)):
            return "hit"
        if test.tier == "bedside":
            return "fair"
        if not _is_examined(before):
            return "early"
        return "fair" if set(test.cause_ids) & in_question(self._kb.causes(self._found(before))) else "needless"

    def frame(self) -> pandas.DataFrame:
        """Return the steps taken, in their order, to take in hand."""
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        rows = [(self._name(step), self._place(step), self.verdict(step)) for step in self.done]
        return pd.DataFrame(rows, columns=["step", "when it comes", "verdict"], index=range(1, len(rows) + 1))

    def first_frame(self) -> str:
        """Return the order of the steps and every test, as plain HTML."""
        rows = [
            (row.id, row.tier, getattr(row, name), row.indication, getattr(row, shows), ", ".join(row.source_ids))
            for row in sorted(self._tests.values(), key=lambda row: TIERS.index(row.tier))
            for name, shows in [_wordings(self.wording)]
        ]
        caption = "Tests in the order in which they come. That order is part draft; no row is a request for anybody."
        head = ["Row", "When it comes", "Test", "Who needs it", "What it can show", "Sources"]
        parts = "".join(f"<li>{html.escape(kind)}: {', '.join(parts)}</li>" for kind, parts in STEPS.items())
        return (
            "<p><strong>Work-up.</strong> With a kernel this is live: choose the next step, and the causes get fewer."
            f"</p><ol>{parts}<li>Tests, each for a question</li></ol>" + html_table(caption, head, rows, left=True)
        )

    def _found(self, done: Iterable[str]) -> dict[str, str]:
        sections = set(done)
        clues = (clue for clue in self._kb.clues.values() if clue.section in sections)
        cells = {clue.id: self._kb.cells.get((self.case, clue.id)) for clue in clues}
        return {name: cell.value for name, cell in cells.items() if cell and cell.value != "unknown"}

    def _name(self, step: str) -> str:
        return getattr(self._tests[step], _wordings(self.wording)[0]) if step in self._tests else step

    def _place(self, step: str) -> str:
        if step in self._tests:
            return self._tests[step].tier
        return next(kind.lower() for kind, parts in STEPS.items() if step in parts)

    def __repr__(self) -> str:
        return f"<WorkUp: {len(self.data['cases'])} cases, {len(self._tests)} tests, {len(self.done)} steps taken>"


def work_up(
    cases: Sequence[str] = CASES,
    *,
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> WorkUp:
    """Show cases in which the next step is to be chosen.

    Parameters
    ----------
    cases
        Ids of causes; each is a case in which the clues that the tables decide for it are found.
    wording
        ``"plain"`` or ``"clinical"``.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``.

    Raises
    ------
    KeyError
        When a cause does not exist; the message names the nearest one.
    ValueError
        When there is no case, or no clue is decided for one.

    Examples
    --------
    >>> shown = work_up(["C051"])
    >>> shown.done = ["how it began", "what came before", "what the jerks are like", "what else is there", "IV03"]
    >>> shown.verdict("IV03"), shown.matches[0].cause.plain_name
    ('hit', 'Kidney failure')
    """
    kb = kb or load()
    if not cases:
        raise BadValueError(f"work_up() needs at least one case; without an argument it has {', '.join(CASES)}.")
    known = [cause.id for cause in kb.all_causes]
    for case in cases:
        if case not in known:
            raise UnknownNameError(f"There is no cause {case!r} in causes.csv.{hint(case, known)}")
        if not any(kb.cells[pair].value == "yes" for pair in kb.cells if pair[0] == case):
            raise BadValueError(f"cause_clue.csv has no clue that is present in {case!r}, so that it cannot be a case.")
    return WorkUp(kb, list(cases), wording=wording)


def in_question(matches: Sequence[Match]) -> set[str]:
    """Return the causes a test may be asked about: those that fit best, and emergencies with more for than against.

    Examples
    --------
    >>> from myoteach import load
    >>> "C015" in in_question(load().causes({"CL03": "yes", "CL16": "yes", "CL18": "yes"}))
    True
    """
    best = matches[0].score
    return {
        match.cause.id
        for match in matches
        if match.score == best or (match.cause.urgency == "emergency" and match.fits and match.score > 0)
    }


def _is_examined(done: Iterable[str]) -> bool:
    return {part for parts in STEPS.values() for part in parts} <= set(done)


def _wordings(wording: str) -> tuple[str, str]:
    """Columns of a test's name and of what it shows."""
    return ("plain_name", "shows_plain") if wording == "plain" else ("test", "shows_clinical")


def _data(kb: KnowledgeBase, cases: Sequence[str]) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    tests = kb.records("investigations", Investigation)
    words = sorted(kb.records("urgency", Urgency), key=lambda row: row.order)
    chosen = [cause for cause in kb.all_causes if cause.id in cases]
    return {
        "cases": list(cases),
        "steps": [{"kind": kind, "sections": list(parts)} for kind, parts in STEPS.items()],
        "tiers": list(TIERS),
        "first": next(_test(row) for row in tests if row.id == _FIRST_STEP),
        "tests": [_test(row) for row in tests if row.id != _FIRST_STEP],
        "clues": [clue_card(clue) for clue in kb.clues.values()],
        "causes": [_brief(kb, cause) for cause in kb.all_causes],
        "answers": {cause.id: cause_card(cause) for cause in chosen},
        "urgency": [{"id": word.id, "plain": word.plain, "clinical": word.clinical} for word in words],
        "sources": source_cards(kb, [*tests, *chosen]),
    }


def _test(row: Investigation) -> dict[str, Any]:
    names = ("id", "test", "plain_name", "tier", "indication", "shows_plain", "shows_clinical", "caveat")
    return {name: getattr(row, name) for name in names} | {"causes": list(row.cause_ids)} | provenance(row)


def _brief(kb: KnowledgeBase, cause: Cause) -> dict[str, Any]:
    """Return what a list of causes shows; the rest is sent for the cases alone."""
    card = ranked_card(kb, cause)
    return {name: card[name] for name in ("id", "name", "plain_name", "urgency", "cells")}
