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
    """Write into a folder of Jupyter's settings what keeps JupyterLab from asking its own site for news and updates.

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
    ...     [path.name for path in Path(folder).rglob("*.json")]
    ['default_setting_overrides.json']
    """
    labconfig = config / "labconfig"
    labconfig.mkdir(parents=True, exist_ok=True)
    (labconfig / "default_setting_overrides.json").write_text(json.dumps(_QUIET_LAB), encoding="utf-8")


def _environment(config: Path) -> dict[str, str]:
    write_lab_settings(config)
    before = os.environ.get("JUPYTER_CONFIG_PATH")
    path = os.pathsep.join([str(config), before]) if before else str(config)
    return {**os.environ, "JUPYTER_CONFIG_PATH": path}
