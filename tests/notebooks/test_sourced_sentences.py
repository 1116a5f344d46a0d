"""A sentence that gives a clinical number or names a drug names what it rests on: a source, or a row that names one.

A number that the page itself shows (in *Predict*, *See*, a made-up case, a vote) is no clinical statement, unless it
counts people. Nor is a number of a simulation, which says that it is one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from myoteach import KnowledgeBase
from myoteach.knowledge.records import Cause, Treatment
from tests.conftest import ROOT

from .reading import cells, sentences, text

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
KEY = re.compile(r"\[@([a-z0-9_]+)\]")
ROW = re.compile(r"\b(?:rows?|rules?) ((?:EPP|EPD|EP|MIM|CAT|RF|R|C|S|IV|TX)\d+)\b")
_FIGURE = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred)"
_OF = r"(?:in|of|out of|to)"
_PEOPLE = r"(?:people|patients|persons|adults|children|babies|women|men|cases|healthy)"
#: Shares and counts of people: never what a picture shows.
SHARE = re.compile(
    rf"\b{_FIGURE} (?:in|out of) {_FIGURE}\b(?! ways)|\d ?%|\bper cent\b|"
    rf"\b(?:of|in) (?:the |all )?{_FIGURE} (?:\w+ )?{_PEOPLE}\b",
    re.IGNORECASE,
)
#: Quantities of time, speed, voltage, rhythm.
QUANTITY = re.compile(
    rf"\b{_FIGURE}(?: (?:{_OF} )?{_FIGURE})* ?(?:ms|s|Hz|µV|microvolts?|m/s|thousandths|seconds?|minutes?|hours?|days?|"
    r"weeks?|months?|years?)\b|\b[Ff]ifty to two hundred\b",
)
#: Sections whose numbers the page itself shows, or that tell a made-up case.
SHOWN = re.compile(r"(?:\d+\. .*|The question|Predict|See|Check yourself|For the instructor|The lessons|Try it now)")
#: Sentences that give a number and can name no source, and why.
WAIVED = {
    "We found no source for 5 to 15 m/s.": "says that there is none",
    "Count beats over seconds: 24 beats in 12 s are 2 Hz.": "reckons an example",
}
#: Words in the names of drug causes and in lists of agents that are no drug.
_NO_DRUG = frozenset(
    """
    after anaesthesia anaesthetic anaesthetics atypical block blockers calcium calcium-channel channel contrast
    education epidural inhibitors local media myoclonus neuraxial neurotoxicity other others reuptake salts selective
    serotonin spinal stimulants systemic toxicity tricyclic withdrawal wrong-route
    """.split()  # noqa: SIM905  # a list of thirty quoted words would be harder to read
)


def drug_names(kb: KnowledgeBase) -> frozenset[str]:
    """Names of drugs and of their classes, from the tables."""
    causes = [cause.name for cause in kb.records("causes", Cause) if cause.group in ("drug", "withdrawal")]
    agents = [agent for row in kb.records("treatments", Treatment) for agent in re.split(r"[,;]", row.agents)]
    single = [agent for agent in agents if re.fullmatch(r"\s*[a-z]{8,}\s*", agent)]
    words = {word.lower() for name in (*causes, *single) for word in re.findall(r"[A-Za-z-]{6,}", name)}
    return frozenset(words - _NO_DRUG)


def names_a_drug(sentence: str, drugs: frozenset[str]) -> bool:
    """Whether a sentence names a drug, in one or many."""
    said = {word.lower() for word in re.findall(r"[A-Za-z-]{6,}", sentence)}
    return any(word in drugs or f"{word}s" in drugs or word.removesuffix("s") in drugs for word in said)


def gives_a_number(sentence: str, *, shown: bool) -> bool:
    """Whether a sentence gives a number that is more than what the page shows."""
    plain = re.sub(r"\"[^\"]*\"|“[^”]*”", "", sentence)  # what somebody in a case says or writes
    plain = re.sub(r"\b45 ms rule\b", "", plain)  # its name
    plain = re.sub(r"\bwithin (?:about )?two weeks\b", "", plain)  # the meaning of the word "soon" in urgency.csv
    if "simulat" in plain:
        return False
    return bool(SHARE.search(plain)) or (not shown and bool(QUANTITY.search(plain)))


def rests_on_something(sentence: str, kb: KnowledgeBase) -> bool:
    """Whether a sentence names a source, or a row of a table."""
    known = {row.id for rows in kb.tables.values() for row in rows if hasattr(row, "id")}
    return any(key in kb.sources for key in KEY.findall(sentence)) or any(row in known for row in ROW.findall(sentence))


def unsourced(markdown: str, section: str, kb: KnowledgeBase, drugs: frozenset[str]) -> list[str]:
    """The sentences of a cell that rest on nothing and should."""
    shown = bool(SHOWN.fullmatch(section))
    found = []
    for sentence in sentences(markdown, keys=True):
        is_scrap = not re.search(r"[.!?][\"”)]*$", sentence)
        drug = not is_scrap and names_a_drug(sentence, drugs)
        if (drug or gives_a_number(sentence, shown=shown)) and not rests_on_something(sentence, kb):
            found.append(sentence)
    return found


def sections(path: Path) -> list[tuple[str, str]]:
    """Every Markdown cell with the heading above it."""
    found, heading = [], ""
    for cell in cells(path, "markdown"):
        said = text(cell)
        match = re.match(r"#+ (.*)", said)
        heading = match[1].strip() if match else heading
        found.append((heading, said))
    return found


@EACH
def test_numbers_and_drugs_name_what_they_rest_on(path: Path, kb: KnowledgeBase) -> None:
    drugs = drug_names(kb)
    found = [sentence for heading, said in sections(path) for sentence in unsourced(said, heading, kb, drugs)]
    assert [sentence for sentence in found if sentence not in WAIVED] == []


def test_no_waiver_is_left_over(kb: KnowledgeBase) -> None:
    drugs = drug_names(kb)
    found = {one for path in LESSONS for heading, said in sections(path) for one in unsourced(said, heading, kb, drugs)}
    assert set(WAIVED) <= found


def test_drug_names_come_from_the_tables(kb: KnowledgeBase) -> None:
    drugs = drug_names(kb)
    assert {"opioids", "cefepime", "aciclovir", "valaciclovir", "levetiracetam", "clonazepam", "lithium"} <= drugs
    assert not drugs & {"brain", "kidney", "blood", "muscle", "movement", "medicine", "usually", "treatment"}


@pytest.mark.parametrize(
    ("sentence", "section", "expected"),
    [
        ("About four in ten had jerks.", "Explain", True),
        ("About four in ten had jerks [@payne2017].", "Explain", False),
        ("About four in ten had jerks [@nosuchsource].", "Explain", True),
        ("In all 23 people of one study, the muscles fired together.", "See", True),
        ("Jerks last 10 to 50 thousandths of a second.", "Explain", True),
        ("The muscle goes silent for 0.15 s.", "The question", False),
        ("The muscle goes silent for 0.15 s.", "Answers", True),
        ("In this simulation the signal travels for 22 ms.", "Explain", False),
        ("The mean was 57 ms (row EPP004).", "Explain", False),
        ("The mean was 57 ms (row EPP999).", "Explain", True),
        ("Opioid jerks come with delirium.", "For clinicians: two traps", True),
        ("Clonazepam may help every type.", "See", True),
        ("About 7 % of all of them do.", "Answers", True),
        ("You may write \"short bursts, mean 38 ms\", and look on.", "Answers", False),
        ("Press the button and look at the two arms.", "Explain", False),
    ],
)  # fmt: skip
def test_the_rule_on_planted_sentences(sentence: str, section: str, expected: bool, kb: KnowledgeBase) -> None:
    assert bool(unsourced(sentence, section, kb, drug_names(kb))) is expected
