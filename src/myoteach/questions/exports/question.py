"""A question as an export sees it: a case's stages apart, each with all that has been told before it."""

from __future__ import annotations

import hashlib
import random
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...knowledge import KnowledgeBase
from ..items import Bank, Case, Choice, Item, Matching, Numeric, Option, Ordering, Premise
from ..marking import DONT_KNOW, grade

Asked = Choice | Matching | Numeric | Ordering
UNSIGNED = "Draft: no clinician has signed this question."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, after `told`; `stage` of `stages` where it belongs to a case."""

    item: Asked
    told: tuple[str, ...] = ()
    case: str = ""
    stage: int = 0
    stages: int = 0

    @property
    def name(self) -> str:
        """Id, with the case and its stage where there is one."""
        return f"{self.item.id} (case {self.case}, stage {self.stage} of {self.stages})" if self.case else self.item.id

    @property
    def asks(self) -> tuple[str, ...]:
        """The stem, the picture in words, the unit that a number is wanted in."""
        parts = [capitals(self.item.stem)]
        if self.item.picture is not None:
            parts.insert(0, f"The picture shows: {self.item.picture.alt}")
        if isinstance(self.item, Numeric):
            parts.append(f"Answer with a number, in {self.item.unit}.")
        return tuple(parts)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Everything that stands before the options, so that the question can stand alone."""
        return (*self.told, *self.asks)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: questions, the tables their sources are in, and who may be named as having made them."""

    items: tuple[Item, ...]
    kb: KnowledgeBase
    version: str
    seed: int = 0
    forms: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, the stages of a case one after the other."""
        return tuple(question for item in self.items for question in split(item))

    @property
    def title(self) -> str:
        """The name under which a platform files the questions; another bank has another name."""
        return f"Myoclonus, {self.version}"

    @property
    def notice(self) -> str:
        """Say how many questions no clinician has signed; empty when all are signed."""
        unsigned = sum(question.item.is_draft for question in self.questions)
        if not unsigned:
            return ""
        which = "these questions" if unsigned == len(self.questions) else f"{unsigned} of these questions"
        return f"Draft: no clinician has signed {which}. For teaching, not for diagnosis."

    def lessons(self) -> Iterator[tuple[str, tuple[Question, ...]]]:
        """Yield each lesson's name with its questions."""
        for lesson in sorted({item.lesson for item in self.items}):
            yield f"Lesson {lesson}", tuple(q for q in self.questions if q.item.lesson == lesson)


def capitals(stem: str) -> str:
    """Return a stem with its ``**emphasis**`` as capitals, which every format can hold.

    Examples
    --------
    >>> capitals("Which does **not** belong?")
    'Which does NOT belong?'
    """
    return re.sub(r"\*\*([^*]+)\*\*", lambda found: found[1].upper(), stem)


def split(item: Item) -> Iterator[Question]:
    """Yield the questions of an item: itself, or a case's stages, each with everything told up to it.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> case = next(item for item in read_bank().items if item.kind == "case")
    >>> [len(question.told) for question in split(case)]
    [1, 2, 3]
    """
    if isinstance(item, Case):
        opening = (item.stem,) if item.stem else ()
        told = tuple(stage.tells for stage in item.stages)
        for number, stage in enumerate(item.stages, 1):
            assert isinstance(stage.item, Asked)
            yield Question(stage.item, (*opening, *told[:number]), item.id, number, len(item.stages))
    else:
        assert isinstance(item, Asked)
        yield Question(item)


def bank_version(bank: Bank) -> str:
    """Return a name that changes with the content of a bank, and only with it.

    Examples
    --------
    >>> bank_version(Bank())
    'myoteach bank e3b0c442'
    """
    content = "\n".join(map(repr, bank.items))
    return f"myoteach bank {hashlib.sha256(content.encode()).hexdigest()[:8]}"


def explanation(question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    """Return what is said after the answer whatever it was: the deciding feature, the sources, the draft mark.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> [text.split(":")[0] for text in explanation(Question(draft_items(load(), 1)[0]), load())]
    ['What decides', 'Sources', 'Draft']
    """
    item = question.item
    sources = "; ".join(cite(source, kb) for source in item.sources)
    return (item.feature, f"Sources: {sources}", *([UNSIGNED] if item.is_draft else []))


def cite(source_id: str, kb: KnowledgeBase) -> str:
    """Return a source in words, with where it is found.

    Examples
    --------
    >>> from myoteach import load
    >>> cite("kojovic2011", load()).startswith("Kojovic M")
    True
    """
    source = kb.sources[source_id]
    return f"{source.citation.rstrip('.')} {source.link}".strip()


def answer_key(question: Question) -> tuple[str, ...]:
    """Return the right answer, part by part, each with its explanation.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> ["Fits" in line for line in answer_key(Question(draft_items(load(), 1)[0]))]
    [True]
    """
    return grade(question.item, DONT_KNOW).key


def afterwards(question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    """Return what is said after any answer: the key, unless each answer is told its own why, and the explanation.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import read_bank
    >>> steps = next(item for item in read_bank().questions if item.kind == "ordering")
    >>> len(afterwards(Question(steps), load())) - len(explanation(Question(steps), load())) == len(steps.options)
    True
    """
    key = () if isinstance(question.item, Choice | Numeric) else answer_key(question)
    return (*key, *explanation(question, kb))


def shuffled(options: Iterable[Option], *seeds: object, apart: bool = False) -> list[Option]:
    """Return options in an order that the seeds alone decide; `apart` keeps it from being the order they have.

    Examples
    --------
    >>> shuffled([], 7, "A")
    []
    """
    given = list(options)
    order = list(given)
    random.Random(zlib.crc32(repr(seeds).encode())).shuffle(order)
    return order[::-1] if apart and order == given else order


def as_matching(item: Ordering) -> Matching:
    """Return an ordering as a matching of steps with places, which marks the same: a share of right places.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> steps = next(item for item in read_bank().questions if item.kind == "ordering")
    >>> as_matching(steps).options[0].text
    'Place 1'
    """
    places = {option.id: Option(id=f"p{n}", text=f"Place {n}") for n, option in enumerate(item.options, 1)}
    common = {name: getattr(item, name) for name in Item.__dataclass_fields__}
    return Matching(
        **(common | {"kind": "matching"}),
        stems=tuple(
            Premise(id=option.id, text=option.text, answer=places[option.id].id, why=option.why)
            for option in shuffled(item.options, item.id, apart=True)
        ),
        options=tuple(places.values()),
    )
