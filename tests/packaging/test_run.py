"""run.py says what went wrong in one sentence and leaves nothing half-made."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from uv import find_uv_bin

from tests.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what run.py reads."""
    locks = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
    for name in ("run.py", *locks, "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def load_run(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_under_test", folder / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(folder: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path} if path is not None else None
    return subprocess.run(
        [sys.executable, str(folder / "run.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_run_needs_the_standard_library_only() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import run; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    outside = {name.split(".")[0] for name in done.stdout.split()} - set(sys.stdlib_module_names)
    assert {name for name in outside if not name.startswith("_")} <= {"run", "builtins", "sys"}


def test_a_wrong_command_names_the_right_ones(checkout: Path) -> None:
    done = call(checkout, "labb")
    assert done.returncode == 2
    assert "lab, test, check, notebooks, site, slides, bench" in done.stdout


@pytest.mark.parametrize("broken", ["ruff (style)", "every test is found", "deno (types)", "tests"])
def test_one_step_that_fails_fails_the_whole(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    """And the steps after it run all the same."""
    run, asked = load_run(checkout), []
    names = {command: name for name, command in run.CHECKS.items()}

    def start(*command: str) -> SimpleNamespace:
        asked.append(names[command])
        return SimpleNamespace(communicate=lambda: ("here is why", None), returncode=int(asked[-1] == broken))

    def call(*_: str) -> int:
        asked.append("tests")
        return int(broken == "tests")

    monkeypatch.setattr(run, "prepare", lambda _: None)
    monkeypatch.setattr(run, "start", start)
    monkeypatch.setattr(run, "run", call)
    assert run.main(["test"]) == 1
    said = capsys.readouterr().out
    assert f"Failed: {broken}\n" in said
    assert said.count("here is why") == int(broken != "tests")
    assert asked == [*run.CHECKS, "tests"]
    broken = "nothing"
    assert run.main(["test"]) == 0


def test_a_check_keeps_what_it_says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run = load_run(ROOT)
    monkeypatch.setattr(run, "BIN", Path(sys.executable).parent)
    code = "import sys; print('ünd das'); sys.exit(int(sys.argv[1]))"
    assert run.passed("one", run.start("python", "-c", code, "0"))
    assert capsys.readouterr().out == "=== one: passed\n"
    assert not run.passed("two", run.start("python", "-c", code, "1"))
    assert "=== two\nünd das" in capsys.readouterr().out


def test_help_lists_the_commands(checkout: Path) -> None:
    assert "run.py lab" in call(checkout, "--help").stdout


def test_an_old_python_is_told_so_in_one_sentence(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = load_run(checkout)
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4))
    with pytest.raises(run.SetupError, match=r"Python 3\.11 or later is needed, and this is 3\.10\.4"):
        run.prepare("lab")
    assert not (checkout / ".venv").exists()


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_a_failed_install_leaves_no_environment(checkout: Path, tool: str) -> None:
    """A lock that names what nobody has, or with a hash that does not fit, must not leave a half-made .venv."""
    path = None if tool == "uv" else "/nowhere"  # where uv is not installed, both ways are pip
    (checkout / "requirements.lock").write_text(f"anywidget==0.11.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    done = call(checkout, "check", path=path)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("myoteach could not be set up: the step ")
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_lock_names_all_that_its_packages_ask_for() -> None:
    """It is installed as it stands, so what it leaves out would be missing."""
    command = [find_uv_bin(), "pip", "check", "--python", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_stale_environment_is_not_taken_for_ready(checkout: Path) -> None:
    run = load_run(checkout)
    run.VENV.mkdir()
    assert not run.is_ready("lab")
    run.BIN.mkdir(parents=True)
    run.PYTHON.touch()
    run.STAMP.write_text(run.json.dumps({"level": "lab", "locks": run.fingerprint()}), encoding="utf-8")
    assert run.is_ready("lab")
    assert not run.is_ready("dev")
    run.STAMP.write_text(run.json.dumps({"level": "bench", "locks": run.fingerprint()}), encoding="utf-8")
    assert run.is_ready("lab")
    assert run.is_ready("dev")
    (checkout / "requirements.lock").write_text("changed", encoding="utf-8")
    assert not run.is_ready("lab")


def test_windows_line_ends_do_not_make_an_environment_stale(checkout: Path) -> None:
    run = load_run(checkout)
    before = run.fingerprint()
    lock = checkout / "requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert run.fingerprint() == before


def test_the_environment_being_replaced_is_not_what_builds_the_next_one(tmp_path: Path) -> None:
    """`.venv/bin/python run.py` on a stale environment removed the Python it was about to use."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env")], check=True)
    inside = next((tmp_path / "env").glob("[bS]*/python*"))
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import run; print(run.interpreter())"
    found = subprocess.run([inside, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    assert Path(found).exists()
    assert tmp_path not in Path(found).parents
