"""The category explorer: choose an axis, compare its classes by picture, open one and see its causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import traitlets

from .._told import UnknownNameError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Category, Cause
from ._explorer import Explorer, checked, html_table, most_urgent_first, provenance, source_cards
from ._modules import module, style

if TYPE_CHECKING:
    import pandas

#: The axes in the order a teacher would take them: name, and the question that the classes answer.
_AXES = {
    "definition": ("Definition", "What counts as myoclonus?"),
    "polarity": ("Polarity", "Does the muscle fire, or does it fall silent?"),
    "activation": ("Activation", "What is the body doing when the jerk comes?"),
    "distribution": ("Distribution", "Which parts of the body jerk?"),
    "rhythm": ("Rhythm", "Does the jerking keep a beat?"),
    "timing": ("Timing", "How did it begin, and when does it come?"),
    "aetiology": ("Aetiology (1982)", "What kind of cause lies behind it?"),
    "generator": ("Generator", "Where in the nervous system does the jerk start?"),
    "scheme": ("Published schemes", "How have experts put the classes together?"),
}
#: Axis to its classes, in order of show.
_Shelves: TypeAlias = Mapping[str, Sequence[Category]]
#: Stands for the scheme of 1982 when no row of the tables does.
_1982 = {"id": "", "label": "Aetiological classes (1982)", "plain": "", "clinical": ""}


class CategoryExplorer(Explorer):
    """The classes of one axis as cards; the one selected, with its definition, examples, sources and causes."""

    _esm = module("category_explorer.js")
    _css = style("category_explorer.css")

    axis = traitlets.Unicode("polarity").tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    show_sources = traitlets.Bool(False).tag(sync=True)
    show_all = traitlets.Bool(False).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        self._shelves = _shelves(kb)
        super().__init__(data=_data(kb, self._shelves), **traits)
        self._keep_together({"name": "axis"})

    @property
    def classes(self) -> tuple[Category, ...]:
        """The classes on show: those of the axis; for the published schemes also their parts."""
        return self._shelves[self.axis]

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes filed under the selected class, most urgent first."""
        row = next((row for row in self.classes if row.id == self.selected), None)
        return _filed(self._kb, row) if row else ()

    def frame(self) -> pandas.DataFrame:
        """Return the causes of the selected class, to take in hand."""
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        rows = [(cause.id, cause.name, cause.plain_name, cause.urgency) for cause in self.causes]
        return pd.DataFrame(rows, columns=["id", "cause", "plain_name", "urgency"])

    def first_frame(self) -> str:
        """Return the definitions of all classes of the axis as plain HTML."""
        name, question = _title(self.axis)
        rows = (
            (row.label, row.plain, row.clinical, row.examples_plain, row.examples_clinical, row.status)
            for row in self.classes
        )
        head = (
            "Class",
            "In plain words",
            "For clinicians",
            "Examples in plain words",
            "Examples for clinicians",
            "How settled",
        )
        return (
            "<p><strong>Category explorer.</strong> With a kernel this is live: choose an axis, "
            "open a class, and see which causes belong to it.</p>" + html_table(f"{name}. {question}", head, rows)
        )

    def __repr__(self) -> str:
        return f"<CategoryExplorer: {self.axis}, {len(self.classes)} classes>"

    @traitlets.validate("axis")
    def _refuse_unknown_axis(self, proposal: Mapping[str, Any]) -> str:
        return checked(partial(_require_axis, self._shelves), str(proposal["value"]))

    @traitlets.validate("selected")
    def _refuse_unknown_class(self, proposal: Mapping[str, Any]) -> str:
        return checked(partial(_require_class, self._shelves), str(proposal["value"]))

    @traitlets.observe("axis", "selected")
    def _keep_together(self, change: Mapping[str, Any]) -> None:
        """Let the class follow the axis, and the axis the class, so that no state contradicts itself."""
        if any(row.id == self.selected for row in self.classes):
            return
        if change["name"] == "selected" and self.selected:
            self.axis = _axis_of(self._shelves, self.selected)
        else:
            self.selected = self.classes[0].id


