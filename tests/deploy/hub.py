"""Starts the hub of deploy/jupyterhub_config.py in a folder of its own, and plays learners: forms, tokens, kernels."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import struct
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import psutil
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.conftest import ROOT
from tests.hosts import free_ports

CONFIG = ROOT / "deploy" / "jupyterhub_config.py"
PASSWORD = "the-whole-class"
#: What a machine of tests needs beside: ports that are free, and the permission to be root where it is root.
_MORE = """\
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.JupyterHub.log_level = "INFO"
# Voila is in the environment of development only, and takes a second and some megabytes of each server.
c.Spawner.args = ["--ServerApp.jpserver_extensions={{'voila.server_extension': False}}"]
if os.geteuid() == 0:
    c.Spawner.args += ["--allow-root"]
"""


class Hub:
    """A hub that can be killed and started again on the same folder."""

    def __init__(self, folder: Path, **options: str) -> None:
        self.folder, self.options = folder, options
        self.port, hub_port, api_port = free_ports(3)
        self.address = f"http://127.0.0.1:{self.port}"
        (folder / "more.py").write_text("import os\n" + _MORE.format(hub_port=hub_port, api_port=api_port))
        self.log = folder / "hub.log"
        self._known: set[psutil.Process] = set()

    def environment(self) -> dict[str, str]:
        """What the hub is started with."""
        named = {"DIR": str(self.folder / "hub"), "PORT": str(self.port), "PASSWORD": PASSWORD}
        named |= {"MORE": str(self.folder / "more.py"), **self.options}
        paths = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
        return {**os.environ, "PYTHONPATH": paths} | {f"MYOTEACH_HUB_{key}": value for key, value in named.items()}

    def start(self) -> None:
        """Start and wait until it answers through the proxy."""
        command = [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
        with self.log.open("ab") as log:
            self.process = psutil.Popen(
                command, cwd=self.folder, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + 120
        while True:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if httpx.get(f"{self.address}/hub/health", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def processes(self) -> set[psutil.Process]:
        """The hub and all it started, also what an earlier hub of this folder left running."""
        found = {self.process, *self._known} if self.process.is_running() else set(self._known)
        for process in list(found):
            try:
                found.update(process.children(recursive=True))
            except psutil.NoSuchProcess:
                found.discard(process)
        self._known = found
        return found

    def kill(self) -> None:
        """Kill the hub's own process, as a machine short of memory would."""
        self.processes()
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Kill all that was started here."""
        left = self.processes()
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=10)

    def home(self, name: str) -> Path:
        """The folder of a learner."""
        return self.folder / "hub" / "homes" / name


class Learner:
    """A learner who logs in through the form and then speaks to the hub and to a server of their own."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub, self.name, self.token = hub, name, ""
        self.http = httpx.AsyncClient(base_url=hub.address, timeout=180)

    async def __aenter__(self) -> Learner:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.http.aclose()

    async def log_in(self, password: str = PASSWORD) -> int:
        """Log in as a browser does, and take a token; return the status of the form's answer."""
        await self.http.get("/hub/login")
        guard = self.http.cookies.get("_xsrf", path="/hub/")
        form = {"username": self.name, "password": password, "_xsrf": guard}
        answer = await self.http.post("/hub/login", data=form)
        if answer.status_code == 302:
            guard = self.http.cookies.get("_xsrf", path="/hub/")
            address = f"/hub/api/users/{self.name}/tokens"
            asked = await self.http.post(address, headers={"X-XSRFToken": guard}, json={"note": "class"})
            self.token = asked.raise_for_status().json()["token"]
            self.http.cookies.clear()
        return answer.status_code

    async def ask(self, method: str, address: str, **options: Any) -> httpx.Response:
        """Ask hub or server with the token."""
        return await self.http.request(method, address, headers={"Authorization": f"token {self.token}"}, **options)

    async def spawn(self) -> float:
        """Start the server and wait until it is ready; return the seconds it took."""
        start = time.perf_counter()
        answer = await self.ask("POST", f"/hub/api/users/{self.name}/server")
        while answer.status_code == 429:
            await asyncio.sleep(float(answer.headers["Retry-After"]))
            answer = await self.ask("POST", f"/hub/api/users/{self.name}/server")
        answer.raise_for_status()
        while answer.status_code != 201:
            await asyncio.sleep(0.25)
            state = (await self.ask("GET", f"/hub/api/users/{self.name}")).raise_for_status().json()
            if state["servers"].get("", {}).get("ready"):
                break
            assert state["pending"], f"{self.name}: no server came\n{self.hub.log.read_text()[-4000:]}"
        return time.perf_counter() - start

    async def server(self, method: str, path: str, **options: Any) -> Any:
        """Ask the learner's own server."""
        answer = await self.ask(method, f"/user/{self.name}/api/{path}", **options)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def kernel(self, path: str = "") -> Kernel:
        """Start a kernel, in the folder of a notebook, and connect to it."""
        started = await self.server("POST", "kernels", json={"name": "python3", "path": path})
        return await Kernel(self, started["id"]).connect()


