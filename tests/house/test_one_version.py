"""The version stands in several files, and is the same in all of them."""

from __future__ import annotations

import re

import pytest

from myoteach import __version__
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("pyproject.toml", r'^version = "(.+)"$'),
        ("CITATION.cff", r"^version: (.+)$"),
        ("CHANGELOG.md", r"^## (\S+)"),
        ("CONTRIBUTING.md", r"git tag v([\d.]+\d)"),
        ("deploy/z2jh-values.yaml", r'^ +tag: "(.+)"$'),
        ("deploy/README.md", r"myoteach:([\d.]+\d)\b"),
    ],
)
def test_every_file_names_the_version(file: str, pattern: str) -> None:
    found = re.findall(pattern, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert found[0] == __version__ if file == "CHANGELOG.md" else set(found) == {__version__}
