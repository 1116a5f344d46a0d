#!/usr/bin/env python3
"""Set up myoteach and run it.

    python3 run.py lab          open the lessons in JupyterLab
    python3 run.py test         run every check and test
    python3 run.py check        check the tables and count what they hold
    python3 run.py notebooks    execute the lessons again after a change
    python3 run.py site         write the lessons to the folder site, as pages that need no Python and no network
    python3 run.py slides       write the lessons to the folder slides, each as one file for a lecture
    python3 run.py bench        measure what docs/benchmarks.md reports

Standard library only; the same on Linux, macOS and Windows. The first call makes a private environment in ``.venv``
from the hashed lock files and never touches any other Python on the machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "myoteach-ready.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"
OLDEST = (3, 11)
#: What each command needs installed, from the lightest; each lock contains those before it.
LOCKS = {"lab": "requirements.lock", "dev": "requirements-dev.lock", "bench": "requirements-bench.lock"}
PYTEST = ("python", "-m", "pytest", "-p", "no:cacheprovider")
#: What is done side by side before the tests are run.
CHECKS = {
    "deno (format)": ("deno", "fmt", "--check"),
    "deno (lint)": ("deno", "lint", "--quiet"),
    "deno (types)": ("deno", "check", "--quiet", "src/myoteach"),
    "ruff (style)": ("python", "-m", "ruff", "check", "."),
    "ruff (format)": ("python", "-m", "ruff", "format", "--check", "."),
    "mypy": ("python", "-m", "mypy"),
    "codespell": ("python", "-m", "codespell_lib"),
    "floors of the house": ("python", "-c", "from importlinter.cli import lint_imports_command as main; main()"),
    # Python keeps what pytest makes of the tests, so that those who run them need not each make it again.
    "every test is found": (*PYTEST, "--collect-only", "-qq"),
}


class SetupError(Exception):
    """The environment could not be made; the message is one sentence for the reader."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    commands = {
        "lab": lab,
        "test": test,
        "check": check,
        "notebooks": notebooks,
        "site": site,
        "slides": slides,
        "bench": bench,
    }
    name = arguments[0] if arguments else ""
    if name not in commands:
        print(
            __doc__.strip()
            if name in ("", "-h", "--help")
            else f"run.py knows no command {name!r}; try: {', '.join(commands)}"
        )
        return 0 if name in ("-h", "--help") else 2
    try:
        return commands[name](arguments[1:])
    except SetupError as error:
        print(f"\nmyoteach could not be set up: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def lab(arguments: list[str]) -> int:
    """Open JupyterLab on the start notebook."""
    prepare("lab")
    return run("-m", "myoteach", "lab", str(ROOT / "notebooks"), *arguments)


def check(arguments: list[str]) -> int:
    """Check the tables and print what they hold."""
    prepare("lab")
    return run("-m", "myoteach", "check", *arguments)


def test(arguments: list[str]) -> int:
    """Run the linters and every test; with arguments, pytest alone with these arguments."""
    prepare("dev")
    if arguments:
        return run("-m", "pytest", *arguments)
    checks = {name: start(*command) for name, command in CHECKS.items()}
    failed = [name for name, process in checks.items() if not passed(name, process)]
    print("\n=== tests", flush=True)
    # Three at once are a little faster than two on two cores: what waits for a browser leaves its core to others.
    if run(*PYTEST[1:], "-n", "3", "--dist", "worksteal", "--durations", "20"):
        failed.append("tests")
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll passed.", flush=True)
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure what docs/benchmarks.md reports, all of it or the parts named, and write it."""
    prepare("bench")
    return run(str(ROOT / "tests" / "bench" / "bench.py"), *arguments)


def notebooks(arguments: list[str]) -> int:
    """Execute the lessons again and save them clean, after the tables or a lesson changed."""
    prepare("dev")
    return run(str(ROOT / "tools" / "execute_notebooks.py"), *arguments)


def site(arguments: list[str]) -> int:
    """Write the offline site, by default all lessons to the folder ``site``."""
    prepare("lab")
    named = bool(arguments) and not arguments[0].startswith("-")
    return run("-m", "myoteach", "site", *([] if named else [str(ROOT / "site")]), *arguments)


def slides(arguments: list[str]) -> int:
    """Write slides, by default of all lessons to the folder ``slides``."""
    prepare("lab")
    return run("-m", "myoteach", "slides", *(arguments or ["all", str(ROOT / "slides")]))


def run(*arguments: str) -> int:
    """Run Python of the private environment from the project's folder and return its exit status."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=surroundings())


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a program of the private environment and keep what it says."""
    return subprocess.Popen(
        [str(BIN / f"{program}{EXE}"), *arguments],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def passed(name: str, process: subprocess.Popen[str]) -> bool:
    """Wait for a check and report it: what it said only where it found something."""
    said, _ = process.communicate()
    print(f"\n=== {name}" if process.returncode else f"=== {name}: passed", flush=True)
    if process.returncode:
        print(said, flush=True)
    return not process.returncode


def surroundings() -> dict[str, str]:
    """Environment of what runs here. Bytecode is kept in this folder even where it is forbidden elsewhere."""
    ours = {"PYTHONUTF8": "1", "JUPYTER_PLATFORM_DIRS": "1", "DENO_NO_UPDATE_CHECK": "1"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | ours


def prepare(level: str) -> None:
    """Make ``.venv`` if it is missing or out of date; a failure leaves none behind.

    Raises
    ------
    SetupError
        With one sentence that says what to do.
    """
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        wanted = ".".join(map(str, OLDEST))
        raise SetupError(f"Python {wanted} or later is needed, and this is {found}; start run.py with a newer one.")
    if is_ready(level):
        return
    started = time.monotonic()
    try:
        build(level)
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise
    STAMP.write_text(json.dumps({"level": level, "locks": fingerprint()}), encoding="utf-8")
    say(f"Ready after {time.monotonic() - started:.0f} s.")


def is_ready(level: str) -> bool:
    """Whether ``.venv`` was finished from the present lock files and holds at least `level`."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    enough = list(LOCKS)[list(LOCKS).index(level) :]
    return stamp["locks"] == fingerprint() and stamp["level"] in enough and PYTHON.exists()


def fingerprint() -> str:
    """Identify the lock files, the project's declaration and the Python in use."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in (*LOCKS.values(), "pyproject.toml"):
        digest.update((ROOT / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def build(level: str) -> None:
    """Make the environment from the lock, with uv when it is there, else with venv and pip."""
    lock, uv = ROOT / LOCKS[level], shutil.which("uv")
    count = lock.read_text(encoding="utf-8").count("==")
    shutil.rmtree(VENV, ignore_errors=True)
    tool = "uv" if uv else "pip; this can take some minutes"
    say(f"First start: making a private environment in .venv ({count} packages, with {tool}).")
    if uv:
        step([uv, "venv", "--quiet", "--python", interpreter(), str(VENV)])
        install = [uv, "pip", "install", "--python", str(PYTHON)]
    else:
        step([interpreter(), "-m", "venv", str(VENV)])
        install = [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-compile",  # Python does so, for the tenth that it uses, as it comes to it
            "--progress-bar",
            "off",
        ]
    # A lock names all there is to install, and what pip finds out itself may be a version that has no hash in it.
    step([*install, "--require-hashes", "--no-deps", "--requirement", str(lock)])
    say("Adding myoteach itself.")
    step([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def interpreter() -> str:
    """Return the Python to build with: never that of an environment, which may be the one being replaced."""
    return getattr(sys, "_base_executable", None) or sys.executable


def step(command: list[str]) -> None:
    """Run one installation step, with a sign of life; on failure show the end of what it said."""
    # Schools and hospitals often re-sign encrypted traffic: trust the certificates the system trusts.
    environment = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1", **os.environ}
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    said: list[str] = []
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said.append(line.rstrip())
            show_progress(line)
        status = process.wait()
    except BaseException:
        process.kill()
        raise
    if status:
        print("\n".join(said[-12:]), file=sys.stderr)
        raise SetupError(
            f"the step “{Path(command[0]).name} {command[1]}” failed (see above); "
            "check the network and the disk space, then run the same command again."
        )


def show_progress(line: str) -> None:
    """Name each package as pip comes to it."""
    if line.startswith("Collecting "):
        print(f"  {line.split()[1].split(';', maxsplit=1)[0]}", flush=True)


def say(text: str) -> None:
    """Tell the reader what is going on."""
    print(f"myoteach: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
