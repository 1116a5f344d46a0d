"""Moodle XML, for any Moodle; ordering needs 4.4 or its plugin.

Moodle's importer takes without a word a question that has no key and a fraction that it then rounds, so both are made
impossible here. It also imports twice what is imported twice: the category therefore carries the version of the bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from ..items import Choice, Matching, Numeric, Ordering
from .question import Question, Selection, afterwards, capitals
from .tally import Tally, UnfitError
from .text import escaped, grown, number, paragraphs, xml_bytes

#: Percentages that Moodle knows; any other is refused or, worse, taken as the nearest.
_FRACTIONS = {
    1: "100",
    2: "50",
    3: "33.33333",
    4: "25",
    5: "20",
    6: "16.66667",
    7: "14.28571",
    8: "12.5",
    9: "11.11111",
}
_QTYPES = {"single": "multichoice", "multiple": "multichoice", "numeric": "numerical", "matching": "match"}


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    r"""Return one XML file, a category for each lesson.

    Parameters
    ----------
    selection, tally
        What is exported, and where each question is counted.

    Examples
    --------
    >>> from myoteach import load
    >>> write(Selection((), load(), "bank 0"), Tally(0, 0))[""][-8:]
    b'quiz />\n'
    """
    quiz = ET.Element("quiz")
    for lesson, questions in selection.lessons():
        category = grown(quiz, "question", type="category")
        path = ("$course$", "top", selection.title.replace("/", "//"), lesson)
        grown(category, "category/text", "/".join(path))
        grown(grown(category, "info", format="html"), "text", paragraphs([selection.notice]))
        for element in tally.each(questions, lambda question: _question(question, selection)):
            quiz.append(element)
    return {"": xml_bytes(quiz)}


def fraction(keys: int) -> str:
    """Return the percentage each of several keys is worth, as Moodle writes it.

    Raises
    ------
    UnfitError
        When Moodle has none.

    Examples
    --------
    >>> fraction(3)
    '33.33333'
    """
    if keys not in _FRACTIONS:
        raise UnfitError(f"Moodle has no fraction for {keys} keys")
    return _FRACTIONS[keys]


def _question(question: Question, selection: Selection) -> ET.Element:
    item = question.item
    root = ET.Element("question", type=_QTYPES.get(item.kind, item.kind))
    grown(root, "name/text", f"{question.name}: {capitals(item.stem)}"[:120])
    _html(root, "questiontext", paragraphs(question.paragraphs))
    _html(root, "generalfeedback", paragraphs(afterwards(question, selection.kb)))
    for name, value in {"defaultgrade": "1", "penalty": "0.3333333", "hidden": "0", "idnumber": item.id}.items():
        grown(root, name, value)
    if isinstance(item, Choice):
        _choice(root, item)
    elif isinstance(item, Matching):
        _matching(root, item)
    elif isinstance(item, Numeric):
        _numeric(root, item)
    else:
        _ordering(root, item)
    tags = grown(root, "tags")
    for tag in (f"lesson-{item.lesson}", item.place, item.status, item.objective):
        if tag:
            grown(tags, "tag/text", tag)
    return root


def _html(parent: ET.Element, path: str, text: str) -> None:
    grown(grown(parent, path, format="html"), "text", text)


def _answer(root: ET.Element, share: str, text: str, why: str, form: str = "html") -> ET.Element:
    answer = grown(root, "answer", fraction=share, format=form)
    grown(answer, "text", text)
    _html(answer, "feedback", paragraphs([why]))
    return answer


def _choice(root: ET.Element, item: Choice) -> None:
    for name, value in {"single": "true" if item.keys == 1 else "false", "shuffleanswers": "true"}.items():
        grown(root, name, value)
    grown(root, "answernumbering", "ABCD")
    right, wrong = fraction(item.keys), "0" if item.keys == 1 else f"-{fraction(item.keys)}"
    for option in item.options:  # a wrong choice takes back a right one, as in the lessons
        _answer(root, right if option.key else wrong, paragraphs([option.text]), option.why)


def _matching(root: ET.Element, item: Matching) -> None:
    grown(root, "shuffleanswers", "true")
    texts = {option.id: option.text for option in item.options}
    answers = [premise.answer for premise in item.stems]
    pairs = [(paragraphs([premise.text]), texts[premise.answer]) for premise in item.stems]
    spare = [("", option.text) for option in item.options if option.id not in answers]
    for premise, text in (*pairs, *spare):
        pair = grown(root, "subquestion", format="html")
        grown(pair, "text", premise)
        grown(pair, "answer/text", escaped(text))  # Moodle shows it through its filter for HTML


def _numeric(root: ET.Element, item: Numeric) -> None:
    grown(_answer(root, "100", number(item.answer), item.why_right, "plain_text"), "tolerance", number(item.tolerance))
    grown(_answer(root, "0", "*", item.why_wrong, "plain_text"), "tolerance", "0")
    unit = grown(root, "units/unit")
    grown(unit, "multiplier", "1")
    grown(unit, "unit_name", item.unit)
    for name in ("unitgradingtype", "showunits", "unitsleft"):  # a typed unit is read, and not wanted
        grown(root, name, "0")


def _ordering(root: ET.Element, item: Ordering) -> None:
    choices = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": "0", "showgrading": "SHOW"}
    # Marked as in the lessons: a share of the steps that stand at their own place.
    for name, value in {**choices, "gradingtype": "ABSOLUTE_POSITION", "numberingstyle": "123"}.items():
        grown(root, name, value)
    for place, option in enumerate(item.options, 1):
        _answer(root, f"{place}.0000000", paragraphs([option.text]), option.why)
