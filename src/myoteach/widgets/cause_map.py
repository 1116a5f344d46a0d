"""The map of causes: families, the groups of one, the causes of one group; at most nine equal parts at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError, UnknownNameError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Cause, Group, Urgency
from ._explorer import Explorer, cause_card, html_table, most_urgent_first, source_cards
from ._modules import module, style

if TYPE_CHECKING:
    import pandas

#: Labels a reader takes in at once.
_MOST = 9
_COLUMNS = {
    "family": ("family", "groups", "causes", "most urgent inside", "cause can be removed"),
    "group": ("group", "clinical name", "causes", "most urgent inside", "cause can be removed"),
    "cause": ("cause", "clinical name", "how fast to act", "cause can be removed"),
}


class CauseMap(Explorer):
    """A wheel of at most nine equal wedges, the table that says the same, and one cause in full.

    A search (`query`) shows the causes it finds instead of the place; `opened` is the cause shown in full.
    """

    _esm = module("cause_map.js")
    _css = style("cause_map.css")

    family = traitlets.Unicode("").tag(sync=True)
    group = traitlets.Unicode("").tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    page = traitlets.Int(1, min=1).tag(sync=True)
    opened = traitlets.Unicode("").tag(sync=True)
    audience = traitlets.Enum(["clinician", "public"], "clinician").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    show_sources = traitlets.Bool(False).tag(sync=True)

    _settling = False

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        self._groups = {row.id: row for row in sorted(kb.records("groups", Group), key=lambda row: row.order)}
        self._causes = most_urgent_first(kb, kb.all_causes)
        super().__init__(data=_data(kb, self._groups.values(), self._causes), **traits)

    @property
    def level(self) -> str:
        """What the parts are: ``"family"``, ``"group"`` or ``"cause"``."""
        return "cause" if self.group or self.query.strip() else "group" if self.family else "family"

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes inside the place on show, most urgent first, on whatever page they stand."""
        shown = [cause for cause in self._causes if self.audience == "clinician" or cause.audience == "both"]
        if words := self.query.lower().split():
            return tuple(cause for cause in shown if all(word in _text(cause) for word in words))
        return tuple(cause for cause in shown if self._is_inside(cause))

    @property
    def pages(self) -> int:
        """How many pages the place has: nine causes each, while families and groups need one only."""
        return max(1, ceil(len(self.causes) / _MOST)) if self.level == "cause" else 1

    def frame(self) -> pandas.DataFrame:
        """Return the table as it stands now, to take in hand.

        Examples
        --------
        >>> cause_map(group="hypoxic").frame().index.name
        'id'
        """
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        rows = self._rows()
        index = pd.Index(list(rows), name="id")
        return pd.DataFrame(list(rows.values()), columns=list(_COLUMNS[self.level]), index=index)

    def first_frame(self) -> str:
        """Return the table of what is shown as plain HTML."""
        lead = (
            "<p><strong>Map of causes.</strong> With a kernel this is live: open a family, then a group, then a "
            "cause.</p>"
        )
        caption = f"{len(self.causes)} causes. Neither place nor size says how often a cause occurs."
        rows = ([str(cell) for cell in row] for row in self._rows().values())
        return lead + html_table(caption, map(str.capitalize, _COLUMNS[self.level]), rows)

    def __repr__(self) -> str:
        return f"<CauseMap: {len(self._kb.all_causes)} causes in {len(self._families())} families>"

    def _families(self) -> list[str]:
        return list(dict.fromkeys(row.family for row in self._groups.values()))

    def _inside(self, family: str) -> list[str]:
        return [row.id for row in self._groups.values() if row.family == family]

    def _is_inside(self, cause: Cause) -> bool:
        family = self._groups[cause.group].family
        return self.group in ("", cause.group) and self.family in ("", family)

    def _rows(self) -> dict[str, tuple[str | int, ...]]:
        """Return the rows of the table by their ids; a family or group without a cause to show is left out."""
        causes = self.causes
        if self.level == "cause":
            page = causes[(self.page - 1) * _MOST : self.page * _MOST]
            return {row.id: (row.plain_name, row.name, row.urgency, row.cause_removable) for row in page}
        if self.level == "group":
            names = {id_: (self._groups[id_].plain, self._groups[id_].clinical) for id_ in self._inside(self.family)}
            filed = {id_: [cause for cause in causes if cause.group == id_] for id_ in names}
        else:
            groups = {family: self._inside(family) for family in self._families()}
            names = {name: (name, "; ".join(self._groups[id_].plain for id_ in ids)) for name, ids in groups.items()}
            filed = {name: [cause for cause in causes if cause.group in ids] for name, ids in groups.items()}
        return {id_: (*names[id_], *_sum(inside)) for id_, inside in filed.items() if inside}

    @traitlets.validate("family")
    def _refuse_unknown_family(self, proposal: Mapping[str, Any]) -> str:
        return _require("family", str(proposal["value"]), self._families())

    @traitlets.validate("group")
    def _refuse_unknown_group(self, proposal: Mapping[str, Any]) -> str:
        return _require("group", str(proposal["value"]), list(self._groups))

    @traitlets.validate("opened")
    def _refuse_unknown_cause(self, proposal: Mapping[str, Any]) -> str:
        return _require("cause", str(proposal["value"]), [cause.id for cause in self._causes])

    @traitlets.observe("family", "group", "query", "page", "opened", "audience")
    def _settle(self, change: Mapping[str, Any]) -> None:
        """Make the traits agree with the one that changed: the later choice wins."""
        if self._settling:
            return
        self._settling = True
        try:
            self._follow(change["name"])
        finally:
            self._settling = False

    def _follow(self, changed: str) -> None:
        if changed == "opened":
            self._go_to_opened()
            return
        if changed in ("family", "group"):
            self.query = ""
            self._agree_on_place(changed)
        self.page = min(self.page, self.pages) if changed == "page" else self._page_of_opened()
        if self.level != "cause" or self.opened not in self._rows():
            self.opened = ""

    def _agree_on_place(self, changed: str) -> None:
        """Let a group bring its family, and a family of one group that group."""
        if changed == "group" and self.group:
            self.family = self._groups[self.group].family
            return
        inside = self._inside(self.family)
        if self.group not in inside:
            self.group = inside[0] if len(inside) == 1 else ""

    def _go_to_opened(self) -> None:
        """Show the place of a cause that was opened from somewhere else."""
        if not self.opened or (self.level == "cause" and self.opened in self._rows()):
            return
        cause = next(cause for cause in self._causes if cause.id == self.opened)
        self.query, self.group, self.family = "", cause.group, self._groups[cause.group].family
        if cause not in self.causes:
            self.audience = "clinician"
        self.page = self._page_of_opened()

    def _page_of_opened(self) -> int:
        """Return the page of the opened cause: a new place begins there, or else at its first page."""
        ids = [cause.id for cause in self.causes]
        return ids.index(self.opened) // _MOST + 1 if self.level == "cause" and self.opened in ids else 1


