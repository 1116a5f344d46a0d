"""Build the site: run the lessons, export them, gather what they share, and write it all or nothing."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..._content import content_folder
from ...knowledge import KnowledgeBase, load
from ...questions import read_bank
from ...widgets._lessons import Lesson
from ...widgets._modules import module, style
from .._copies import learner_notebook
from .._notebooks import CourseError, chosen_lessons
from .._sentences import KEYS_TRAVEL, LICENCE, SAFETY
from ._export import export
from ._extras import EXTRAS, LIVE, cover_text, extra_cells, prose_page, search_text, sources_text
from ._hosts import Hosts
from ._outputs import Page, render, view_script, widget_states
from ._polish import polish
from ._questions import Marking
from ._run import run
from ._search import sections_of, words_of
from ._shelf import Shelf, to_json
from ._text import cite, headings, listed_sources, minutes, question, section

_HERE = Path(__file__).resolve().parent
#: Says that a folder is a site of ours, and which files in it are.
MARK = ".myoteach-site.json"
#: Nothing but files of the site is loaded. Explorers set single style attributes, such as the length of a bar.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)
_OWN = ("site.css", "start.js", "icon.svg")


def build_site(
    folder: Path,
    *,
    only: Collection[str] = (),
    pyodide: Path | None = None,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> list[str]:
    """Write the lessons as a folder of pages that work from a file or any static host.

    Parameters
    ----------
    folder
        New, empty, or a site made before, which is then replaced.
    only
        Numbers of lessons, for example ``["00", "06"]``; by default all.
    pyodide
        A Pyodide, as a folder or an archive: the lessons come a second time, in a JupyterLite whose Python runs in the
        browser. That part needs a host; it does not work from a file.
    progress
        Is told how many pages are done, how many there are, and which comes next.

    Returns
    -------
    list of str
        The files written, as paths in the folder.

    Raises
    ------
    CourseError
        When the folder holds anything else, a lesson does not exist or cannot be run, or what is needed is missing.
    """
    earlier = _earlier(folder)
    chosen = chosen_lessons(only)
    try:
        import nbclient  # noqa: F401, PLC0415
        import nbconvert  # noqa: F401, PLC0415
    except ImportError as error:
        raise CourseError("The site is built with nbconvert; install it with: pip install 'myoteach[site]'") from error
    lite = {} if pyodide is None else _lite(pyodide, chosen, progress)
    files: dict[str, str | bytes] = {**_Site(chosen, progress, live=bool(lite)).files(), **lite}
    try:
        _write(folder, files, earlier)
    except OSError as error:
        raise CourseError(f"{folder} cannot be written ({error.strerror}); name another folder.") from error
    return sorted(files)


def _earlier(folder: Path) -> list[str]:
    """Return the files of the site that stands in a folder."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    try:
        return [str(name) for name in json.loads((folder / MARK).read_text(encoding="utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{folder} is not empty and not a site made by myoteach; name another folder.") from error


def _lite(pyodide: Path, chosen: list[Lesson], progress: Callable[[int, int, str], None]) -> dict[str, bytes]:
    from ..lite import build_lite  # noqa: PLC0415  # takes from this package what a learner's copy is

    return {f"lite/{name}": data for name, data in build_lite(pyodide, chosen, progress).items()}


def _write(folder: Path, files: Mapping[str, str | bytes], earlier: Iterable[str]) -> None:
    """Replace an earlier site; only files that it says are its own are taken away.

    All is written beside it first, so that a disk that fills up leaves the earlier site whole.
    """
    new = {**files, MARK: json.dumps({"files": [*sorted(files), MARK]}, indent=1)}
    parts = {folder / name: folder / f"{name}.part" for name in new}
    try:
        for content, part in zip(new.values(), parts.values(), strict=True):
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content.encode() if isinstance(content, str) else content)
        for path, part in parts.items():
            os.replace(part, path)  # noqa: PTH105  # atomic
    except OSError:
        _take_away(parts.values(), folder)
        raise
    _take_away((folder / name for name in set(earlier) - set(new)), folder)


def _take_away(paths: Iterable[Path], folder: Path) -> None:
    """Remove files of a folder, and what they leave empty in it."""
    for path in paths:
        if folder.resolve() in path.resolve().parents:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                if path.parent != folder:
                    path.parent.rmdir()


@dataclass
class _Draft:
    """A page on its way: its notebook, what was gathered from it, and where it stands in the contents."""

    entry: dict[str, Any]
    notebook: Any
    page: Page
    lesson: str = ""
    sections: list[Any] = field(default_factory=list)


class _Site:
    """One site while it is built."""

    def __init__(self, chosen: list[Lesson], progress: Callable[[int, int, str], None], *, live: bool) -> None:
        self.kb: KnowledgeBase = load()
        self.chosen, self.progress, self.live = chosen, progress, live
        self.shelf = Shelf()
        self.lessons = [
            {"file": _page_of(lesson.file), "title": lesson.title, "number": lesson.id, "minutes": "", "question": ""}
            for lesson in chosen
        ]
        named = [(extra.name, extra.title) for extra in EXTRAS] + [("sources", "Sources"), ("search", "Search")]
        self.extras = [{"file": f"{name}.html", "title": title, "number": ""} for name, title in named]
        pages = {str(lesson["number"]): str(lesson["file"]) for lesson in self.lessons}
        self.hosts = Hosts(Marking(read_bank(), self.kb), self.shelf, pages)
        self.pages = {entry["file"] for entry in (*self.lessons, *self.extras)} | {"index.html"}
        self.pages |= {LIVE} if live else set()

    def files(self) -> dict[str, str]:
        """Return every file of the site by its path."""
        drafts = [*self._drafts()]
        written = {draft.entry["file"]: self._page(draft) for draft in drafts}
        found = [
            part
            for draft in drafts
            if draft.entry["file"] not in ("index.html", "search.html", "sources.html")
            for part in sections_of(written[draft.entry["file"]], draft.entry["file"], draft.entry["title"])
        ]
        found += words_of(self.kb)
        assets = {f"assets/{name}": (_HERE / name).read_text(encoding="utf-8") for name in _OWN}
        assets["assets/site.css"] = (
            style() + (_HERE / "ground.css").read_text(encoding="utf-8") + assets["assets/site.css"]
        )
        assets["assets/site.js"] = f'(() => {{"use strict";\n{module("site.js", _HERE)}\n}})();\n'
        index = {"assets/search.js": f"myoteachSite.search={to_json(found)};\n"}
        return {**written, **assets, **index, **self.shelf.files, ".nojekyll": ""}

    def _drafts(self) -> Iterable[_Draft]:
        total = len(self.chosen) + 1
        for place, (lesson, entry) in enumerate(zip(self.chosen, self.lessons, strict=True)):
            self.progress(place, total, lesson.file)
            yield self._lesson(lesson, entry)
        self.progress(total - 1, total, "the pages beside the lessons")
        yield from self._extras()
        self.progress(total, total, "pages built")

    def _lesson(self, lesson: Lesson, entry: dict[str, Any]) -> _Draft:
        notebook = learner_notebook(content_folder("notebooks") / lesson.file)
        entry["minutes"], entry["question"] = minutes(notebook), question(notebook)
        page = self._run(notebook, lesson.file)
        return self._drafted(entry, notebook, page, lesson.id)

    def _extras(self) -> Iterable[_Draft]:
        from nbformat.v4 import new_notebook  # noqa: PLC0415

        whole = new_notebook(cells=[cell for extra in EXTRAS for cell in extra_cells(extra)])
        ran = self._run(whole, "the pages beside the lessons")
        entries = {entry["file"]: entry for entry in self.extras}
        for extra in EXTRAS:
            cells = [cell for cell in whole.cells if cell.metadata["page"] == extra.name]
            notebook = new_notebook(cells=cells, metadata=whole.metadata)
            page = Page(f"{extra.name}.html", self.shelf, ran.widgets, ran.stills)
            yield self._drafted(entries[page.file], notebook, page)
        texts = {"sources": sources_text(self.kb), "search": search_text()}
        for name, text in texts.items():
            entry = entries[f"{name}.html"]
            yield self._drafted(entry, prose_page(entry["title"], text), Page(entry["file"], self.shelf, {}, {}))
        cover = {"file": "index.html", "title": "myoteach: lessons on myoclonus", "number": ""}
        text = cover_text(self.lessons, live=self.live)
        yield self._drafted(
            cover, prose_page("Myoclonus, the sudden brief jerk", text), Page("index.html", self.shelf, {}, {})
        )

    def _run(self, notebook: Any, name: str) -> Page:
        with tempfile.TemporaryDirectory(prefix="myoteach-", ignore_cleanup_errors=True) as scratch:
            stills = run(notebook, name, Path(scratch))
        return Page(name, self.shelf, widget_states(notebook), stills)

    def _drafted(self, entry: dict[str, Any], notebook: Any, page: Page, lesson: str = "") -> _Draft:
        here = listed_sources(notebook)
        draft = _Draft(entry, notebook, page, lesson, [head for head in headings(notebook) if head.level == 2])
        section(notebook)
        cite(notebook, here)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                text = render(output, page)
                if output.output_type == "stream":
                    output.text = text
                else:
                    output.data = {"text/html": text}
        return draft

    def _page(self, draft: _Draft) -> str:
        page, entry = draft.page, draft.entry
        name = entry["file"].removesuffix(".html")
        scripts = [script for view in page.views for script in self.hosts.needs(view, name)]
        views = [view_script(view, page) for view in page.views]
        shown = {
            "file": entry["file"],
            "title": entry["title"] if entry["file"] == "index.html" else f"{entry['title']} · myoteach",
            "policy": POLICY,
            "safety": SAFETY,
            "keys_travel": KEYS_TRAVEL,
            "licence": LICENCE.format(version=version()),
            "styles": list(page.styles),
            "scripts": [*dict.fromkeys([*page.scripts, *scripts, *_last(entry["file"])])],
            "views": views,
            "lesson": draft.lesson,
            "lessons": self.lessons,
            "extras": self.extras,
            "sections": draft.sections,
            "has_stills": page.has_stills,
            "has_questions": any(view["explorer"] == "quiz" for view in page.views),
            **self._around(entry),
        }
        draft.notebook.metadata.pop("widgets", None)
        citations = {name: source.citation for name, source in self.kb.sources.items()}
        return polish(export(draft.notebook, shown), files=self.pages, sources=citations)

    def _around(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Return the lessons before and after a page."""
        place = next((n for n, other in enumerate(self.lessons) if other is entry), None)
        if place is None:
            return {"before": None, "after": None}
        before, after = self.lessons[place - 1 : place], self.lessons[place + 1 : place + 2]
        return {"before": before[0] if place else None, "after": after[0] if after else None}


def _last(file: str) -> list[str]:
    return [*(["assets/search.js"] if file == "search.html" else []), "assets/site.js"]


def _page_of(notebook: str) -> str:
    return notebook.replace(".ipynb", ".html")


def version() -> str:
    """Return the version of the package."""
    from ... import __version__  # noqa: PLC0415  # the package loads this module last

    return __version__
