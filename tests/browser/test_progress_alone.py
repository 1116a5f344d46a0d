"""Progress and flashcards in a bare page whose messages go to the real Python halves, as in a notebook."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from myoteach import flashcards, progress
from myoteach.questions import MAX_UPLOAD, log_file, read_log, resume_code
from tests.widgets.test_progress_view import ITEMS, answered

from .axe import barriers
from .conftest import Visit, expose, visit
from .standalone import mount_fifty_times, page_of

#: Messages and traits go to Python and come back; `dead` is a kernel that was stopped.
_WIRES = """() => {
  const pack = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
  const unpack = (text) => new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  const take = ({ traits, messages }) => {
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    for (const [content, buffers] of messages) window.hear(content, buffers.map(unpack));
  };
  const heard = [];
  const { on } = model;
  window.hear = (content, buffers) => heard.forEach((call) => call(content, buffers));
  model.on = (event, call) => (event === "msg:custom" ? heard.push(call) : on(event, call));
  model.send = (content, callbacks, buffers = []) => {
    window.sent = (window.sent ?? 0) + 1;
    if (!window.dead) window.python({ content, buffers: buffers.map(pack) }).then(take);
  };
  model.save_changes = () => {
    if (!window.dead) window.python({ rated: model.get("rated") ?? null }).then(take);
  };
  unmount();
  window.unmount = mount();
}"""


def wire(page: Page, widget: Any) -> None:
    """Let the page speak with its Python half."""
    out: list[tuple[object, list[bytes]]] = []
    widget.send = lambda content, buffers=(): out.append((content, list(buffers)))

    def answer(call: dict[str, Any]) -> dict[str, Any]:
        before = widget.get_state()
        if "content" in call:
            widget._hear(widget, call["content"], [memoryview(base64.b64decode(data)) for data in call["buffers"]])
        elif call["rated"] is not None:
            widget.rated = call["rated"]
        after = widget.get_state()
        traits = {name: after[name] for name in after if after[name] != before[name] and not name.startswith("_")}
        messages = [[content, [base64.b64encode(data).decode() for data in data_list]] for content, data_list in out]
        out.clear()
        return {"traits": traits, "messages": messages}

    expose(page, "python", answer)
    page.evaluate(_WIRES)


def show(context: BrowserContext, widget: Any, *, dark: bool = False, width: int = 1280, alone: bool = False) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 844})
    seen.page.set_content(page_of(widget, dark=dark))
    seen.page.wait_for_selector(".myo")
    if not alone:
        wire(seen.page, widget)
    return seen


def some(folder: Path) -> Any:
    """Progress with a little of everything."""
    answered(
        folder, *((number, number % 3 > 0, 1 + number % 3) for number in range(18)), (20, False, 3), (21, False, 3)
    )
    return progress(folder)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def says(page: Page, text: str, where: str = ".pr-section ") -> None:
    """Expect a sentence where the press was: at the top, or in the last section."""
    expect(page.locator(f"{where}.pr-status")).to_contain_text(text)


def test_what_another_kernel_wrote_is_there_after_refresh(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, progress(tmp_path)).page
    assert "Nothing answered yet" in page.locator("h2").inner_text()
    answered(tmp_path, (0, False, 3), (1, True, 2))
    press(page, "Refresh")
    expect(page.locator(".pr-numbers li").first).to_have_text(f"2 of {progress(tmp_path).data['total']} questions met")
    first = page.locator("section").first
    assert "Sure, and wrong" in first.inner_text()
    assert ITEMS[0].stem in first.inner_text()
    shown = page.locator("#root").inner_text()
    assert not any(option.why in shown for option in ITEMS[0].options)


def test_a_lesson_opens_by_key_and_stays_open_after_a_reload(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, some(tmp_path)).page
    button = page.get_by_role("button", name="Lesson 0")
    button.focus()
    page.keyboard.press("Enter")
    inner = page.locator(".pr-inner")
    count = inner.count()
    assert count > 1
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.evaluate("() => { unmount(); window.unmount = mount(); }")
    assert inner.count() == count
    page.get_by_role("button", name="Lesson 0").press("Enter")
    assert inner.count() == 0


def test_on_binder_the_code_stands_first_and_follows_what_is_answered(
    stage: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
    seen = show(stage, progress(tmp_path / "here"))
    page, area = seen.page, seen.page.get_by_label("Your resume code")
    expect(page.locator(".pr-banner")).to_contain_text("This server forgets you when it closes.")
    expect(area).to_be_hidden()
    page.locator("#root").evaluate("root => root.style.display = 'none'")  # as a tab of JupyterLab that is left
    answered(tmp_path / "here", (0, True, 3))
    page.locator("#root").evaluate("root => root.style.display = ''")
    expect(area).to_have_value(resume_code(read_log(tmp_path / "here").attempts))
    expect(page.locator(".pr-status").first).to_have_text("")  # nobody asked, so nothing is said
    brought = answered(tmp_path / "elsewhere", (1, True, 2), (2, True, 2)).reading.attempts
    page.locator("textarea").last.fill(resume_code(brought))
    press(page, "Go on with this code")
    says(page, "Attempts added: 2")
    expect(area).to_have_value(resume_code(read_log(tmp_path / "here").attempts))
    order = page.evaluate("[...document.querySelectorAll('.pr-banner, .pr-code, .pr-body')].map(n => n.className)")
    assert order == ["pr-banner", "pr-code", "pr-body"]
    assert barriers(page) == []
    assert seen.errors == []


def test_a_resume_code_is_shown_copied_hidden_and_taken(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, some(tmp_path / "one")).page
    code = resume_code(read_log(tmp_path / "one").attempts)
    area = page.get_by_label("Your resume code")
    expect(area).to_be_hidden()
    press(page, "Show my resume code")
    expect(area).to_have_value(code)
    assert f"{len(code):,} characters" in page.locator(".pr-box").nth(1).inner_text()
    press(page, "Copy")
    says(page, "cop")  # copied, or selected to be copied: the browser decides
    assert page.evaluate("document.activeElement?.tagName !== 'BODY' || getSelection() !== null")
    press(page, "Hide")
    expect(area).to_be_hidden()
    other = show(stage, progress(tmp_path / "two")).page
    paste = other.get_by_label("Paste it here", exact=False)
    paste.fill(f"  {code[:50]}\n{code[50:]} ")
    press(other, "Go on with this code")
    says(other, "Attempts added: 20")
    press(other, "Go on with this code")
    says(other, "Attempts added: 0; there already: 20")
    paste.fill(code[:-3])
    press(other, "Go on with this code")
    says(other, "incomplete or altered")
    paste.fill(" ")
    press(other, "Go on with this code")
    says(other, "Paste a resume code first.")
    assert read_log(tmp_path / "two").attempts == read_log(tmp_path / "one").attempts


def test_what_is_being_pasted_survives_a_refresh(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, some(tmp_path)).page
    page.get_by_label("Paste it here", exact=False).fill("MYO1-half")
    press(page, "Refresh")
    says(page, "Read again.", ".pr-head + ")
    assert page.get_by_label("Paste it here", exact=False).input_value() == "MYO1-half"


def test_a_download_holds_the_log_and_goes_up_again(stage: BrowserContext, tmp_path: Path) -> None:
    seen = show(stage, some(tmp_path / "one"))
    with seen.page.expect_download() as caught:
        press(seen.page, "Download the log")
    path = tmp_path / caught.value.suggested_filename
    caught.value.save_as(path)
    assert path.read_bytes() == log_file(read_log(tmp_path / "one").attempts)
    assert (seen.left_loopback, seen.errors) == ([], [])
    other = show(stage, progress(tmp_path / "two"))
    other.page.set_input_files("input[type=file]", path)
    press(other.page, "Read this file")
    says(other.page, "Attempts taken: 20; there already: 0.")
    assert read_log(tmp_path / "two").attempts == read_log(tmp_path / "one").attempts
    assert (other.left_loopback, other.errors) == ([], [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("<img src=x onerror=window.hacked=1>.html", b"<script>window.hacked=1</script>"),
        ("noise.jsonl", bytes(range(256)) * 500),
        ("other.json", b'{"cells": [], "metadata": {}}'),
    ],
)
def test_a_hostile_file_is_refused_in_words(stage: BrowserContext, tmp_path: Path, name: str, content: bytes) -> None:
    seen = show(stage, progress(tmp_path))
    seen.page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/html", "buffer": content})
    press(seen.page, "Read this file")
    says(seen.page, f"{name} holds no attempt that myoteach wrote; nothing was taken.")
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator("#root img").count() == 0
    assert list(tmp_path.iterdir()) == []


def test_fifty_megabytes_never_reach_python(stage: BrowserContext, tmp_path: Path) -> None:
    big = tmp_path / "big.jsonl"
    with big.open("wb") as file:
        file.truncate(50_000_000)
    page = show(stage, progress(tmp_path / "log")).page
    press(page, "Read this file")
    says(page, "Choose a file first.")
    page.set_input_files("input[type=file]", big)
    press(page, "Read this file")
    says(page, f"big.jsonl is larger than any log of this course ({MAX_UPLOAD // 1_000_000} MB)")
    assert page.evaluate("window.sent") is None


def test_hostile_text_stays_text(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, some(tmp_path)).page
    page.evaluate(
        """() => { const data = structuredClone(model.get("data")); const bad = "<img src=x onerror='window.hacked=1'>";
        data.wrong[0].stem = data.wrong[0].objective = data.folder = data.memory = bad; data.notes = [bad];
        data.lessons[0].name = bad; model.set("data", data); }"""
    )
    assert page.locator("#root").inner_text().count("<img src=x") == 6
    assert page.locator("#root img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_memory_only_is_a_banner(stage: BrowserContext, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    page = show(stage, progress(tmp_path / "file" / "progress")).page
    assert "Kept in memory only." in page.locator(".pr-banner").inner_text()
    other = show(stage, progress(tmp_path / "fine")).page
    assert other.locator(".pr-banner").count() == 0


@pytest.mark.parametrize("alone", [False, True], ids=["a dead kernel", "no kernel at all"])
def test_without_python_a_press_says_so(stage: BrowserContext, tmp_path: Path, alone: bool) -> None:
    page = show(stage, some(tmp_path), alone=alone).page
    page.evaluate("window.dead = true")
    press(page, "Refresh")
    expect(page.locator(".pr-head + .pr-status")).to_contain_text("Python does not answer", timeout=8000)
    assert page.locator(".pr-head + .pr-status").evaluate("node => node.classList.contains('pr-refused')")


def test_few_answers_are_not_judged(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, progress(tmp_path)).page
    judge = """(levels) => { const box = document.createElement("div");
      box.append(...module.calibration(levels)); return box.textContent; }"""
    level = lambda word, right, answered: {"word": word, "right": right, "answered": answered}  # noqa: E731
    few = page.evaluate(judge, [level("unsure", 1, 1), level("fairly sure", 0, 0), level("sure", 3, 8)])
    assert few == "This needs 10 answers given with a confidence; there are 9."
    flat = page.evaluate(judge, [level("unsure", 6, 10), level("fairly sure", 1, 2), level("sure", 6, 10)])
    assert "1 of 2 right: too few to judge" in flat
    assert "6 of 10 right, 60 %" in flat
    assert "did not go with being right more often" in flat
    rising = page.evaluate(judge, [level("unsure", 5, 10), level("fairly sure", 6, 10), level("sure", 10, 10)])
    assert "your confidence is a guide" in rising


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("answers", [False, True])
def test_axe_finds_nothing_in_progress(stage: BrowserContext, tmp_path: Path, dark: bool, answers: bool) -> None:
    seen = show(stage, some(tmp_path) if answers else progress(tmp_path), dark=dark)
    seen.page.get_by_role("button", name="Lesson 0").click()
    press(seen.page, "Show my resume code")
    says(seen.page, "characters long" if answers else "nothing to carry")
    assert barriers(seen.page) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("state", ["front", "back", "done"])
def test_axe_finds_nothing_in_flashcards(stage: BrowserContext, tmp_path: Path, dark: bool, state: str) -> None:
    seen = show(stage, flashcards(2, "look-alikes", count=1, folder=tmp_path), dark=dark)
    if state != "front":
        press(seen.page, "Show the back")
    if state == "done":
        seen.page.get_by_role("button", name="Good").click()
    assert barriers(seen.page) == []


WIDGETS: list[Callable[[Path], Any]] = [some, progress, lambda folder: flashcards(2, "look-alikes", folder=folder)]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("make", WIDGETS, ids=["progress", "nothing answered", "flashcards"])
def test_nothing_is_cut_and_targets_are_large_enough(
    stage: BrowserContext, tmp_path: Path, width: int, make: Callable[[Path], Any]
) -> None:
    page = show(stage, make(tmp_path), width=width).page
    page.evaluate("document.querySelectorAll('.myo-open, .fl-show').forEach((button) => button.click())")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """[...document.querySelectorAll("button, input[type=file], summary, textarea, .myo-segment")]
        .filter((node) => node.checkVisibility()).map((node) => [node.outerHTML, node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


@pytest.mark.parametrize("make", WIDGETS, ids=["progress", "nothing answered", "flashcards"])
def test_fifty_mounts_leave_nothing(stage: BrowserContext, tmp_path: Path, make: Callable[[Path], Any]) -> None:
    mount_fifty_times(show(stage, make(tmp_path), alone=True).page)


@pytest.mark.parametrize("make", WIDGETS, ids=["progress", "nothing answered", "flashcards"])
def test_every_control_keeps_its_keys_from_jupyterlab(
    stage: BrowserContext, tmp_path: Path, make: Callable[[Path], Any]
) -> None:
    page = show(stage, make(tmp_path)).page
    page.evaluate("document.querySelector('.fl-show')?.click()")
    assert (
        page.evaluate(
            """[...document.querySelectorAll("button, input, summary, a, textarea, select, [tabindex]")]
        .filter((node) => node.dataset.lmSuppressShortcuts !== "true").length"""
        )
        == 0
    )


def test_a_session_by_keyboard_alone(stage: BrowserContext, tmp_path: Path) -> None:
    widget = flashcards(2, "look-alikes", count=3, folder=tmp_path)
    seen = show(stage, widget)
    page, cards = seen.page, widget.data["cards"]
    page.locator(".fl-show").focus()
    for place, key in [(0, "1"), (1, "3"), (2, "4"), (0, "2")]:
        assert page.locator("h2").inner_text() == cards[place]["front_plain"]
        assert cards[place]["back_plain"] not in page.locator("#root").inner_text()
        page.keyboard.press("3")  # the back is not shown yet: means nothing
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent").startswith(cards[place]["back_plain"])
        page.keyboard.press(key)
    expect(page.locator("h2")).to_have_text("Done")
    summary = page.locator(".fl-stage").inner_text()
    assert "3 cards. At first sight: Again 1, Good 1, Easy 1." in summary
    assert cards[0]["front_plain"] in summary
    expect(page.locator(".fl-stage")).to_contain_text("The first of them comes again in ")
    assert [attempt.response[0] for attempt in read_log(tmp_path).attempts] == ["again", "good", "easy", "hard"]
    assert page.locator(".fl-status").inner_text() == ""
    assert (seen.errors, seen.left_loopback) == ([], [])


def test_a_rating_is_a_button_too_and_a_reload_goes_on(stage: BrowserContext, tmp_path: Path) -> None:
    widget = flashcards(count=3, folder=tmp_path)
    page = show(stage, widget).page
    press(page, "Show the back")
    page.get_by_role("button", name="Hard").click()
    press(page, "Show the back")
    page.evaluate("() => { unmount(); window.unmount = mount(); }")
    assert page.locator("h2").inner_text() == widget.data["cards"][1]["front_plain"]
    assert page.locator(".fl-back").is_visible()
    assert page.locator(".fl-count").inner_text() == "2 of 3 cards to go"
    page.locator("input[value=clinical]").check()
    assert widget.data["cards"][1]["back_clinical"] in page.locator(".fl-back").inner_text()


def test_ratings_that_python_does_not_take_are_told(stage: BrowserContext, tmp_path: Path) -> None:
    page = show(stage, flashcards(folder=tmp_path)).page
    page.evaluate("window.dead = true")
    press(page, "Show the back")
    page.get_by_role("button", name="Good").click()
    expect(page.locator(".fl-status")).to_contain_text("these ratings are not kept", timeout=8000)
    assert read_log(tmp_path).attempts == ()


def test_nothing_is_due_is_said(stage: BrowserContext, tmp_path: Path) -> None:
    widget = flashcards(10, count=100, folder=tmp_path)
    widget.rated = [[card["id"], "easy", 1] for card in widget.data["cards"]]
    page = show(stage, flashcards(10, folder=tmp_path)).page
    assert page.locator("h2").inner_text() == "Nothing is due"
