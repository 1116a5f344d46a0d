"""Pages beside the lessons: what a learner answered, what is due, flashcards, the words, the sources, the search."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from ...knowledge import KnowledgeBase
from ...widgets.references import References

#: A source as `References` lists it.
_NAMED = re.compile(r"<li><strong>\[@([\w-]+)\]</strong>")

#: JupyterLite, where the site was built with it.
LIVE = "lite/lab/index.html"


@dataclass(frozen=True, slots=True)
class Extra:
    """A page of one explorer: its file without the ending, its title, what stands above the explorer, and the calls."""

    name: str
    title: str
    prose: str
    calls: tuple[str, ...]


EXTRAS = (
    Extra(
        "progress",
        "Your progress",
        "What you answered in these pages is kept in this browser, on this device, and nowhere else. To go on "
        "elsewhere, here or in JupyterLab, take the code or the file along.",
        ("from myoteach import progress\n\nprogress()",),
    ),
    Extra(
        "review",
        "Review",
        "What you have answered in any lesson, asked again when it is time: soon if it was wrong, later and later "
        "if it was right. What you were sure of and had wrong comes first.",
        ("from myoteach import quiz\n\nquiz(due=True)",),
    ),
    Extra(
        "cards",
        "Flashcards",
        "Ten at a time: those that are due, then new ones. Load the page again for the next ten.",
        (
            'from myoteach import flashcards\n\nflashcards(deck="glossary")',
            'flashcards(deck="look-alikes")',
        ),
    ),
    Extra(
        "glossary",
        "Glossary",
        "Each word of the field in plain and in clinical wording.",
        ("from myoteach import glossary\n\nglossary()",),
    ),
)


def extra_cells(extra: Extra) -> list[Any]:
    """Return the cells of an extra page, each marked with the page it is for."""
    from nbformat.v4 import new_code_cell, new_markdown_cell  # noqa: PLC0415  # comes with JupyterLab

    mark = {"page": extra.name}
    head = new_markdown_cell(f"# {extra.title}\n\n{extra.prose}", metadata=mark)
    return [head, *(new_code_cell(call, metadata=dict(mark)) for call in extra.calls)]


def prose_page(title: str, text: str) -> Any:
    """Return a notebook of prose alone."""
    from nbformat.v4 import new_markdown_cell, new_notebook  # noqa: PLC0415

    return new_notebook(cells=[new_markdown_cell(f"# {title}\n\n{text}")])


def sources_text(kb: KnowledgeBase) -> str:
    """Return every source there is as a list.

    Examples
    --------
    >>> from myoteach import load
    >>> sources_text(load()).count('<li id="source-') == len(load().sources)
    True
    """
    listed = References(tuple(sorted(kb.sources.values(), key=lambda source: source.id)))._repr_html_()
    anchored = _NAMED.sub(r'<li id="source-\1"><strong>\1</strong>', listed)
    return (
        "Every source that the tables name, by the id under which the lessons cite it. A link leaves this site and "
        f"opens in a new tab; nothing is loaded from there before you press it.\n\n{anchored}"
    )


def search_text() -> str:
    """Return the place that the search fills; without a script it says so."""
    return '<div id="found" role="region" aria-label="Results"><p>The search needs JavaScript.</p></div>'


def cover_text(lessons: list[dict[str, Any]], *, live: bool = False) -> str:
    """Return the contents as the first page shows them; `live`, with the way to the copies that run in the browser."""
    rows = "".join(
        f'<li><a href="{lesson["file"]}"><span class="number">{lesson["number"]}</span>'
        f'<strong>{html.escape(lesson["title"])}</strong><span class="hook">{html.escape(lesson["question"])}</span>'
        f"<small>{html.escape(lesson['minutes'])}</small></a></li>"
        for lesson in lessons
    )
    return (
        "Lessons for everyone who meets one. Try, predict, look, and be asked. Everything on these pages works as it "
        "stands, without an account, without Python, and without a network. What you answer stays in this browser.\n\n"
        "> These pages teach. They are not a diagnosis and not medical advice, and no clinician has signed their "
        "tables yet. [When to call for help](00_start_here.ipynb) stands at the head of every lesson.\n\n"
        f'<ol class="cover">{rows}</ol>'
        f"{_live_text(lessons) if live and lessons else ''}"
    )


def _live_text(lessons: list[dict[str, Any]]) -> str:
    first = str(lessons[0]["file"]).replace(".html", ".ipynb")
    return (
        f"\n\n[Open with Python in the browser]({LIVE}?path={first}): the lessons as notebooks, whose cells you can "
        "change and run. For that these pages must come from a host, not from a file; some tens of megabytes are "
        "loaded the first time. What you answer there is kept apart from these pages; *Your progress* carries it "
        "across.\n"
    )
