"""What the page's own hosts need in place of a kernel: marked questions, the whole of the bank in brief, the decks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ...knowledge import KnowledgeBase
from ...questions import DECKS, cards
from ...widgets.flashcards import deck_data
from ._questions import Marking
from ._schedule import schedule
from ._shelf import Shelf, to_json


def decks(kb: KnowledgeBase) -> dict[str, Any]:
    """Return every deck of flashcards as its explorer shows it, by name.

    Examples
    --------
    >>> from myoteach import load
    >>> sorted(decks(load()))
    ['glossary', 'look-alikes']
    """
    return {deck: deck_data(kb, cards(kb, deck), deck) for deck in DECKS}


class Hosts:
    """Adds to a view what its host needs, and puts the scripts that bring it on the shelf.

    Parameters
    ----------
    marking
        The questions that pages may hold.
    shelf
        Where scripts go.
    pages
        Lesson to its page.
    """

    def __init__(self, marking: Marking, shelf: Shelf, pages: Mapping[str, str]) -> None:
        self.marking, self.shelf, self.pages = marking, shelf, pages
        self._entries: dict[str, dict[str, Any]] = {}

    def needs(self, view: dict[str, Any], page: str) -> Iterator[str]:
        """Yield the scripts that a view of a page needs beside its explorer."""
        view["page"] = page
        kind, data = view["explorer"], view["traits"]["data"]
        if kind == "quiz":
            yield from self._quiz(view, data)
        if kind == "progress":
            view["traits"]["data"] = data | {"folder": "", "at": 0}  # of the machine that built the page
        if kind == "flashcards":
            view["traits"]["data"] = self._decks[data["title"]]
        if kind in ("progress", "flashcards") or view.get("mode") == "review":
            view["index"] = Path(self._index).stem
            yield self._index

    def _quiz(self, view: dict[str, Any], data: dict[str, Any]) -> Iterator[str]:
        asked = [self.marking.item_of(question["first"]["id"]) for question in data["questions"]]
        view["asked"], view["mode"] = asked, self._mode(asked, data["title"])
        view["traits"]["data"] = data | {"questions": []}  # the host shuffles and shows them itself
        if data.get("vote"):  # no verdict leads on to another question
            yield self._script(f"votes-{view['page']}", asked)
            return
        yield from self._questions(asked, view["page"]) if asked else self._whole_bank()

    def _mode(self, asked: list[str], title: str) -> str:
        """Return as what an attempt counts, as in JupyterLab; what asks nothing yet is the review."""
        places = {self.marking.bank.item(name).place for name in asked}
        if not asked:
            return "review"
        return "practice" if places == {"practice"} or title.endswith("for clinicians") else "quiz"

    def _questions(self, asked: list[str], page: str) -> Iterator[str]:
        """Yield the questions of the lesson, and the look-alikes of other lessons that they lead to."""
        lessons = {self.marking.bank.item(name).lesson for name in asked}
        for lesson in sorted(lessons):
            yield self._lesson(lesson)
        partners = self.marking.with_partners(asked)
        elsewhere = [name for name in partners if self.marking.bank.item(name).lesson not in lessons]
        if elsewhere:
            yield self._script(f"look-alikes-{page}", elsewhere)

    def _whole_bank(self) -> Iterator[str]:
        for lesson in sorted({item.lesson for item in self.marking.bank.items}):
            yield self._lesson(lesson)

    def _lesson(self, lesson: str) -> str:
        return self._script(f"questions-{lesson}", [item.id for item in self.marking.bank.select(lesson=lesson)])

    def _script(self, name: str, items: list[str]) -> str:
        """Return the script of some questions; one that is there already is added to."""
        path = f"data/{name}.js"
        known = self._entries.setdefault(path, {})
        known |= {item: self.marking.entry(item) for item in items if item not in known}
        self.shelf.files[path] = f"Object.assign(myoteachSite.questions,{to_json(known)});\n"
        return path

    @cached_property
    def _decks(self) -> dict[str, Any]:
        return decks(self.marking.kb)

    @cached_property
    def _index(self) -> str:
        """The script that knows every question in brief, for progress and review."""
        index = {
            "items": self.marking.index(),
            "schedule": schedule(),
            "decks": {deck: [card["id"] for card in data["cards"]] for deck, data in self._decks.items()},
            "pages": dict(self.pages),
        }
        return self.shelf.data(index)
