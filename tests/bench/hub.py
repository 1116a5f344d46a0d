"""A class on one hub: how long it waits, what it takes, and what is lost when something is killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from tornado.websocket import WebSocketClosedError

from myoteach.questions import read_log
from tests.bench.explorers import in_words
from tests.bench.figure import Figure
from tests.bench.pages import in_lab, seconds, static
from tests.conftest import ROOT
from tests.deploy.hub import Hub, Kernel, Learner, Quiz

LEARNERS = 20
#: Of the 44 questions of the lesson's quizzes: how many are answered at a pace, without a pause, and in each crash.
PACED, HURRIED, CRASH = 26, 8, 5
#: Seconds between two interactions of a learner; people are slower.
PAUSE = (0.5, 1.5)
LESSON = ROOT / "notebooks" / "06_what_causes_it.ipynb"
PROGRESS = Path(".local", "share", "myoteach", "progress")


def rows() -> list[Figure]:
    """Measure a class from the first log-in to the last crash."""
    with tempfile.TemporaryDirectory(prefix="myoteach-bench-") as folder:
        hub = Hub(Path(folder))
        try:
            hub.start()
            return [*asyncio.run(_class(hub)), static()]
        finally:
            hub.stop()


@dataclass
class Seat:
    """A learner, what is open in front of them, and what they were told."""

    learner: Learner
    kernel: Kernel = field(init=False)
    todo: list[tuple[Quiz, dict[str, Any]]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    async def arrive(self) -> float:
        """Log in and get a server; seconds the server took."""
        assert await self.learner.log_in() == 302
        return await self.learner.spawn()

    async def run_lesson(self, cells: list[str]) -> float:
        """Start a kernel and run the cells in order; seconds it took."""
        start = time.perf_counter()
        self.kernel = await self.learner.kernel("lessons")
        for cell in cells:
            await self.kernel.execute(cell)
        return time.perf_counter() - start

    async def interact(self, count: int, pause: tuple[float, float] | None) -> list[float]:
        """Open the quizzes, the first time, and answer so many questions; milliseconds each took."""
        took = []
        if not self.todo and not self.acknowledged:
            for quiz in Quiz.all(self.kernel):
                took.append(await _timed(quiz.open(), pause))
                self.todo += [(quiz, part) for part in quiz.parts()]
        for _ in range(count):
            quiz, part = self.todo.pop(0)
            took.append(await _timed(quiz.answer(part), pause))
            self.acknowledged.append(part["id"])
        return took

    async def reconnect(self) -> None:
        """Connect to the kernel again."""
        await self.kernel.close()
        await self.kernel.connect()

    async def lose_kernel(self, pid: int) -> None:
        """Answer until the kernel is killed with an answer on its way."""
        await self.interact(CRASH - 1, None)
        await self.todo[0][0].send(self.todo[0][1])
        await asyncio.sleep(random.uniform(0, 0.03))
        os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(TimeoutError, ConnectionError, WebSocketClosedError):
            while (told := await asyncio.wait_for(self.kernel.told(self.todo[0][0].widget), 3)) is not None:
                self.acknowledged += [slot for slot in told["feedback"] if slot not in self.acknowledged]
        await self.kernel.close()


async def _timed(work: Any, pause: tuple[float, float] | None) -> float:
    if pause:
        await asyncio.sleep(random.uniform(*pause))
    start = time.perf_counter()
    await work
    return 1000 * (time.perf_counter() - start)


class Use(NamedTuple):
    """What a group of processes has used: seconds of processor, and its share of the memory in megabytes."""

    seconds: float
    megabytes: float


def _used(processes: list[psutil.Process]) -> Use:
    return Use(seconds(processes), sum(_share(process.pid) for process in processes))


def _share(pid: int) -> float:
    """Proportional set size: memory that processes share is counted once, in equal parts."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError(f"/proc/{pid}/smaps_rollup names no Pss.")


