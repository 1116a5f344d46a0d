"""What to ask next, and in which order: confidently wrong first, then what is due, categories mixed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Mimic
from ._schedule import due_times
from .cards import Card
from .items import Bank, Item
from .progress import Progress

_T = TypeVar("_T")
#: Never more than this many of one category in a row.
_RUN = 2


def review_queue(
    bank: Bank, progress: Progress, kb: KnowledgeBase, *, now: float | None = None, limit: int = 20, new: int = 0
) -> tuple[Item, ...]:
    """Return what a learner should be asked now.

    Parameters
    ----------
    bank, progress, kb
        The questions, what was answered so far, and the tables that say which category an item belongs to.
    now
        Seconds since 1970; by default the present.
    limit
        At most so many items.
    new
        How many never tried may fill up what is left of the limit.

    Returns
    -------
    tuple of Item
        First the confidently wrong, then the due (also those changed since they were answered), longest overdue first,
        then new ones; mixed so that no more than two of one category follow each other. What cannot be mixed waits.

    Raises
    ------
    ImportError
        When ``fsrs`` is not installed and something was answered.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items, fold
    >>> len(review_queue(Bank(draft_items(load(), 5)), fold([]), load(), new=3))
    3
    """
    moment = time.time() if now is None else now
    known = {item.id: item for item in bank.questions}
    chosen = pressing(known, progress, moment, new=new)[:limit]
    return tuple(mix([known[item] for item in chosen], lambda item: category_of(item, kb)))


def pressing(known: Mapping[str, Item | Card], progress: Progress, moment: float, *, new: int) -> list[str]:
    """Return the ids of what should be asked, most pressing first: confidently wrong, due, and so many new ones."""
    due = due_or_changed(known, progress)
    wrong = [item for item in progress.confidently_wrong if item in known]
    ready = sorted((item for item in due if due[item] <= moment), key=lambda item: due[item])
    fresh = [item for item in known if item not in due][:new]
    return list(dict.fromkeys([*wrong, *ready, *fresh]))


def due_or_changed(known: Mapping[str, Item | Card], progress: Progress) -> dict[str, float]:
    """Return when what was tried is due, in seconds since 1970; what was changed since then is due at once."""
    tried = {item: entry for item, entry in progress.items.items() if item in known}
    due = due_times(tried) if tried else {}
    return due | {item: 0.0 for item, entry in tried.items() if entry.last.version < known[item].version}


def mix(values: Sequence[_T], category: Callable[[_T], Hashable]) -> list[_T]:
    """Reorder as little as needed so that never more than two of one category follow each other.

    Parameters
    ----------
    values
        Most pressing first.
    category
        Gives a value's category.

    Returns
    -------
    list
        All values if they can be so arranged; else those of the commonest category that cannot be placed are left out.

    Examples
    --------
    >>> "".join(mix("aaaab", lambda letter: letter))
    'aabaa'
    >>> "".join(mix("aaaa", lambda letter: letter))
    'aa'
    """
    left, mixed = list(values), list[_T]()
    while left:
        allowed = [value for value in left if not _is_third(mixed, value, category)]
        if not allowed:
            break
        best = next((value for value in allowed if _can_go_on(left, mixed, value, category)), None)
        if best is None:  # no order places all: the category there is most of goes first, so that least is left out
            counts = Counter(map(category, left))
            best = max(allowed, key=lambda value: counts[category(value)])
        left.pop(next(place for place, value in enumerate(left) if value is best))
        mixed.append(best)
    return mixed


def _is_third(mixed: list[_T], value: _T, category: Callable[[_T], Hashable]) -> bool:
    tail = [category(other) for other in mixed[-_RUN:]]
    return len(tail) == _RUN and set(tail) == {category(value)}


def _can_go_on(left: list[_T], mixed: list[_T], value: _T, category: Callable[[_T], Hashable]) -> bool:
    """Whether the rest can still all be placed once `value` has been."""
    counts = Counter(map(category, left))
    counts[category(value)] -= 1
    tail = [category(other) for other in [*mixed[-1:], value]]
    run = len(tail) if set(tail) == {tail[-1]} else 1
    total = counts.total()
    return all(
        count <= _RUN * (total - count + 1) - (run if group == tail[-1] else 0) for group, count in counts.items()
    )


def category_of(item: Item, kb: KnowledgeBase) -> str:
    """Return the category an item is mixed by: the group of the first cause it covers, else the first row's table.

    Parameters
    ----------
    item
        A question; the first row it covers decides.
    kb
        Where that row stands.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> category_of(draft_items(load(), 1)[0], load()) in {group.id for group in load().table("groups")}
    True
    """
    rows = [row for row_id in item.covers for row in _rows(kb, row_id)]
    for row in rows:
        if isinstance(row, Cause):
            return row.group
    return type(rows[0]).__name__ if rows else item.objective


def _rows(kb: KnowledgeBase, row_id: str) -> Iterator[object]:
    try:
        yield kb.get(row_id)
    except KeyError:  # an id of two tables, or of none: it decides no category
        return


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """Two items on look-alikes, to be asked one after the other, and what tells the two apart.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> pair = contrast_pairs(draft_items(load(), 40), load())[0]
    >>> pair.rows == (pair.first.covers[0], pair.second.covers[0])
    True
    """

    first: Item
    second: Item
    rows: tuple[str, str]
    deciding: str


def contrast_pairs(items: Iterable[Item], kb: KnowledgeBase) -> tuple[ContrastPair, ...]:
    """Return pairs of items on look-alikes.

    Look-alikes are a mimic and a cause it is listed with, or two causes that share two clues and are told apart by a
    third that is "yes" for one and "no" for the other.

    Parameters
    ----------
    items
        Questions; each is taken for the first row it covers.
    kb
        The tables.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> pairs = contrast_pairs(draft_items(load(), 40), load())
    >>> all(pair.first.covers[0] != pair.second.covers[0] for pair in pairs)
    True
    """
    by_row: dict[str, Item] = {}
    for item in items:
        for row_id in item.covers[:1]:
            by_row.setdefault(row_id, item)
    pairs = []
    for one, two in combinations(by_row, 2):
        deciding = _told_apart_by(one, two, kb)
        if deciding:
            pairs.append(ContrastPair(by_row[one], by_row[two], (one, two), deciding))
    return tuple(pairs)


def _told_apart_by(one: str, two: str, kb: KnowledgeBase) -> str:
    rows = [row for row_id in (one, two) for row in _rows(kb, row_id)]
    mimics = [row for row in rows if isinstance(row, Mimic)]
    causes = [row for row in rows if isinstance(row, Cause)]
    if len(mimics) == 1 and len(causes) == 1:
        return mimics[0].discriminator_plain if causes[0].id in mimics[0].cause_ids else ""
    return _deciding_clue(causes[0], causes[1], kb) if len(causes) == 2 else ""


def _deciding_clue(one: Cause, two: Cause, kb: KnowledgeBase) -> str:
    """Return the first clue that tells two causes apart, if they share at least two."""
    shared, apart = 0, []
    for clue in kb.clues.values():
        cells = [kb.cells.get((cause.id, clue.id)) for cause in (one, two)]
        values = [cell.value if cell is not None else "unknown" for cell in cells]
        shared += values == ["yes", "yes"]
        apart += [clue.plain] if set(values) == {"yes", "no"} else []
    return apart[0] if shared >= 2 and apart else ""
