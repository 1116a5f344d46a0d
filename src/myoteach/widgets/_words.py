"""Words by which a reader is told how well a row is supported; every explorer says the same."""

from __future__ import annotations

from ..knowledge.records import Sourced

SUPPORT_WORDS = {
    "direct": "The sources were read and state the main point.",
    "indirect": "The sources are on the topic; this very point was not read in them.",
    "none": "No source has been found for this row. Take it as a draft.",
}
#: Columns in the words a reader sees.
_COLUMN_WORDS = {
    "label": "the name",
    "plain": "the plain text",
    "clinical": "the clinical text",
    "plain_name": "the plain name",
    "examples_plain": "the examples in plain words",
    "examples_clinical": "the clinical examples",
    "status": "how settled it is",
    "category_ids": "the classes",
    "cause_removable": "whether the cause can be removed",
    "disease_treatment": "whether the disease can be treated",
    "jerks_treatable": "whether the jerks can be eased",
    "urgency": "how fast to act",
    "raise_if_plain": "what makes it more urgent",
    "raise_if_clinical": "what makes it more urgent (clinical)",
    "codes": "the codes",
    "audience": "the audience",
    "flag_plain": "the sign",
    "flag_clinical": "the sign (clinical)",
    "why_plain": "why it matters",
    "why_clinical": "why it matters (clinical)",
    "action_plain": "what to do",
    "action_clinical": "what to do (clinical)",
    "think_of": "what to think of",
    "tier": "when the test comes",
    "indication": "who needs the test",
    "shows_clinical": "what the test can show",
    "caveat": "the limits",
    "cause_ids": "the causes",
    "avoid": "what to avoid",
    "agents": "what is used",
}


def draft_words(row: Sourced) -> list[str]:
    """Name the columns of a row that are a draft.

    Examples
    --------
    >>> from myoteach import load
    >>> "how fast to act" in draft_words(load().get("C051"))
    True
    """
    return [_COLUMN_WORDS.get(name, name.replace("_", " ")) for name in getattr(row, "draft_fields", ())]


def review_words(row: Sourced) -> str:
    """Say who signed a row, or that nobody has."""
    return (
        f"Reviewed by {row.reviewed_by}, {row.reviewed_on}." if row.reviewed_by else "Not yet reviewed by a clinician."
    )
