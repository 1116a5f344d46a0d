"""Anki: a deck for each lesson, a card for each question.

A note is known by its item's id, and dated by its item's version, not by the clock: Anki takes the newer of two, so a
later export renews a note whose item has changed, and never one that the learner has edited.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..items import Choice, Item, Matching, Numeric, Ordering
from ._extra import needed
from .question import UNSIGNED, Question, Selection, answer_key, cite, shuffled
from .tally import Tally
from .text import escaped, paragraphs, zipped

if TYPE_CHECKING:
    from genanki import Model

_FIRST_DAY = 1_767_225_600  # 2026-01-01 in UTC, before the first export; versions count seconds from here
_MODEL_ID = 1_607_392_319
_FIELDS = ("Id", "Question", "Answer", "Explanation", "Sources", "Note")
_FRONT = "<div class='question'>{{Question}}</div>"
_BACK = (
    "{{FrontSide}}<hr id=answer>{{Answer}}<div class='why'>{{Explanation}}</div>"
    "<div class='small'>{{Sources}}</div><div class='small'>{{Id}} {{Note}}</div>"
)
_CSS = """
.card { font-family: sans-serif; font-size: 20px; line-height: 1.4; text-align: left; max-width: 40em; margin: auto; }
ol.letters { list-style-type: upper-alpha; }
li { margin: 0.4em 0; }
.right { font-weight: bold; }
.small { font-size: 14px; margin-top: 1em; overflow-wrap: anywhere; }
"""


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    """Return an ``.apkg``.

    Parameters
    ----------
    selection, tally
        What is exported, and where each question is counted.

    Raises
    ------
    ExportError
        When ``genanki`` is not installed; the message says how to install it.

    Examples
    --------
    >>> from myoteach import load
    >>> write(Selection((), load(), "bank 0"), Tally(0, 0))[""][:2]
    b'PK'
    """
    genanki = needed("genanki")
    model = _model(genanki)
    decks = []
    for lesson, questions in selection.lessons():
        name = f"Myoclonus (myoteach)::{lesson}"
        deck = genanki.Deck(zlib.crc32(name.encode()), name, description=paragraphs([selection.notice]))
        for fields, item in tally.each(questions, lambda question: (_fields(question, selection), question.item)):
            deck.add_note(_dated(genanki, item, model=model, fields=fields, guid=f"myoteach-{item.id}"))
        decks.append(deck)
    database = _database(genanki.Package(decks))
    return {"": zipped({"collection.anki2": database, "media": b"{}"})}


def _model(genanki: Any) -> Model:
    fields = [{"name": name} for name in _FIELDS]
    template = {"name": "Card", "qfmt": _FRONT, "afmt": _BACK}
    model: Model = genanki.Model(_MODEL_ID, "myoteach question", fields=fields, templates=[template], css=_CSS)
    return model


def _dated(genanki: Any, item: Item, **parts: Any) -> Any:
    """Return a note that is written with its item's version as its time, whatever time the package has."""

    class Note(genanki.Note):  # type: ignore[misc]
        def write_to_db(self, cursor: sqlite3.Cursor, _time: float, deck: int, ids: Iterator[int]) -> None:
            super().write_to_db(cursor, _FIRST_DAY + item.version, deck, ids)

    tags = [f"lesson-{item.lesson}", item.place, item.kind, item.status]
    return Note(**parts, tags=[tag for tag in tags if tag])


def _database(package: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        package.write_to_db(connection.cursor(), _FIRST_DAY, itertools.count(_FIRST_DAY * 1000))
        connection.commit()
        connection.close()
        return path.read_bytes()


def _fields(question: Question, selection: Selection) -> list[str]:
    item = question.item
    shown = shuffled(getattr(item, "options", ()), item.id, apart=isinstance(item, Ordering))
    front = paragraphs(question.paragraphs) + _premises(item)
    if shown:
        front += f"<ol class='letters'>{''.join(f'<li>{escaped(option.text)}</li>' for option in shown)}</ol>"
    sources = "Sources: " + "; ".join(cite(source, selection.kb) for source in item.sources)
    note = UNSIGNED if item.is_draft else ""
    return [item.id, front, _back(question, shown), paragraphs([item.feature]), escaped(sources), note]


def _premises(item: Item) -> str:
    if not isinstance(item, Matching):
        return ""
    return f"<ol>{''.join(f'<li>{escaped(premise.text)}</li>' for premise in item.stems)}</ol>"


def _back(question: Question, shown: list[Any]) -> str:
    """Say of each option, in the order shown, whether it is right and why; of the other kinds, what is right."""
    item = question.item
    if isinstance(item, Choice):
        marks = {True: "<span class='right'>&#10003; Right</span>", False: "&#10007; Not right"}
        lines = (f"<li>{marks[option.key]}: {escaped(option.text)}<br>{escaped(option.why)}</li>" for option in shown)
        return f"<ol class='letters'>{''.join(lines)}</ol>"
    extra = (item.why_wrong,) if isinstance(item, Numeric) else ()
    return paragraphs((*answer_key(question), *extra))
