"""What the map of causes shows: the families, the groups of one family, or the causes of one group.

The picture, its caption, the table and the frame are all made from one `CauseView`, so that they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Group, Urgency
from ._places import check_audience, families_of, group_label, groups_of, locate

#: Labels a reader takes in at once.
MOST = 9
#: The signs of the five words, in the shapes the other explorers use.
SIGNS = {"emergency": "▲", "urgent": "◆", "soon": "●", "routine": "○", "none": "–"}
EQUAL_SIZE = "All parts are drawn equal on purpose: size says nothing about how often a cause occurs."
NEEDS_SOURCE, NOT_REVIEWED = "needs a source", "not reviewed"
_REMOVABLE = {
    "yes": "removable",
    "partly": "partly removable",
    "no": "not removable",
    "unknown": "removable? unknown",
    "not applicable": "nothing to remove",
}
_COLUMNS = {
    "family": (
        "No.",
        "Family",
        "Groups inside",
        "Causes",
        "Most urgent inside",
        "Cause can be removed",
        "Marks",
    ),
    "group": (
        "No.",
        "Group",
        "Clinical name",
        "Causes",
        "Most urgent inside",
        "Cause can be removed",
        "Marks",
    ),
    "cause": ("No.", "Cause", "Clinical name", "How fast to act", "Cause can be removed", "Marks"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One labelled part of the picture: a family, a group or a cause.

    `causes` are the causes inside (of a cause, itself); `urgency` is the most urgent word among them. What the label
    says below the name is `urgency_note` and `removable_note`; `removable` and `marks` are what the table says.
    """

    number: int
    id: str
    label: str
    plain: str
    clinical: str
    causes: tuple[Cause, ...]
    urgency: str
    urgency_note: str
    removable: str
    removable_note: str
    marks: tuple[str, ...]

    @property
    def words(self) -> str:
        """The label in words, without signs."""
        missing = [NEEDS_SOURCE] if NEEDS_SOURCE in self.marks else []
        return ", ".join([self.label, self.urgency_note, self.removable_note, *missing])


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseView:
    """What is shown now: at most nine items, and where they stand in the whole.

    `level` is what the items are: ``"family"``, ``"group"`` or ``"cause"``. `total` counts the causes inside,
    `held_back` those this audience is not shown.
    """

    level: str
    family: str
    group: str
    audience: str
    title: str
    page: int
    pages: int
    total: int
    held_back: int
    review: str
    items: tuple[Item, ...]

    @property
    def heading(self) -> str:
        """Where we are, in one line."""
        place = f", page {self.page} of {self.pages}" if self.pages > 1 else ""
        return f"{self.title}: {count(self.total, 'cause')}{place}"

    @property
    def caption(self) -> str:
        """The sentences under the picture."""
        order = ["The most urgent come first."] if self.level == "cause" else []
        hidden = [f"For clinicians only, and not shown: {self.held_back}."] if self.held_back else []
        return " ".join([EQUAL_SIZE, *order, *hidden, self.review])

    @property
    def spoken(self) -> str:
        """The whole picture as one text, for those who do not see it."""
        items = "; ".join(f"{item.number} {item.words}" for item in self.items) or "nothing to show"
        return f"{self.heading}. {count(len(self.items), 'equal part')}: {items}. {EQUAL_SIZE}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Heads of the table."""
        return _COLUMNS[self.level]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Rows of the table, as text."""
        return [self._row(item) for item in self.items]

    def _row(self, item: Item) -> tuple[str, ...]:
        urgency = f"{SIGNS[item.urgency]} {item.urgency_note}"
        inside = (urgency,) if self.level == "cause" else (str(len(item.causes)), urgency)
        return (str(item.number), item.plain, item.clinical, *inside, item.removable, ", ".join(item.marks))


def cause_view(
    kb: KnowledgeBase, family: str = "", group: str = "", page: int = 1, audience: str = "clinician"
) -> CauseView:
    """Return what the map shows at one place.

    Parameters
    ----------
    kb
        The knowledge base.
    family
        Name of a family; empty for all.
    group
        Id of a group; empty for all.
    page
        Page of nine items; a number beyond the last page means the last.
    audience
        ``"clinician"`` counts all causes and labels them by their clinical names; ``"public"`` those anyone may meet,
        by their plain names.

    Raises
    ------
    KeyError
        When the family or group does not exist; the message names the nearest one.
    ValueError
        When the group belongs to another family, or the audience is neither of the two.

    Examples
    --------
    >>> from myoteach import load
    >>> view = cause_view(load(), group="drug", page=2)
    >>> view.level, len(view.items), view.items[0].number
    ('cause', 9, 10)
    """
    check_audience(audience)
    family, group = locate(kb, family, group)
    inside = [row for row in groups_of(kb, family) if group in ("", row.id)]
    names = {row.id for row in inside}
    causes = [cause for cause in causes_for(kb, audience) if cause.group in names]
    level = "cause" if group else "group" if family else "family"
    items = _ITEMS[level](kb, inside, causes, audience)
    pages = max(1, ceil(len(items) / MOST))
    page = min(max(page, 1), pages)
    return CauseView(
        level=level,
        family=family,
        group=group,
        audience=audience,
        title=group_label(inside[0], audience) if group else family or "All causes by family",
        page=page,
        pages=pages,
        total=len(causes),
        held_back=sum(cause.group in names for cause in kb.all_causes) - len(causes),
        review=_review(kb, causes),
        items=tuple(items[(page - 1) * MOST : page * MOST]),
    )


def causes_for(kb: KnowledgeBase, audience: str) -> tuple[Cause, ...]:
    """Return the causes an audience is shown, in file order.

    Examples
    --------
    >>> from myoteach import load
    >>> len(causes_for(load(), "public")) < len(causes_for(load(), "clinician"))
    True
    """
    check_audience(audience)
    return tuple(cause for cause in kb.all_causes if audience == "clinician" or cause.audience == "both")


def count(number: int, noun: str) -> str:
    """Say a number of things.

    Examples
    --------
    >>> count(1, "cause"), count(2, "cause")
    ('1 cause', '2 causes')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def marks_of(kb: KnowledgeBase, cause: Cause) -> tuple[str, ...]:
    """Return what a cause still lacks: a source, a source for some of its columns, a clinician's signature."""
    support = [] if kb.is_supported(cause) else [NEEDS_SOURCE]
    draft = ["part draft"] if cause.draft_fields and not support else []
    return (*support, *draft, *([] if cause.reviewed_by else [NOT_REVIEWED]))