@dataclass
class Machine:
    """The processes of a hub, by what they are."""

    kernels: dict[str, psutil.Process] = field(default_factory=dict)
    servers: dict[str, psutil.Process] = field(default_factory=dict)
    proxy: list[psutil.Process] = field(default_factory=list)
    hub: list[psutil.Process] = field(default_factory=list)

    @classmethod
    def look(cls, hub: Hub) -> Machine:
        """Sort the processes that run."""
        found = cls()
        for process in hub.processes():
            words, home = " ".join(process.cmdline()), Path(process.environ().get("HOME", "/"))
            if "ipykernel" in words:
                found.kernels[home.name] = process
            elif "configurable_http_proxy" in words:
                found.proxy.append(process)
            elif home == hub.home(home.name):
                found.servers[home.name] = process
            else:
                found.hub.append(process)
        return found

    def uses(self) -> dict[str, Use]:
        """What each group has used up to now."""
        groups = {"kernels": list(self.kernels.values()), "servers": list(self.servers.values())}
        return {name: _used(group) for name, group in (groups | {"proxy": self.proxy, "hub": self.hub}).items()}


async def _class(hub: Hub) -> list[Figure]:
    cells = ["".join(cell["source"]) for cell in json.loads(LESSON.read_text())["cells"] if cell["cell_type"] == "code"]
    load = os.getloadavg()[0]
    async with contextlib.AsyncExitStack() as stack:
        seats = [Seat(await stack.enter_async_context(Learner(hub, f"learner{n:02}"))) for n in range(LEARNERS)]
        spawns = await asyncio.gather(*(seat.arrive() for seat in seats))
        after_spawn = Machine.look(hub).uses()
        lessons = await asyncio.gather(*(seat.run_lesson(cells) for seat in seats))
        machine = Machine.look(hub)
        after_lesson = machine.uses()
        paced = await _all(seats, PACED, PAUSE)
        after_paced = machine.uses()
        start = time.perf_counter()
        hurried = await _all(seats, HURRIED, None)
        rate = len(hurried) / (time.perf_counter() - start)
        after_hurry = machine.uses()
        return [
            *_arrival(spawns, lessons, load),
            *_answers(paced, hurried, rate),
            *_memory(after_hurry),
            *_processor(after_spawn, after_lesson, after_paced, len(paced)),
            await in_lab(hub, "learner00", machine.proxy, machine.servers["learner00"]),
            *await _crashes(hub, seats, machine),
        ]


async def _all(seats: list[Seat], count: int, pause: tuple[float, float] | None) -> list[float]:
    return [took for each in await asyncio.gather(*(seat.interact(count, pause) for seat in seats)) for took in each]


def _arrival(spawns: list[float], lessons: list[float], load: float) -> list[Figure]:
    return [
        Figure(
            "a server of one's own, all asking at once",
            in_words(spawns, "s"),
            "none stated",
            f"{LEARNERS} learners log in through the form and start a server; load {load:.1f} before",
        ),
        Figure(
            "a kernel and all cells of lesson 06, all at once",
            in_words(lessons, "s"),
            "none stated",
            "the cells in order over the websocket, through the proxy; no browser draws them",
        ),
    ]


def _answers(paced: list[float], hurried: list[float], rate: float) -> list[Figure]:
    each = len(paced) // LEARNERS
    return [
        Figure(
            "an interaction that needs the kernel, to its reply",
            in_words(paced),
            "none stated",
            f"{each} a learner: the lesson's four quizzes opened, {PACED} questions answered with the messages that "
            f"quiz.js sends, {PAUSE[0]} to {PAUSE[1]} s apart; a click in an explorer is painted without the kernel",
        ),
        Figure(
            "the same without any pause",
            f"{in_words(hurried)}; {rate:.0f} a second",
            "none stated",
            f"{HURRIED} answers a learner, each as soon as the last is marked; the learners are played on the same "
            "machine and take their part of it",
        ),
    ]


