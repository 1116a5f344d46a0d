"""Nothing that stands in a table, a question or a recording ever becomes markup, a script or a formula."""

from __future__ import annotations

import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

import myoteach
from myoteach import KnowledgeBase, load
from myoteach.course.site._search import words_of
from myoteach.course.site._shelf import to_json
from myoteach.questions import Bank
from myoteach.questions.exports import export
from myoteach.widgets._quiz_sets import QuizSet
from myoteach.widgets.quiz import Quiz
from tests.questions.samples import bank

from .hostile import POISON, hostile_bank, hostile_tables

#: What of an explorer, a table or a list stands in a saved notebook.
FRAMES = {
    "article_on_trial": {},
    "body_map": {},
    "category_explorer": {},
    "cause_map": {},
    "clue_matrix": {},
    "day_and_night": {},
    "epilepsy_player": {},
    "glossary": {},
    "neuraxis": {},
    "treatment_paths": {},
    "triage": {},
    "work_up": {},
}


class Tags(HTMLParser):
    """Every tag and its attributes' names, in order; and the text between."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("name", FRAMES)
def test_a_first_frame_has_the_tags_it_has_without_poison(name: str) -> None:
    make = getattr(myoteach, name)
    clean, poisoned = (Tags(make(kb=kb).first_frame()) for kb in (load(), hostile_tables()))
    assert sorted(poisoned.tags) == sorted(clean.tags)
    assert "<img src=x" not in clean.words


def test_the_poison_reaches_the_frames() -> None:
    reached = [
        name for name in FRAMES if POISON in Tags(getattr(myoteach, name)(kb=hostile_tables()).first_frame()).words
    ]
    assert len(reached) > len(FRAMES) / 2, reached


def test_tables_lists_and_quizzes_keep_their_tags() -> None:
    def frames(kb: KnowledgeBase, asked: Bank, title: str) -> list[str]:
        words = ["myoclonus", "asterixis"]
        chosen = QuizSet(title, asked.items, "quiz", title, title)
        return [
            myoteach.table("causes", {"name": title, "plain": "b"}, caption=title, kb=kb)._repr_html_(),
            myoteach.terms(*words, kb=kb)._repr_html_(),
            myoteach.references("zutt2015", kb=kb)._repr_html_(),
            Quiz(chosen, bank=asked, kb=kb, vote=True).first_frame(),
            Quiz(QuizSet(title, (), "quiz", "", title), bank=asked, kb=kb, vote=True).first_frame(),
        ]

    pairs = zip(frames(load(), bank(), "A title"), frames(hostile_tables(), hostile_bank(), POISON), strict=True)
    for clean, poisoned in pairs:
        assert sorted(Tags(poisoned).tags) == sorted(Tags(clean).tags)
        assert POISON in Tags(poisoned).words


@pytest.mark.parametrize("name", ["moodle", "qti21", "canvas"])
def test_an_export_has_the_elements_it_has_without_poison(name: str, tmp_path: Path) -> None:
    """Also inside the HTML that these formats carry as text."""
    found = []
    for label, asked in (("clean", bank()), ("poisoned", hostile_bank())):
        out = tmp_path / label
        export(asked, load(), name, out.with_suffix(".xml"))
        trees = [ElementTree.fromstring(text) for text in _xml(out.with_suffix(".xml"))]
        elements = sorted(element.tag for tree in trees for element in tree.iter())
        inner = [
            Tags(element.text or "").tags for tree in trees for element in tree.iter() if "<p>" in (element.text or "")
        ]
        found.append((elements, sorted(tag for tags in inner for tag in tags)))
        assert not [tag for tag in found[-1][1] if tag[0] in ("script", "img", "svg", "comment")]
    assert found[0] == found[1]


def _xml(path: Path) -> list[bytes]:
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name) for name in sorted(packed.namelist()) if name.endswith(".xml")]


def test_data_in_a_page_cannot_end_its_script() -> None:
    """A comment that is opened in a script hides the end of it, as does its closing tag."""
    text = to_json([words_of(hostile_tables()), POISON])
    assert "<" not in text
    page = Tags(f'<script type="application/json">{text}</script><p>after</p>')
    assert [tag[0] for tag in page.tags] == ["script", "p"]
