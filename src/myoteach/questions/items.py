"""The kinds of question, immutable, and the bank that holds them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from .._told import UnknownNameError
from ..knowledge._problems import hint


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer to choose, match or put in order, with its explanation.

    Examples
    --------
    >>> Option(id="a", text="Kidney failure", why="It fits both clues.", key=True).key
    True
    """

    id: str
    text: str
    why: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """One of the things to be matched, with the id of the option that belongs to it.

    Examples
    --------
    >>> Premise(id="s1", text="Stroke", answer="a", why="A vessel is blocked.").answer
    'a'
    """

    id: str
    text: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture an item shows, and the same in words.

    Examples
    --------
    >>> Picture(file="arm.svg", alt="An arm held out, the wrist bent back.").alt
    'An arm held out, the wrist bent back.'
    """

    file: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a generated draft was made from: clue id to what the stem says of it, option id to cause id."""

    clues: Mapping[str, str]
    causes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every question has.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> item = read_bank().item("Q06-001")
    >>> item.lesson, item.kind, item.is_draft
    ('06', 'matching', True)
    """

    id: str
    version: int
    lesson: str
    objective: str
    place: str
    kind: str
    audience: str
    stem: str
    feature: str
    sources: tuple[str, ...]
    covers: tuple[str, ...]
    status: str
    reviewed_by: str = ""
    reviewed_on: datetime.date | None = None
    waive: Mapping[str, str] = field(default_factory=_nothing, hash=False)
    picture: Picture | None = None
    origin: Origin | None = field(default=None, hash=False)

    @property
    def is_draft(self) -> bool:
        """Whether no clinician has signed the item yet."""
        return self.status != "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Item):
    """Single best answer, or several keys whose number (`keys`) the stem states.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> len(item.key_ids), len(item.distractors)
    (1, 3)
    """

    options: tuple[Option, ...]
    keys: int = 1

    @property
    def key_ids(self) -> frozenset[str]:
        """Ids of the right options."""
        return frozenset(option.id for option in self.options if option.key)

    @property
    def distractors(self) -> tuple[Option, ...]:
        """The options that are not keys."""
        return tuple(option for option in self.options if not option.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Item):
    """Premises, each to be given one option of a common list.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> item = read_bank().item("Q06-001")
    >>> {stem.answer for stem in item.stems} <= {option.id for option in item.options}
    True
    """

    stems: tuple[Premise, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Item):
    """A number in a unit, right within `tolerance` either side.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> item = next(item for item in read_bank().questions if isinstance(item, Numeric))
    >>> item.tolerance >= 0, item.unit != ""
    (True, True)
    """

    answer: float
    tolerance: float
    unit: str
    why_right: str
    why_wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Item):
    """Options, kept in the right order, to be put in order.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> item = next(item for item in read_bank().questions if isinstance(item, Ordering))
    >>> len(item.options) > 2
    True
    """

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a case: what is told, then what is asked.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> case = next(item for item in read_bank().items if isinstance(item, Case))
    >>> [stage.tells != "" for stage in case.stages][:2]
    [True, True]
    """

    tells: str
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Item):
    """A case that unfolds; each stage's item is answered and marked by itself.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> case = next(item for item in read_bank().items if isinstance(item, Case))
    >>> len(case.stages) > 1
    True
    """

    stages: tuple[Stage, ...]


class Bank:
    """Questions, found by id or by where they belong.

    Parameters
    ----------
    items
        In the order of the files; a case counts as one and holds its stages.
    lines
        ``(item id, field)`` to ``(file, line)``, for messages; empty for items made elsewhere.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> bank = Bank(draft_items(load(), 3))
    >>> len(bank.select(lesson="06", place="practice"))
    3
    """

    def __init__(
        self, items: tuple[Item, ...] = (), lines: Mapping[tuple[str, str], tuple[str, int]] | None = None
    ) -> None:
        self.items = items
        self.lines = MappingProxyType(dict(lines or {}))

    @cached_property
    def questions(self) -> tuple[Item, ...]:
        """Everything that can be answered and marked: a case is replaced by the items of its stages."""
        return tuple(question for item in self.items for question in questions_of(item))

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Every item by id, cases and their stages included."""
        return {item.id: item for item in (*self.questions, *self.items)}

    def item(self, item_id: str) -> Item:
        """Return one item.

        Parameters
        ----------
        item_id
            For example ``"Q06-001"``.

        Raises
        ------
        KeyError
            When there is none; the message names the nearest id.

        Examples
        --------
        >>> Bank().item("Q06-001")
        Traceback (most recent call last):
        myoteach._told.UnknownNameError: There is no question 'Q06-001'.
        """
        if item_id not in self.by_id:
            raise UnknownNameError(f"There is no question {item_id!r}.{hint(item_id, self.by_id)}")
        return self.by_id[item_id]

    def select(self, *, lesson: str = "", place: str = "", audience: str = "", objective: str = "") -> tuple[Item, ...]:
        """Return the items that fit everything that is named.

        Parameters
        ----------
        lesson, place, objective
            For example ``"06"``, ``"opening"``, ``"O06-2"``; empty means any.
        audience
            ``"public"`` leaves out the items for clinicians only; empty means all.

        Examples
        --------
        >>> Bank().select(lesson="06")
        ()
        """
        return tuple(
            item
            for item in self.items
            if (not lesson or item.lesson == lesson)
            and (not place or item.place == place)
            and (not objective or item.objective == objective)
            and not (audience == "public" and item.audience == "clinician")
        )


def questions_of(item: Item) -> Iterator[Item]:
    """Yield what of an item can be answered: the item itself, or the items of a case's stages."""
    if isinstance(item, Case):
        for stage in item.stages:
            yield stage.item
    else:
        yield item