class Kernel:
    """A kernel as a page sees it: a websocket, and the widgets whose halves live behind it."""

    def __init__(self, learner: Learner, identity: str) -> None:
        self.learner, self.id, self._session = learner, identity, secrets.token_hex(8)
        self._socket: WebSocketClientConnection
        #: The state each widget was opened with, by the id of its comm.
        self.widgets: dict[str, dict[str, Any]] = {}

    async def connect(self) -> Kernel:
        """Connect, also again, as a page does that lost its connection."""
        learner = self.learner
        address = f"{learner.hub.address}/user/{learner.name}/api/kernels/{self.id}/channels"
        request = HTTPRequest(
            address.replace("http", "ws", 1),
            headers={"Authorization": f"token {learner.token}"},
            connect_timeout=180,  # twenty that begin at once on two cores wait for each other
            request_timeout=180,
        )
        self._socket = await websocket_connect(request, max_message_size=100_000_000)
        return self

    async def close(self) -> None:
        """Close the connection; the kernel goes on."""
        self._socket.close()
        while await self._socket.read_message() is not None:
            pass

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        """Send a message on the shell channel and return its id."""
        identity = secrets.token_hex(16)
        header = {"msg_id": identity, "username": "", "session": self._session, "msg_type": kind, "version": "5.3"}
        header["date"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await self._socket.write_message(json.dumps(message))
        return identity

    async def receive(self) -> dict[str, Any]:
        """The next message; a kernel's or connection's end is an error."""
        data = await self._socket.read_message()
        if data is None:
            raise ConnectionError("the connection to the kernel was closed")
        if isinstance(data, bytes):  # buffers after the message: a count, that many offsets, the parts
            first, second = struct.unpack_from(">2I", data, 4) if struct.unpack_from(">I", data)[0] > 1 else (8, None)
            data = data[first:second].decode()
        message: dict[str, Any] = json.loads(data)
        if message["msg_type"] == "comm_open" and message["content"]["target_name"] == "jupyter.widget":
            self.widgets[message["content"]["comm_id"]] = message["content"]["data"]["state"]
        return message

    async def execute(self, code: str) -> str:
        """Run a cell to its end and return what it printed; an error in it is an AssertionError."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        identity, done, printed = await self.send("execute_request", content), set(), ""
        while done != {"reply", "idle"}:
            message = await self.receive()
            if message["parent_header"].get("msg_id") != identity:
                continue
            kind, content = message["msg_type"], message["content"]
            assert kind != "error", "\n".join(content["traceback"])
            printed += content["text"] if kind == "stream" else ""
            if kind == "execute_reply":
                done.add("reply")
            elif kind == "status" and content["execution_state"] == "idle":
                done.add("idle")
        return printed

    async def set(self, widget: str, **traits: Any) -> None:
        """Write traits of a widget, as its page does when something is chosen."""
        data = {"method": "update", "state": traits, "buffer_paths": []}
        await self.send("comm_msg", {"comm_id": widget, "data": data})

    async def tell(self, widget: str, content: dict[str, Any]) -> None:
        """Send a widget a message of its page."""
        await self.send("comm_msg", {"comm_id": widget, "data": {"method": "custom", "content": content}})

    async def told(self, widget: str) -> dict[str, Any]:
        """Wait for the next message of a widget to its page."""
        while True:
            message = await self.receive()
            if message["msg_type"] != "comm_msg" or message["content"]["comm_id"] != widget:
                continue
            data = message["content"]["data"]
            if data["method"] == "custom":
                return dict(data["content"])


class Quiz:
    """A quiz in a kernel, answered as quiz.js answers it."""

    def __init__(self, kernel: Kernel, widget: str) -> None:
        self.kernel, self.widget = kernel, widget
        self.data = kernel.widgets[widget]["data"]
        self.picks: dict[str, Any] = {}
        self.last: dict[str, Any] = {}

    @classmethod
    def all(cls, kernel: Kernel) -> list[Quiz]:
        """The quizzes that the kernel's cells have shown."""
        named = {key: str(state.get("_anywidget_id", "")) for key, state in kernel.widgets.items()}
        return [cls(kernel, key) for key, name in named.items() if name.endswith(".Quiz")]

    def parts(self) -> Iterable[dict[str, Any]]:
        """The questions, each by its first part."""
        return (question["first"] for question in self.data["questions"])

    async def open(self) -> dict[str, Any]:
        """Say hello, as a page does when it is drawn."""
        await self.kernel.tell(self.widget, {"type": "hello", "round": self.data["round"]})
        self.last = await self.kernel.told(self.widget)
        return self.last

    async def send(self, part: dict[str, Any]) -> None:
        """Go to a question, choose step by step, say how sure, and check: a message each."""
        slot, response = part["id"], choice(part)
        await self.kernel.set(self.widget, at=slot)
        whole = part["kind"] in ("ordering", "numeric")
        for count in [len(response)] if whole else range(1, len(response) + 1):
            await self._choose(slot, response=response[:count])
        await self._choose(slot, response=response, confidence=2)
        message = {"type": "answer", "slot": slot, "response": response, "confidence": 2, "took": 5000}
        await self.kernel.tell(self.widget, {**message, "round": self.data["round"]})

    async def _choose(self, slot: str, **chosen: Any) -> None:
        self.picks = {**self.picks, slot: chosen}
        await self.kernel.set(self.widget, picks=self.picks)

    async def answer(self, part: dict[str, Any]) -> None:
        """Answer and wait for the verdict."""
        await self.send(part)
        while True:
            told = await self.kernel.told(self.widget)
            assert told["type"] == "told", told
            if part["id"] in told["feedback"]:
                return


def choice(part: dict[str, Any]) -> list[str]:
    """An answer that a learner could give, right or wrong, in the form in which quiz.js sends it."""
    options = [option[0] for option in part["options"]]
    if part["kind"] == "matching":
        return [f"{stem}={options[0]}" for stem, _ in part["stems"]]
    if part["kind"] == "numeric":
        return ["1"]
    return options if part["kind"] == "ordering" else options[: part["choose"] or 1]
