"""What every explorer is: a widget whose whole state is in its traits, readable even where no widget runs."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import anywidget
import traitlets

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Sourced, Urgency
from ._words import SUPPORT_WORDS, draft_words, review_words

_T = TypeVar("_T")
#: Seconds after which a first picture has been painted and what is left can be done.
_PAINTED = 1.0


def when_idle(work: Callable[[], None]) -> None:
    """Do some work once the cell has run and its picture is painted; at once where no kernel runs.

    Examples
    --------
    >>> when_idle(lambda: print("done"))
    done
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        work()
    else:
        loop.call_later(_PAINTED, work)


class Explorer(anywidget.AnyWidget):
    """An explorer; `data` is what it shows, every other synchronised trait is what the learner did."""

    data = traitlets.Dict().tag(sync=True)

    def first_frame(self) -> str:
        """Return what the explorer shows before anything is pressed, as plain HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add the first frame for viewers that run no widgets: a printed page, a code host, a notebook viewer."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return data | {"text/html": self.first_frame(), "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def checked(require: Callable[[_T], _T], value: _T) -> _T:
    """Check a value that is being set; traitlets undoes the change only for an error of its own kind.

    Examples
    --------
    >>> checked(abs, 3)
    3
    >>> checked(float, "fast")
    Traceback (most recent call last):
    traitlets.traitlets.TraitError: could not convert string to float: 'fast'
    """
    try:
        return require(value)
    except (KeyError, ValueError) as error:
        raise traitlets.TraitError(str(error)) from None


def provenance(row: Sourced) -> dict[str, Any]:
    """Return how well a row is supported, as the modules read it."""
    return {
        "sources": list(row.source_ids),
        "support": row.support,
        "said": SUPPORT_WORDS[row.support],
        "draft": draft_words(row),
        "reviewed": bool(row.reviewed_by),
        "review": review_words(row),
    }


def cause_card(cause: Cause) -> dict[str, Any]:
    """Return a cause as the modules read it."""
    names = (
        *("id", "name", "plain_name", "plain", "clinical", "group", "urgency", "raise_if_plain", "raise_if_clinical"),
        *("cause_removable", "disease_treatment", "jerks_treatable", "audience"),
    )
    return {name: getattr(cause, name) for name in names} | provenance(cause)


def most_urgent_first(kb: KnowledgeBase, causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return causes by how fast to act, then by name.

    Examples
    --------
    >>> from myoteach import load
    >>> most_urgent_first(load(), load().all_causes)[0].urgency
    'emergency'
    """
    speed = {word.id: word.order for word in kb.records("urgency", Urgency)}
    return tuple(sorted(causes, key=lambda cause: (speed[cause.urgency], cause.name)))


def source_cards(kb: KnowledgeBase, rows: Iterable[Sourced]) -> dict[str, dict[str, Any]]:
    """Return the sources that `rows` name, as the modules read them."""
    names = {name for row in rows for name in row.source_ids}
    return {
        name: {
            "id": name,
            "citation": kb.sources[name].citation,
            "link": kb.sources[name].link,
            "complete": kb.sources[name].status == "complete",
        }
        for name in sorted(names)
    }


def html_table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]], *, left: bool = False) -> str:
    """Return a plain HTML table; every cell is text, whatever it contains.

    Jupyter sets cells flush right, which suits numbers; `left` is for sentences.

    Examples
    --------
    >>> "<td>&lt;b&gt;</td>" in html_table("Caption", ["head"], [["<b>"]])
    True
    """
    style = ' style="text-align: left"' if left else ""
    heads = "".join(f'<th scope="col"{style}>{html.escape(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td{style}>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
