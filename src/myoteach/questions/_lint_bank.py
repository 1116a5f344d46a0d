"""Flaws of the bank as a whole: what a test-wise guesser gains, repeated stems, keys in a saved notebook."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ._lint_errors import texts_of
from ._registry import Flaw, bank_lint
from ._words import content_words, likeness, words
from .items import Bank, Choice, Item, Option

#: One-sided 5 % of the normal distribution.
_ONE_SIDED = 1.645


class BotScore(NamedTuple):
    """What a guesser without knowledge scored: shares of the items, and the highest share chance may explain.

    Examples
    --------
    >>> BotScore("longest", share=0.4, chance=0.25, limit=0.3, items=90).is_too_good
    True
    """

    bot: str
    share: float
    chance: float
    limit: float
    items: int

    @property
    def is_too_good(self) -> bool:
        """Whether the guesser beats chance by more than 1.645 standard errors."""
        return self.share > self.limit + 1e-9


def bot_scores(items: tuple[Item, ...]) -> tuple[BotScore, ...]:
    """Let four test-wise guessers answer the choice items.

    Each ranks the options by one trait (length, words shared with the stem, brackets and digits, likeness to the other
    options) and guesses among the highest. Chance and its standard error follow from the numbers of keys and options.

    Parameters
    ----------
    items
        Questions; those that are no choice are left out.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> [score.bot for score in bot_scores(draft_items(load(), 20))]
    ['longest', 'stem overlap', 'brackets', 'most typical']
    """
    choices = [item for item in items if isinstance(item, Choice) and item.key_ids]
    return tuple(_score(name, trait, choices) for name, trait in BOTS.items()) if choices else ()


def _score(name: str, trait: Callable[[Choice, Option], float], items: list[Choice]) -> BotScore:
    chances = [len(item.key_ids) / len(item.options) for item in items]
    chance = sum(chances) / len(items)
    error = math.sqrt(sum(p * (1 - p) for p in chances)) / len(items)
    share = sum(_guess(item, trait) for item in items) / len(items)
    return BotScore(name, share, chance, chance + _ONE_SIDED * error, len(items))


def _guess(item: Choice, trait: Callable[[Choice, Option], float]) -> float:
    """Return the chance that a pick among the options with the highest trait is a key."""
    marks = {option: trait(item, option) for option in item.options}
    best = [option for option, mark in marks.items() if mark == max(marks.values())]
    return sum(option.key for option in best) / len(best)


def _length(_: Choice, option: Option) -> float:
    return len(option.text)


def _stem_overlap(item: Choice, option: Option) -> float:
    return len(content_words(option.text) & content_words(item.stem))


def _brackets(_: Choice, option: Option) -> float:
    return sum(option.text.count(mark) for mark in "()[],") + sum(map(str.isdigit, option.text))


def _typical(item: Choice, option: Option) -> float:
    return sum(likeness(option.text, other.text) for other in item.options if other is not option)


BOTS: Mapping[str, Callable[[Choice, Option], float]] = MappingProxyType(
    {"longest": _length, "stem overlap": _stem_overlap, "brackets": _brackets, "most typical": _typical}
)


@bank_lint("test-wise")
def guessers(bank: Bank) -> Iterator[tuple[str, Flaw]]:
    """No guesser without knowledge beats chance by more than 1.645 standard errors."""
    for score in bot_scores(bank.questions):
        if score.is_too_good:
            found = f"the guesser '{score.bot}' is right in {score.share:.0%} of {score.items} items"
            yield "", Flaw("options", found, f"at most {score.limit:.0%} (chance {score.chance:.0%})")


@bank_lint("same-stem")
def same_stem(bank: Bank) -> Iterator[tuple[str, Flaw]]:
    """No two items that ask the same of the same options."""
    seen: dict[tuple[str, ...], str] = {}
    for item in bank.questions:
        asked = tuple(words(" ".join(text for name, text in texts_of(item) if name == "stem" or name.endswith("text"))))
        first = seen.setdefault(asked, item.id)
        if first != item.id:
            yield item.id, Flaw("stem", item.stem, f"another question than {first}")


def leaks(notebook: Mapping[str, Any], bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the items that a notebook's outputs or widget state show together with an explanation or deciding feature.

    The item is known by its id or its stem. An explorer may say the same sentence about the same fact; that gives no
    key away, and neither does a lesson's prose, which is not searched.

    Parameters
    ----------
    notebook
        The notebook as read from its JSON.
    bank
        The questions.

    Yields
    ------
    tuple of str
        Item id and the text found.

    Examples
    --------
    >>> list(leaks({"cells": []}, Bank()))
    []
    """
    outputs = [cell.get("outputs", []) for cell in notebook.get("cells", ())]
    haystack = " ".join(words(" ".join(_strings([outputs, notebook.get("metadata", {})]))))
    for item in bank.questions:
        if item.id.lower() not in haystack and " ".join(words(item.stem)) not in haystack:
            continue
        texts = [(name == "feature" or "why" in name, text) for name, text in texts_of(item)]
        shown = " ".join(words(" ".join(text for is_feedback, text in texts if not is_feedback)))
        for is_feedback, text in texts:
            told = " ".join(words(text)).removeprefix("right ")  # the quiz says "right" above it, once
            # what the question itself says in an option cannot be told from the explanation
            if is_feedback and len(told) >= 25 and told in haystack and told not in shown:
                yield item.id, text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        if value and all(isinstance(part, str) for part in value):
            yield "".join(value)
        else:
            for part in value:
                yield from _strings(part)


def notebook_leaks(folder: Path, bank: Bank) -> Iterator[tuple[str, str, str]]:
    """Yield notebook, item id and text for every leak in the notebooks of a folder."""
    for path in sorted(folder.glob("*.ipynb")):
        for item_id, text in leaks(json.loads(path.read_text(encoding="utf-8")), bank):
            yield path.name, item_id, text
