"""The glossary and the words of a page in Python: data, names, use in the lessons, what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import traitlets

from myoteach import KnowledgeBase, glossary, load, terms
from myoteach.knowledge.records import Term
from myoteach.widgets._lessons import lessons
from myoteach.widgets._terms import all_terms, find_term, lessons_using, names_of


def rows(kb: KnowledgeBase) -> tuple[Term, ...]:
    return kb.records("glossary", Term)


def test_data_holds_every_term_from_a_to_z(kb: KnowledgeBase) -> None:
    data = glossary().data
    names = [row["term"].lower() for row in data["terms"]]
    assert names == sorted(names)
    assert len(names) == len(rows(kb))
    assert all(set(row["sources"]) <= set(data["sources"]) for row in data["terms"])
    assert json.loads(json.dumps(data)) == data


def test_every_term_with_a_source_stands_under_exactly_one_letter_and_drafts_under_none(kb: KnowledgeBase) -> None:
    shown, found = glossary(), []
    for letter in {row.term[0].upper() for row in rows(kb)}:
        shown.letter = letter
        found += [row.id for row in shown.terms]
    assert sorted(found) == sorted(row.id for row in rows(kb) if row.source_ids)
    shown.drafts, shown.letter = True, "A"
    assert any(row.support == "none" for row in shown.terms)


def test_every_term_is_found_by_each_of_its_names(kb: KnowledgeBase) -> None:
    firsts = {row.term.lower(): row.id for row in rows(kb)}
    for row in rows(kb):
        assert find_term(kb, row.id.upper()) is row
        for name in names_of(row):
            found = find_term(kb, name).id
            others = {other.id for other in rows(kb) if name.lower() in map(str.lower, names_of(other))}
            assert found in others
            assert found == firsts.get(name.lower(), found)


def test_a_deep_link_opens_its_term_before_all_others() -> None:
    shown = glossary("negative myoclonus", wording="clinical")
    assert (shown.opened, shown.letter, shown.drafts) == ("negative-myoclonus", "N", False)
    assert shown.terms[0].id == "negative-myoclonus"
    draft = glossary("latency")
    assert draft.drafts
    assert "latency" in draft.frame().index
    assert "needs a source" in draft.first_frame()


def test_a_search_puts_names_before_texts() -> None:
    shown = glossary()
    shown.query = " Tremor "
    ids = shown.frame().index.tolist()
    assert ids[0] == "tremor"
    named = [row.id for row in shown.terms if any("tremor" in name.lower() for name in (row.term, *row.also))]
    assert ids[: len(named)] == named
    assert len(ids) > len(named)
    shown.query = "zzz"
    assert shown.terms == ()


def test_the_lessons_that_use_a_term_are_read_from_them(kb: KnowledgeBase) -> None:
    for row in all_terms(kb):
        for lesson in lessons():
            said = re.search(rf"\b{re.escape(row.term)}\b", lesson.prose, re.IGNORECASE)
            assert not said or lesson.id in lessons_using(row), (row.id, lesson.id)
    prose = {lesson.id: lesson.prose for lesson in lessons()}
    jme = find_term(kb, "juvenile myoclonic epilepsy")
    assert set(lessons_using(jme)) == {
        name for name, text in prose.items() if re.search("juvenile myoclonic", text, re.I)
    }


def test_an_everyday_second_name_is_no_use_of_a_term(kb: KnowledgeBase) -> None:
    """The lessons say which clues fit; that is no seizure."""
    seizure = find_term(kb, "seizure")
    assert "fit" in seizure.also
    for lesson in lessons():
        if re.search(r"\bfits?\b", lesson.prose) and not re.search(r"seizure", lesson.prose, re.IGNORECASE):
            assert lesson.id not in lessons_using(seizure)


def test_the_first_frame_leaves_drafts_out(kb: KnowledgeBase) -> None:
    bundle, _ = glossary()._repr_mimebundle_()
    listed = re.findall(r"<tr><td[^>]*>(.*?)</td>", bundle["text/html"])
    assert len(listed) == sum(bool(row.source_ids) for row in rows(kb))
    assert len(bundle["text/html"]) < 80_000
    assert "negative myoclonus" in glossary("asterixis").first_frame().lower()


def test_words_of_a_page_are_folded_under_their_names(kb: KnowledgeBase) -> None:
    words = terms("asterixis", "EMG", "latency")
    page = words._repr_html_()
    assert page.count("<details>") == page.count("<summary>") == 3
    assert find_term(kb, "asterixis").plain in page
    assert page.count("needs a source") == 1  # latency is a draft
    assert repr(words).splitlines()[0].startswith("Asterixis: ")


def test_markup_in_a_table_is_shown_as_text(tmp_path: Path) -> None:
    text = "id,term,plain\nasterixis,<b>Asterixis</b>,<script>alert(1)</script>\n"
    (tmp_path / "glossary.csv").write_text(text, encoding="utf-8")
    kb = load(tmp_path)
    for page in (glossary("asterixis", kb=kb).first_frame(), terms("asterixis", kb=kb)._repr_html_()):
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "<b>" not in page


@pytest.mark.parametrize("call", [glossary, terms])
def test_an_unknown_term_is_refused_with_the_nearest(call: object) -> None:
    with pytest.raises(KeyError, match=r"no term 'asterixes'\. Did you mean 'asterixis'\?"):
        call("asterixes")  # type: ignore[operator]


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="Did you mean 'asterixis'"):
        glossary().opened = "asterixes"
