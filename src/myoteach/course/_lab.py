"""Open JupyterLab on loopback, with a token, asking nothing of the network."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ._notebooks import CourseError

START = "00_start_here.ipynb"
#: JupyterLab would ask its own site for news and updates; a lesson must open without a network.
_QUIET_LAB = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
#: Every opened page would have JupyterLab find out whether it should be built anew, which takes the server most of a
#: second; nothing that a lesson needs is built.
_QUICK_PAGE = {"buildCheck": False}


def open_lab(folder: Path, *, browser: bool = True) -> int:
    """Open JupyterLab in `folder` on the start notebook and wait until it is closed.

    Parameters
    ----------
    folder
        Holds the notebooks.
    browser
        Open a browser; without it the address with its token is printed.

    Returns
    -------
    int
        JupyterLab's exit status.

    Raises
    ------
    CourseError
        When JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise CourseError("JupyterLab is not installed; install it with: pip install 'myoteach[lab]'")
    with tempfile.TemporaryDirectory(prefix="myoteach-") as config:
        return subprocess.call(_command(folder, browser=browser), env=_environment(Path(config)))


def _command(folder: Path, *, browser: bool) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{START}",
        "--LabApp.extension_manager=readonly",
    ]
    return command if browser else [*command, "--no-browser"]


def write_lab_settings(config: Path) -> None:
    """Write settings of JupyterLab: to ask its own site for no news and no updates, and not to think of a new build.

    Parameters
    ----------
    config
        Goes into ``JUPYTER_CONFIG_PATH``, where JupyterLab looks last, so that a learner's own settings still win.

    Raises
    ------
    OSError
        When the folder cannot be written.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_lab_settings(Path(folder))
    ...     sorted(path.name for path in Path(folder).rglob("*.json"))
    ['default_setting_overrides.json', 'page_config.json']
    """
    labconfig = config / "labconfig"
    labconfig.mkdir(parents=True, exist_ok=True)
    for name, settings in {"default_setting_overrides": _QUIET_LAB, "page_config": _QUICK_PAGE}.items():
        (labconfig / f"{name}.json").write_text(json.dumps(settings), encoding="utf-8")


def _environment(config: Path) -> dict[str, str]:
    write_lab_settings(config)
    before = os.environ.get("JUPYTER_CONFIG_PATH")
    path = os.pathsep.join([str(config), before]) if before else str(config)
    return {**os.environ, "JUPYTER_CONFIG_PATH": path}