def cause_map(
    family: str = "",
    group: str = "",
    *,
    cause: str = "",
    audience: str = "clinician",
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> CauseMap:
    """Show the map of causes.

    Parameters
    ----------
    family
        Name of a family to begin with; empty for the overview of all families.
    group
        Id of a group to begin with.
    cause
        Id of a cause to begin with, opened in its group.
    audience
        ``"clinician"`` shows all causes, ``"public"`` those anyone may meet.
    wording
        ``"plain"`` or ``"clinical"``: which names and texts are shown first.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``.

    Raises
    ------
    KeyError
        When the family, group or cause does not exist; the message names the nearest one.
    ValueError
        When the group belongs to another family.
    traitlets.TraitError
        When the audience or the wording is not one of the words above.

    Examples
    --------
    >>> drugs = cause_map(group="drug")
    >>> drugs.family, drugs.level, drugs.pages
    ('Medicines, poisons, withdrawal', 'cause', 4)
    """
    shown = CauseMap(kb or load(), audience=audience, wording=wording)
    for name, value in (("family", family), ("group", group), ("opened", cause)):
        try:
            if value:
                setattr(shown, name, value)
        except traitlets.TraitError as error:
            raise UnknownNameError(str(error)) from None
    if family and shown.family != family:
        raise BadValueError(f"{(cause or group)!r} belongs to the family {shown.family!r}, not to {family!r}.")
    return shown


def _require(what: str, value: str, valid: Sequence[str]) -> str:
    if value and value not in valid:
        raise traitlets.TraitError(f"There is no {what} {value!r}.{hint(value, valid)}")
    return value


def _text(cause: Cause) -> str:
    """Return what a search reads."""
    return "\n".join((cause.plain_name, cause.name, cause.plain, cause.clinical)).lower()


def _sum(causes: Sequence[Cause]) -> tuple[int, str, str]:
    """Say how many causes there are, how urgent the most urgent of them are, and how many can be removed."""
    word = causes[0].urgency
    urgent = sum(cause.urgency == word for cause in causes)
    removable = Counter(cause.cause_removable for cause in causes)
    return len(causes), f"{word}: {urgent} of {len(causes)}", f"yes {removable['yes']}, partly {removable['partly']}"


def _data(kb: KnowledgeBase, groups: Iterable[Group], causes: Sequence[Cause]) -> dict[str, Any]:
    """Return what the module shows, as plain JSON; everything stands in the order of show."""
    words = sorted(kb.records("urgency", Urgency), key=lambda row: row.order)
    return {
        "groups": [
            {"id": row.id, "family": row.family, "plain": row.plain, "clinical": row.clinical} for row in groups
        ],
        "causes": [cause_card(cause) for cause in causes],
        "urgency": [{"id": row.id, "plain": row.plain, "clinical": row.clinical} for row in words],
        "sources": source_cards(kb, causes),
    }
