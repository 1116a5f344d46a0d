"""A real browser on a real JupyterLab, with everything that leaves this machine blocked and recorded."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Request, ViewportSize, sync_playwright

from tests.conftest import ROOT
from tests.hosts import at_home, free_ports

#: Needs a Pyodide, which is not in the registry of packages; see docs/lite.md.
collect_ignore = [] if "MYOTEACH_PYODIDE" in os.environ else ["test_lite.py"]
UNDER_CI = os.environ.get("CI", "").lower() == "true"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What leaves this machine finds nobody. (Playwright's own way to block makes a browser forget all it has cached.)
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE ::1",
]
WINDOW = ViewportSize(width=1280, height=900)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
#: What a person would wait for without complaint on a slow, shared machine.
PATIENCE = 60_000


def find_browser() -> str | None:
    """Path of a Chromium, or None."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("MYOTEACH_BROWSER") or next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """To a failure add what stood in the page; a machine that tests has no window to look into."""
    report = yield
    lab = getattr(item, "funcargs", {}).get("lab")
    if report.when == "call" and report.failed and lab:
        try:
            report.sections.append(("page", lab.account()))
        except Error as error:
            report.sections.append(("page", str(error)))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        message = "No Chromium was found, so nothing in the browser was tested; MYOTEACH_BROWSER may name its path."
        if UNDER_CI:
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Visit:
    """A page, what it asked of the network, and what it logged."""

    page: Page
    left_loopback: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def visit(context: BrowserContext) -> Visit:
    """Open a page that cannot reach beyond this machine, and remembers trying. On a stage it is the one there is."""
    if context not in _STAGES:
        return _listen(context.new_page())
    seen = _STAGES[context] = _STAGES[context] or _listen(context.new_page())
    seen.page.goto("about:blank")
    seen.page.set_viewport_size(WINDOW)
    seen.errors.clear()
    seen.left_loopback.clear()
    for name in _EXPOSED.get(seen.page, {}):
        _EXPOSED[seen.page][name] = _nobody
    return seen


def expose(page: Page, name: str, answer: Callable[..., Any]) -> None:
    """Let the page call `answer` as a function of this name, until the next test has the page."""
    answers = _EXPOSED.setdefault(page, {})
    if name not in answers:  # a page takes each name once

        def ask_whoever_answers_now(*call: Any) -> Any:
            return answers[name](*call)

        page.expose_function(name, ask_whoever_answers_now)
    answers[name] = answer


def _nobody(*_: object) -> None:
    """Answer for a kernel that went with its test."""


def _listen(page: Page) -> Visit:
    seen = Visit(page)

    def judge(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "file") and address.hostname not in LOOPBACK:
            seen.left_loopback.append(request.url)

    def note(text: str) -> None:
        if _FOREIGN not in text:
            seen.errors.append(text)

    page.on("request", judge)
    page.on("pageerror", lambda error: note(str(error)))
    page.on("console", lambda entry: note(entry.text) if entry.type == "error" else None)
    page.set_default_timeout(PATIENCE)
    return seen


#: The kernel of JupyterLite lies in this environment for the tests of `course/lite`; JupyterLab tries to load it, too.
_FOREIGN = "Shared module @jupyterlite/services doesn't exist"
#: What Tornado logs where a page that is reloaded goes away while a message is on its way to it; nothing is lost.
_HUNG_UP = re.compile(
    r"Traceback \(most recent call last\):\n(?: .*\n)+tornado\.iostream\.StreamClosedError: Stream is closed\n"
    r"\nDuring handling of the above exception, another exception occurred:\n"
    r"\nTraceback \(most recent call last\):\n(?: .*\n)+tornado\.websocket\.WebSocketClosedError\n"
)
#: Contexts with one page for test after test, and that page once it is open.
_STAGES: dict[BrowserContext, Visit | None] = {}
#: What stands behind the functions of a page; a page can be given each of them once only.
_EXPOSED: WeakKeyDictionary[Page, dict[str, Callable[..., Any]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Server:
    """A running JupyterLab."""

    address: str
    token: str
    folder: Path
    log: Path

    def url(self, path: str) -> str:
        """Address of a notebook, opened alone."""
        return f"{self.address}/lab/tree/{path}?token={self.token}&reset"

    def keep_in_page(self, mode: str) -> None:
        """Choose what JupyterLab keeps in pages opened from now on: all cells (``none``) or those in sight (``full``).

        The latter is its default; with the former everything is there to be looked at and pressed.
        """
        settings = self.folder.parent / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": mode}), encoding="utf-8")

    def kernels(self) -> list[dict[str, Any]]:
        """The kernels that run."""
        request = urllib.request.Request(f"{self.address}/api/kernels?token={self.token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def stop_kernels(self) -> None:
        """Stop every kernel, so that what comes next begins with nothing done."""
        for kernel in self.kernels():
            address = f"{self.address}/api/kernels/{kernel['id']}?token={self.token}"
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=20).close()


def start_lab(home: Path, command: Sequence[str] = (), **variables: str) -> Iterator[Server]:
    """Start JupyterLab in an empty home, by default with the package's own command, and stop it afterwards."""
    (port,), token, folder = free_ports(1), secrets.token_hex(16), home / "notebooks"
    command = command or [sys.executable, "-m", "myoteach", "lab", str(folder), "--no-browser"]
    config = home / "config"
    config.mkdir()
    settings = {
        "ServerApp": {"port": port, "allow_root": True},
        "IdentityProvider": {"token": token},
        "LabApp": {"expose_app_in_browser": True},
    }
    (config / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    log = (home / "log").open("w")
    process = subprocess.Popen(
        command, cwd=home, env=at_home(home) | variables, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )
    server = Server(f"http://127.0.0.1:{port}", token, folder, home / "log")
    server.keep_in_page("none")
    try:
        _await(server, process)
        yield server
    finally:
        os.killpg(process.pid, 15)
        process.wait(20)
        log.close()


def _await(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert process.poll() is None, server.log.read_text()
        try:
            server.kernels()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not answer:\n{server.log.read_text()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    yield from start_lab(tmp_path_factory.mktemp("lab"))


@dataclass
class Lab:
    """JupyterLab in a page, driven through its own application object where a person's click would race."""

    server: Server
    visit: Visit
    #: Bytes the server had logged before.
    logged: int = 0

    @property
    def page(self) -> Page:
        """The page."""
        return self.visit.page

    def log(self) -> str:
        """What the server has logged since this page was opened; before, a kernel of another test may have died."""
        return _HUNG_UP.sub("", self.server.log.read_bytes()[self.logged :].decode("utf-8", "replace"))

    def write(self, notebook: str, *sources: str) -> None:
        """Write a notebook of these code cells."""
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        cells = [{**cell, "id": f"c{place}", "source": source} for place, source in enumerate(sources)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells})
        (self.server.folder / notebook).write_text(text, encoding="utf-8")

    def open(self, notebook: str) -> None:
        """Open a notebook and wait until its kernel is ready."""
        self.page.goto(self.server.url(notebook))
        self._ready()

    def _answer(self, script: str, argument: Any = None) -> Any:
        """Let JupyterLab do something and wait for its answer, but not for ever: Playwright itself would."""
        late = f"new Promise((_, no) => setTimeout(() => no(new Error('JupyterLab does not answer')), {PATIENCE}))"
        return self.page.evaluate(f"(argument) => Promise.race([({script})(argument), {late}])", argument)

    def _ready(self) -> None:
        self.page.wait_for_function("window.jupyterapp !== undefined")
        self._answer(
            """async () => {
              const app = window.jupyterapp; await app.restored;
              const until = async (test) => { while (!test()) await new Promise(r => setTimeout(r, 20)); };
              await until(() => app.shell.currentWidget?.context);
              const panel = app.shell.currentWidget; await panel.context.ready; await panel.sessionContext.ready;
              await panel.sessionContext.session.kernel.info;
              // What fails while a widget's message is handled is written into no cell.
              window.testErrors = [];
              panel.sessionContext.iopubMessage.connect((_, { header, content }) => {
                if (header.msg_type === "error") window.testErrors.push(content.traceback.join("\\n"));
              });
            }"""
        )

    def run_all(self) -> None:
        """Run every cell and wait until all have run."""
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def reveal(self, selector: str) -> Locator:
        """Scroll to the first output that holds `selector`."""
        found = self.page.locator(f".jp-OutputArea-output {selector}").first
        found.wait_for(state="attached")
        found.evaluate("node => node.scrollIntoView({ block: 'start' })")
        return found

    def reload(self) -> None:
        """Load the page again, with the kernel that runs.

        Its widget manager asks the kernel for all it knows and gives up after four seconds, which a machine that is
        busy with other tests may need. The outputs then say so, and a person loads the page once more.
        """
        self.page.reload()
        self._ready()
        gave_up = self.page.get_by_text("Error displaying widget").first
        gave_up.or_(self.page.locator(".jp-OutputArea-output .myo").first).wait_for(state="attached")
        if gave_up.count():
            self.visit.errors.clear()
            self.page.reload()
            self._ready()

    def kill(self) -> None:
        """Kill the kernel's process, as a machine short of memory would."""
        self.ask("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", answer=False)
        self.page.locator(".jp-Dialog button").first.click()  # JupyterLab says so, and starts another

    def unfold(self) -> None:
        """Open every folded section."""
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:expand-all-headings')")

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme and wait until it shows."""
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_selector(f"body[data-jp-theme-name='{name}']", state="attached")

    def ask(self, code: str, *, answer: bool = True) -> str:
        """Run code in the kernel without a cell and return what it prints."""
        return str(
            self._answer(
                """async ([code, answer]) => {
                  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                  const future = kernel.requestExecute({ code, store_history: false });
                  let text = "";
                  future.onIOPub = ({ content }) => {
                    if (content.name !== "stderr") text += content.text ?? content.evalue ?? "";
                  };
                  if (answer) await future.done;
                  return text;
                }""",
                [code, answer],
            )
        )

    def state(self, code: str) -> Any:
        """Ask the kernel for a value, as JSON, without touching the notebook."""
        return json.loads(self.ask(f"import json\nprint(json.dumps({code}))"))

    def command(self, name: str, **arguments: Any) -> None:
        """Execute one of JupyterLab's commands."""
        # What a command answers may be half of JupyterLab, which has no business here.
        self._answer(
            "async ([name, args]) => { await window.jupyterapp.commands.execute(name, args); }", [name, arguments]
        )

    def cell_count(self) -> int:
        """How many cells the open notebook has."""
        return int(self.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length"))

    def account(self) -> str:
        """Return what somebody wants to know when a test failed: what went wrong in page and kernel, and what shows."""
        known = self.page.evaluate(
            """() => {
              const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
              const widgets = kernel.requestCommInfo({}).then(({ content }) => Object.keys(content.comms));
              const patience = new Promise(resolve => setTimeout(() => resolve("no answer"), 5000));
              return Promise.race([widgets, patience]);
            }"""
        )
        outputs = self.page.locator(".jp-OutputArea-output").all_inner_texts()
        facts = {
            "logged": self.visit.errors,
            "kernels": self.server.kernels(),
            "widgets the kernel knows": known,
            "outputs": [text[:100] for text in outputs],
            "server": self.server.log.read_text(encoding="utf-8").splitlines()[-20:],
        }
        return json.dumps(facts, indent=1)

    def kernel_errors(self) -> list[str]:
        """Errors that stand in any cell's output, and those of messages between page and kernel."""
        return list(
            self.page.evaluate(
                """() => window.testErrors.concat(window.jupyterapp.shell.currentWidget.content.widgets
                .filter(cell => cell.model.type === 'code')
                .flatMap(cell => cell.model.outputs.toJSON())
                .filter(output => output.output_type === 'error' || output.name === 'stderr')
                .map(output => output.evalue || output.text))"""
            )
        )


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=WINDOW)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def stage(browser: Browser) -> Iterator[BrowserContext]:
    """A context for what is shown without a server and keeps nothing: one page for all, which is four times as fast."""
    opened = browser.new_context(viewport=WINDOW)
    _STAGES[opened] = None
    yield opened
    del _STAGES[opened]
    opened.close()


@pytest.fixture(scope="session")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that has seen JupyterLab before, as a learner's has: its ten megabytes are read and compiled once."""
    opened = browser.browser_type.launch_persistent_context(
        tmp_path_factory.mktemp("browser"), executable_path=find_browser(), args=ARGUMENTS, viewport=WINDOW
    )
    yield opened
    opened.close()


@pytest.fixture
def lab(server: Server, desk: BrowserContext) -> Iterator[Lab]:
    """JupyterLab with the lessons as they are shipped, and no kernel that remembers an earlier test.

    A lesson that was saved names widgets of a kernel that is gone; a kernel that goes on keeps every widget ever made.
    """
    for lesson in ROOT.glob("notebooks/*.ipynb"):
        shutil.copy(lesson, server.folder)
    opened = Lab(server, visit(desk), server.log.stat().st_size)
    yield opened
    opened.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    opened.page.close()
    server.stop_kernels()
