"""The words of a page in JupyterLab: a link in the prose leads to them, and a key unfolds them."""

from __future__ import annotations

import nbformat

from myoteach import terms
from myoteach.widgets.terms import HEADING

from .conftest import Lab

LINK = f"[asterixis](#{HEADING.replace(' ', '-')})"


def test_a_link_leads_to_the_words_and_a_key_unfolds_them(lab: Lab) -> None:
    prose = [nbformat.v4.new_markdown_cell(f"## Part {number}\n\n" + "A line.\n\n" * 30) for number in range(4)]
    cells = [
        nbformat.v4.new_markdown_cell(f"# A page\n\nThe hands flap: {LINK}."),
        *prose,
        nbformat.v4.new_markdown_cell(f"### {HEADING}"),
        nbformat.v4.new_code_cell('from myoteach import terms\n\nterms("asterixis", "EMG")'),
    ]
    # Without the name of a kernel JupyterLab would ask for one, and wait.
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), lab.server.folder / "words.ipynb")

    lab.open("words.ipynb")

    lab.run_all()
    lab.page.wait_for_function("window.jupyterapp.shell.currentWidget.content.widgets.at(-1).model.outputs.length > 0")
    lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.scrollToItem(0, 'start')")

    before = lab.cell_count()
    lab.page.locator(".jp-MarkdownOutput a", has_text="asterixis").first.focus()
    lab.page.keyboard.press("Enter")

    fold = lab.page.locator(".jp-OutputArea-output details summary").first
    fold.wait_for()
    lab.page.wait_for_function(
        "() => { const box = document.querySelector('.jp-OutputArea-output details')?.getBoundingClientRect();"
        " return box && box.top < innerHeight && box.bottom > 0; }"
    )
    fold.focus()
    lab.page.keyboard.press("Enter")
    meaning = terms("asterixis").rows[0].plain
    assert lab.page.get_by_text(meaning).first.is_visible()
    assert lab.cell_count() == before
    assert lab.visit.left_loopback == []
