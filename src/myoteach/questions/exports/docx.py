"""A test on paper as DOCX, to be changed before it is printed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..items import Matching
from ._extra import needed
from .paper import INSTRUCTIONS, KEY_INSTRUCTIONS, UNFOLDS, Entry, Form, Paper, line, paper
from .question import Selection
from .tally import Tally
from .text import zipped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_RULE = "_" * 28
_MARK = "_____"


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    """Return a document for each form and one with the key.

    Parameters
    ----------
    selection, tally
        What is exported, with seed and number of forms, and where each question is counted.

    Raises
    ------
    ExportError
        When ``python-docx`` is not installed; the message says how to install it.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> items = draft_items(load(), 2)
    >>> sorted(write(Selection(items, load(), "bank 0"), Tally(2, 2)))
    ['-A', '-key']
    """
    docx = needed("docx")
    sheets = paper(selection, tally)
    written = {}
    for number, form in enumerate(sheets.forms, 1):
        written[f"-{form.letter}"] = _saved(_form(docx, sheets, form))
        tally.progress(number, len(sheets.forms) + 1, "sheets")
    written["-key"] = _saved(_key(docx, sheets))
    tally.progress(len(written), len(written), "sheets")
    return written


def _saved(document: Document) -> bytes:
    """Return the document as bytes that no clock has touched."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _blank(docx: Any, sheets: Paper, label: str) -> Document:
    """Return an empty A4 document with the styles and the footer of a test."""
    document: Document = docx.Document()
    document.core_properties.title = f"{sheets.title}, {label}"
    document.core_properties.author = "myoteach"
    document.core_properties.comments = sheets.notice
    document.core_properties.language = "en"
    section, millimetres = document.sections[0], docx.shared.Mm
    section.page_width, section.page_height = millimetres(210), millimetres(297)
    section.left_margin = section.right_margin = millimetres(22)
    section.top_margin, section.bottom_margin = millimetres(20), millimetres(22)
    _styles(docx, document)
    _footer(docx, section, f"{sheets.notice} {sheets.version}".strip(), label)
    return document


#: Styles of a test, each hanging from its mark: indent in millimetres, space before in points, keeps with the next.
_STYLES = {
    "Case": (0, 13, True),
    "Stem": (9, 13, True),
    "Stem of a case": (9, 4, True),
    "Stem, more": (9, 0, True),
    "Premise": (18, 0, True),
    "Option": (18, 0, True),
    "Last line": (18, 0, False),
    "Answer line": (9, 4, False),
    "Source": (9, 0, False),
}
_HANGS = 9


def _styles(docx: Any, document: Document) -> None:
    for name, size in {"Normal": 11.5, "Heading 1": 19, "Heading 2": 13, "Heading 3": 11.5, "Footer": 8.5}.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Liberation Serif", docx.shared.Pt(size)
        style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for attribute in list(fonts.attrib):  # the theme's font would win over the named one
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
    document.styles["Normal"].paragraph_format.space_after = docx.shared.Pt(3)
    document.styles["Heading 1"].paragraph_format.space_before = docx.shared.Pt(0)
    for name, (indent, before, keeps) in _STYLES.items():
        style = document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        form = style.paragraph_format
        form.space_before, form.keep_with_next, form.keep_together = docx.shared.Pt(before), keeps, True
        if indent:
            form.left_indent, form.first_line_indent = docx.shared.Mm(indent), docx.shared.Mm(-_HANGS)
            form.tab_stops.add_tab_stop(docx.shared.Mm(indent))


def _footer(docx: Any, section: Any, left: str, label: str) -> None:
    foot = section.footer.paragraphs[0]
    width = section.page_width - section.left_margin - section.right_margin
    stops = foot.paragraph_format.tab_stops
    stops.add_tab_stop(width, docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)
    foot.style.paragraph_format.tab_stops.clear_all()
    foot.add_run(f"{left}\t{label}, page ")
    _field(docx, foot, "PAGE")
    foot.add_run(" of ")
    _field(docx, foot, "NUMPAGES")


