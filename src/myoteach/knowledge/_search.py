"""Find rows by their words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields

from .records import Record

#: Tables a learner searches; the review's findings, the sources and the defaults are for those who build.
_SEARCHED = (
    "causes",
    "categories",
    "mimics",
    "red_flags",
    "triggers",
    "investigations",
    "treatments",
    "glossary",
    "claims",
    "clues",
    "epidemiology",
    "ep_parameters",
    "ep_rules",
)
_TITLES = ("name", "plain_name", "label", "term", "test", "flag_plain", "rule", "short", "paraphrase")


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found.

    Examples
    --------
    >>> from myoteach import load
    >>> "C001" in [hit.id for hit in load().search("hiccups")]
    True
    """

    table: str
    id: str
    title: str


def search(tables: Mapping[str, tuple[Record, ...]], text: str) -> tuple[Hit, ...]:
    """Return the rows that contain every word of `text`, those with a word in their title first."""
    words = _words(text)
    if not words:
        return ()
    found = []
    for order, table in enumerate(_SEARCHED):
        for row in tables.get(table, ()):
            title = _title(row)
            if all(word in _plain(_text(row)) for word in words):
                in_title = sum(word in _plain(title) for word in words)
                found.append((-in_title, order, Hit(table, getattr(row, "id", ""), title)))
    return tuple(hit for *_, hit in sorted(found, key=lambda item: item[:2]))


def _title(row: Record) -> str:
    return next((value for name in _TITLES if (value := getattr(row, name, ""))), getattr(row, "id", ""))


def _text(row: Record) -> str:
    values = (getattr(row, item.name) for item in fields(row))
    return " ".join(" ".join(value) if isinstance(value, tuple) else str(value) for value in values if value)


def _plain(text: str) -> str:
    """Fold case and accents, so that "Coeliac" finds "coeliac" and "Sjogren" finds "Sjögren"."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text))
