"""Progress and flashcards in JupyterLab: messages, files and state over the real wire, a reload, a kernel that dies."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from myoteach import load
from myoteach.questions import cards, read_log

from .conftest import Lab

CELLS = (
    'import myoteach, os; os.environ["MYOTEACH_PROGRESS_DIR"] = os.path.abspath("kept")',
    'myoteach.flashcards(2, "look-alikes", count=1)',
    "myoteach.progress()",
)


def test_progress_in_jupyterlab(lab: Lab, tmp_path: Path) -> None:
    lab.write("progress.ipynb", *CELLS)
    lab.open("progress.ipynb")
    lab.run_all()
    page = lab.page
    lab.reveal(".fl-show").click()
    before = lab.cell_count()
    page.keyboard.press("3")  # JupyterLab would make a heading of the cell
    expect(page.locator(".fl h2")).to_have_text("Done")
    expect(page.locator(".fl-card")).to_contain_text("comes again")  # the page is done at once, Python a moment later
    (made,) = read_log(lab.server.folder / "kept").attempts
    assert (made.mode, made.response) == ("flashcard", ("good",))

    lab.reveal(".pr-head button").click()
    expect(page.locator(".pr-head + .pr-status")).to_have_text("Read again.")
    expect(page.locator(".pr-table").nth(1)).to_contain_text(f"1 of {len(cards(load(), 'look-alikes'))}")
    page.get_by_role("button", name="Show my resume code").click()
    code = page.get_by_label("Your resume code")
    expect(code).to_have_value(re.compile("MYO1-.+"))
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the log", exact=True).click()
    path = tmp_path / "log.jsonl"
    caught.value.save_as(path)
    lab.reveal(".pr input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Read this file").click()
    expect(page.locator(".pr-section .pr-status")).to_contain_text("Attempts taken: 0; there already: 1.")
    shown = code.input_value()

    lab.command("docmanager:save")
    lab.reload()
    lab.reveal(".pr-head")
    expect(page.get_by_label("Your resume code")).to_have_value(shown)
    lab.reveal(".pr-head button").click()
    expect(page.locator(".pr-head + .pr-status")).to_have_text("Read again.")
    assert lab.cell_count() == before
    assert lab.kernel_errors() == []

    lab.kill()
    lab.reveal(".pr-head button").click()
    expect(page.locator(".pr-head + .pr-status")).to_contain_text("Python does not answer", timeout=15_000)
    assert lab.visit.left_loopback == []
