"""Flaws that may not stand: they give the key away, make an item unanswerable, or break a promise of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._registry import Flaw, lint
from ._words import words
from .items import Choice, Item, Matching, Numeric, Option, Ordering

_NUMBER_WORDS = ("none", "one", "two", "three", "four", "five")
_ALL_OR_NONE = re.compile(
    r"\b(all|none|both|neither|any|either) of (the )?(above|these|those|others|options|answers)\b"
    r"|^(all|none) of them\.?$",
    re.IGNORECASE,
)
_LETTER = r"(?:[a-e]|[1-5])\)?"
_REFERS = re.compile(
    rf"^(?:both )?\(?{_LETTER}(?:,? (?:and|or) |, )\(?{_LETTER}\.?$"
    rf"|\b(?:options?|answers?) \(?{_LETTER}(?: (?:and|or) )",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(?:not|never|except|least|incorrect|false|untrue|\w+n['’]t)\b")
#: A negative inside a subordinate clause turns no question round.
_SUBORDINATE = re.compile(r"(?<=\w )(?:that|who|if|when|because|although) (?:\w+ ){0,3}?(?:not|never)\b")
_DOSE = re.compile(r"\d\s*(?:mg|µg|ug|mcg|microgram|milligram|g/day|mg/kg|ml|mL|units?/kg)\b")
_PRETENDED = re.compile(r"\b(?:pretend|faking|faked|fake|malinger|put(?:ting)? on|hysteri)", re.IGNORECASE)


@lint("one-key", "E", Choice)
def one_key(item: Choice) -> Iterator[Flaw]:
    """Exactly one key; with several, as many as the item says."""
    if len(item.key_ids) != item.keys:
        yield Flaw("options", f"{len(item.key_ids)} keys", f"{item.keys} marked 'key: true'")


@lint("all-keys", "E", Choice)
def all_keys(item: Choice) -> Iterator[Flaw]:
    """At least one option is wrong."""
    if len(item.key_ids) == len(item.options):
        yield Flaw("options", f"{len(item.options)} keys", "at least one option that is wrong")


@lint("stated-number", "E", Choice)
def stated_number(item: Choice) -> Iterator[Flaw]:
    """With several keys the stem says how many to choose."""
    if item.kind == "multiple" and not {_NUMBER_WORDS[item.keys], str(item.keys)} & set(words(item.stem)):
        yield Flaw("stem", item.stem, f"the number of keys in words, as in 'Choose {_NUMBER_WORDS[item.keys]}.'")


@lint("all-or-none", "E", Choice, Matching)
def all_or_none(item: Choice | Matching) -> Iterator[Flaw]:
    """No 'all of the above', 'none of the above' and the like."""
    for option in item.options:
        if _ALL_OR_NONE.search(option.text):
            yield Flaw(f"options.{option.id}.text", option.text, "an option that stands by itself")


@lint("refers-to-options", "E", Choice, Matching)
def refers_to_options(item: Choice | Matching) -> Iterator[Flaw]:
    """No 'A and B': options are shuffled, and letters mean nothing."""
    for option in item.options:
        if _REFERS.search(option.text):
            yield Flaw(f"options.{option.id}.text", option.text, "an option that does not name others by letter")


@lint("long-key", "E", Choice)
def long_key(item: Choice) -> Iterator[Flaw]:
    """No key longer than 1.5 times the longest distractor by over 12 characters."""
    longest = max((len(option.text) for option in item.distractors), default=0)
    for option in item.options:
        length = len(option.text)
        if option.key and longest and length > 1.5 * longest and length - longest > 12:
            yield Flaw(f"options.{option.id}.text", option.text, f"a key about as long as the others ({longest})")


@lint("article-cue", "E", Choice)
def article_cue(item: Choice) -> Iterator[Flaw]:
    """No stem that ends in 'a' or 'an', which only some options can follow."""
    if re.search(r"\b(?:a|an)\s*(?:[.:…?_]|\.\.\.)*\s*$", item.stem, re.IGNORECASE):
        yield Flaw("stem", item.stem[-40:], "a stem that ends before the article, with the article in each option")


@lint("bare-negative", "E")
def bare_negative(item: Item) -> Iterator[Flaw]:
    """No negative in what is asked, unless in capitals or between double asterisks."""
    for sentence in _asking_sentences(item.stem):
        plain = _SUBORDINATE.sub("", re.sub(r"\*\*[^*]+\*\*", "", sentence).replace("at least", ""))
        found = _NEGATIVE.search(plain)
        if found:
            yield Flaw("stem", found.group(), f"'**{found.group()}**', or a question without a negative")


def _asking_sentences(stem: str) -> list[str]:
    sentences = re.split(r"(?<=[.?!])\s+", re.sub(r"\s*\([^)]*\)", "", stem))
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return asking or sentences[-1:]


@lint("duplicate-options", "E", Choice, Matching, Ordering)
def duplicate_options(item: Choice | Matching | Ordering) -> Iterator[Flaw]:
    """No two options that say the same."""
    seen: dict[tuple[str, ...], Option] = {}
    for option in item.options:
        same = seen.setdefault(tuple(words(option.text)), option)
        if same is not option:
            yield Flaw(f"options.{option.id}.text", option.text, f"something else than option {same.id} says")


@lint("too-few-options", "E", Matching)
def too_few_options(item: Matching) -> Iterator[Flaw]:
    """No more things to match than options."""
    if len(item.stems) > len(item.options):
        yield Flaw("options", f"{len(item.options)} options", f"{len(item.stems)} or more, one for each to match")


@lint("tolerance", "E", Numeric)
def tolerance(item: Numeric) -> Iterator[Flaw]:
    """No tolerance as large as the answer: every number would be right."""
    if item.tolerance >= abs(item.answer) > 0:
        yield Flaw("tolerance", f"{item.tolerance:g}", f"less than the answer, {item.answer:g}")


@lint("dose", "E")
def dose(item: Item) -> Iterator[Flaw]:
    """No doses: the course names none."""
    for name, text in texts_of(item):
        found = _DOSE.search(text)
        if found:
            yield Flaw(name, found.group(), "no dose; the course names none")


@lint("pretended", "E")
def pretended(item: Item) -> Iterator[Flaw]:
    """Nothing that makes a functional disorder sound pretended, unless to say that it is not."""
    for name, text in texts_of(item):
        if _PRETENDED.search(text) and not re.search(r"\bnot\b|\bnever\b|\bno\b|n['’]t\b", text):
            yield Flaw(name, text, "wording that does not make the movement sound pretended")


def texts_of(item: Item) -> Iterator[tuple[str, str]]:
    """Yield every text of an item that a learner may read, with the name of its field."""
    yield "stem", item.stem
    yield "feature", item.feature
    if isinstance(item, Choice | Matching | Ordering):
        for option in item.options:
            yield f"options.{option.id}.text", option.text
            yield f"options.{option.id}.why", option.why
    if isinstance(item, Matching):
        for premise in item.stems:
            yield f"stems.{premise.id}.text", premise.text
            yield f"stems.{premise.id}.why", premise.why
    if isinstance(item, Numeric):
        yield "why_right", item.why_right
        yield "why_wrong", item.why_wrong
