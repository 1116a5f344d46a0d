"""The last look at a page's HTML: links, tables and lists as a page of a book has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from ._text import anchor_of

_IDS = re.compile(r"[\w-]+(?:, [\w-]+)*")
#: Calls in the prose that have a page of their own here.
_CALLS = {
    "quiz(due=True)": "review.html",
    "progress()": "progress.html",
    "flashcards()": "cards.html",
    "glossary()": "glossary.html",
}
_LISTED = re.compile(r"\[@([\w-]+)\]")


def polish(page: str, *, files: Collection[str], sources: Mapping[str, str]) -> str:
    """Return a page with its links, tables and sources mended.

    Parameters
    ----------
    page
        HTML.
    files
        Pages there are: a link to a lesson that is not among them becomes plain text.
    sources
        Ids of the sources that ``sources.html`` lists, and how each is cited.

    Examples
    --------
    >>> polish('<a href="01_x.ipynb#See">one</a> <a href="02_y.ipynb">two</a>', files=["01_x.html"], sources={})
    '<a href="01_x.html#See">one</a> <span>two</span>'
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415  # comes with nbconvert

    soup = BeautifulSoup(page, "html.parser")
    taken: set[str] = set()
    for heading in soup.select(":is(.prose, summary) > :is(h1, h2, h3, h4, h5, h6)"):
        heading["id"] = anchor_of(heading.get_text(), taken)
    for code in soup.select(".prose code"):
        _call(soup, code, files)
    for link in soup.find_all("a", href=True):
        _link(link, files)
        _citation(link, sources)
    for style in soup.find_all("style"):  # pandas brings one, which the policy of the page refuses
        style.decompose()
    for head in soup.find_all("th"):
        if not head.get_text(strip=True):  # an empty heading is read aloud as one
            head.name = "td"
            head.attrs.pop("scope", None)
    for item in soup.find_all("li"):
        _reference(item)
    for table in soup.find_all("table"):
        _table(soup, table, sources)
    return str(soup)


def _call(soup: Any, code: Any, files: Collection[str]) -> None:
    """Let a call that the prose names lead to the page that shows what it shows."""
    page = _CALLS.get(code.get_text(), "")
    if page in files:
        code.wrap(soup.new_tag("a", href=page))


def _link(link: Any, files: Collection[str]) -> None:
    address = urlsplit(link["href"])
    if address.scheme:
        link["rel"], link["target"] = "noopener noreferrer", "_blank"
        return
    path = re.sub(r"\.ipynb$", ".html", address.path)
    if path and path not in files:
        link.name = "span"
        link.attrs = {}
        return
    link["href"] = address._replace(path=path).geturl()


def _citation(link: Any, sources: Mapping[str, str]) -> None:
    """Show a link to a source as a citation, with what it cites where a pointer rests on it."""
    name = link.get("href", "").partition("#source-")[2]
    if name in sources and link.get_text() == name:
        link["class"], link["title"] = "cite", sources[name]


def _reference(item: Any) -> None:
    """Give an entry of a list of sources the anchor that the prose links to."""
    first = item.find("strong")
    named = _LISTED.fullmatch(first.get_text()) if first is not None else None
    if named:
        item["id"] = f"source-{named[1]}"
        first.string = named[1]


def _table(soup: Any, table: Any, citations: Mapping[str, str]) -> None:
    """Let a wide table scroll by itself and by keyboard, and link the sources its cells name."""
    for cell in table.find_all("td"):
        text = cell.get_text()
        names = text.split(", ")
        if _IDS.fullmatch(text) and set(names) <= set(citations):
            cell.clear()
            for place, name in enumerate(names):
                cell.append(", " if place else "")
                link = soup.new_tag("a", href=f"sources.html#source-{name}", title=citations[name])
                link.string = name
                cell.append(link)
    caption = table.find("caption")
    name = caption.get_text() if caption is not None else "Table"
    table.wrap(soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group", "aria-label": name}))
