"""The specifications for conda and Binder parse and agree with pyproject.toml; `test_binder` installs and uses them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import files
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tests.conftest import ROOT


def base_image(*names: str) -> dict[str, str]:
    """Versions that repo2docker freezes for the Python that `.binder` asks for: those that Binder starts from."""
    wanted = "buildpacks/conda/environment.py-3.12-linux-64.lock"
    (lock,) = [file for file in files("jupyter-repo2docker") or [] if file.as_posix().endswith(wanted)]
    text = lock.read_text(encoding="utf-8")
    return {name: re.findall(rf"/{name}-([\d.]+)-\w+\.(?:conda|tar)", text)[0] for name in names}


#: What Binder's base image has; ranges must accept it.
BINDER = base_image("jupyterlab", "ipywidgets")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def spec(path: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def pip_section(path: str) -> list[str]:
    return next(item["pip"] for item in spec(path)["dependencies"] if isinstance(item, dict))


def lab_requirements() -> set[str]:
    """Everything a learner needs: the dependencies and the extra 'lab' with the extras it names."""
    found, todo = set(PROJECT["dependencies"]), ["lab"]
    while todo:
        for item in PROJECT["optional-dependencies"][todo.pop()]:
            requirement = Requirement(item)
            if requirement.name == PROJECT["name"]:
                todo += requirement.extras
            else:
                found.add(item)
    return found


def test_both_name_the_same_python_and_channel() -> None:
    conda, binder = spec("environment.yml"), spec(".binder/environment.yml")
    assert conda["channels"] == binder["channels"] == ["conda-forge"]
    assert conda["dependencies"][:2] == binder["dependencies"][:2] == ["python=3.12", "pip"]


def test_binder_lists_what_the_package_needs() -> None:
    assert set(pip_section(".binder/environment.yml")) == lab_requirements()


def test_conda_installs_the_package_itself() -> None:
    assert pip_section("environment.yml") == [".[lab]"]


@pytest.mark.parametrize(("name", "version"), BINDER.items())
def test_ranges_accept_what_binder_has(name: str, version: str) -> None:
    requirements = {Requirement(item).name: Requirement(item) for item in lab_requirements()}
    assert requirements[name].specifier.contains(version)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_locks_are_hashed_name_no_address_and_hold_every_requirement(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if block.strip()]
    assert all("--hash=sha256:" in block for block in blocks)
    locked = {Requirement(block.split("--hash")[0].strip()).name.lower() for block in blocks}
    assert {Requirement(item).name.lower() for item in lab_requirements()} <= locked


def test_each_lock_contains_the_lighter_one() -> None:
    def pins(lock: str) -> set[str]:
        return {line.split()[0] for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "==" in line}

    assert pins("requirements.lock") <= pins("requirements-dev.lock") <= pins("requirements-bench.lock")


def test_binder_dry_run_finds_the_environment() -> None:
    command = [
        sys.executable,
        "-m",
        "repo2docker",
        "--no-build",
        "--debug",
        "--user-id=1000",
        "--user-name=learner",
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "Building conda environment for python=3.12" in said
    assert ".binder/environment.yml" in said
    assert ".binder/postBuild" in said
