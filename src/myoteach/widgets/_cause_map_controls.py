"""The controls of the map of causes: stock ipywidgets, without knowledge of what they steer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import ipywidgets

from ..figures import CauseView, causes_for, families_of, group_label, groups_of
from ..knowledge import KnowledgeBase
from ..knowledge.records import Group

_Options = tuple[tuple[str, str], ...]


class Controls:
    """Three choosers, a way back, pages, the heading that says where one is, and the switch for the sources."""

    def __init__(self, heading: Any) -> None:
        self.family = _chooser("Family")
        self.group = _chooser("Group")
        self.audience = _chooser("Show")
        self.audience.options = (("all causes", "clinician"), ("causes anyone may meet", "public"))
        self.back = ipywidgets.Button(description="Back")
        self.previous = ipywidgets.Button(description="Previous page")
        self.next = ipywidgets.Button(description="Next page")
        self.sources = ipywidgets.Checkbox(description="Show the sources of these causes", indent=False)
        self.by_trait = {
            "family": self.family,
            "group": self.group,
            "audience": self.audience,
            "sources_shown": self.sources,
        }
        parts = [self.family, self.group, self.audience, self.back, self.previous, self.next, heading]
        self.bar = ipywidgets.Box(parts)
        self.bar.add_class("cause-map-bar")

    def follow(self, kb: KnowledgeBase, view: CauseView, sources_shown: bool) -> None:
        """Show the choices that are possible now, and what is chosen."""
        _offer(self.family, _family_options(kb, view), view.family)
        _offer(self.group, _group_options(kb, view), view.group)
        self.audience.value = view.audience
        self.sources.value = sources_shown
        self.back.description = _back_label(kb, view)
        # Never disabled: a button that is disabled under a reader's finger throws the keyboard out of the map.
        _mark(self.back, "cause-map-idle", view.level == "family")
        for button in (self.previous, self.next):
            _show(button, view.pages > 1)
        _show(self.sources, view.level == "cause" and view.total > 0)


def _chooser(label: str) -> Any:
    return ipywidgets.Dropdown(description=label, style={"description_width": "auto"})


def _offer(chooser: Any, options: _Options, value: str) -> None:
    with chooser.hold_sync():
        if chooser.options != options:
            chooser.options = options
        chooser.value = value


def _show(widget: Any, visible: bool) -> None:
    widget.layout.display = None if visible else "none"


def _mark(widget: Any, name: str, marked: bool) -> None:
    if marked:
        widget.add_class(name)
    else:
        widget.remove_class(name)


def _back_label(kb: KnowledgeBase, view: CauseView) -> str:
    if view.level == "cause" and len(groups_of(kb, view.family)) > 1:
        return "Back to the groups"
    return "Back to all families"


def _family_options(kb: KnowledgeBase, view: CauseView) -> _Options:
    rows = ((family, family, _count(kb, groups_of(kb, family), view)) for family in families_of(kb))
    return _numbered("all families", rows)


def _group_options(kb: KnowledgeBase, view: CauseView) -> _Options:
    groups = groups_of(kb, view.family)
    rows = ((group_label(group, view.audience), group.id, _count(kb, [group], view)) for group in groups)
    return _numbered("all groups", rows, numbers=bool(view.family))


def _count(kb: KnowledgeBase, groups: Sequence[Group], view: CauseView) -> int:
    names = {group.id for group in groups}
    return sum(cause.group in names for cause in causes_for(kb, view.audience))


def _numbered(everything: str, rows: Iterable[tuple[str, str, int]], *, numbers: bool = True) -> _Options:
    """Return options that carry the numbers of the wedges; what is empty has no wedge and no number."""
    options, number = [(everything, "")], 0
    for label, value, inside in rows:
        number += inside > 0
        options.append((f"{number} {label} ({inside})" if numbers and inside else f"{label} ({inside})", value))
    return tuple(options)
