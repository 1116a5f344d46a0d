"""What the map of causes shows: the families, the groups of one family, or the causes of one group.

The picture, its caption, the table and the frame are all made from one `CauseView`, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause
from ._cause_items import Item, count, items_for, review_of, sign_of
from ._places import check_audience, group_label, groups_of, locate

#: Labels a reader takes in at once.
MOST = 9
EQUAL_SIZE = "All parts are drawn equal on purpose: size says nothing about how often a cause occurs."
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
        urgency = f"{sign_of(item.urgency)} {item.urgency_note}"
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
    items = items_for(kb, level, inside, causes, audience)
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
        review=review_of(kb, causes),
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
