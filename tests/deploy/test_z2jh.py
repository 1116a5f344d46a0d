"""The values for Kubernetes: keys and types that the chart knows, and the settings of the hub on one machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from traitlets.config.loader import PyFileConfigLoader

from tests.conftest import ROOT

VALUES = yaml.safe_load((ROOT / "deploy" / "z2jh-values.yaml").read_text(encoding="utf-8"))

NUMBER = (int, float)
#: What may stand where, as far as our file goes; `dict` takes anything. From jupyterhub/values.schema.yaml of
#: jupyterhub/zero-to-jupyterhub-k8s, commit 02dd73df01bdbb6d602fed21b0be12565ab38080, which refuses any other key.
CHART: dict[str, Any] = {
    "hub": {"config": dict},
    "proxy": {"service": {"type": {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"}}},
    "singleuser": {
        "image": {"name": str, "tag": str, "pullPolicy": {"IfNotPresent", "Always", "Never"}},
        "defaultUrl": str,
        "memory": {"guarantee": (*NUMBER, str), "limit": (*NUMBER, str)},
        "cpu": {"guarantee": NUMBER, "limit": NUMBER},
        "storage": {"type": {"dynamic", "static", "none"}, "capacity": str},
        "lifecycleHooks": {"postStart": dict, "preStop": dict},
        "extraEnv": dict,
        "extraFiles": {
            "lab": {"mountPath": str, "data": dict},
            "server": {"mountPath": str, "data": dict},
        },
        "networkPolicy": {"egressAllowRules": {"nonPrivateIPs": bool}},
    },
    "cull": {"enabled": bool, "timeout": int, "every": int},
}


def problems(values: Any, chart: Any, place: str = "") -> list[str]:
    """What the chart would refuse."""
    if isinstance(chart, dict):
        if not isinstance(values, dict):
            return [f"{place} is no mapping"]
        unknown = [f"{place}.{key} is no key of the chart" for key in values if key not in chart]
        known = [(key, value) for key, value in values.items() if key in chart]
        return unknown + [line for key, value in known for line in problems(value, chart[key], f"{place}.{key}")]
    fits = values in chart if isinstance(chart, set) else isinstance(values, chart)
    return [] if fits else [f"{place} cannot be {values!r}"]


def test_the_chart_knows_every_key() -> None:
    assert problems(VALUES, CHART) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"singleuser": {"memory": {"max": "1G"}}}, ".singleuser.memory.max is no key of the chart"),
        ({"proxy": {"service": {"type": "Loopback"}}}, ".proxy.service.type cannot be 'Loopback'"),
        ({"cull": {"timeout": "1h"}}, ".cull.timeout cannot be '1h'"),
    ],
)
def test_a_mistake_is_told(values: dict[str, Any], told: str) -> None:
    assert problems(values, CHART) == [told]


def test_nobody_is_let_in_by_default() -> None:
    assert VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"] == "null"
    assert VALUES["proxy"]["service"]["type"] == "ClusterIP"


def test_the_settings_are_those_of_the_hub_on_one_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYOTEACH_HUB_DIR", str(tmp_path))
    monkeypatch.setenv("MYOTEACH_HUB_PASSWORD", "the-whole-class")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    hub = PyFileConfigLoader("jupyterhub_config.py", path=str(ROOT / "deploy")).load_config()
    ours = VALUES["singleuser"]
    for file in ours["extraFiles"].values():
        name = Path(file["mountPath"]).relative_to(ours["extraEnv"]["JUPYTER_CONFIG_PATH"])
        assert file["data"] == json.loads((tmp_path / "settings" / name).read_text(encoding="utf-8"))
    assert ours["extraEnv"].keys() == hub.Spawner.environment.keys()
    assert (ours["memory"]["limit"], ours["defaultUrl"]) == (hub.Spawner.mem_limit, hub.Spawner.default_url)
    assert f"--timeout={VALUES['cull']['timeout']}" in hub.JupyterHub.services[0]["command"]


def test_what_runs_after_the_start_brings_the_lessons_and_never_fails(tmp_path: Path) -> None:
    command = VALUES["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": path}
    subprocess.run(command, env=environment, check=True)
    lessons = {lesson.name for lesson in (ROOT / "notebooks").glob("*.ipynb")}
    assert {lesson.name for lesson in (tmp_path / "lessons").glob("*.ipynb")} == lessons
    subprocess.run(command, env={**environment, "HOME": "/dev/null"}, check=True, stderr=subprocess.DEVNULL)
