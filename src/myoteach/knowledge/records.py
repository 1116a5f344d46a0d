"""One immutable record type per table; the columns are described in ``datapackage.json``."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Record):
    """A row that rests on sources and waits for, or has, a clinician's signature."""

    source_ids: tuple[str, ...]
    support: str
    reviewed_by: str
    reviewed_on: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Sourced):
    """A sourced row some of whose columns (`draft_fields`) are a judgement nobody has found in a source."""

    draft_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Something a row can rest on."""

    id: str
    kind: str
    authors: str
    year: str
    title: str
    venue: str
    doi: str
    pmid: str
    url: str
    status: str
    read: str
    note: str

    @property
    def link(self) -> str:
        """Address of the work: its DOI, else its PubMed page, else the authority's own page; may be empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url

    @property
    def citation(self) -> str:
        """The work in one line."""
        parts = [self.authors, f"({self.year})" if self.year else "", self.title, self.venue]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency(Record):
    """One of the five words for how fast to act."""

    id: str
    order: int
    plain: str
    clinical: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Sourced):
    """A claim of the source article, paraphrased and judged."""

    id: str
    seed_paragraph: int
    lesson: str
    paraphrase: str
    verdict: str
    nuance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """A group of causes and the family it belongs to."""

    id: str
    family: str
    order: int
    plain: str
    clinical: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Drafted):
    """A class on one axis of description, or a part of a published scheme."""

    id: str
    axis: str
    parent_id: str
    order: int
    label: str
    plain: str
    clinical: str
    examples_plain: str
    examples_clinical: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Drafted):
    """A cause of myoclonus."""

    id: str
    name: str
    plain_name: str
    group: str
    plain: str
    clinical: str
    category_ids: tuple[str, ...]
    cause_removable: str
    disease_treatment: str
    jerks_treatable: str
    urgency: str
    raise_if_plain: str
    raise_if_clinical: str
    in_seed: str
    audience: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Drafted):
    """Something that may bring out or worsen jerks, or what is taken for them; never offered as a cause."""

    id: str
    name: str
    plain_name: str
    plain: str
    clinical: str
    myoclonus: str
    in_seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue(Sourced):
    """A question whose answer shortens the list of causes."""

    id: str
    section: str
    order: int
    short: str
    plain: str
    clinical: str
    positive_phrase: str
    negative_phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseClue(Sourced):
    """What one clue says about one cause; a pair without a record is unknown."""

    cause_id: str
    clue_id: str
    value: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mimic(Drafted):
    """A movement taken for myoclonus."""

    id: str
    name: str
    plain_name: str
    discriminator_plain: str
    discriminator_clinical: str
    held_back: str
    touch_trick: str
    urge: str
    rhythm: str
    duration: str
    distribution: str
    stimulus_sensitivity: str
    voluntary_mimicry: str
    emg_eeg: str
    urgency: str
    raise_if_plain: str
    raise_if_clinical: str
    cause_ids: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag(Drafted):
    """A warning sign and what to do."""

    id: str
    section: str
    flag_plain: str
    flag_clinical: str
    why_plain: str
    why_clinical: str
    think_of: str
    urgency: str
    action_plain: str
    action_clinical: str
    clue_ids: tuple[str, ...]
    cause_ids: tuple[str, ...]
    in_seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation(Drafted):
    """A test, the question it answers, and its limits."""

    id: str
    test: str
    plain_name: str
    tier: str
    indication: str
    shows_plain: str
    shows_clinical: str
    caveat: str
    cause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment(Drafted):
    """A principle of treatment; no doses."""

    id: str
    context: str
    paths: tuple[str, ...]
    plain: str
    clinical: str
    agents: str
    avoid: str
    evidence: str
    category_ids: tuple[str, ...]
    cause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Epidemiology(Sourced):
    """A figure of how often, with its people and its limits."""

    id: str
    plain: str
    clinical: str
    value: str
    population: str
    printable: str
    caution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Sourced):
    """An electrophysiological measurement of one kind of jerk or look-alike."""

    id: str
    kind: str
    role: str
    parameter: str
    low: float | None
    high: float | None
    unit: str
    value_kind: str
    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Sourced):
    """A rule by which measurements point to a generator."""

    id: str
    rule: str
    plain: str
    measure: str
    if_a: str
    then_a: str
    if_b: str
    then_b: str
    accuracy: str
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manoeuvre(Sourced):
    """What a small bedside test shows in one kind of jerk."""

    kind: str
    manoeuvre: str
    shows: str
    plain: str
    clinical: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Sourced):
    """A term of the glossary."""

    id: str
    term: str
    also: tuple[str, ...]
    plain: str
    clinical: str
    see_also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """A finding of the adversarial reading of the first draft, and what became of it."""

    id: str
    table: str
    row: str
    severity: str
    problem: str
    correction: str
    basis: str
    outcome: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Record):
    """What a learner can do after a lesson."""

    id: str
    lesson: str
    track: str
    objective: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """Something that reviews or reference works teach on myoclonus, and the rows in which a learner meets it here."""

    id: str
    topic: str
    kind: str
    taught_by: tuple[str, ...]
    home: tuple[str, ...]
    why_not: str


#: Which record type holds the rows of which table.
RECORD_TYPES: dict[str, type[Record]] = {
    "sources": Source,
    "urgency": Urgency,
    "claims": Claim,
    "groups": Group,
    "categories": Category,
    "causes": Cause,
    "triggers": Trigger,
    "clues": Clue,
    "cause_clue": CauseClue,
    "mimics": Mimic,
    "red_flags": RedFlag,
    "investigations": Investigation,
    "treatments": Treatment,
    "epidemiology": Epidemiology,
    "ep_parameters": Parameter,
    "ep_defaults": Parameter,
    "ep_rules": Rule,
    "manoeuvres": Manoeuvre,
    "glossary": Term,
    "review_findings": Finding,
    "objectives": Objective,
    "topics": Topic,
}
