"""What a learner installs names its licence, and none of it binds what a school makes with it."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tools.licences import licences


def test_every_package_of_a_learner_names_a_licence() -> None:
    found = dict(licences(ROOT / "requirements.lock"))
    assert len(found) > 80
    assert [name for name, licence in found.items() if not licence] == []
    assert [name for name, licence in found.items() if "GPL" in licence] == []


def test_a_package_that_is_not_installed_is_left_out(tmp_path: object) -> None:
    lock = tmp_path / "a.lock"  # type: ignore[operator]
    lock.write_text("no-such-package-here==1.0 \\\n    --hash=sha256:0\n", encoding="utf-8")
    assert list(licences(lock)) == []


@pytest.mark.parametrize("name", ["PyYAML", "anywidget"])
def test_a_licence_is_read_from_the_metadata(name: str) -> None:
    assert "MIT" in dict(licences(ROOT / "requirements.lock"))[name.lower()]
