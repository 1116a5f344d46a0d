"""A right and a wrong response to any question, and what is read back from a file, both told in texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import lxml.html

from myoteach.questions import Choice, Item, Matching, Numeric, Ordering

#: Texts chosen (a set), texts in order (a list), premise to option (a dict), or a number.
Response = Any


@dataclass
class Read:
    """A question as a consumer read it: what is shown before and after an answer, and how it is marked."""

    shown: str
    after: str
    score: Callable[[Response], float]


def squeezed(text: str) -> str:
    """A text without its white space, which typesetting changes."""
    return "".join(text.split())


def plain(html: str) -> str:
    """What a browser shows of HTML."""
    return str(lxml.html.fromstring(f"<div>{html}</div>").text_content())


def right(item: Item) -> Any:
    """The response with which `grade` gives all points."""
    if isinstance(item, Choice):
        return sorted(item.key_ids)
    if isinstance(item, Matching):
        return {premise.id: premise.answer for premise in item.stems}
    if isinstance(item, Ordering):
        return [option.id for option in item.options]
    assert isinstance(item, Numeric)
    return item.answer + item.tolerance


def wrong(item: Item) -> Any:
    """A response that is wrong in one place."""
    response = right(item)
    if isinstance(item, Choice):
        return [*response[1:], item.distractors[0].id]
    if isinstance(item, Matching):
        first = item.stems[0]
        return response | {first.id: next(o.id for o in item.options if o.id != first.answer)}
    if isinstance(item, Ordering):
        return [response[1], response[0], *response[2:]]
    return response + 1


def told(item: Item, response: Any) -> Response:
    """A response in texts instead of ids, as somebody would give it who sees the file and not the bank."""
    if isinstance(item, Numeric):
        return response
    texts = {option.id: option.text for option in item.options}  # type: ignore[attr-defined]
    if isinstance(item, Matching):
        return {premise.text: texts[response[premise.id]] for premise in item.stems}
    chosen = [texts[option] for option in response]
    return chosen if isinstance(item, Ordering) else set(chosen)
