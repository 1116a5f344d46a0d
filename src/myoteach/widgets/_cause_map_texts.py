"""What stands under the picture of the map of causes, as HTML in which every cell of a table is text."""

from __future__ import annotations

import html

from ..figures import CauseView, sign_of
from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Source, Urgency
from ._words import SUPPORT_WORDS, draft_words, review_words


def caption_html(kb: KnowledgeBase, view: CauseView) -> str:
    """Return the sentences under the picture, and what the urgency words in it mean."""
    shown = {item.urgency for item in view.items}
    words = sorted(kb.records("urgency", Urgency), key=lambda word: word.order)
    key = "".join(
        f"<li><strong>{sign_of(word.id)} {html.escape(word.id)}</strong>: {html.escape(word.plain)}</li>"
        for word in words
        if word.id in shown
    )
    lead = "How fast to act when the cause is suspected:"
    return f"<p>{html.escape(view.caption)}</p>" + (f"<p>{lead}</p><ul>{key}</ul>" if key else "")


def sources_html(kb: KnowledgeBase, view: CauseView) -> str:
    """Return the sources of every cause that is shown."""
    return "".join(_sources_of(kb, item.number, item.causes[0]) for item in view.items)


def _sources_of(kb: KnowledgeBase, number: int, cause: Cause) -> str:
    """Return one cause's sources, what they carry and what they do not."""
    works = "".join(f"<li>{_citation(source)}</li>" for source in kb.sources_of(cause))
    columns = ", ".join(draft_words(cause))
    draft = f" Draft, not from a source: {columns}." if columns else ""
    note = html.escape(f"{SUPPORT_WORDS[cause.support]}{draft} {review_words(cause)}")
    name = f"<strong>{number} {html.escape(cause.plain_name)}.</strong>"
    return f"<p>{name} {note}</p>" + (f"<ul>{works}</ul>" if works else "")


def _citation(source: Source) -> str:
    lacking = "" if source.status == "complete" else " (no DOI, PMID or own page found yet: does not count as support)"
    text = html.escape(source.citation + lacking)
    if not source.link:
        return text
    return f'<a href="{html.escape(source.link)}" target="_blank" rel="noopener noreferrer">{text}</a>'
