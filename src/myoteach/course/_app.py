"""Open a lesson as an app: its prose and explorers without code, in Voila, on loopback, with a token, quiet."""

from __future__ import annotations

import importlib.util
import os
import secrets
import tempfile
import webbrowser
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from .._content import content_folder
from ..widgets._lessons import lessons
from ._copies import learner_notebook
from ._machine import FRONT_ENDS, is_free
from ._notebooks import CourseError, chosen_lessons

#: Holds our template where Voila looks for one, ``voila/templates``.
_TEMPLATES = Path(__file__).resolve().parent / "app"
#: Voila's part between a page and its widgets.
_WIDGETS = "@voila-dashboards/widgets-manager8"
_PLOTLY, _PLOTLY_OUTPUT = "jupyterlab-plotly", "application/vnd.plotly.v1+json"
_PORTS = range(8866, 8916)
#: Seconds after which a kernel is stopped whose page is gone without a word, as when a browser crashes.
_FORGOTTEN = 600


def open_app(lesson: str, *, browser: bool = True, dark: bool = False) -> int:
    """Show a lesson as an app and wait until it is stopped.

    Parameters
    ----------
    lesson
        Its number, for example ``"06"``. The others can be reached by the links in its text.
    browser
        Open a browser; without it only the address with its token is printed.
    dark
        Dark colours.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    CourseError
        When there is no such lesson, Voila is not installed, or no port is free.

    Examples
    --------
    >>> try:
    ...     open_app("77")
    ... except CourseError as error:
    ...     print(error)
    There is no lesson 77; there are 00 to 10.
    """
    (chosen,) = chosen_lessons([lesson])
    if importlib.util.find_spec("voila") is None:
        raise CourseError("Voila is not installed; install it with: pip install 'myoteach[app]'")
    port = next((port for port in _PORTS if is_free(port)), None)
    if port is None:
        raise CourseError(f"No port is free from {_PORTS[0]} to {_PORTS[-1]} on 127.0.0.1; close another app.")
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/voila/render/{chosen.file}?token={token}"
    with tempfile.TemporaryDirectory(prefix="myoteach-", ignore_cleanup_errors=True) as folder:
        _lay_out(Path(folder))
        return _serve(_arguments(Path(folder), port, token, dark=dark), address, browser=browser)


def _lay_out(folder: Path) -> None:
    """Write the learners' copies to a folder, each cell with what the template puts around it."""
    import nbformat  # noqa: PLC0415  # comes with Voila

    from .site._text import section  # noqa: PLC0415  # needed here only

    for lesson in lessons():
        notebook = learner_notebook(content_folder("notebooks") / lesson.file)
        notebook.metadata["title"] = f"{lesson.title} · myoteach"
        section(notebook)
        nbformat.write(notebook, folder / lesson.file)


def _arguments(folder: Path, port: int, token: str, *, dark: bool) -> list[str]:
    """Return Voila's command line. It names all that matters, so that no file of settings can open what is closed."""
    return [
        str(folder),
        "--no-browser",
        "--Voila.ip=127.0.0.1",
        f"--Voila.port={port}",
        "--Voila.port_retries=0",
        f"--Voila.token={token}",
        "--Voila.log_level=ERROR",
        "--VoilaConfiguration.template=myoteach",
        f"--VoilaConfiguration.theme={'dark' if dark else 'light'}",
        "--VoilaConfiguration.allow_template_override=NO",
        "--VoilaConfiguration.allow_theme_override=NO",
        "--VoilaConfiguration.strip_sources=True",
        # Prose at once, and each explorer as soon as its cell has run; else nothing shows until all have.
        "--VoilaConfiguration.progressive_rendering=True",
        *(f"--VoilaConfiguration.extension_allowlist={name}" for name in (*FRONT_ENDS, _WIDGETS)),
        f"--MappingKernelManager.cull_idle_timeout={_FORGOTTEN}",
        f"--MappingKernelManager.cull_interval={_FORGOTTEN // 10}",
    ]


def _hand_over_xsrf(handler: Any, **_: Any) -> None:
    """Give the page the cookie without which, under a token, its request to stop its kernel is refused."""
    handler.xsrf_token  # noqa: B018  # reading it sets the cookie


def _with_figures() -> set[str]:
    """Return the lessons that show a plotly figure."""
    folder = content_folder("notebooks")
    return {each.file for each in lessons() if _PLOTLY_OUTPUT in (folder / each.file).read_text(encoding="utf-8")}


def _without_plotly(needed: Collection[str]) -> Callable[..., dict[str, Any]]:
    """Return what takes plotly's front end, five megabytes, out of the pages of all other lessons."""

    def hook(page: dict[str, Any], *, notebook_path: str, **_: Any) -> dict[str, Any]:
        front_ends = page["federated_extensions"]
        kept = [each for each in front_ends if each["name"] != _PLOTLY or notebook_path in needed]
        return {**page, "federated_extensions": kept}

    return hook


def _serve(arguments: list[str], address: str, *, browser: bool) -> int:
    from tornado.ioloop import IOLoop  # noqa: PLC0415  # comes with Voila
    from voila.app import Voila  # noqa: PLC0415

    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(_TEMPLATES), os.environ.get("JUPYTER_PATH")]))
    app = Voila(config_file_paths=[])
    app.initialize(arguments)
    app.voila_configuration.page_config_hook = _without_plotly(_with_figures())
    app.voila_configuration.prelaunch_hook = _hand_over_xsrf
    print(f"The lesson is at {address}\nControl-C stops it.", flush=True)
    if browser:  # not by Voila, which would leave out the token
        IOLoop.current().add_callback(webbrowser.open, address)
    app.start()
    return 0
