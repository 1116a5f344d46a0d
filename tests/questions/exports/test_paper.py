"""The sheets, opened by LibreOffice and read by pypdf; what the key says is right is right."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest

from myoteach import KnowledgeBase
from myoteach.questions import Bank, Item, grade
from myoteach.questions.exports.paper import Form, paper
from myoteach.questions.exports.question import Selection
from myoteach.questions.exports.tally import ExportError, Tally

from .planted import TORTURE
from .responses import squeezed

Sheets = Callable[[str], list[Path]]


def forms(bank: Bank, kb: KnowledgeBase, seed: int = 7, count: int = 2) -> tuple[Form, ...]:
    selection = Selection(bank.items, kb, "bank 0", seed, count)
    return paper(selection, Tally(0, 0)).forms


def from_letters(item: Item, answer: str, letters: dict[str, str]) -> object:
    """What a key's answer means, by the letters printed on a sheet."""
    parts = answer.split()
    if item.kind == "numeric":
        return float(parts[0])
    if item.kind == "matching":
        premises = {str(n): premise.id for n, premise in enumerate(item.stems, 1)}  # type: ignore[attr-defined]
        return {premises[part[:-1]]: letters[part[-1]] for part in parts}
    return [letters[part] for part in parts]


def test_forms_differ_and_their_seed_decides(sheets_bank: Bank, kb: KnowledgeBase) -> None:
    a, b = forms(sheets_bank, kb)
    assert [e.item.id for e in a.entries] != [e.item.id for e in b.entries]
    assert sorted(e.item.id for e in a.entries) == sorted(e.item.id for e in b.entries)
    assert sum(e.options != b.numbers[e.item.id].options for e in a.entries) > len(a.entries) / 2
    assert forms(sheets_bank, kb) == (a, b)
    assert forms(sheets_bank, kb, seed=8) != (a, b)
    with pytest.raises(ExportError, match=r"A test has 1 to 26 forms, not 27\."):
        forms(sheets_bank, kb, count=27)


def test_a_case_stays_together_and_in_order(sheets_bank: Bank, kb: KnowledgeBase) -> None:
    for form in forms(sheets_bank, kb):
        staged = [(e.question.case, e.question.stage) for e in form.entries if e.question.case]
        assert staged
        assert all(before[0] == after[0] for before, after in pairwise(staged) if after[1] > 1)


def test_an_ordering_is_never_printed_in_order(sheets_bank: Bank, kb: KnowledgeBase) -> None:
    for form in forms(sheets_bank, kb, count=20):
        assert not [e.item.id for e in form.entries if e.item.kind == "ordering" and e.options == e.item.options]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def office(sheets: Sheets, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The DOCX sheets as LibreOffice's plain text: A, B, key."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("DOCX by LibreOffice: soffice is not installed (Debian: libreoffice-writer-nogui)")
    folder = tmp_path_factory.mktemp("office")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sheets("docx"))], check=True, capture_output=True, timeout=180)
    return [(folder / f"{path.stem}.txt").read_text(encoding="utf-8-sig") for path in sheets("docx")]


def printed(text: str) -> dict[int, list[str]]:
    """Number of each question of a sheet to the lines under it, letter and text."""
    found: dict[int, list[str]] = {}
    number = 0
    for row in text.splitlines():
        if head := re.match(r"\s*(\d+)\.\t(.*)", row):
            number = int(head[1])
            found[number] = [head[2]]
        elif number:
            found[number].append(row.strip())
    return found


def test_docx_opens_and_its_key_is_right(office: list[str], sheets_bank: Bank, kb: KnowledgeBase) -> None:
    key = {
        int(n): answer.strip() for n, answer in re.findall(r"^(\d+)\. (.+)$", office[2].partition("Form B")[0], re.M)
    }
    (form, *_) = forms(sheets_bank, kb)
    sheet = printed(office[0])
    assert len(key) == len(sheet) == len(form.entries)
    by_stem = {squeezed(item.stem): item for item in sheets_bank.questions}
    for number, (stem, *rows) in sheet.items():
        item = by_stem.get(squeezed(stem)) or form.entries[number - 1].item
        ids = {squeezed(option.text): option.id for option in getattr(item, "options", ())}
        lettered = [row.split("\t", 1) for row in rows if re.match(r"[A-Z]\t", row)]
        letters = {letter: ids[squeezed(text)] for letter, text in lettered}
        assert len(letters) == len(ids)
        assert grade(item, from_letters(item, key[number], letters)).correct, f"{number}: {key[number]}"
    print(f"DOCX by LibreOffice: {len(sheet)} questions, the key of form A marked right on each")


def test_docx_holds_every_text(office: list[str], sheets_bank: Bank) -> None:
    for text in map(squeezed, office[:2]):
        for item in sheets_bank.questions:
            parts = [item.stem, *(o.text for o in (*getattr(item, "options", ()), *getattr(item, "stems", ())))]
            assert not [part for part in parts if squeezed(part) not in text], item.id
        assert squeezed(TORTURE) in text
    key = squeezed(office[2])
    for item in sheets_bank.questions:
        notes = [o.why for o in (*getattr(item, "options", ()), *getattr(item, "stems", ())) if o.why]
        assert not [note for note in [*notes, item.feature] if squeezed(note) not in key], item.id


def footers(path: Path) -> str:
    return " ".join(p.text for section in docx.Document(str(path)).sections for p in section.footer.paragraphs)


def test_docx_says_that_it_is_a_draft_on_each_page(sheets: Sheets) -> None:
    assert all("Draft: no clinician has signed these questions" in footers(path) for path in sheets("docx"))


def test_pdf_holds_every_text_and_its_key(sheets: Sheets, sheets_bank: Bank, kb: KnowledgeBase) -> None:
    readers = [pypdf.PdfReader(path) for path in sheets("pdf")]
    whole = ["".join(_bare(page.extract_text()) for page in reader.pages) for reader in readers]
    for form, text in zip(forms(sheets_bank, kb), whole, strict=False):
        for entry in form.entries:
            parts = [f"{letter} {option.text}" for letter, option in entry.lettered]
            lost = [part for part in [entry.item.stem, *parts] if squeezed(part) not in text]
            assert not lost, f"{form.letter}{entry.number} {entry.item.id}: {lost}"
            assert squeezed(f"{entry.number}.{entry.answer}") in whole[-1]
            notes = [note for *_, note in entry.notes]
            assert not [note for note in [*notes, entry.item.feature] if squeezed(note) not in whole[-1]]
    pages = [page.extract_text() for reader in readers for page in reader.pages]
    assert all("Draft: no clinician has signed these questions" in page for page in pages)
    assert all(re.search(r"page \d+ of \d+", page) for page in pages)
    print(f"PDF by pypdf: {len(pages)} pages, {len(sheets_bank.questions)} questions on each form and in the key")


def _bare(text: str) -> str:
    """A page without white space and footer, which would interrupt a text that goes on overleaf."""
    return squeezed(re.sub(r"Draft:noclinician.*?page\d+of\d+", "", squeezed(text)))


def test_pdf_is_tagged_and_carries_its_fonts(sheets: Sheets) -> None:
    for path in sheets("pdf"):
        reader = pypdf.PdfReader(path)
        root = reader.trailer["/Root"].get_object()
        assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
        assert root["/Lang"] == "en"  # type: ignore[index]
        assert "/StructTreeRoot" in root
        assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()  # type: ignore[index, union-attr]
        fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].get_object().values()]  # type: ignore[index]
        for font in fonts:
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)