def _family_items(kb: KnowledgeBase, groups: Sequence[Group], causes: Sequence[Cause], _audience: str) -> list[Item]:
    items: list[Item] = []
    for family in families_of(kb):
        members = [group for group in groups if group.family == family]
        inside = [cause for cause in causes if cause.group in {group.id for group in members}]
        if inside:
            clinical = ", ".join(group.clinical for group in members)
            items.append(_sum(kb, len(items) + 1, family, (family, family, clinical), inside))
    return items


def _group_items(kb: KnowledgeBase, groups: Sequence[Group], causes: Sequence[Cause], audience: str) -> list[Item]:
    items: list[Item] = []
    for group in groups:
        inside = [cause for cause in causes if cause.group == group.id]
        if inside:
            names = (group_label(group, audience), group.plain, group.clinical)
            items.append(_sum(kb, len(items) + 1, group.id, names, inside))
    return items


def _sum(kb: KnowledgeBase, number: int, item_id: str, names: tuple[str, str, str], causes: Sequence[Cause]) -> Item:
    label, plain, clinical = names
    urgency = min((cause.urgency for cause in causes), key=_urgency_order(kb).__getitem__)
    most_urgent = sum(cause.urgency == urgency for cause in causes)
    removable = Counter(cause.cause_removable for cause in causes)
    marks = Counter(mark for cause in causes for mark in marks_of(kb, cause))
    return Item(
        number=number,
        id=item_id,
        label=label,
        plain=plain,
        clinical=clinical,
        causes=tuple(causes),
        urgency=urgency,
        urgency_note=f"{urgency}: {most_urgent} of {len(causes)}",
        removable=f"yes {removable['yes']}, partly {removable['partly']}, of {len(causes)}",
        removable_note=f"{_share(removable['yes'], len(causes))} removable",
        marks=tuple(f"{mark} {number}" for mark, number in marks.items()),
    )


def _cause_items(kb: KnowledgeBase, _groups: Sequence[Group], causes: Sequence[Cause], audience: str) -> list[Item]:
    order = _urgency_order(kb)
    ranked = sorted(causes, key=lambda cause: (order[cause.urgency], _cause_label(cause, audience).casefold()))
    return [
        Item(
            number=number,
            id=cause.id,
            label=_cause_label(cause, audience),
            plain=cause.plain_name,
            clinical=cause.name,
            causes=(cause,),
            urgency=cause.urgency,
            urgency_note=cause.urgency,
            removable=cause.cause_removable,
            removable_note=_REMOVABLE[cause.cause_removable],
            marks=marks_of(kb, cause),
        )
        for number, cause in enumerate(ranked, 1)
    ]


_ITEMS = {"family": _family_items, "group": _group_items, "cause": _cause_items}


def _cause_label(cause: Cause, audience: str) -> str:
    return cause.name if audience == "clinician" else cause.plain_name


def _urgency_order(kb: KnowledgeBase) -> dict[str, int]:
    return {word.id: word.order for word in kb.records("urgency", Urgency)}


def _review(kb: KnowledgeBase, causes: Sequence[Cause]) -> str:
    """Say what the causes still lack as a whole."""
    marks = Counter(mark for cause in causes for mark in marks_of(kb, cause))
    total = len(causes)
    said = {
        NEEDS_SOURCE: "without a source",
        "part draft": "part draft",
        NOT_REVIEWED: "not yet reviewed by a clinician",
    }
    parts = [f"{_share(marks[mark], total)} {words}" for mark, words in said.items() if marks[mark]]
    return f"Of {count(total, 'cause')}: {', '.join(parts) or 'all sourced and reviewed'}."


def _share(number: int, total: int) -> str:
    return "none" if not number else "all" if number == total else str(number)
