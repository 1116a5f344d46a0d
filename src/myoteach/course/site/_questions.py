"""What marks the questions of a page without Python: the same words that Python sends after an answer.

Without a kernel the keys travel with the page, and the page says so. What must stay secret is therefore left out: the
examination. The bank has no such place today (`data/questions/schema.json` knows opening, practice and closing, and an
instructor keeps examination items outside the package); `is_open` keeps out whatever is one day marked so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from ...knowledge import KnowledgeBase
from ...questions import (
    DONT_KNOW,
    Bank,
    Case,
    Choice,
    Item,
    Matching,
    Numeric,
    Ordering,
    category_of,
    contrast_pairs,
)
from ...questions.items import questions_of
from ...widgets._quiz_payload import feedback_card, part_card
from ...widgets._quiz_session import Session
from .._notebooks import CourseError

#: The place of an item that only an examination may ask.
EXAMINATION = "examination"
#: What of a feedback card does not depend on the answer.
_TOLD = ("notes", "number", "feature", "sources")


def is_open(item: Item) -> bool:
    """Whether an item may be in a page, whose files anybody can read.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> all(map(is_open, read_bank().items))
    True
    """
    return item.place != EXAMINATION


class Marking:
    """The questions that pages may hold, by id, as the page's host marks them.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import read_bank
    >>> entry = Marking(read_bank(), load()).entry("Q00-001")
    >>> sorted(entry["parts"][0])
    ['card', 'feature', 'key', 'notes', 'number', 'sources', 'value']
    """

    def __init__(self, bank: Bank, kb: KnowledgeBase) -> None:
        self.bank = Bank(tuple(filter(is_open, bank.items)))
        self.kb = kb
        self._case_of = {part.id: item.id for item in self.bank.items for part in questions_of(item)}

    @cached_property
    def _contrasts(self) -> Mapping[str, tuple[str, str]]:
        """Item to the look-alike offered after it and what tells the two apart, as the quiz chooses it."""
        alone = (item for item in self.bank.items if not isinstance(item, Case))
        found: dict[str, tuple[str, str]] = {}
        for pair in contrast_pairs(alone, self.kb):
            for mine, other in ((pair.first.id, pair.second.id), (pair.second.id, pair.first.id)):
                found.setdefault(mine, (other, pair.deciding))
        return found

    def item_of(self, part: str) -> str:
        """Return the id of the item that a part belongs to.

        Raises
        ------
        CourseError
            When the bank does not hold it, or it may not be in a page.
        """
        if part not in self._case_of:
            raise CourseError(
                f"The question {part} may not be in a page: it is for an examination, or not in the bank."
            )
        return self._case_of[part]

    def with_partners(self, items: Iterable[str]) -> list[str]:
        """Return ids and those of every look-alike that an answer to one of them can lead to."""
        todo, found = list(items), dict[str, None]()
        while todo:
            item = todo.pop(0)
            if item not in found:
                found[item] = None
                todo += [other for other, _ in [self._contrasts.get(item, ("", ""))] if other]
        return list(found)

    def entry(self, item_id: str) -> dict[str, Any]:
        """Return a question with all its parts, their keys and their explanations."""
        item = self.bank.item(item_id)
        session = Session([item])
        for part in list(session.parts):
            session.answer(part.item.id, list(DONT_KNOW))
        parts = [self._part(session, part.item, part_card(part)) for part in session.parts]
        return {"parts": parts, "contrast": self._contrasts.get(item_id)}

    def _part(self, session: Session, item: Item, card: dict[str, Any]) -> dict[str, Any]:
        told = feedback_card(session, item.id, self.kb)
        number = told["number"] and {**told["number"], "wrong": getattr(item, "why_wrong", "")}
        value = [item.answer, item.tolerance] if isinstance(item, Numeric) else None
        # The order in which the bank keeps options is that of the key in an ordering; the host shuffles.
        in_order = {option.id: place for place, option in enumerate(getattr(item, "options", ()))}
        options = sorted(card["options"], key=lambda pair: in_order[pair[0]])
        notes = sorted(told["notes"], key=lambda note: in_order.get(note["id"], 0))
        kept = {name: told[name] for name in _TOLD} | {"notes": notes, "number": number}
        return {"card": card | {"options": options}, "key": list(_key(item)), "value": value, **kept}

    def index(self) -> dict[str, Any]:
        """Return what progress and review need to know of every question, whichever page asks it."""
        told = {
            stage.item.id: [earlier.tells for earlier in case.stages[: place + 1]]
            for case in self.bank.items
            if isinstance(case, Case)
            for place, stage in enumerate(case.stages)
        }
        return {
            item.id: {
                "version": item.version,
                "lesson": item.lesson,
                "objective": item.objective,
                "category": category_of(item, self.kb),
                "draft": item.is_draft,
                "stem": item.stem,
                "told": " ".join(told.get(item.id, ())),
            }
            for item in self.bank.questions
        }


def _key(item: Item) -> Iterable[str]:
    """Return the right response as ids; a number has a value instead."""
    if isinstance(item, Choice):
        return sorted(item.key_ids)
    if isinstance(item, Matching):
        return (f"{premise.id}={premise.answer}" for premise in item.stems)
    if isinstance(item, Ordering):
        return (option.id for option in item.options)
    return ()
