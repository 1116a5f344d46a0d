"""The file of slides: its HTML, and beside it everything that the site keeps in files of its own."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from ...knowledge import KnowledgeBase
from ...widgets._lessons import Lesson, lesson_name
from ...widgets._modules import module, style
from .._sentences import KEYS_TRAVEL, LICENCE, SAFETY
from ..site import _build as site
from ..site._hosts import Hosts
from ..site._outputs import Page, render, view_script
from ..site._polish import polish
from ._derive import Deck, Slide

_HERE = Path(__file__).resolve().parent
_SITE = _HERE.parent / "site"
#: Nothing is loaded; only the script and the style that stand in the file count. Explorers set single style attributes.
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; style-src-attr 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_PICTURE = re.compile(r'src="(pictures/[^"]+)"')
_CITED = re.compile(r"\[@([\w-]+)\]")


class Writer:
    """Writes one lesson's file.

    Parameters
    ----------
    lesson, page
        The lesson, and what is gathered from its outputs.
    hosts
        What marks the questions.
    kb
        The tables.
    """

    def __init__(self, lesson: Lesson, page: Page, hosts: Hosts, kb: KnowledgeBase) -> None:
        self.lesson, self.page, self.hosts, self.kb = lesson, page, hosts, kb
        self.citations = {name: source.citation for name, source in kb.sources.items()}

    def text(self, deck: Deck, minutes: str) -> str:
        """Return the whole file."""
        slides = [self._slide(slide, number) for number, slide in enumerate(deck.slides, 1)]
        safety = next((cell for slide in deck.slides for cell in slide.steps[0] if _is_safety(cell)), None)
        titles = [slide.title for slide in deck.slides] + ["Sources, and what this is not"]
        slides.append(self._closing(titles[-1], safety, deck.sources, len(titles)))
        views, script = self._scripts()
        sheet = style() + "".join(map(_read, (_SITE / "ground.css", _HERE / "slides.css"))) + self._styles()
        return _FRAME.format(
            policy=_POLICY.format(script=_hash(script), style=_hash(sheet)),
            title=html.escape(f"{lesson_name(self.lesson.id)} · slides"),
            style=sheet,
            slides="\n".join(slides),
            lesson_notes=self._cells(deck.lesson_notes) or "<p>This lesson has no notes for the instructor.</p>",
            minutes=html.escape(minutes.partition(",")[0] or "Choose your own pace"),
            total=len(titles),
            entries="".join(
                f'<li><button type="button" data-do="{place}">{html.escape(title)}</button></li>'
                for place, title in enumerate(titles)
            ),
            views=views,
            script=script,
        )

    def _slide(self, slide: Slide, number: int) -> str:
        first, *later = slide.steps
        steps = self._cells(first) + "".join(f'<div class="fragment">{self._cells(cells)}</div>' for cells in later)
        look = "sr" if first and first[0].source.startswith(">") else "kicker"  # a notice says it again, in bold
        head = "" if slide.has_heading else f'<h2 class="{look}">{html.escape(slide.title)}</h2>'
        notes = self._cells(slide.notes)
        return _section(slide.title, number, head + steps, notes)

    def _closing(self, title: str, safety: Any, sources: list[Any], number: int) -> str:
        """Return the last slide: what the lesson is not, its safety line, its terms and its sources."""
        words = [SAFETY, LICENCE.format(version=site.version())]
        if any(view["explorer"] == "quiz" for view in self.page.views):
            words.insert(1, KEYS_TRAVEL[0].upper() + KEYS_TRAVEL[1:])
        said = "".join(f"<p>{html.escape(each)}</p>" for each in words)
        body = f"<h2>{title}</h2>{said}{self._cells([safety] if safety else [])}{self._cells(sources)}"
        return _section(title, number, body, "", kind="closing")

    def _cells(self, cells: Iterable[Any]) -> str:
        return "".join(self._cell(cell) for cell in cells)

    def _cell(self, cell: Any) -> str:
        if cell.cell_type != "markdown":
            outputs = "".join(render(output, self.page) for output in cell.outputs)
            return f'<div class="cell">{self._mend(outputs)}</div>'
        from nbconvert.filters.markdown_mistune import markdown2html_mistune  # noqa: PLC0415  # half a second

        source = _CITED.sub(r"[\1](sources.html#source-\1)", cell.source)
        return f'<div class="prose">{self._mend(markdown2html_mistune(source))}</div>'

    def _mend(self, text: str) -> str:
        """Return HTML as a slide has it: no links but those that leave it, and pictures inside."""
        from bs4 import BeautifulSoup  # noqa: PLC0415  # comes with nbconvert

        soup = BeautifulSoup(polish(text, files=["sources.html"], sources=self.citations), "html.parser")
        for anchor in soup.select(".anchor-link"):
            anchor.decompose()
        for link in soup.select('a:not([target="_blank"])'):
            if "#source-" in link.get("href", "") and not link.get("class"):
                link["class"] = "source"
            link.name = "span"
            link.attrs.pop("href", None)
        for named in soup.select("[id^=source-], :is(h1, h2, h3, h4)[id]"):  # no address leads into a slide
            del named["id"]
        return _PICTURE.sub(self._inside, str(soup))

    def _inside(self, found: re.Match[str]) -> str:
        picture = base64.b64encode(self.page.shelf.files[found[1]].encode()).decode()
        return f'src="data:image/svg+xml;base64,{picture}"'

    def _scripts(self) -> tuple[str, str]:
        """Return the states of the explorers, and the one script of the file."""
        needed: dict[str, None] = {}
        for view in self.page.views:
            if view["explorer"] == "quiz":
                view["traits"]["data"] = view["traits"]["data"] | {"vote": True}
            needed |= dict.fromkeys(self.hosts.needs(view, self.lesson.id))
        views = "\n".join(view_script(view, self.page) for view in self.page.views)
        parts = [_read(_SITE / "start.js"), *(self.page.shelf.files[path] for path in (*self.page.scripts, *needed))]
        script = "\n".join([*parts, f'(() => {{"use strict";\n{module("deck.js", _HERE)}\n}})();\n'])
        return views, script.replace("</script", "<\\/script")

    def _styles(self) -> str:
        return "\n".join(self.page.shelf.files[path] for path in self.page.styles)


def _section(title: str, number: int, body: str, notes: str, kind: str = "") -> str:
    label = html.escape(title, quote=True)
    aside = f'<div class="notes">{notes}</div>' if notes else ""
    classes = " ".join(filter(None, ("slide", kind, "title" if "<h1" in body else "")))
    return (
        f'<section class="{classes}" data-title="{label}" aria-label="Slide {number}: {label}">'
        f'<div class="body">{body}</div>{aside}</section>'
    )


def _is_safety(cell: Any) -> bool:
    return cell.cell_type == "markdown" and cell.source.startswith(">") and "not a diagnosis" in cell.source


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


_FRAME = _read(_HERE / "frame.html")
