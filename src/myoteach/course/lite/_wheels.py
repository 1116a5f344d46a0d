"""Wheels without a network: those of a folder, and those made again from what is installed in this environment."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from functools import cache
from pathlib import Path

from ..._content import content_folder
from .._copies import copy_text
from .._notebooks import CourseError

_COMPILED = (".so", ".pyd", ".dylib", ".dll")
#: What an installer notes about one machine.
_NOT_IN_A_WHEEL = {"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json"}
#: Distributions whose compiled parts only make them faster: each goes on in Python where those are missing.
_FASTER_ONLY = {"psygnal", "pyyaml", "wcwidth"}
#: Folders that are not part of the package, or written anew.
_PASSING = {"__pycache__", "_content", ".ipynb_checkpoints"}
#: The only timestamp in a wheel made here, so that the same files give the same bytes.
_THEN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel: its file name, its bytes, and what its metadata says of name, version and requirements."""

    file: str
    data: bytes
    name: str
    version: str
    requires: tuple[str, ...]

    @property
    def imports(self) -> tuple[str, ...]:
        """The names under which it is imported."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            tops = {name.split("/")[0] for name in archive.namelist() if name.endswith(".py")}
        return tuple(sorted(top.removesuffix(".py") for top in tops if "." not in top.removesuffix(".py")))


def normal(name: str) -> str:
    """Return a distribution's name as indexes write it.

    Examples
    --------
    >>> normal("Typing_Extensions")
    'typing-extensions'
    """
    from packaging.utils import canonicalize_name  # noqa: PLC0415  # comes with JupyterLab

    return str(canonicalize_name(name))


def read_wheel(path: Path) -> Wheel:
    """Return a wheel file.

    Raises
    ------
    CourseError
        When it is not one.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            said = BytesParser().parsebytes(archive.read(inside), headersonly=True)
    except (OSError, zipfile.BadZipFile, StopIteration) as error:
        raise CourseError(f"{path} is not a wheel; fetch it again.") from error
    return Wheel(path.name, path.read_bytes(), said["Name"], said["Version"], tuple(said.get_all("Requires-Dist", ())))


def from_folder(folder: Path) -> dict[str, Wheel]:
    """Return the wheels of a folder by name that run on any machine; of two versions, the newer."""
    from packaging.version import Version  # noqa: PLC0415

    found: dict[str, Wheel] = {}
    for path in sorted(folder.glob("*-none-any.whl")):
        wheel = read_wheel(path)
        known = found.get(normal(wheel.name))
        if known is None or Version(known.version) < Version(wheel.version):
            found[normal(wheel.name)] = wheel
    return found


@cache
def from_installed(name: str) -> Wheel | None:
    """Return an installed distribution as a wheel for any machine; None where that cannot be done.

    It cannot for one that is not installed, and for one whose compiled parts are more than a faster way. Files outside
    the import path, such as extensions of JupyterLab, are left out.

    Examples
    --------
    >>> from_installed("traitlets").imports
    ('traitlets',)
    >>> from_installed("numpy") is None
    True
    """
    try:
        found = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    paths = [path for path in found.files or () if ".." not in path.parts and path.suffix != ".pyc"]
    compiled = [path for path in paths if path.name.endswith(_COMPILED)]
    if compiled and normal(name) not in _FASTER_ONLY:
        return None
    kept = [path for path in paths if path not in compiled and path.name not in _NOT_IN_A_WHEEL]
    files = {path.as_posix(): path.read_binary() for path in kept}
    return _packed(found.metadata["Name"], found.version, files, found.requires or ())


@cache
def own_wheel() -> Wheel:
    """Return this package with its tables and lessons, from a checkout as from an installation.

    The lessons in it, from which the package reads titles and prose, are a learner's: without the instructor's cells.
    """
    from ... import __version__  # noqa: PLC0415  # the package loads this module last

    package = Path(__file__).resolve().parents[2]
    folders = {"myoteach": package} | {
        f"myoteach/_content/{name}": content_folder(name) for name in ("data", "notebooks")
    }
    files = {
        f"{place}/{path.relative_to(folder).as_posix()}": _for_learners(path)
        for place, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _PASSING & set(path.relative_to(folder).parts)
    }
    requires = tuple(importlib.metadata.requires("myoteach") or ())
    said = "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
    metadata = f"Metadata-Version: 2.1\nName: myoteach\nVersion: {__version__}\n{said}"
    files[f"myoteach-{__version__}.dist-info/METADATA"] = metadata.encode()
    return _packed("myoteach", __version__, files, requires)


def _for_learners(path: Path) -> bytes:
    """Return a file, a notebook without what is the instructor's."""
    return copy_text(path).encode() if path.suffix == ".ipynb" else path.read_bytes()


def _packed(name: str, version: str, files: Mapping[str, bytes], requires: Iterable[str]) -> Wheel:
    stem = f"{normal(name).replace('-', '_')}-{version}"
    info = next(path.split("/")[0] for path in files if path.endswith(".dist-info/METADATA"))
    tags = b"Wheel-Version: 1.0\nGenerator: myoteach\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    whole = {**files, f"{info}/WHEEL": tags}
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in whole.items())
    whole[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in whole.items():
            archive.writestr(zipfile.ZipInfo(path, _THEN), data, zipfile.ZIP_DEFLATED)
    return Wheel(f"{stem}-py3-none-any.whl", held.getvalue(), name, version, tuple(requires))


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
