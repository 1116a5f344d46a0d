"""What stands under the picture of the map of causes, as HTML in which every cell of a table is text."""

from __future__ import annotations

import html

from ..figures import CauseView, sign_of
from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Source, Urgency

_SUPPORT = {
    "direct": "The sources were read and state the main point.",
    "indirect": "The sources are on the topic; this very point was not read in them.",
    "none": "No source has been found for this row. Take it as a draft.",
}
#: Columns of a cause in the words a reader sees.
_COLUMN_WORDS = {
    "plain": "the plain text",
    "clinical": "the clinical text",
    "plain_name": "the plain name",
    "category_ids": "the classes",
    "cause_removable": "whether the cause can be removed",
    "disease_treatment": "whether the disease can be treated",
    "jerks_treatable": "whether the jerks can be eased",
    "urgency": "how fast to act",
    "raise_if_plain": "what makes it more urgent",
    "raise_if_clinical": "what makes it more urgent (clinical)",
    "codes": "the codes",
    "audience": "the audience",
}


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
    columns = ", ".join(_COLUMN_WORDS.get(name, name) for name in cause.draft_fields)
    draft = f" Draft, not from a source: {columns}." if columns else ""
    review = f" Reviewed by {cause.reviewed_by}, {cause.reviewed_on}." if cause.reviewed_by else ""
    note = html.escape(_SUPPORT[cause.support] + draft + (review or " Not yet reviewed by a clinician."))
    name = f"<strong>{number} {html.escape(cause.plain_name)}.</strong>"
    return f"<p>{name} {note}</p>" + (f"<ul>{works}</ul>" if works else "")


def _citation(source: Source) -> str:
    lacking = "" if source.status == "complete" else " (no DOI, PMID or own page found yet: does not count as support)"
    text = html.escape(source.citation + lacking)
    if not source.link:
        return text
    return f'<a href="{html.escape(source.link)}" target="_blank" rel="noopener noreferrer">{text}</a>'