def _field(docx: Any, paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    field = docx.oxml.OxmlElement("w:fldSimple")
    field.set(docx.oxml.ns.qn("w:instr"), code)
    run._r.addprevious(field)
    field.append(run._r)
    run.text = "1"


def _hung(document: Document, style: str, mark: str, text: str, *, bold: bool = False) -> Paragraph:
    """Add a paragraph that hangs from its mark: a number, a letter."""
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(f"{mark}\t").bold = True
    paragraph.add_run(text).bold = bold or None
    return paragraph


def _form(docx: Any, sheets: Paper, form: Form) -> Document:
    label = f"Form {form.letter}"
    document = _blank(docx, sheets, label)
    document.add_heading(f"{sheets.title}, form {form.letter}", 1)
    document.add_paragraph(f"Name {'_' * 44}   Date {'_' * 14}").paragraph_format.space_before = docx.shared.Pt(8)
    document.add_paragraph(INSTRUCTIONS)
    for entry in form.entries:
        _entry(document, entry)
    return document


def _entry(document: Document, entry: Entry) -> None:
    question = entry.question
    if question.case:
        head = document.add_paragraph(style="Case")
        head.add_run(f"Case, part {question.stage} of {question.stages}. ").bold = True
        head.add_run(f"{UNFOLDS} {entry.told}" if question.stage == 1 else entry.told)
    stem, *more = question.asks
    _hung(document, "Stem of a case" if question.case else "Stem", f"{entry.number}.", stem, bold=True)
    for text in more:
        _hung(document, "Stem, more", "", text, bold=True)
    if isinstance(entry.item, Matching):
        for number, premise in enumerate(entry.item.stems, 1):
            _hung(document, "Premise", f"{number}", f"{_MARK} {premise.text}")
    written = line(entry.item)
    for place, (letter, option) in enumerate(entry.lettered, 1):
        ends = place == len(entry.lettered) and not written
        _hung(document, "Last line" if ends else "Option", letter, option.text)
    if written:
        _hung(document, "Answer line", "", f"{written} {_RULE}")


def _key(docx: Any, sheets: Paper) -> Document:
    document = _blank(docx, sheets, "Key")
    document.add_heading(f"{sheets.title}: key", 1)
    document.add_paragraph(KEY_INSTRUCTIONS)
    for form in sheets.forms:
        document.add_heading(f"Form {form.letter}", 2)
        _grid(docx, document, form)
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_heading("Explanations", 2)
    document.add_paragraph(sheets.letters)
    for entry in sheets.forms[0].entries:
        _explained(document, entry, sheets)
    document.add_heading("Sources", 2)
    for number, source in enumerate(sheets.sources, 1):
        _hung(document, "Source", f"{number}.", source)
    return document


def _grid(docx: Any, document: Document, form: Form, across: int = 3) -> None:
    """Set the answers in a table, down its columns."""
    down = -(-len(form.entries) // across)
    table = document.add_table(rows=down, cols=across)
    rows = [list(row.cells) for row in table.rows]
    for place, entry in enumerate(form.entries):
        paragraph = rows[place % down][place // down].paragraphs[0]
        paragraph.paragraph_format.space_after = docx.shared.Pt(1)
        paragraph.add_run(f"{entry.number}. ")
        paragraph.add_run(entry.answer).bold = True


def _explained(document: Document, entry: Entry, sheets: Paper) -> None:
    document.add_heading(sheets.where(entry.item.id), 3)
    asked = document.add_paragraph(f"{' '.join(entry.question.asks)} ({entry.question.name})")
    asked.paragraph_format.keep_with_next = True
    for mark, right, text, why in entry.notes:
        paragraph = _hung(document, "Option", mark, text, bold=right)
        paragraph.add_run(f" \N{EN DASH} {why}")
    numbers = ", ".join(f"{sheets.cited[source]}" for source in entry.item.sources)
    last = document.add_paragraph()
    last.add_run("What decides: ").italic = True
    last.add_run(f"{entry.item.feature} Sources: {numbers}.")
