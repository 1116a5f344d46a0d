"""Flaws that often give a key away. An item keeps one only with a reason under ``waive``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from statistics import median
from types import MappingProxyType

from ._lint_errors import texts_of
from ._registry import Flaw, lint
from ._words import content_words, likeness, words
from .items import Choice, Item, Matching, Option

# "None" alone or before a colon is one of the course's five words for urgency, not an absolute term.
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|only|every|completely|entirely|impossible|none(?! *(?:$|:)))\b", re.IGNORECASE
)
_VAGUE = frozenset(
    (
        "often",
        "usually",
        "sometimes",
        "frequently",
        "rarely",
        "occasionally",
        "commonly",
        "generally",
        "seldom",
        "mostly",
    )
)
_STUDY = re.compile(r"\b(?:one|a|this|which) (?:single )?(?:study|trial|paper|series|cohort)\b", re.IGNORECASE)
_MARKS = {"brackets": re.compile(r"[()\[\]]"), "digits": re.compile(r"\d"), "commas": re.compile(",")}


@lint("clang", "W", Choice)
def clang(item: Choice) -> Iterator[Flaw]:
    """No content word shared by the stem and the key alone."""
    if item.keys != 1:
        return
    elsewhere = frozenset[str]().union(*(content_words(option.text) for option in item.distractors))
    for option in item.options:
        shared = (content_words(option.text) & content_words(item.stem)) - elsewhere
        if option.key and shared:
            expected = "other words, or the same word in a distractor too; only the key repeats the stem's"
            yield Flaw(f"options.{option.id}.text", ", ".join(sorted(shared)), expected)


@lint("key-punctuation", "W", Choice)
def key_punctuation(item: Choice) -> Iterator[Flaw]:
    """No brackets, digits or commas in the key alone."""
    for name, mark in _MARKS.items():
        having = [option for option in item.options if mark.search(option.text)]
        if len(having) == 1 and having[0].key:
            yield Flaw(f"options.{having[0].id}.text", having[0].text, f"{name} in a distractor too, or not in the key")
            return


@lint("absolute-terms", "W", Choice)
def absolute_terms(item: Choice) -> Iterator[Flaw]:
    """No words such as 'always' in distractors alone."""
    found = {option: _ABSOLUTE.search(option.text) for option in item.options}
    having = [(option, match) for option, match in found.items() if match]
    if having and not any(option.key for option, _ in having):
        option, match = having[0]
        yield Flaw(f"options.{option.id}.text", match.group(), "no absolute word, or one in the key too")


@lint("vague-frequency", "W", Choice, Matching)
def vague_frequency(item: Choice | Matching) -> Iterator[Flaw]:
    """No 'often', 'usually' and the like in an option: everybody means something else by them."""
    for option in item.options:
        found = sorted(_VAGUE & set(words(option.text)))
        if found:
            yield Flaw(f"options.{option.id}.text", ", ".join(found), "a statement without a vague frequency")


@lint("overlap", "W", Choice)
def overlap(item: Choice) -> Iterator[Flaw]:
    """No two options with nearly the same words (Jaccard index .8 or more)."""
    for first, second in combinations(item.options, 2):
        alike = likeness(first.text, second.text)
        if alike >= 0.8 and words(first.text) != words(second.text):
            yield Flaw(f"options.{second.id}.text", second.text, f"words other than those of option {first.id}")


@lint("odd-one-out", "W", Choice)
def odd_one_out(item: Choice) -> Iterator[Flaw]:
    """No key that differs from all distractors in build: first word, number at the start, full stop, or length."""
    if item.keys != 1 or len(item.key_ids) != 1:
        return
    key = next(option for option in item.options if option.key)
    for name, build in _BUILDS.items():
        others = {build(option) for option in item.distractors}
        if len(others) == 1 and others != {build(key)}:
            yield Flaw(f"options.{key.id}.text", key.text, f"the same build as the distractors ({name})")
            return
    usual = median(len(option.text) for option in item.distractors)
    if max(len(key.text), usual) > 3 * min(len(key.text), usual) + 10:
        yield Flaw(f"options.{key.id}.text", key.text, "a key about as long as the distractors")


def _first_word(option: Option) -> str:
    return next((word for word in words(option.text) if word not in ("a", "an", "the")), "")


_BUILDS: Mapping[str, Callable[[Option], object]] = MappingProxyType(
    {
        "number at the start": lambda option: option.text[:1].isdigit(),
        "full stop": lambda option: option.text.endswith("."),
        "first word": _first_word,
    }
)


@lint("long-stem", "W")
def long_stem(item: Item) -> Iterator[Flaw]:
    """No stem of more than 120 words."""
    count = len(item.stem.split())
    if count > 120:
        yield Flaw("stem", f"{count} words", "at most 120 words")


@lint("short-why", "W")
def short_why(item: Item) -> Iterator[Flaw]:
    """No explanation under four words."""
    for name, text in texts_of(item):
        is_why = name.endswith("why") or name.startswith("why_")
        if is_why and len(text.split()) < 4 and not (isinstance(item, Matching) and name.startswith("options")):
            yield Flaw(name, text, "an explanation of at least four words")


@lint("elimination", "W", Matching)
def elimination(item: Matching) -> Iterator[Flaw]:
    """More options than things to match, or an option used twice: else the last one follows by elimination."""
    if len(item.options) == len(item.stems) == len({premise.answer for premise in item.stems}):
        yield Flaw("options", f"{len(item.options)} options", "one option more, or one that serves twice")


@lint("one-study", "W")
def one_study(item: Item) -> Iterator[Flaw]:
    """Ask what to do or recognise, not what one study found."""
    found = re.search(
        r"\b(?:one|a|this|which|named) (?:single )?(?:study|trial|paper|series|cohort)\b", item.stem, re.I
    )
    if found:
        yield Flaw("stem", found.group(), "a question about what to do or recognise")
