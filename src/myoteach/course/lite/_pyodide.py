"""A Pyodide of the reader's, its packages and ours: which files the browser needs, and the lock that names them."""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._notebooks import CourseError
from ._wheels import Wheel, from_folder, from_installed, normal, own_wheel

LOCK = "pyodide-lock.json"
#: What every Pyodide has, the smallest too.
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
#: What the kernel of JupyterLite asks for by name when it starts.
KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
#: What lessons may use beyond an explorer; each is taken whole or not at all.
EXTRAS = ("figures", "signals", "edf", "quiz")


@contextmanager
def opened(given: Path) -> Iterator[Path]:
    """Yield the folder of a Pyodide, given as one or as an archive of one.

    Raises
    ------
    CourseError
        When a file of Pyodide is missing; the message names it.
    """
    with tempfile.TemporaryDirectory(prefix="myoteach-") as scratch:
        folder = given
        if given.is_file():
            try:
                with tarfile.open(given) as archive:
                    archive.extractall(scratch, filter="data")
            except (tarfile.TarError, OSError, EOFError) as error:
                raise CourseError(f"{given} cannot be unpacked ({error}); fetch it again, or name a folder.") from error
            folder = min((path.parent for path in Path(scratch).rglob(CORE[0])), default=Path(scratch))
        missing = [name for name in CORE if not (folder / name).is_file()]
        if missing:
            raise CourseError(f"{given} is not a Pyodide: {missing[0]} is missing; docs/lite.md says how to fetch one.")
        yield folder


def python_of(folder: Path) -> str:
    """Return which Python a Pyodide is, for example ``"3.14"``."""
    info = json.loads((folder / LOCK).read_text(encoding="utf-8"))["info"]
    return ".".join(str(info["python"]).split(".")[:2])


@dataclass
class Packages:
    """What the browser's Python can load: of the given Pyodide what is there, else wheels.

    Parameters
    ----------
    folder
        A Pyodide.
    kernel
        The folder of the kernel's own wheels.
    """

    folder: Path
    kernel: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        lock = json.loads((self.folder / LOCK).read_text(encoding="utf-8"))
        self.info, self.python = lock["info"], python_of(self.folder)
        self._locked = {normal(name): entry for name, entry in lock["packages"].items()}
        self._wheels = {**from_folder(self.folder), **from_folder(self.kernel), "myoteach": own_wheel()}
        for name in (*KERNEL, "myoteach"):
            missing = self._take(name)
            if missing:
                raise CourseError(
                    f"The browser's Python needs {missing}, and neither {self.folder} nor this environment has it for "
                    f"Python {self.python}; docs/lite.md says how to fetch it."
                )
        self._take_extras()

    def lock(self) -> str:
        """Return the lock with what is here and nothing else, so that nothing is ever asked of another place."""
        return json.dumps({"info": self.info, "packages": dict(sorted(self.entries.items()))}, indent=1)

    def _take(self, name: str) -> str:
        """Take a package with all it needs, or nothing; return the first that is missing."""
        before = dict(self.entries), dict(self.files)
        missing = self._walk(normal(name))
        if missing:
            self.entries, self.files = before
        return missing

    def _walk(self, name: str) -> str:
        if name in self.entries:
            return ""
        found = self._of_pyodide(name) or self._of_wheel(name)
        if found is None:
            return name
        entry, data = found
        self.entries[name] = entry
        self.files[entry["file_name"]] = data
        return next((missing for other in entry["depends"] if (missing := self._walk(normal(other)))), "")

    def _of_pyodide(self, name: str) -> tuple[dict[str, Any], bytes] | None:
        """Return a package that Pyodide brings, where the file is here that its lock means.

        The browser refuses a file with another digest; one of the same name from an index may well be another build.
        """
        entry = self._locked.get(name)
        if entry is None or not (self.folder / entry["file_name"]).is_file():
            return None
        data = (self.folder / entry["file_name"]).read_bytes()
        return (entry, data) if hashlib.sha256(data).hexdigest() == entry["sha256"] else None

    def _of_wheel(self, name: str) -> tuple[dict[str, Any], bytes] | None:
        wheel = self._wheels.get(name) or from_installed(name)
        return None if wheel is None else (_entry(wheel, self._needs(wheel)), wheel.data)

    def _needs(self, wheel: Wheel, extra: str = "") -> list[str]:
        """Return the names that a wheel requires in the browser."""
        return _needed(wheel.requires, self.python, extra)

    def _take_extras(self) -> None:
        own = self.entries["myoteach"]
        for extra in EXTRAS:
            needed = self._needs(self._wheels["myoteach"], extra)
            added = [name for name in needed if name not in own["depends"] and name != "myoteach"]
            before = dict(self.entries), dict(self.files)
            missing = next((gone for name in added if (gone := self._take(name))), "")
            if missing:
                self.entries, self.files = before
                self.left_out.update(added)
            else:
                own["depends"] += added
        self.left_out.difference_update(self.entries)


def _needed(requires: tuple[str, ...], python: str, extra: str) -> list[str]:
    from packaging.requirements import Requirement  # noqa: PLC0415

    browser = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"}
    browser |= {"platform_machine": "wasm32", "python_version": python, "python_full_version": f"{python}.0"}
    found = map(Requirement, requires)
    return [
        normal(each.name) for each in found if each.marker is None or each.marker.evaluate({**browser, "extra": extra})
    ]


def _entry(wheel: Wheel, depends: list[str]) -> dict[str, Any]:
    return {
        "name": normal(wheel.name),
        "version": wheel.version,
        "file_name": wheel.file,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.data).hexdigest(),
        "package_type": "package",
        "imports": list(wheel.imports),
        "depends": depends,
        "unvendored_tests": False,
    }
