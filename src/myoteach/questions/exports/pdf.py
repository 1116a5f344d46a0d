"""A test on paper as PDF, set by Typst: tagged for screen readers, its font inside, the same bytes every time.

Typst was chosen over WeasyPrint (needs Pango from the system), ReportLab and fpdf2 (no tagged text, no font of their
own that has every sign). The texts go in as data, so none of them can be read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from ..items import Matching
from ._extra import needed
from .paper import INSTRUCTIONS, KEY_INSTRUCTIONS, UNFOLDS, Entry, Form, Paper, line, paper
from .question import Selection
from .tally import Tally


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    """Return a PDF for each form and one with the key.

    Parameters
    ----------
    selection, tally
        What is exported, with seed and number of forms, and where each question is counted.

    Raises
    ------
    ExportError
        When ``typst`` is not installed; the message says how to install it.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> items = draft_items(load(), 2)
    >>> sorted(write(Selection(items, load(), "bank 0"), Tally(2, 2)))
    ['-A', '-key']
    """
    typst = needed("typst")
    sheets = paper(selection, tally)
    common = {"title": sheets.title, "version": sheets.version, "notice": sheets.notice}
    pages = {f"-{form.letter}": common | _form(form) for form in sheets.forms}
    pages["-key"] = common | _key(sheets)
    sheet_by_name = {}
    for number, (name, page) in enumerate(pages.items(), 1):
        sheet_by_name[name] = _compiled(typst, page)
        tally.progress(number, len(pages), "sheets")
    return sheet_by_name


def _compiled(typst: Any, page: Mapping[str, Any]) -> bytes:
    layout = resources.files(__package__).joinpath("paper.typ").read_bytes()
    data = json.dumps(page, ensure_ascii=False)
    compiler = typst.Compiler(layout, ignore_system_fonts=True, sys_inputs={"page": data})
    pdf: bytes = compiler.compile(format="pdf", pdf_standards="ua-1")
    return pdf


def _form(form: Form) -> dict[str, Any]:
    return {"form": form.letter, "instructions": INSTRUCTIONS, "entries": [_entry(entry) for entry in form.entries]}


def _entry(entry: Entry) -> dict[str, Any]:
    question = entry.question
    return {
        "number": entry.number,
        "case": f"Case, part {question.stage} of {question.stages}" if question.case else "",
        "told": entry.told,
        "unfolds": UNFOLDS if question.stage == 1 else "",
        "asks": question.asks,
        "premises": [premise.text for premise in entry.item.stems] if isinstance(entry.item, Matching) else [],
        "options": [option.text for option in entry.options],
        "line": line(entry.item),
    }


def _key(sheets: Paper) -> dict[str, Any]:
    first = sheets.forms[0]
    return {
        "instructions": KEY_INSTRUCTIONS,
        "letters": sheets.letters,
        "grids": [[form.letter, [[entry.number, entry.answer] for entry in form.entries]] for form in sheets.forms],
        "explained": [_explained(entry, sheets) for entry in first.entries],
        "sources": sheets.sources,
    }


def _explained(entry: Entry, sheets: Paper) -> dict[str, Any]:
    item = entry.item
    return {
        "where": sheets.where(item.id),
        "name": entry.question.name,
        "asks": entry.question.asks,
        "notes": entry.notes,
        "feature": item.feature,
        "sources": ", ".join(f"{sheets.cited[source]}" for source in item.sources),
    }
