"""GIFT, plain text that Moodle and several smaller tools read.

Every text goes in as HTML behind ``[html]``: without it, what stands in angle brackets vanishes, and an answer that
begins with a percent sign is read as a weight. A blank line ends a question, so no text may hold a line break.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..items import Choice, Matching, Numeric, Ordering
from .moodle import fraction
from .question import Question, Selection, afterwards, as_matching
from .tally import Tally
from .text import escaped, number, paragraphs

ORDERING = "ordering is asked as matching of steps with places, since GIFT has no ordering"


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    r"""Return one text file, a category for each lesson.

    Parameters
    ----------
    selection, tally
        What is exported, and where each question is counted.

    Examples
    --------
    >>> from myoteach import load
    >>> write(Selection((), load(), "bank 0"), Tally(0, 0))[""]
    b'// Myoclonus, bank 0\n'
    """
    blocks = [f"// {selection.title}\n// {selection.notice}" if selection.notice else f"// {selection.title}"]
    for lesson, questions in selection.lessons():
        path = ("$course$", "top", selection.title.replace("/", "//"), lesson)
        blocks.append(f"$CATEGORY: {'/'.join(path)}")
        blocks += tally.each(questions, lambda question: _question(question, selection, tally))
    return {"": ("\n\n".join(blocks) + "\n").encode()}


def control(text: str) -> str:
    r"""Return text with GIFT's own signs escaped.

    Examples
    --------
    >>> print(control(r"{a=b} ~c #d \frac 1:2"))
    \{a\=b\} \~c \#d \\frac 1\:2
    """
    return re.sub(r"([\\~=#{}:])", r"\\\1", text)


def _question(question: Question, selection: Selection, tally: Tally) -> str:
    general = _html(afterwards(question, selection.kb))
    if isinstance(question.item, Ordering):
        question = replace(question, item=as_matching(question.item))
        tally.changed[ORDERING] += 1
    lines = [*_answers(question), f"####{general}"]
    body = "\n".join(f"  {line}" for line in lines)
    marker = "#\n" if isinstance(question.item, Numeric) else "\n"
    return f"::{control(question.name)}::{_html(question.paragraphs)}{{{marker}{body}\n}}"


def _html(texts: tuple[str, ...]) -> str:
    return "[html]" + control(paragraphs(texts))


def _answers(question: Question) -> list[str]:
    item = question.item
    if isinstance(item, Choice):
        right, wrong = ("=", "~") if item.keys == 1 else (f"~%{fraction(item.keys)}%", f"~%-{fraction(item.keys)}%")
        return [f"{right if o.key else wrong}{_html((o.text,))}#{_html((o.why,))}" for o in item.options]
    if isinstance(item, Numeric):
        key = f"={number(item.answer)}:{number(item.tolerance)}#{_html((item.why_right,))}"
        return [key, f"~#{_html((item.why_wrong,))}"]
    assert isinstance(item, Matching)
    texts = {option.id: option.text for option in item.options}
    answers = [premise.answer for premise in item.stems]
    pairs = [f"={_html((premise.text,))} -> {control(escaped(texts[premise.answer]))}" for premise in item.stems]
    return pairs + [f"= -> {control(escaped(o.text))}" for o in item.options if o.id not in answers]
