"""A test on paper, before it is laid out: forms that differ in order, and one key for all of them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from ..items import Choice, Item, Matching, Numeric, Option, Ordering
from .question import Asked, Question, Selection, answer_key, cite, shuffled
from .tally import ExportError, Tally

INSTRUCTIONS = (
    "Circle the letter of the one best answer, or of as many as the question asks for. "
    "Where there is a line, write your answer on it."
)
KEY_INSTRUCTIONS = "For whoever marks. Do not hand it out with the forms."
UNFOLDS = "This case unfolds: answer each question before you read the next."


@dataclass(frozen=True, slots=True)
class Entry:
    """A question at its place in a form: its number and its options in the order printed."""

    number: int
    question: Question
    options: tuple[Option, ...]

    @property
    def item(self) -> Asked:
        """What is asked."""
        return self.question.item

    @property
    def lettered(self) -> tuple[tuple[str, Option], ...]:
        """The options with their letters."""
        return tuple(zip(ascii_uppercase, self.options, strict=False))

    @property
    def told(self) -> str:
        """What a case tells at this stage; the stages before it stand above it on the sheet."""
        return " ".join(self.question.told if self.question.stage == 1 else self.question.told[-1:])

    @property
    def answer(self) -> str:
        """The right answer as it would be written on the sheet."""
        item, letter = self.item, {option.id: letter for letter, option in self.lettered}
        if isinstance(item, Choice):
            return " ".join(letter for letter, option in self.lettered if option.key)
        if isinstance(item, Matching):
            return " ".join(f"{n}{letter[premise.answer]}" for n, premise in enumerate(item.stems, 1))
        if isinstance(item, Ordering):
            return " ".join(letter[option.id] for option in item.options)
        around = f" ± {item.tolerance:g}" if item.tolerance else ""
        return f"{item.answer:g}{around} {item.unit}"

    @property
    def notes(self) -> tuple[tuple[str, bool, str, str], ...]:
        """For the key: letter or number, whether it is right, what it says, why."""
        item, letter = self.item, {option.id: letter for letter, option in self.lettered}
        if isinstance(item, Choice):
            return tuple((letter, option.key, option.text, option.why) for letter, option in self.lettered)
        if isinstance(item, Matching):
            texts = {option.id: option.text for option in item.options}
            return tuple(
                (f"{n}{letter[p.answer]}", True, f"{p.text}: {texts[p.answer]}", p.why)
                for n, p in enumerate(item.stems, 1)
            )
        if isinstance(item, Ordering):
            return tuple((letter[option.id], True, option.text, option.why) for option in item.options)
        return (
            ("=", True, answer_key(self.question)[0].split(":")[0], item.why_right),
            ("≠", False, "Another number", item.why_wrong),
        )


def line(item: Item) -> str:
    """Return what stands before the line for a written answer; empty where letters are circled or set beside numbers.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> {line(item) for item in read_bank().questions if item.kind == "ordering"}
    {'Letters in order:'}
    """
    if isinstance(item, Choice | Matching):
        return ""
    return "Answer:" if isinstance(item, Numeric) else "Letters in order:"


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms, named by a letter."""

    letter: str
    entries: tuple[Entry, ...]

    @property
    def numbers(self) -> dict[str, Entry]:
        """Entries by item id."""
        return {entry.item.id: entry for entry in self.entries}


@dataclass(frozen=True, slots=True)
class Paper:
    """Forms with what stands around the questions."""

    title: str
    version: str
    notice: str
    forms: tuple[Form, ...]
    sources: tuple[str, ...]
    cited: dict[str, int]

    @property
    def letters(self) -> str:
        """Say which form the letters in the explanations are those of."""
        return f"Options stand in the order of form {self.forms[0].letter}; what is right is in bold."

    def where(self, item_id: str) -> str:
        """Say where a question stands and what is right there, form by form: ``A3: B``."""
        places = [(form.letter, form.numbers[item_id]) for form in self.forms]
        return "; ".join(f"{letter}{entry.number}: {entry.answer}" for letter, entry in places)


def paper(selection: Selection, tally: Tally) -> Paper:
    """Return forms A, B and so on; the seed alone decides their orders.

    Parameters
    ----------
    selection, tally
        What is exported, with seed and number of forms, and where each question is counted.

    Raises
    ------
    ExportError
        When there are more forms than letters.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> from myoteach.questions.exports.tally import Tally
    >>> items = draft_items(load(), 3)
    >>> [form.letter for form in paper(Selection(items, load(), "bank 0", forms=2), Tally(3, 3)).forms]
    ['A', 'B']
    """
    if not 1 <= selection.forms <= len(ascii_uppercase):
        raise ExportError(f"A test has 1 to {len(ascii_uppercase)} forms, not {selection.forms}.")
    questions = tuple(tally.each(selection.questions, lambda question: question))
    ids = dict.fromkeys(source for question in questions for source in question.item.sources)
    sources = sorted(ids, key=lambda source: selection.kb.sources[source].citation.casefold())
    return Paper(
        title="Myoclonus questions",
        version=selection.version,
        notice=selection.notice,
        forms=tuple(_form(letter, questions, selection.seed) for letter in ascii_uppercase[: selection.forms]),
        sources=tuple(cite(source, selection.kb) for source in sources),
        cited={source: n for n, source in enumerate(sources, 1)},
    )


def _form(letter: str, questions: Iterable[Question], seed: int) -> Form:
    blocks = [list(block) for _, block in groupby(questions, key=lambda question: question.case or question.item.id)]
    random.Random(zlib.crc32(f"{seed} {letter}".encode())).shuffle(blocks)
    in_order = (question for block in blocks for question in block)
    return Form(letter, tuple(_entries(in_order, seed, letter)))


def _entries(questions: Iterable[Question], seed: int, letter: str) -> Iterator[Entry]:
    for number, question in enumerate(questions, 1):
        yield Entry(number, question, tuple(_options(question.item, seed, letter)))


def _options(item: Item, seed: int, letter: str) -> list[Option]:
    options = () if isinstance(item, Numeric) else getattr(item, "options", ())
    return shuffled(options, seed, letter, item.id, apart=isinstance(item, Ordering))
