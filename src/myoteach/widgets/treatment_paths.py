"""Treatment paths: remove the cause, calm the jerk, or nothing needed; and what to avoid. No doses."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import UnknownNameError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Category, Cause, Treatment
from ._explorer import Explorer, html_table, provenance, source_cards
from ._modules import module, style

if TYPE_CHECKING:
    import pandas

#: The three ways of the fork, with what is done on each.
PATHS = {
    "cause": ("Remove or treat the cause", "What brings the jerks is looked for and treated."),
    "jerk": ("Calm the jerk", "The jerks are eased while the cause stays or needs time."),
    "nothing": ("Nothing needed", "Knowing what it is can be enough, once a doctor has said what it is."),
}
RULE = "Never stop a prescribed medicine on your own. Ask who prescribed it."


class TreatmentPaths(Explorer):
    """A fork of three paths, with the situations of the table on each."""

    _esm = module("treatment_paths.js")
    _css = style("_opened.css", "treatment_paths.css")

    path = traitlets.Enum(list(PATHS), "cause").tag(sync=True)
    generator = traitlets.Unicode("").tag(sync=True)
    cause = traitlets.Unicode("").tag(sync=True)
    row = traitlets.Unicode("").tag(sync=True)
    opened = traitlets.Unicode("").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        super().__init__(data=_data(kb), **traits)
        if "row" not in traits:
            self.row = next((row.id for row in self.treatments), "")

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """The rows on the path, narrowed by cause and generator; the most special first, those for everyone last."""
        shown = (row for row in _rows(self._kb) if self.path in row.paths and self._is_shown(row))
        return tuple(sorted(shown, key=self._distance))

    def _distance(self, row: Treatment) -> int:
        """Return how many causes share a row that names the chosen one; the other rows stand behind all of these."""
        if not self.cause:
            return 0
        return len(row.cause_ids) if self.cause in row.cause_ids else len(self._kb.all_causes)

    def _is_shown(self, row: Treatment) -> bool:
        by_cause = not self.cause or not row.cause_ids or self.cause in row.cause_ids
        chosen = self.generator if self.path == "jerk" else ""
        places = {place.id for place in _generators(self._kb)} & set(row.category_ids)
        return by_cause and (not chosen or not places or chosen in places)

    def frame(self) -> pandas.DataFrame:
        """Return the rows on show, to take in hand; `avoid` is for clinicians."""
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        names = ["id", "context", self.wording, "agents", "avoid", "evidence"]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.treatments], columns=names)

    def first_frame(self) -> str:
        """Return every situation with its path, as plain HTML; what to avoid stands in the clinical wording only."""
        clinical = self.wording == "clinical"
        rows = []
        for row in _rows(self._kb):
            ways = " / ".join(PATHS[path][0] for path in row.paths)
            texts = (row.clinical, row.avoid) if clinical else (row.plain,)
            rows.append((row.id, ways, row.context, *texts, ", ".join(row.source_ids)))
        head = ["Row", "Path", "For whom", "What is done", *(["What to avoid (draft)"] if clinical else []), "Sources"]
        caption = "Treatment on three paths. No doses, not medical advice, not reviewed by a clinician yet."
        rule = f"<p><strong>Treatment paths.</strong> {html.escape(RULE)}</p>"
        return rule + html_table(caption, head, rows, left=True)

    def __repr__(self) -> str:
        return f"<TreatmentPaths: {len(_rows(self._kb))} situations on {len(PATHS)} paths>"


def treatment_paths(
    path: str = "cause",
    *,
    cause: str = "",
    generator: str = "",
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> TreatmentPaths:
    """Show what treatment can do: remove the cause, calm the jerk, or nothing needed.

    Parameters
    ----------
    path
        ``"cause"``, ``"jerk"`` or ``"nothing"``, the path to begin on.
    cause
        Id of a cause, to begin with what names it.
    generator
        Id of a class on the axis of generators, to begin with the jerks that start there.
    wording
        ``"plain"`` or ``"clinical"``; what to avoid is shown in the clinical wording.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``.

    Raises
    ------
    KeyError
        When no treatment names the cause, or the generator does not exist; the message names the nearest one.

    Examples
    --------
    >>> shown = treatment_paths("jerk", generator="CAT24")
    >>> "TX13" in [row.id for row in shown.treatments], "TX03" in [row.id for row in shown.treatments]
    (True, False)
    """
    if path not in PATHS:
        raise UnknownNameError(f"There is no path {path!r}. The paths: {', '.join(PATHS)}.")
    kb = kb or load()
    causes = [row.id for row in _causes(kb)]
    if cause and cause not in causes:
        raise UnknownNameError(f"No row of treatments.csv names the cause {cause!r}.{hint(cause, causes)}")
    places = [row.id for row in _generators(kb)]
    if generator and generator not in places:
        raise UnknownNameError(f"categories.csv has no generator {generator!r}.{hint(generator, places)}")
    return TreatmentPaths(kb, path=path, cause=cause, generator=generator, wording=wording)


def _rows(kb: KnowledgeBase) -> tuple[Treatment, ...]:
    return kb.records("treatments", Treatment)


def _generators(kb: KnowledgeBase) -> list[Category]:
    """Return the places where a jerk starts that a treatment names, from the cortex downwards."""
    named = {place for row in _rows(kb) for place in row.category_ids}
    found = (row for row in kb.records("categories", Category) if row.axis == "generator" and row.id in named)
    return sorted(found, key=lambda row: row.order)


def _causes(kb: KnowledgeBase) -> list[Cause]:
    """Return the causes that a treatment names, by their plain name."""
    named = {cause for row in _rows(kb) for cause in row.cause_ids}
    return sorted((cause for cause in kb.all_causes if cause.id in named), key=lambda cause: cause.plain_name.lower())


def _data(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    places = _generators(kb)
    return {
        "rule": RULE,
        "paths": [{"id": name, "name": title, "said": said} for name, (title, said) in PATHS.items()],
        "rows": [_row(row) for row in _rows(kb)],
        "generators": [
            {"id": row.id, "label": row.label, "plain": row.plain, "clinical": row.clinical} | provenance(row)
            for row in places
        ],
        "causes": [_cause(cause) for cause in _causes(kb)],
        "sources": source_cards(kb, [*_rows(kb), *places, *_causes(kb)]),
    }


def _row(row: Treatment) -> dict[str, Any]:
    names = ("id", "context", "plain", "clinical", "agents", "avoid", "evidence")
    lists = {"paths": list(row.paths), "classes": list(row.category_ids), "causes": list(row.cause_ids)}
    return {name: getattr(row, name) for name in names} | lists | provenance(row)


def _cause(cause: Cause) -> dict[str, Any]:
    names = ("id", "name", "plain_name", "cause_removable", "disease_treatment", "jerks_treatable")
    return {name: getattr(cause, name) for name in names} | provenance(cause)
