"""The labelled parts of the map of causes: families and groups as sums of their causes, and single causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Group, Urgency
from ._places import families_of, group_label

#: The signs of the five words, in the shapes the other explorers use.
_SIGNS = {"emergency": "▲", "urgent": "◆", "soon": "●", "routine": "○", "none": "–"}
NEEDS_SOURCE, NOT_REVIEWED = "needs a source", "not reviewed"
_REMOVABLE = {
    "yes": "removable",
    "partly": "partly removable",
    "no": "cause stays",  # which does not mean that nothing can be done
    "unknown": "removable? unknown",
    "not applicable": "nothing to remove",
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


def sign_of(urgency: str) -> str:
    """Return the sign of an urgency word; a word an instructor added has a plain dot.

    Examples
    --------
    >>> sign_of("emergency"), sign_of("someday")
    ('▲', '•')
    """
    return _SIGNS.get(urgency, "•")


def items_for(
    kb: KnowledgeBase, level: str, groups: Sequence[Group], causes: Sequence[Cause], audience: str
) -> list[Item]:
    """Return all parts at one level, numbered; a family or group without a cause to show is left out."""
    return _BUILDERS[level](kb, groups, causes, audience)


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
        removable_note=f"removable: {removable['yes']}, partly: {removable['partly']}",
        marks=tuple(f"{mark} {times}" for mark, times in marks.items()),
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


_BUILDERS = {"family": _family_items, "group": _group_items, "cause": _cause_items}


def _cause_label(cause: Cause, audience: str) -> str:
    return cause.name if audience == "clinician" else cause.plain_name


def _urgency_order(kb: KnowledgeBase) -> dict[str, int]:
    return {word.id: word.order for word in kb.records("urgency", Urgency)}


def review_of(kb: KnowledgeBase, causes: Sequence[Cause]) -> str:
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


def count(number: int, noun: str) -> str:
    """Say a number of things.

    Examples
    --------
    >>> count(1, "cause"), count(2, "cause")
    ('1 cause', '2 causes')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
