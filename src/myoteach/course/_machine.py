"""What of a machine matters to a lesson, looked up in one place so that a test can plant a fault."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .._content import content_folder
from ..questions import progress_folder

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "firefox", "msedge", "safari", "epiphany")
#: Elsewhere the system itself opens addresses in a browser.
_OPENERS = {"darwin": "open", "win32": "explorer", "cygwin": "explorer"}

#: Front ends without which a lesson shows text where it should live, and the package that brings each.
FRONT_ENDS = {
    "anywidget": "anywidget",
    "@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets",
    "jupyterlab-plotly": "plotly",
}


def installed_version(package: str) -> str | None:
    """Return the version of an installed package, or None.

    Examples
    --------
    >>> installed_version("no-such-package") is None
    True
    """
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def required() -> list[str]:
    """Return what the installed myoteach asks for, each with the condition on which it does."""
    return importlib.metadata.requires("myoteach") or []


def extension_folders() -> list[Path]:
    """Return the folders in which JupyterLab looks for front ends, the first wins; none without Jupyter."""
    try:
        from jupyter_core.paths import jupyter_path  # noqa: PLC0415  # heavier than the rest, and may be missing
    except ImportError:
        return []
    return [Path(folder) for folder in jupyter_path("labextensions")]


def disabled_extensions() -> list[str]:
    """Return the names of front ends that a setting of this machine turns off."""
    try:
        from jupyterlab_server.config import get_page_config  # noqa: PLC0415
    except ImportError:
        return []
    disabled = get_page_config([str(folder) for folder in extension_folders()]).get("disabledExtensions", [])
    return [name for name in disabled if not isinstance(disabled, dict) or disabled[name]]


def brought_version(package: str, extension: str) -> str | None:
    """Return the version of the front end that an installed package brought along, or None."""
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    end = f"labextensions/{extension}/package.json"
    return next((read_version(Path(str(file.locate()))) for file in files if file.as_posix().endswith(end)), None)


def read_version(descriptor: Path) -> str | None:
    """Return the version that a front end's ``package.json`` names; None when there is none to read."""
    try:
        return str(json.loads(descriptor.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def kernels() -> dict[str, str]:
    """Return the kernels that Jupyter knows, and the program each of them starts."""
    try:
        from jupyter_client.kernelspec import KernelSpecManager  # noqa: PLC0415
    except ImportError:
        return {}
    return {name: str(found["spec"]["argv"][0]) for name, found in KernelSpecManager().get_all_specs().items()}


def find_browser() -> str | None:
    """Return what would open an address, or None."""
    named = [os.environ.get("BROWSER", "").split(os.pathsep)[0].split(" ")[0], *_BROWSERS]
    return _OPENERS.get(sys.platform) or next(filter(None, map(shutil.which, filter(None, named))), None)


def is_free(port: int) -> bool:
    """Whether a program may listen on a port of this machine's own address.

    Examples
    --------
    >>> is_free(0)
    True
    """
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_bytes(folder: Path) -> int:
    """Return the space left on the disk that holds a folder, or will hold it."""
    return shutil.disk_usage(nearest_existing(folder)).free


def nearest_existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there.

    Examples
    --------
    >>> nearest_existing(Path("/no/such/folder")).as_posix()
    '/'
    """
    full = folder.expanduser().absolute()
    return next(place for place in (full, *full.parents) if place.is_dir())


@dataclass(frozen=True)
class Machine:
    """The facts that the checks look at: by default those of this machine."""

    folder: Path = Path("myoteach-notebooks")
    notebooks: Path = field(default_factory=lambda: content_folder("notebooks"))
    progress: Path = field(default_factory=progress_folder)
    python: tuple[int, ...] = tuple(sys.version_info[:3])
    version: Callable[[str], str | None] = installed_version
    required: Callable[[], Sequence[str]] = required
    extensions: Callable[[], Sequence[Path]] = extension_folders
    disabled: Callable[[], Sequence[str]] = disabled_extensions
    brought: Callable[[str, str], str | None] = brought_version
    kernels: Callable[[], Mapping[str, str]] = kernels
    browser: Callable[[], str | None] = find_browser
    is_free: Callable[[int], bool] = is_free
    free_bytes: Callable[[Path], int] = free_bytes
    tables: Path | None = None
