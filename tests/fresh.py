"""Fresh environments for tests that must not see what this one has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin


def environment(folder: Path, *requirements: str | Path, pins: Path | None = None) -> Path:
    """Make an environment in this folder with these requirements, under these constraints; return its Python."""
    uv, python = find_uv_bin(), folder / "bin" / "python"
    constraint = ["--constraint", str(pins)] if pins else []
    run(uv, "venv", "-q", "--seed", "--python", sys.executable, folder)
    run(uv, "pip", "install", "-q", "--python", python, *requirements, *constraint)
    return python


def run(*command: object, cwd: Path | None = None, **variables: str) -> str:
    """Run a command that must succeed and return what it printed."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
