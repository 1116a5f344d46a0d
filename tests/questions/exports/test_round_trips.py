"""Every question is read back, where one exists by a program that is not ours, and marked once right, once wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from moodle_xml_parser import parser as moodle_parser

from myoteach.questions import Choice, Item, Matching, Numeric, Ordering, grade
from myoteach.questions.exports.question import bank_version

from . import read_anki, read_canvas, read_gift, read_moodle, read_qti
from .conftest import Exports
from .planted import TORTURE, planted, whole
from .responses import Read, plain, right, squeezed, told, wrong

NOTICE = "no clinician has signed these questions"


def whys(item: Item) -> list[str]:
    if isinstance(item, Numeric):
        return [item.why_right, item.why_wrong]
    parts = item.stems if isinstance(item, Matching) else item.options  # type: ignore[attr-defined]
    return [part.why for part in parts]


def texts(item: Item) -> list[str]:
    parts = (*getattr(item, "options", ()), *getattr(item, "stems", ()))
    return [item.stem, *(part.text for part in parts)]


def check_all(name: str, found: dict[str, Read], *, all_or_nothing: tuple[str, ...] = ()) -> None:
    """Compare every question with the bank: its texts, its explanations, its marks."""
    questions = whole().questions
    assert sorted(found) == sorted(question.id for question in questions)
    marked: Counter[str] = Counter()
    for item in questions:
        one = found[item.id]
        lost = [text for text in texts(item) if squeezed(text) not in squeezed(one.shown)]
        lost += [text for text in [*whys(item), item.feature] if squeezed(text) not in squeezed(one.after)]
        assert not lost, f"{name} lost of {item.id}: {lost}"
        expected = grade(item, wrong(item)).score
        expected = 0 if item.kind in all_or_nothing else expected
        assert one.score(told(item, right(item))) == pytest.approx(1, abs=1e-3), f"{name}: right on {item.id}"
        assert one.score(told(item, wrong(item))) == pytest.approx(expected, abs=1e-3), f"{name}: wrong on {item.id}"
        marked[item.kind] += 1
    told_so = [item.id for item in questions if item.is_draft and "Draft: no clinician" not in found[item.id].after]
    assert not told_so, f"{name} does not call these drafts: {told_so}"
    tortured = sum(
        squeezed(TORTURE) in squeezed(one.shown) and squeezed(TORTURE) in squeezed(one.after) for one in found.values()
    )
    assert tortured == len(planted().questions)
    print(
        f"{name}: {len(found)} read, each marked right and wrong as in the lessons {dict(marked)}; {tortured} tortured"
    )


def test_moodle_by_the_rules_of_its_importer(exported: Exports) -> None:
    made = exported("moodle")
    content = made.paths[0].read_bytes()
    check_all("Moodle XML", read_moodle.read(content))
    (version,) = {path.split("/")[2] for path in read_moodle.categories(content)}
    assert version == f"Myoclonus, {bank_version(whole())}"
    assert NOTICE in content.decode()


def test_moodle_by_a_parser_of_its_choice_questions(exported: Exports) -> None:
    found = moodle_parser.parse_file(str(exported("moodle").paths[0]))["multichoice"]
    by_id = {question.name.split(":")[0].split(" ")[0]: question for question in found}
    choices = [item for item in whole().questions if isinstance(item, Choice)]
    assert sorted(by_id) == sorted(item.id for item in choices)
    for item in choices:
        one = by_id[item.id]
        assert one.single == (item.keys == 1)
        keys = {squeezed(plain(option.answer)) for option in one.options if option.score_fraction > 0}
        if "<50" not in item.stem:  # this parser undoes entities twice, and then its HTML is not HTML
            assert keys == {squeezed(option.text) for option in item.options if option.key}
        assert len(keys) == item.keys
        assert all(option.feedback for option in one.options)
    print(f"Moodle XML by moodle-xml-parser: {len(found)} choice questions with keys and feedback")


def test_gift(exported: Exports) -> None:
    if not read_gift.is_there():
        pytest.skip("GIFT by gift-pegjs: deno is not installed, or cannot fetch it from npm")
    made = exported("gift")
    orderings = sum(isinstance(question, Ordering) for question in whole().questions)
    assert (
        f"{orderings}: ordering is asked as matching of steps with places, since GIFT has no ordering" in made.closing
    )
    assert NOTICE in made.paths[0].read_text(encoding="utf-8")
    check_all("GIFT", read_gift.read(made.paths[0]))


def test_canvas(exported: Exports) -> None:
    made = exported("canvas")
    content = made.paths[0].read_bytes()
    assert "since Canvas imports no ordering" in made.closing
    check_all("Canvas QTI 1.2", read_canvas.read(content))
    assert all(NOTICE in said for said in read_canvas.descriptions(content))


def test_qti21(exported: Exports) -> None:
    made = exported("qti21")
    content = made.paths[0].read_bytes()
    assert "ordering is all or nothing" in made.closing
    check_all("QTI 2.1", read_qti.read(content), all_or_nothing=("ordering",))
    assert all(NOTICE in said for said in read_qti.rubrics(content))


def test_anki(exported: Exports, tmp_path: Path) -> None:
    package = exported("anki").paths[0]
    with read_anki.collection(tmp_path) as opened:
        read_anki.bring_in(opened, package)
        check_all("Anki", read_anki.read(opened))
        decks = [deck.name for deck in opened.decks.all_names_and_ids() if "::" in deck.name]
        described = [opened.decks.by_name(deck)["desc"] for deck in decks]  # type: ignore[index]
        assert described
        assert all(NOTICE in said for said in described)
