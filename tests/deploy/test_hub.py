"""The hub of deploy/: two learners, each with lessons and progress of their own, and what a crash leaves."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from myoteach.questions import read_log
from tests.conftest import ROOT
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


async def arrive(learner: Learner) -> Kernel:
    """Log in, start the server, and open the quiz in a new kernel."""
    assert await learner.log_in() == 302
    await learner.spawn()
    kernel = await learner.kernel("lessons")
    await kernel.execute(SHOW)
    return kernel


def kept(hub: Hub, name: str) -> list[str]:
    """The items whose answers lie in a learner's own folder."""
    return [attempt.item for attempt in read_log(hub.home(name) / PROGRESS).attempts]


@pytest.mark.slow
def test_a_class_of_two(hub: Hub) -> None:
    asyncio.run(_class_of_two(hub))


async def _class_of_two(hub: Hub) -> None:
    (hub.home("ben") / CHANGED).parent.mkdir(parents=True)
    (hub.home("ben") / CHANGED).write_text("{}", encoding="utf-8")  # a lesson that its learner has worked on
    async with Learner(hub, "ann") as ann, Learner(hub, "ben") as ben, Learner(hub, "eve") as eve:
        assert await eve.log_in("another password") == 403
        kernels = await asyncio.gather(arrive(ann), arrive(ben))
        await each_has_the_lessons(hub, ann, ben)
        await only_the_owner_may_enter(ann, ben)
        await a_runaway_cell_stops_alone(kernels[1])
        answered = [await answer_first(kernel) for kernel in kernels]
        assert (kept(hub, "ann"), kept(hub, "ben")) == tuple(answered)
        assert hub.home("ann").stat().st_mode & 0o077 == 0
        await a_killed_kernel_loses_nothing(ann, kernels[0], answered[0])
        await a_killed_hub_loses_nothing(hub, ann, answered[0])


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


async def answer_first(kernel: Kernel) -> list[str]:
    quiz = Quiz.all(kernel)[0]
    await quiz.open()
    part = next(iter(quiz.parts()))
    await quiz.answer(part)
    return [part["id"]]


async def a_killed_kernel_loses_nothing(learner: Learner, kernel: Kernel, answered: list[str]) -> None:
    os.kill(int(await kernel.execute("import os; print(os.getpid())")), signal.SIGKILL)
    kernel.close()
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
    kernel = await learner.kernel("lessons")
    await kernel.execute(SHOW)
    told = await Quiz.all(kernel)[0].open()
    kernel.close()
    return list(told["last"])


#: What would be unsafe, the option or the file that makes it so, and what the hub says instead of starting.
REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "no password": ({"PASSWORD": ""}, "MYOTEACH_HUB_PASSWORD"),
    "a shared password on a network": ({"IP": "0.0.0.0"}, "MYOTEACH_HUB_MORE"),
}
if os.geteuid() == 0:
    REFUSED["root"] = ({"MORE": ""}, "ordinary user")


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_unsafe_is_refused_before_the_start(case: str, tmp_path: Path) -> None:
    options, said = REFUSED[case]
    hub = Hub(tmp_path, **options)
    command = [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
    done = subprocess.run(
        command, cwd=tmp_path, env=hub.environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert PASSWORD not in done.stderr
