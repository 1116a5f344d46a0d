"""Terms of the glossary by any of their names, and the lessons that use them."""

from __future__ import annotations

import re
from functools import cache

from .._told import UnknownNameError
from ..knowledge import KnowledgeBase
from ..knowledge._problems import hint
from ..knowledge.records import Term
from ._lessons import lessons

#: An abbreviation in brackets at the end of a term: "Electrocardiogram (ECG)".
_BRACKETED = re.compile(r"^(.*?) \(([A-Z]{2,})\)$")
_LETTERS = re.compile(r"[A-Z]{2,}")


def all_terms(kb: KnowledgeBase) -> tuple[Term, ...]:
    """Return the terms from A to Z."""
    return tuple(sorted(kb.records("glossary", Term), key=lambda row: row.term.lower()))


def names_of(row: Term) -> tuple[str, ...]:
    """Return every name a term goes by, its own first.

    Examples
    --------
    >>> from myoteach import load
    >>> names_of(load().get("ecg", table="glossary"))
    ('Electrocardiogram (ECG)', 'Electrocardiogram', 'ECG', 'heart tracing')
    """
    bracketed = _BRACKETED.match(row.term)
    return tuple(dict.fromkeys((row.term, *(bracketed.groups() if bracketed else ()), *row.also)))


def find_term(kb: KnowledgeBase, name: str) -> Term:
    """Return the term with this id or name; capitals do not matter.

    Raises
    ------
    KeyError
        When there is none; the message names the nearest one.

    Examples
    --------
    >>> from myoteach import load
    >>> find_term(load(), "flapping tremor").id
    'asterixis'
    """
    rows = kb.records("glossary", Term)
    known = {other.lower(): row for row in rows for other in names_of(row)[::-1]}
    # An id, and a term's own name, win over another term's second name.
    known |= {row.id: row for row in rows} | {row.term.lower(): row for row in rows}
    if name.strip().lower() not in known:
        raise UnknownNameError(f"The glossary has no term {name!r}.{hint(name.strip().lower(), list(known))}")
    return known[name.strip().lower()]


def lessons_using(row: Term) -> tuple[str, ...]:
    """Return the numbers of the lessons whose prose uses a term, read from the notebooks.

    A second name of one everyday word ("fit" for a seizure) is not looked for: mostly it means something else.

    Examples
    --------
    >>> from myoteach import load
    >>> "01" in lessons_using(find_term(load(), "asterixis"))
    True
    """
    own = set(names_of(row)[: 1 + len(names_of(row)) - len(row.also)])
    names = [name for name in names_of(row) if name in own or " " in name or _LETTERS.fullmatch(name)]
    return tuple(lesson for lesson, prose, small in _prose() if any(_is_said(name, prose, small) for name in names))


@cache
def _prose() -> tuple[tuple[str, str, str], ...]:
    """Return of every lesson its number, its prose in one line, and that in small letters."""
    prose = ((lesson.id, " ".join(lesson.prose.split())) for lesson in lessons())
    return tuple((number, text, text.lower()) for number, text in prose)


def _is_said(name: str, prose: str, small: str) -> bool:
    """Look for the plain letters first: most names are not there, and a pattern takes much longer to say so."""
    return name.lower() in small and bool(_pattern(name).search(prose))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Find a name as whole words, in one or many; an abbreviation must stand in capitals."""
    return re.compile(rf"(?<![\w@]){re.escape(name)}(?:e?s)?(?!\w)", 0 if _LETTERS.fullmatch(name) else re.IGNORECASE)
