"""No text becomes markup and no data becomes a program: what would let it is not in the house at all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPTS = sorted((ROOT / "src").rglob("*.js"))
MODULES = [*sorted((ROOT / "src").rglob("*.py")), *sorted((ROOT / "tools").rglob("*.py")), ROOT / "run.py"]

#: Ways in which a page takes text for markup or for a program, or asks the network. No file needs one of them.
_IN_A_PAGE = re.compile(
    r"\b(inner|outer)HTML\b|insertAdjacentHTML|document\s*\.\s*write|createContextualFragment|DOMParser|srcdoc|setHTML"
    r"|\beval\s*\(|\bnew\s+Function\b|set(Timeout|Interval)\s*\(\s*[\"'`]|javascript:|^\s*import\s*\(|=\s*await import"
    r"|\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|\bnew Worker\b"
)
#: Modules that run what they read.
_RUN_WHAT_THEY_READ = {"pickle", "cPickle", "dill", "marshal", "shelve", "joblib", "code", "codeop", "telnetlib"}
_CALLS = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "tempfile.mktemp"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "pandas.read_pickle", "pd.read_pickle", "pty.spawn"),
}
_TAG = re.compile(r"</?[a-z][a-z0-9]*[ />]")
#: What stands in HTML as it is: file, expression, and why that is no way in.
UNESCAPED = {
    ("course/site/_extras.py", "lesson['file']"): "the name of a notebook of this package",
    ("course/site/_extras.py", "lesson['number']"): "the digits of that name",
    ("course/site/_outputs.py", "view['place']"): "a number counted here",
    ("course/site/_plates.py", "self.height"): "a number, made one by int()",
    ("course/site/_plates.py", "self.ink"): "one of our own two colours",
    (
        "course/site/_plates.py",
        "shape['fillcolor']",
    ): "a colour our figures set; the picture is an <img>, which runs nothing",
    ("course/site/_plates.py", "trace['marker']['color']"): "as above",
    ("widgets/_lab_steps.py", "case.seed"): "a whole number, checked in burst_lab()",
    ("widgets/article_on_trial.py", "_VERDICTS[row.verdict][0]"): "words of that file",
    ("questions/exports/anki.py", "marks[option.key]"): "one of two words of that file",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _code(text: str) -> str:
    """The script without its comments, which may speak of anything."""
    return re.sub(r"^\s*(//|\*|/\*).*$|//\s.*$", "", text, flags=re.MULTILINE)


def test_no_script_takes_text_for_markup_or_asks_the_network() -> None:
    found = [
        (name_of(path), match.group())
        for path in SCRIPTS
        for match in _IN_A_PAGE.finditer(_code(path.read_text(encoding="utf-8")))
    ]
    assert len(SCRIPTS) > 50
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "node.innerHTML = text",
        "document.write(x)",
        "setTimeout('f()')",
        "new Function('x')",
        "await fetch(url)",
        "a = eval(x)",
    ],
)
def test_the_search_finds_what_it_forbids(line: str) -> None:
    assert _IN_A_PAGE.search(_code(line))


def _dotted(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _ways_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in _RUN_WHAT_THEY_READ)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in _RUN_WHAT_THEY_READ:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            name = _dotted(node.func)
            if name in _CALLS:
                yield name
            if any(word.arg == "shell" for word in node.keywords):
                yield "a command through a shell"
            if name.startswith("subprocess.") and node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr):
                yield "a command in one string"


def test_no_module_runs_what_it_reads() -> None:
    found = [(name_of(path), way) for path in MODULES for way in _ways_in(ast.parse(path.read_text(encoding="utf-8")))]
    assert len(MODULES) > 100
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from marshal import loads",
        "eval(x)",
        "yaml.load(x)",
        "subprocess.run('ls')",
        "run(x, shell=True)",
    ],
)
def test_the_search_of_modules_finds_what_it_forbids(line: str) -> None:
    assert list(_ways_in(ast.parse(line)))


def test_yaml_is_read_by_the_safe_loader_and_only_there() -> None:
    users = [
        path for path in MODULES if re.search(r"^\s*(import|from) yaml", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert [name_of(path) for path in users] == ["src/myoteach/questions/_yaml.py"]
    calls = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(users[0].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _dotted(node.func).startswith("yaml.")
    ]
    assert calls == ["yaml.compose(text, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))"]


def _raw_data(tree: ast.AST) -> Iterator[str]:
    """What of a record or a mapping is put into HTML without being escaped there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            for part in node.values if _TAG.search(words) else ():
                if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Attribute | ast.Subscript):
                    yield ast.unparse(part.value)


def test_data_in_html_is_escaped_where_it_is_put() -> None:
    """Texts made before are another matter: tests/faults poisons every table and counts the tags that come out."""
    package = ROOT / "src" / "myoteach"
    found = {
        (path.relative_to(package).as_posix(), what)
        for path in package.rglob("*.py")
        for what in _raw_data(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found - set(UNESCAPED) == set()
    assert set(UNESCAPED) - found == set(), "no longer needed"
    assert list(_raw_data(ast.parse("f'<p>{row.name}</p>'"))) == ["row.name"]


def test_jupyterlab_listens_on_loopback_with_its_token() -> None:
    text = (ROOT / "src" / "myoteach" / "course" / "_lab.py").read_text(encoding="utf-8")
    assert "--ServerApp.ip=127.0.0.1" in text
    assert not re.search(r"token=(''|\"\"|\s*\")|password|disable_check_xsrf|allow_origin|allow_remote_access", text)
