"""The hub of deploy/: two learners, each with lessons and progress of their own, and what a crash leaves."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from traitlets.config.loader import PyFileConfigLoader

from myoteach.questions import read_log
from tests.conftest import ROOT, run_apart
from tests.deploy.hub import CONFIG, PASSWORD, Hub, Kernel, Learner, Quiz

if os.name == "nt":
    pytest.skip("JupyterHub does not run on Windows", allow_module_level=True)

LESSONS = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
PROGRESS = Path(".local", "share", "myoteach", "progress")
CHANGED = Path("lessons", "00_start_here.ipynb")
SHOW = 'from myoteach import quiz\nquiz("lesson-06/opening", audience="public")'


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    started = Hub(tmp_path)
    started.start()
    try:
        yield started
    finally:
        started.stop()


async def open_quiz(learner: Learner) -> Kernel:
    kernel = await learner.kernel("lessons")
    await kernel.execute(SHOW)
    return kernel


def kept(hub: Hub, name: str) -> list[str]:
    """The items whose answers lie in a learner's own folder."""
    return [attempt.item for attempt in read_log(hub.home(name) / PROGRESS).attempts]


@pytest.mark.slow
def test_a_class_of_two(hub: Hub) -> None:
    run_apart(_class_of_two(hub))


async def _class_of_two(hub: Hub) -> None:
    (hub.home("ben") / CHANGED).parent.mkdir(parents=True)
    (hub.home("ben") / CHANGED).write_text("{}", encoding="utf-8")  # a lesson that its learner has worked on
    async with Learner(hub, "ann") as ann, Learner(hub, "ben") as ben, Learner(hub, "eve") as eve:
        assert await eve.log_in("another password") == 403
        assert (await ann.log_in(), await ben.log_in()) == (302, 302)
        await asyncio.gather(ann.spawn(), ben.spawn(), a_server_that_starts_holds_nobody_up(ann))
        kernels = await asyncio.gather(open_quiz(ann), open_quiz(ben))
        await each_has_the_lessons(hub, ann, ben)
        await only_the_owner_may_enter(ann, ben)
        await a_runaway_cell_stops_alone(kernels[1])
        await a_link_brings_a_repository(hub, ben)
        answered = [await answer_first(kernel) for kernel in kernels]
        assert (kept(hub, "ann"), kept(hub, "ben")) == tuple(answered)
        assert hub.home("ann").stat().st_mode & 0o077 == 0
        await a_killed_kernel_loses_nothing(ann, kernels[0], answered[0])
        await a_killed_hub_loses_nothing(hub, ann, answered[0])
        await kernels[1].close()


async def a_server_that_starts_holds_nobody_up(learner: Learner) -> None:
    """Pages that wait for it are open all the time; other requests pass them by."""
    address = f"/hub/api/users/{learner.name}"
    while not (await learner.ask("GET", address)).json()["servers"]:
        await asyncio.sleep(0.05)
    waiting = [asyncio.create_task(learner.ask("GET", f"{address}/server/progress")) for _ in range(12)]
    for _ in range(5):
        assert (await learner.http.get("/hub/health")).status_code == 200
    assert not any(page.done() for page in waiting)
    assert {page.status_code for page in await asyncio.gather(*waiting)} == {200}


async def each_has_the_lessons(hub: Hub, *learners: Learner) -> None:
    for learner in learners:
        listed = await learner.server("GET", "contents/lessons")
        assert {entry["name"] for entry in listed["content"]} == LESSONS
    assert (hub.home("ben") / CHANGED).read_text(encoding="utf-8") == "{}"


async def only_the_owner_may_enter(ann: Learner, ben: Learner) -> None:
    for address in ("/user/ben/api/contents/lessons", "/user/ben/api/kernels", "/hub/api/users/ben"):
        assert (await ann.ask("GET", address)).status_code in (403, 404), address
        assert (await ben.ask("GET", address)).status_code == 200, address
    assert (await ann.http.get("/user/ann/api/kernels")).status_code == 403


async def a_runaway_cell_stops_alone(kernel: Kernel) -> None:
    code = "try:\n    bytearray(3_000_000_000)\nexcept MemoryError:\n    print('enough')"
    assert await kernel.execute(code) == "enough\n"


async def a_link_brings_a_repository(hub: Hub, learner: Learner) -> None:
    """What deploy/README.md promises of a link of nbgitpuller."""
    course = hub.folder / "course"
    course.mkdir()
    (course / "lesson.ipynb").write_text("{}", encoding="utf-8")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(course)]
    for words in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "A lesson"]):
        subprocess.run([*git, *words], check=True)
    asked = {"repo": course.as_uri(), "branch": "main"}
    answer = await learner.ask("GET", f"/user/{learner.name}/git-pull/api", params=asked)
    assert '"phase": "finished"' in answer.text, answer.text
    assert (hub.home(learner.name) / "course" / "lesson.ipynb").is_file()


async def answer_first(kernel: Kernel) -> list[str]:
    quiz = Quiz.all(kernel)[0]
    await quiz.open()
    part = next(iter(quiz.parts()))
    await quiz.answer(part)
    return [part["id"]]


async def a_killed_kernel_loses_nothing(learner: Learner, kernel: Kernel, answered: list[str]) -> None:
    os.kill(int(await kernel.execute("import os; print(os.getpid())")), signal.SIGKILL)
    await kernel.close()
    assert await last_answers(learner) == answered


async def a_killed_hub_loses_nothing(hub: Hub, learner: Learner, answered: list[str]) -> None:
    """Its learners work on without it, and it takes them up again."""
    hub.kill()
    assert await last_answers(learner) == answered
    hub.start()
    assert await learner.log_in() == 302
    assert await last_answers(learner) == answered


async def last_answers(learner: Learner) -> list[str]:
    """What a new kernel tells a page of earlier answers."""
    kernel = await open_quiz(learner)
    told = await Quiz.all(kernel)[0].open()
    await kernel.close()
    return list(told["last"])


#: What would be unsafe, who starts it, and what the hub says instead of starting.
REFUSED: dict[str, tuple[dict[str, str], int, str]] = {
    "no password": ({"PASSWORD": ""}, 1000, "MYOTEACH_HUB_PASSWORD"),
    "a shared password on a network": ({"IP": "0.0.0.0"}, 1000, "MYOTEACH_HUB_MORE"),
    "root": ({}, 0, "ordinary user"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_unsafe_is_refused_before_the_start(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options, user, said = REFUSED[case]
    for name, value in ({"DIR": str(tmp_path), "PASSWORD": PASSWORD} | options).items():
        monkeypatch.setenv(f"MYOTEACH_HUB_{name}", value)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(SystemExit) as refusal:
        PyFileConfigLoader(CONFIG.name, path=str(CONFIG.parent)).load_config()
    assert said in str(refusal.value)
    assert PASSWORD not in str(refusal.value)
