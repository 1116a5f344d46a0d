"""What the search looks through: every section of every page as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...knowledge import KnowledgeBase
from ...knowledge.records import Term

#: Not prose: code, questions and their options, and lists of events.
_SKIPPED = "script, style, details.code, svg, .quiz .frame, .movement_player .frame, .glossary .frame"


def sections_of(page: str, file: str, title: str) -> Iterator[dict[str, str]]:
    """Yield the sections of a page, each with its anchor, its heading and its text.

    Examples
    --------
    >>> list(sections_of('<main><h1 id="A">A</h1><p>one</p><h2 id="B">B</h2><p>two</p></main>', "a.html", "A"))[1]
    {'file': 'a.html#B', 'page': 'A', 'head': 'B', 'text': 'two'}
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415  # comes with nbconvert

    soup = BeautifulSoup(page, "html.parser")
    main: Any = soup.find("main")
    for skipped in main.select(_SKIPPED):
        skipped.decompose()
    anchor, head, words = "", title, list[str]()
    for node in main.descendants:
        if node.name in ("h1", "h2", "h3"):
            if words:
                yield _entry(file, title, anchor, head, words)
            anchor, head, words = node.get("id", ""), node.get_text(" ", strip=True), []
        elif node.name is None and not node.find_parent(["h1", "h2", "h3"]):
            words += node.split()
    if words:
        yield _entry(file, title, anchor, head, words)


def words_of(kb: KnowledgeBase) -> list[dict[str, str]]:
    """Return the words of the glossary, each a place of its own.

    Examples
    --------
    >>> from myoteach import load
    >>> words_of(load())[0]["file"]
    'glossary.html'
    """
    return [
        {"file": "glossary.html", "page": "Glossary", "head": row.term, "text": f"{row.plain} {row.clinical}"}
        for row in kb.records("glossary", Term)
    ]


def _entry(file: str, title: str, anchor: str, head: str, words: list[str]) -> dict[str, str]:
    return {"file": f"{file}#{anchor}" if anchor else file, "page": title, "head": head, "text": " ".join(words)}
