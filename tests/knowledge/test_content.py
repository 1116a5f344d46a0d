"""The promises the tables make: all that was gathered is in, nothing dangerous stands in plain words."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from frictionless import Package

from myoteach import KnowledgeBase
from myoteach._content import content_folder
from myoteach.knowledge import count_tables, describe
from myoteach.knowledge.records import Category, Claim, Finding, Mimic, Sourced, Trigger
from tests.conftest import ROOT

#: What the source article names, and where it stands now.
NAMED = {
    *("C001", "C002", "C016", "C039", "C042", "C051", "C055", "C056", "C061", "C085", "C086", "C087", "C088", "C089"),
    *("C090", "C091", "C102", "C103", "C104", "C105", "C110", "C114"),
    *("C007", "C008", "C009", "C010"),
}
STOP = re.compile(
    r"\b(stop|quit|discontinue|halve|skip|reduce|lower|cut|leave out|come off)\s(taking\s|down\s)?"
    r"((the|your|this|that|these|those|a|an|any|all)\s)?(\w+\s){0,2}"
    r"(medicines?|tablets?|drugs?|doses?|painkillers?|antibiotics?|pills?)\b",
    re.IGNORECASE,
)
#: Forbidding it, or speaking of what doctors do or what has happened, is not telling a reader to do it.
FORBIDS = re.compile(
    r"\b(not|never|nobody|no one|n't|without|sudden|teams?|doctors?|specialists?|prescribers?)\b", re.IGNORECASE
)


def tells_to_stop(text: str) -> bool:
    """Whether a sentence tells its reader to stop, reduce or leave out a medicine."""
    sentences = re.split(r"(?<=[.;:!?])\s", text)
    return any(STOP.search(part) and not FORBIDS.search(part) for part in sentences)


DOSE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|ug|ml|mL|g|units?|IU)(?:/(?!l\b)|\b(?!/))", re.IGNORECASE)


def plain_texts(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """Every text a member of the public may meet, with the row it stands in."""
    found = []
    for table, rows in kb.tables.items():
        for row in rows:
            for name in getattr(type(row), "__dataclass_fields__", {}):
                if name == "plain" or name.endswith("_plain") or name == "nuance":
                    found.append((f"{table} {getattr(row, 'id', row)} {name}", getattr(row, name)))
    return found


def test_counts(kb: KnowledgeBase) -> None:
    assert len(kb.records("claims", Claim)) == 65
    assert len(kb.all_causes) >= 130
    findings = kb.records("review_findings", Finding)
    assert len(findings) == 216
    assert all(finding.outcome != "open" and finding.reason for finding in findings)


def test_everything_the_article_names_is_marked(kb: KnowledgeBase) -> None:
    rows = (*kb.all_causes, *kb.records("triggers", Trigger))
    assert {row.id for row in rows if row.in_seed == "yes"} == NAMED


def test_every_row_of_the_first_draft_has_a_place(kb: KnowledgeBase) -> None:
    """Causes kept their ids, moved to the triggers, or, where they were look-alikes, to the mimics."""
    here = {row.id for row in (*kb.all_causes, *kb.records("triggers", Trigger))}
    assert {f"C{number:03d}" for number in range(1, 119)} - here == {"C003", "C116"}
    mimics = {row.id: row for row in kb.records("mimics", Mimic)}
    assert "startle" in mimics["MIM08"].name.lower()
    assert "motor neurone" in mimics["MIM35"].name.lower()
    for table, prefix, count in (("mimics", "MIM", 20), ("red_flags", "RF", 23), ("treatments", "TX", 24)):
        assert {f"{prefix}{number:02d}" for number in range(1, count + 1)} <= {row.id for row in kb.table(table)}  # type: ignore[attr-defined]
    assert {f"CAT{number:02d}" for number in range(1, 31)} <= {row.id for row in kb.records("categories", Category)}


def test_every_cause_has_a_source_and_decided_cells(kb: KnowledgeBase) -> None:
    unsupported = [cause.id for cause in kb.all_causes if not kb.is_supported(cause)]
    assert unsupported == [], f"name a source with a DOI, a PMID or an authority's page in source_ids of {unsupported}"
    decided = {cause for cause, _ in kb.cells}
    undecided = {cause.id for cause in kb.all_causes} - decided
    assert not undecided, f"decide at least one clue in cause_clue.csv for {undecided}"


def test_every_cause_has_one_aetiological_class(kb: KnowledgeBase) -> None:
    classes = {"CAT15", "CAT16", "CAT17", "CAT18", "CAT19"}
    wrong = [cause.id for cause in kb.all_causes if len(classes & set(cause.category_ids)) != 1]
    assert wrong == [], f"name exactly one of {sorted(classes)} (the classes of 1982) in category_ids of {wrong}"


def test_what_makes_it_more_urgent_ends_in_one_of_the_five_words(kb: KnowledgeBase) -> None:
    words = "|".join(row.id for row in kb.table("urgency"))  # type: ignore[attr-defined]
    for row in (*kb.all_causes, *kb.records("mimics", Mimic)):
        for text in (row.raise_if_plain, row.raise_if_clinical):
            parts = [part for part in text.split(";") if part.strip()]
            assert all(re.search(rf": ({words})\W*$", part.strip()) for part in parts), (row.id, text)


@pytest.mark.parametrize(
    "text",
    [
        "It is best to stop the tablets today.",
        "When the jerks are bad, stop the medicine.",
        "Quit the drug.",
        "Discontinue your antibiotic.",
        "Cut the dose in half.",
        "Do not worry. Skip a dose.",
    ],
)
def test_the_rule_about_stopping_can_fail(text: str) -> None:
    assert tells_to_stop(text)


def test_no_plain_text_tells_anyone_to_stop_a_medicine(kb: KnowledgeBase) -> None:
    assert [(place, text) for place, text in plain_texts(kb) if tells_to_stop(text)] == []


def test_there_are_no_doses(kb: KnowledgeBase) -> None:
    for table in ("causes", "mimics", "red_flags", "treatments", "investigations", "claims", "triggers", "glossary"):
        for row in kb.table(table):
            for name in type(row).__dataclass_fields__:
                value = getattr(row, name)
                if isinstance(value, str) and name != "reason":
                    assert not DOSE.search(value), (table, row, name)


def test_functional_is_never_pretended(kb: KnowledgeBase) -> None:
    wrong = re.compile(r"\b(fak|pretend|malinger|feign|voluntary-type|put on|simulat\w+ by the patient)", re.IGNORECASE)
    fine = re.compile(
        r"\b(not|never|nor|no one is|calling it)\b[^.]{0,40}\b(fak|pretend|put on)|genuine|simulated recording",
        re.IGNORECASE,
    )
    for table, rows in kb.tables.items():
        if table in ("review_findings", "sources"):
            continue
        for row in rows:
            text = " ".join(str(getattr(row, name)) for name in type(row).__dataclass_fields__)
            assert not wrong.search(text) or fine.search(text), (table, text)


def test_babies_and_first_blackouts_are_never_reassured(kb: KnowledgeBase) -> None:
    order = {row.id: row.order for row in kb.table("urgency")}  # type: ignore[attr-defined]
    baby = re.compile(r"\b(newborn|neonat|infant|baby)\b", re.IGNORECASE)
    for row in (*kb.all_causes, *kb.records("mimics", Mimic)):
        names = f"{row.name} {row.plain_name}"
        if baby.search(names) or re.search(r"syncope|blackout", names, re.IGNORECASE):
            assert order[row.urgency] <= order["urgent"], (row.id, row.urgency)
    for flag in kb.red_flags:
        if baby.search(flag.flag_plain) or "blackout" in flag.flag_plain.lower():
            assert order[flag.urgency] <= order["urgent"], (flag.id, flag.urgency)


def test_what_may_not_be_printed_is_not(kb: KnowledgeBase) -> None:
    texts = [text for _, text in plain_texts(kb)]
    texts += [row.clinical for row in kb.all_causes]
    assert not [text for text in texts if re.search(r"\b0\.2 ?%|60.{1,4}70 ?%|\bmV\b", text)]


def test_the_report_counts_the_rows_nobody_signed(kb: KnowledgeBase) -> None:
    counts = count_tables(kb)
    for count in counts:
        rows = [row for row in kb.table(count.table) if isinstance(row, Sourced)]
        assert count.awaiting_review == sum(not row.reviewed_by for row in rows)
    said = describe(kb)
    for promise in ("65 of 65", "216 of 216", "rows awaiting a source", "rows awaiting a clinician's review"):
        assert promise in said


def test_sources_are_no_mirrors(kb: KnowledgeBase) -> None:
    mirrors = re.compile(
        r"scribd|docslib|sci-hub|researchgate|weglot|proxy|paperai|cricutcom|wikimili|blogspot|pdfslide"
    )
    assert [source.id for source in kb.sources.values() if mirrors.search(source.url)] == []


def test_no_two_sources_are_the_same_work(kb: KnowledgeBase) -> None:
    for name in ("doi", "pmid"):
        values = [getattr(source, name).lower() for source in kb.sources.values() if getattr(source, name)]
        assert sorted(values) == sorted(set(values)), name


def test_support_is_what_the_sources_carry(kb: KnowledgeBase) -> None:
    for name, rows in kb.tables.items():
        for row in rows:
            if isinstance(row, Sourced):
                assert bool(row.source_ids) == (row.support != "none"), (name, row)


def test_defaults_are_apart_from_facts(kb: KnowledgeBase) -> None:
    assert all(row.support == "none" for row in kb.table("ep_defaults"))  # type: ignore[attr-defined]
    assert all(row.support != "none" for row in kb.table("ep_parameters"))  # type: ignore[attr-defined]


def test_an_independent_validator_accepts_the_package() -> None:
    report = Package(str(content_folder("data") / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:10]


def test_the_page_of_findings_is_the_table(kb: KnowledgeBase) -> None:
    spec = importlib.util.spec_from_file_location("clinical_review", ROOT / "tools" / "clinical_review.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(kb).rstrip("\n") + "\n"


@pytest.mark.parametrize("path", sorted(Path(content_folder("data")).glob("*.csv")), ids=lambda path: path.name)
def test_files_are_tidy(path: Path) -> None:
    data = path.read_bytes()
    assert data.endswith(b"\n")
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
