"""Families of causes and the groups inside them: their order, their names, and what is meant by a given one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from ..knowledge import KnowledgeBase
from ..knowledge.records import Group

AUDIENCES = ("clinician", "public")


def groups_of(kb: KnowledgeBase, family: str = "") -> tuple[Group, ...]:
    """Return the groups of one family, or all, in order of show."""
    groups = sorted(kb.records("groups", Group), key=lambda group: group.order)
    return tuple(group for group in groups if family in ("", group.family))


def families_of(kb: KnowledgeBase) -> tuple[str, ...]:
    """Return the families in order of show.

    Examples
    --------
    >>> from myoteach import load
    >>> len(families_of(load())) <= 9
    True
    """
    return tuple(dict.fromkeys(group.family for group in groups_of(kb)))


def group_label(group: Group, audience: str) -> str:
    """Return the name by which an audience knows a group."""
    return group.clinical if audience == "clinician" else group.plain


def check_audience(audience: str) -> None:
    """Refuse a word that is neither audience."""
    if audience not in AUDIENCES:
        raise ValueError(f"The audience is {audience!r}; expected one of {', '.join(map(repr, AUDIENCES))}.")


def locate(kb: KnowledgeBase, family: str = "", group: str = "") -> tuple[str, str]:
    """Return the family and group that are meant: a group brings its family, a family of one group that group.

    Raises
    ------
    KeyError
        When the family or group does not exist; the message names the nearest one.
    ValueError
        When the group belongs to another family.

    Examples
    --------
    >>> from myoteach import load
    >>> locate(load(), group="drug")
    ('Medicines, poisons, withdrawal', 'drug')
    >>> locate(load(), family="Epilepsy")
    ('Epilepsy', 'epileptic')
    """
    family_of = {row.id: row.family for row in groups_of(kb)}
    _require("family", family, family_of.values())
    _require("group", group, family_of)
    if group and family and family_of[group] != family:
        raise ValueError(f"The group {group!r} belongs to the family {family_of[group]!r}, not to {family!r}.")
    if group:
        return family_of[group], group
    inside = [name for name in family_of if family_of[name] == family]
    return family, inside[0] if len(inside) == 1 else ""


def _require(what: str, value: str, valid: Iterable[str]) -> None:
    names = sorted(set(valid))
    if value and value not in names:
        near = max(names, key=_likeness(value), default="")
        raise KeyError(f"There is no {what} {value!r}. The nearest is {near!r}.")


def _likeness(value: str) -> Callable[[str], float]:
    """Return how much a name is like `value`, as a whole or in its beginning: somebody may know only its first word."""

    def likeness(name: str) -> float:
        whole, given = name.casefold(), value.casefold()
        return max(SequenceMatcher(None, given, part).ratio() for part in (whole, whole[: len(given)]))

    return likeness