def category_explorer(
    axis: str = "polarity",
    selected: str = "",
    *,
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> CategoryExplorer:
    """Show the classes of one axis as cards with pictures, and one of them in full.

    Parameters
    ----------
    axis
        One of ``"definition"``, ``"polarity"``, ``"activation"``, ``"distribution"``, ``"rhythm"``, ``"timing"``,
        ``"aetiology"`` (the scheme of 1982), ``"generator"`` and ``"scheme"`` (published schemes side by side).
    selected
        Id of the class to open, for example ``"CAT03"``; without it, the first of the axis.
    wording
        ``"plain"`` or ``"clinical"``: which wording leads. Both are always shown.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``. Classes added there appear
        with a neutral picture.

    Raises
    ------
    KeyError
        When the axis or the class does not exist, with the nearest one named; or when the class is not on that axis.
    traitlets.TraitError
        When the wording is not one of the two words above.

    Examples
    --------
    >>> explorer = category_explorer("polarity", "CAT03")
    >>> len(explorer.classes)
    2
    >>> explorer.axis = "rhythm"  # the selection follows
    >>> explorer.selected
    'CAT13'
    """
    kb = kb or load()
    shelves = _shelves(kb)
    _require_axis(shelves, axis)
    _require_class(shelves, selected)
    if selected and all(row.id != selected for row in shelves[axis]):
        home = _axis_of(shelves, selected)
        raise UnknownNameError(f"The class {selected!r} is not on the axis {axis!r} but on {home!r}.")
    return CategoryExplorer(kb, axis=axis, selected=selected, wording=wording)


def _shelves(kb: KnowledgeBase) -> dict[str, tuple[Category, ...]]:
    """Return for each axis its classes in order of show; an axis without a class is left out.

    The published schemes hold their parts too, whatever axis the parts lie on: the classes of 1982 are both an axis to
    learn and a scheme to compare.
    """
    rows = kb.records("categories", Category)
    names = [*_AXES, *sorted({row.axis for row in rows} - set(_AXES))]
    shelves = {name: _in_order([row for row in rows if row.axis == name]) for name in names}
    inside = {below.id for scheme in shelves["scheme"] for below in _branch(scheme, rows)}
    is_1982_told = any(row.id in inside for row in shelves["aetiology"])
    loose = () if is_1982_told or not inside else shelves["aetiology"]
    shelves["scheme"] = (*_in_order([row for row in rows if row.id in inside]), *loose)
    return {name: shelf for name, shelf in shelves.items() if shelf}


def _in_order(rows: Sequence[Category]) -> tuple[Category, ...]:
    """Return `rows` by their order, each followed by what is below it."""
    ids = {row.id for row in rows}
    roots = sorted((row for row in rows if row.parent_id not in ids), key=lambda row: row.order)
    ordered = [below for root in roots for below in _branch(root, rows)]
    return (
        *ordered,
        *(row for row in rows if row not in ordered),
    )  # a ring of parents must not hide its members


def _branch(row: Category, rows: Sequence[Category]) -> list[Category]:
    """Return `row` and all of `rows` below it."""
    rest = [other for other in rows if other.id != row.id]
    children = sorted((other for other in rest if other.parent_id == row.id), key=lambda other: other.order)
    return [row, *(below for child in children for below in _branch(child, rest))]


def _filed(kb: KnowledgeBase, row: Category) -> tuple[Cause, ...]:
    """Return the causes filed under a class or under what is below it on the same axis, most urgent first."""
    axis = [other for other in kb.records("categories", Category) if other.axis == row.axis]
    ids = {below.id for below in _branch(row, axis)}
    return most_urgent_first(kb, (cause for cause in kb.all_causes if not ids.isdisjoint(cause.category_ids)))


def _title(axis: str) -> tuple[str, str]:
    """Return name and question of an axis; one that an instructor added has its own name only."""
    return _AXES.get(axis, (axis.capitalize(), "Which class is it?"))


def _axis_of(shelves: _Shelves, class_id: str) -> str:
    return next(axis for axis, shelf in shelves.items() if any(row.id == class_id for row in shelf))


def _require_axis(shelves: _Shelves, axis: str) -> str:
    if axis not in shelves:
        raise UnknownNameError(f"There is no axis {axis!r}.{hint(axis, list(shelves))} The axes: {', '.join(shelves)}.")
    return axis


def _require_class(shelves: _Shelves, class_id: str) -> str:
    known = [row.id for shelf in shelves.values() for row in shelf]
    if class_id and class_id not in known:
        raise UnknownNameError(f"There is no class {class_id!r}.{hint(class_id, known)}")
    return class_id


def _data(kb: KnowledgeBase, shelves: _Shelves) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    rows = kb.records("categories", Category)
    names = {axis: _title(axis) for axis in shelves}
    return {
        "axes": [
            {
                "id": axis,
                "name": names[axis][0],
                "question": names[axis][1],
                "classes": [row.id for row in shelf],
            }
            for axis, shelf in shelves.items()
        ],
        "classes": {row.id: _class(kb, row) for row in rows},
        "columns": _columns(shelves.get("scheme", ())),
        "causes": {cause.id: _cause(cause) for cause in kb.all_causes},
        "sources": source_cards(kb, rows),
    }


def _columns(shelf: Sequence[Category]) -> list[dict[str, Any]]:
    """Return the published schemes, each with its parts, to stand side by side."""
    known = {row.id for row in shelf}
    roots = [row for row in shelf if row.parent_id not in known]
    columns = [
        {"id": row.id, "label": row.label, "plain": row.plain, "clinical": row.clinical}
        | {"parts": [part.id for part in _branch(row, shelf)[1:]]}
        for row in roots
        if row.axis == "scheme"
    ]
    loose = [row.id for row in roots if row.axis != "scheme"]
    return [*columns, _1982 | {"parts": loose}] if loose else columns


def _class(kb: KnowledgeBase, row: Category) -> dict[str, Any]:
    names = ("id", "axis", "label", "plain", "clinical", "examples_plain", "examples_clinical", "status")
    causes = _filed(kb, row)
    return (
        {name: getattr(row, name) for name in names}
        | {
            "causes": [cause.id for cause in causes],
            "drafts": sum("category_ids" in cause.draft_fields for cause in causes),
        }
        | provenance(row)
    )


def _cause(cause: Cause) -> dict[str, str]:
    return {name: getattr(cause, name) for name in ("id", "name", "plain_name", "urgency")}