def _memory(used: dict[str, Use]) -> list[Figure]:
    server, kernel = (used[name].megabytes / LEARNERS for name in ("servers", "kernels"))
    total = sum(use.megabytes for use in used.values())
    return [
        Figure(
            "memory a learner",
            f"{server + kernel:.0f} MB (server {server:.0f}, kernel {kernel:.0f})",
            "none stated",
            f"proportional set size after the lesson and its questions, mean of {LEARNERS}; not the browser",
        ),
        Figure(
            "memory of hub and proxy",
            f"{used['hub'].megabytes:.0f} and {used['proxy'].megabytes:.0f} MB; all together {total / 1000:.2f} GB",
            "none stated",
            "proportional set size; the culler is counted with the hub",
        ),
    ]


def _processor(spawned: dict[str, Use], ran: dict[str, Use], paced: dict[str, Use], count: int) -> list[Figure]:
    def spent(later: dict[str, Use], sooner: dict[str, Use]) -> dict[str, float]:
        return {name: later[name].seconds - (sooner[name].seconds if name in sooner else 0) for name in later}

    lesson, asked = spent(ran, spawned), spent(paced, ran)
    own = lesson["kernels"] + lesson["servers"]
    return [
        Figure(
            "processor a learner, to arrive and run lesson 06",
            f"{(spawned['servers'].seconds + own) / LEARNERS:.1f} s (server until it is ready "
            f"{spawned['servers'].seconds / LEARNERS:.1f}, then {own / LEARNERS:.1f})",
            "none stated",
            f"besides, for all {LEARNERS} together: hub {ran['hub'].seconds:.1f} s, proxy {ran['proxy'].seconds:.1f} s",
        ),
        Figure(
            "processor an interaction",
            f"{1000 * sum(asked.values()) / count:.0f} ms (kernel {1000 * asked['kernels'] / count:.0f}, "
            f"server {1000 * asked['servers'] / count:.0f}, proxy {1000 * asked['proxy'] / count:.1f}, "
            f"hub {1000 * asked['hub'] / count:.1f})",
            "none stated",
            f"mean of {count}",
        ),
    ]


async def _crashes(hub: Hub, seats: list[Seat], machine: Machine) -> list[Figure]:
    working = asyncio.gather(*(seat.interact(CRASH, None) for seat in seats))
    before = sum(len(seat.acknowledged) for seat in seats)
    while sum(len(seat.acknowledged) for seat in seats) < before + LEARNERS:
        await asyncio.sleep(0.001)
    hub.kill()
    without = LEARNERS * CRASH - (sum(len(seat.acknowledged) for seat in seats) - before)
    await working
    start = time.perf_counter()
    await asyncio.to_thread(hub.start)
    back = time.perf_counter() - start
    after_hub = _compare(hub, seats)
    await asyncio.gather(*(seat.reconnect() for seat in seats))  # the new hub has a new proxy
    await asyncio.gather(*(seat.lose_kernel(machine.kernels[seat.learner.name].pid) for seat in seats))
    return [
        Figure(
            "answers lost when the hub is killed",
            f"{after_hub[0]} of {after_hub[1]}; {without} of them marked while there was no hub; "
            f"started again, the hub answers after {back:.1f} s",
            "none",
            "acknowledged to the page and not in the learner's log; SIGKILL while all answer without a pause",
        ),
        _killed_kernels(hub, seats),
    ]


def _killed_kernels(hub: Hub, seats: list[Seat]) -> Figure:
    lost, count, more = _compare(hub, seats)
    return Figure(
        f"answers lost when {LEARNERS} kernels are killed",
        f"{lost} of {count}; {more} more were in the log, not yet acknowledged",
        "none",
        "acknowledged to the page and not in the learner's log; SIGKILL up to 30 ms after an answer was sent",
    )


def _compare(hub: Hub, seats: list[Seat]) -> tuple[int, int, int]:
    """How many acknowledged answers are in no log, of how many, and how many are in a log and not acknowledged."""
    lost = more = 0
    for seat in seats:
        told = Counter(seat.acknowledged)
        kept = Counter(attempt.item for attempt in read_log(hub.home(seat.learner.name) / PROGRESS).attempts)
        lost, more = lost + (told - kept).total(), more + (kept - told).total()
    return lost, sum(len(seat.acknowledged) for seat in seats), more
