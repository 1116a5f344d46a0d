"""Look at a machine the evening before class: what a program can check, each with the remedy where it fails."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..knowledge import KnowledgeError, load
from ..questions import BankError, read_bank
from ._machine import FRONT_ENDS, Machine, nearest_existing, read_version
from ._notebooks import compare_notebooks

_OLDEST = (3, 11)
_INSTALL = "pip install --upgrade 'myoteach[lab]'"
#: Ports that JupyterLab tries, the first that is free wins.
_PORTS = range(8888, 8939)
#: Room for the copied notebooks, progress, and what JupyterLab writes; a choice with a wide margin, not a measurement.
_ROOM = 200_000_000
#: Draws every explorer's first frame in a process that may not reach beyond this machine. A hook cannot be taken out.
_CUT_OFF = """
import sys
def refuse(event, arguments):
    if event == "socket.getaddrinfo" or event == "socket.connect" and isinstance(arguments[1], tuple):
        raise OSError(f"asked the network: {event} {arguments[1:]}")
sys.addaudithook(refuse)
import myoteach
for name in ("category_explorer", "cause_map", "clue_matrix", "glossary", "article_on_trial"):
    getattr(myoteach, name)().first_frame()
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; without a remedy all is well.

    Examples
    --------
    >>> print(Finding("disk", "room enough"))
    ok         disk: room enough
    >>> Finding("disk", "1 MB free", "make room").ok
    False
    """

    about: str
    said: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy

    def __str__(self) -> str:
        mark = "ok       " if self.ok else "LOOK HERE"
        return f"{mark}  {self.about}: {self.said}" + ("" if self.ok else f"\n           -> {self.remedy}")


def examine(folder: Path | None = None, machine: Machine | None = None) -> Iterator[Finding]:
    """Check what a lesson needs, one finding after the other. Nothing is changed and no network is asked.

    Parameters
    ----------
    folder
        The folder of notebooks that the class will use; by default the one that ``myoteach lab`` makes.
    machine
        The facts to look at; by default this machine's.

    Examples
    --------
    >>> next(examine()).about
    'Python'
    """
    machine = machine or (Machine() if folder is None else Machine(folder=folder))
    for check in _CHECKS:
        yield check(machine)


def _python(machine: Machine) -> Finding:
    said, least = ".".join(map(str, machine.python)), ".".join(map(str, _OLDEST))
    remedy = "" if machine.python[:2] >= _OLDEST else f"Install Python {least} or newer, and myoteach in it."
    return Finding("Python", said, remedy)


def _packages(machine: Machine) -> Finding:
    if machine.version("packaging") is None:
        return Finding("packages", "JupyterLab and what comes with it are missing", f"Run: {_INSTALL}")
    from packaging.requirements import Requirement  # noqa: PLC0415  # comes with JupyterLab

    asked = [Requirement(text) for text in machine.required()]
    needed = [item for item in asked if item.marker is None or item.marker.evaluate({"extra": "lab"})]
    wrong = []
    for item in needed:
        found = machine.version(item.name)
        if found is None or not item.specifier.contains(found, prereleases=True):
            wrong.append(f"{item.name} {found or 'is missing'} (asked for {item.specifier})")
    said = "; ".join(wrong) or f"{len(needed)} as asked for"
    return Finding("packages", said, f"Run: {_INSTALL}" if wrong else "")


def _front_ends(machine: Machine) -> Finding:
    wrong = [said for name, package in FRONT_ENDS.items() if (said := _front_end(machine, name, package))]
    if wrong:
        remedy = (
            f"Run: {_INSTALL}; then `jupyter labextension list` shows what JupyterLab uses. Close JupyterLab first."
        )
        return Finding("widgets in JupyterLab", "; ".join(wrong), remedy)
    return Finding("widgets in JupyterLab", f"{len(FRONT_ENDS)} front ends, each the one its package brought")


def _front_end(machine: Machine, name: str, package: str) -> str:
    """Say what is wrong with a front end: not there, another version than its package brought, or turned off."""
    used = next(filter(None, (read_version(place / name / "package.json") for place in machine.extensions())), None)
    brought = machine.brought(package, name)
    if used is None:
        return f"{name} is missing"
    if any(off == name or off.startswith(f"{name}:") for off in machine.disabled()):
        return f"{name} is turned off"
    return "" if used == brought else f"{name} is {used}, but {package} brought {brought or 'none'}"


def _kernel(machine: Machine) -> Finding:
    """Look which Python a kernel starts: another than this one would not find myoteach."""
    program = machine.kernels().get("python3")
    if program is None:
        return Finding("kernel", "Jupyter knows none called python3", "Run: python -m ipykernel install --sys-prefix")
    # A bare name is Jupyter's way to say "the Python that runs JupyterLab".
    if Path(program).name == program or shutil.which(program) == shutil.which(sys.executable):
        return Finding("kernel", f"python3, which is {sys.executable}")
    said = f"python3 starts {program}, but myoteach is installed for {sys.executable}"
    return Finding(
        "kernel", said, "Run: jupyter kernelspec remove python3; then: python -m ipykernel install --sys-prefix"
    )


def _tables(machine: Machine) -> Finding:
    try:
        kb = load(machine.tables)
        bank = read_bank(None, kb)
    except (KnowledgeError, BankError, OSError) as error:
        said = str(error).splitlines()[0]
        return Finding(
            "tables and questions", said, "Run `myoteach check` for the whole list, or install myoteach again."
        )
    return Finding("tables and questions", f"{len(kb.tables)} tables, {len(bank.questions)} questions")


def _shipped(machine: Machine) -> Finding:
    """Look at the notebooks inside the package: those that a learner will be given."""
    paths = sorted(machine.notebooks.glob("*.ipynb")) if machine.notebooks.is_dir() else []
    broken = [path.name for path in paths if not _is_executed(path)]
    if not paths or broken:
        said = f"not whole: {', '.join(broken)}" if broken else f"none in {machine.notebooks}"
        return Finding("lessons in the package", said, "Install myoteach again.")
    return Finding("lessons in the package", f"{len(paths)}, whole and executed")


def _is_executed(path: Path) -> bool:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _copies(machine: Machine) -> Finding:
    about = "notebooks of the class"
    if not machine.folder.is_dir():
        return Finding(about, f"{machine.folder} is not there yet; `myoteach lab` makes it")
    missing, changed = compare_notebooks(machine.folder, machine.notebooks)
    said = [f"missing: {', '.join(missing)}"] if missing else []
    said += [f"not as in the package: {', '.join(changed)}"] if changed else []
    remedy = (
        f"`myoteach lab {machine.folder}` copies what is missing or was never changed. One that was changed stays: "
        "rename it to get a fresh one."
    )
    return Finding(about, "; ".join(said) or f"all in {machine.folder}, unedited", remedy if said else "")


def _progress(machine: Machine) -> Finding:
    place = nearest_existing(machine.progress)
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"myoteach")
    except OSError as error:
        said = f"{place} cannot be written to ({error.strerror or error})"
        return Finding("progress", said, "Set MYOTEACH_PROGRESS_DIR to a folder of yours.")
    return Finding("progress", f"can be kept in {machine.progress}")


def _port(machine: Machine) -> Finding:
    free = next((port for port in _PORTS if machine.is_free(port)), None)
    if free is None:
        said = f"none free from {_PORTS[0]} to {_PORTS[-1]} on 127.0.0.1"
        return Finding("port", said, "Close other JupyterLabs, or let a firewall allow 127.0.0.1 to itself.")
    taken = "" if free == _PORTS[0] else f"; {_PORTS[0]} is taken by another program, which does no harm"
    return Finding("port", f"{free} on 127.0.0.1 is free{taken}")


def _browser(machine: Machine) -> Finding:
    found = machine.browser()
    remedy = "" if found else "Install a browser, or use `myoteach lab --no-browser` and open the address it prints."
    return Finding("browser", found or "none found", remedy)


def _disk(machine: Machine) -> Finding:
    free = machine.free_bytes(machine.folder)
    remedy = "" if free >= _ROOM else f"Make room: {_ROOM // 1_000_000} MB are enough."
    return Finding("disk", f"{free // 1_000_000} MB free", remedy)


def _network(machine: Machine, code: str = _CUT_OFF) -> Finding:
    """Draw explorers where every call beyond this machine is refused."""
    del machine  # what is tried is the package itself
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it stopped without a word"])[-1]
        return Finding(
            "without a network", f"explorers did not draw: {said}", "Install myoteach again, as it was shipped."
        )
    return Finding("without a network", "explorers draw with the network cut off; a lesson asks nothing of it")


_CHECKS: tuple[Callable[[Machine], Finding], ...] = (
    _python,
    _packages,
    _front_ends,
    _kernel,
    _tables,
    _shipped,
    _copies,
    _progress,
    _port,
    _browser,
    _disk,
    _network,
)
