"""The article on trial: judge each claim of the article this project began from, then see verdict and sources."""

from __future__ import annotations

import html
import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError, UnknownNameError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Claim
from ._explorer import Explorer, provenance, source_cards
from ._lessons import lesson_name
from ._modules import module, style

if TYPE_CHECKING:
    import pandas

#: The verdicts of the table in plain words, in the order of show; and what each means.
_VERDICTS = {
    "supported": ("Right", "It holds as it stands."),
    "oversimplified": ("Needs a correction", "Something in it holds; it is too simple or too vague as it stands."),
    "wrong": ("Wrong", "It does not hold."),
    "outdated": ("Out of date", "It was taught once, and is no longer."),
    "not about myoclonus": (
        "Not about these jerks",
        "It is about another movement, for example a tic.",
    ),
}
#: A judgement of the learner's own: it is kept, and counts neither as agreement nor as difference.
_CANNOT = ("cannot say", "I cannot say")
_LEAD = "The claims of an article for the public, told in our own words. Some are right. Judge first, then look."
#: What was judged in this kernel, so that running a cell again loses nothing.
_KEPT: dict[str, str] = {}


class ArticleOnTrial(Explorer):
    """A claim, the learner's judgement, and only then the verdict with its sources."""

    _esm = module("article_on_trial.js")
    _css = style("article_on_trial.css")

    lesson = traitlets.Unicode("").tag(sync=True)
    dealt = traitlets.List(traitlets.Unicode()).tag(sync=True)
    claim = traitlets.Unicode("").tag(sync=True)
    judged = traitlets.Dict().tag(sync=True)
    show_sources = traitlets.Bool(False).tag(sync=True)
    show_tally = traitlets.Bool(False).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._claims = {row.id: row for row in kb.records("claims", Claim)}
        kept = {name: word for name, word in _KEPT.items() if name in self._claims}
        super().__init__(data=_data(kb, tuple(self._claims.values())), **{"judged": kept} | traits)
        self.observe(_keep, "judged")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims on trial now: those dealt, or else those of the lesson, or else all."""
        if self.dealt:
            return tuple(self._claims[name] for name in self.dealt)
        return tuple(row for row in self._claims.values() if self.lesson in ("", row.lesson))

    def frame(self) -> pandas.DataFrame:
        """Return the claims that were judged, beside their verdicts, to take in hand.

        Examples
        --------
        >>> trial = article_on_trial(lesson="07")
        >>> trial.judged = {"S48": "wrong"}
        >>> bool(trial.frame().loc["S48", "agrees"])
        True
        >>> trial.judged = {}
        """
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        rows = [row for row in self.claims if row.id in self.judged]
        table = [(row.paraphrase, self.judged[row.id], row.verdict, self.judged[row.id] == row.verdict) for row in rows]
        index = pd.Index([row.id for row in rows], name="id")
        return pd.DataFrame(table, columns=["claim", "judged", "verdict", "agrees"], index=index)

    def first_frame(self) -> str:
        """Return the claims as plain HTML; each verdict is folded away until the reader opens it."""
        body = "".join(_row(row) for row in self.claims)
        head = '<th scope="col" style="text-align: left">{}</th>'
        heads = head.format("The article says, in our words") + head.format("Judge aloud, then open")
        return (
            f"<p><strong>The article on trial.</strong> {_LEAD} With a kernel this keeps count.</p>"
            f"<table><caption>{len(self.claims)} claims and their verdicts</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        return f"<ArticleOnTrial: {len(self.claims)} of {len(self._claims)} claims>"

    @traitlets.validate("lesson")
    def _refuse_unknown_lesson(self, proposal: Mapping[str, Any]) -> str:
        known = sorted({row.lesson for row in self._claims.values()})
        return _require("claim belongs to the lesson", str(proposal["value"]), known)

    @traitlets.validate("claim")
    def _refuse_unknown_claim(self, proposal: Mapping[str, Any]) -> str:
        return _require("claim has the id", str(proposal["value"]), list(self._claims))

    @traitlets.validate("dealt")
    def _refuse_unknown_deal(self, proposal: Mapping[str, Any]) -> list[str]:
        return [_require("claim has the id", str(name), list(self._claims)) for name in proposal["value"]]

    @traitlets.validate("judged")
    def _refuse_unknown_judgement(self, proposal: Mapping[str, Any]) -> dict[str, str]:
        words = [*_VERDICTS, _CANNOT[0]]
        for name, word in proposal["value"].items():
            _require("claim has the id", name, list(self._claims))
            _require("judgement is called", word, words)
        return dict(proposal["value"])


def article_on_trial(
    lesson: str = "", *, few: int = 0, seed: int = 1, kb: KnowledgeBase | None = None
) -> ArticleOnTrial:
    """Put the claims of the source article on trial.

    Each claim is shown in our words. The learner judges it; only then come the verdict, what must be added, and the
    sources. What was judged is there again when the cell is run again in the same kernel.

    Parameters
    ----------
    lesson
        The two digits of a lesson, to begin with the claims that lesson treats; empty for all.
    few
        How many claims to deal at random; 0 for all.
    seed
        Which deal: the same number deals the same claims to everybody in a class.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    KeyError
        When no claim belongs to the lesson; the message names the nearest one.
    ValueError
        When `few` is not a whole number of zero or more.

    Examples
    --------
    >>> article_on_trial("07")
    <ArticleOnTrial: 2 of 65 claims>
    >>> article_on_trial(few=6, seed=3).dealt == article_on_trial(few=6, seed=3).dealt
    True
    """
    if isinstance(few, bool) or not isinstance(few, int) or few < 0:
        raise BadValueError(f"few is {few!r}; expected how many claims to deal, a whole number of zero or more.")
    trial = ArticleOnTrial(kb or load())
    try:
        trial.lesson = lesson
    except traitlets.TraitError as error:
        raise UnknownNameError(str(error)) from None
    if few:
        ids = [row.id for row in trial.claims]
        trial.dealt = random.Random(seed).sample(ids, min(few, len(ids)))
    return trial


def _keep(change: Mapping[str, Any]) -> None:
    """Take over what was judged and what was taken back."""
    for name in set(change["old"]) - set(change["new"]):
        _KEPT.pop(name, None)
    _KEPT.update(change["new"])


def _require(what: str, value: str, valid: Sequence[str]) -> str:
    if value and value not in valid:
        raise traitlets.TraitError(f"No {what} {value!r}; there are {', '.join(valid)}.{hint(value, valid)}")
    return value


def _row(row: Claim) -> str:
    said = f"<strong>{_VERDICTS[row.verdict][0]}.</strong> {html.escape(row.nuance)}"
    folded = f"<details><summary>Verdict on {html.escape(row.id)}</summary>{said}</details>"
    cell = '<td style="text-align: left">{}</td>'
    return f"<tr>{cell.format(html.escape(row.paraphrase))}{cell.format(folded)}</tr>"


def _data(kb: KnowledgeBase, claims: Sequence[Claim]) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    used = [word for word in _VERDICTS if any(row.verdict == word for row in claims)]
    verdicts = [{"id": word, "label": _VERDICTS[word][0], "means": _VERDICTS[word][1]} for word in used]
    return {
        "lead": _LEAD,
        "verdicts": verdicts,
        "cannot": {"id": _CANNOT[0], "label": _CANNOT[1], "means": "That is an answer too: read what the sources say."},
        "lessons": [{"id": name, "name": lesson_name(name)} for name in sorted({row.lesson for row in claims})],
        "claims": [_card(row) for row in claims],
        "sources": source_cards(kb, claims),
    }


def _card(row: Claim) -> dict[str, Any]:
    names = ("id", "lesson", "seed_paragraph", "paraphrase", "verdict", "nuance")
    return {name: getattr(row, name) for name in names} | provenance(row)
