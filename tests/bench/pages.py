"""What it takes to open lesson 06: in JupyterLab through a hub, and as a page of the static site."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import psutil
from playwright.async_api import async_playwright

from myoteach.course.site import build_site
from tests.bench.figure import Figure
from tests.browser.conftest import ARGUMENTS, PATIENCE, find_browser
from tests.deploy.hub import PASSWORD, Hub
from tests.hosts import free_ports

LESSON = "06_what_causes_it"
_VISITS = 100


def seconds(processes: Iterable[psutil.Process]) -> float:
    """Seconds of processor that processes have used."""
    return sum(process.cpu_times().user + process.cpu_times().system for process in processes)


async def in_lab(hub: Hub, name: str, proxy: list[psutil.Process], server: psutil.Process) -> Figure:
    """Log in with a browser as somebody whose server runs, and open the lesson."""
    before = seconds(proxy), seconds([server])
    heard: list[Any] = []

    def hear(request: Any) -> None:
        heard.append(request)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("requestfinished", hear)
        await page.goto(f"{hub.address}/hub/login?next=/user/{name}/lab/tree/lessons/{LESSON}.ipynb")
        await page.fill("#username_input", name)
        await page.fill("#password_input", PASSWORD)
        await page.click("#login_submit")
        await page.wait_for_selector(".jp-Notebook .jp-Cell", state="attached")
        sizes = [await request.sizes() for request in heard]
        await browser.close()
    megabytes = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) / 1e6
    return Figure(
        "opening lesson 06 in JupyterLab, nothing kept by the browser",
        f"{len(sizes)} requests, {megabytes:.1f} MB; processor: proxy {1000 * (seconds(proxy) - before[0]):.0f} ms, "
        f"server {1000 * (seconds([server]) - before[1]):.0f} ms",
        "none stated",
        "headless Chromium, from the log-in to the first cell on the page",
    )


def static() -> Figure:
    """Serve the lesson's page of the site with Python's own web server, and fetch it with all it names."""
    with tempfile.TemporaryDirectory(prefix="myoteach-bench-") as folder:
        build_site(Path(folder), only=[LESSON[:2]])
        page = (Path(folder) / f"{LESSON}.html").read_text(encoding="utf-8")
        named = re.findall(r'(?:src|rel="stylesheet" href|rel="icon" href)="([^":#]+)"', page)
        files = sorted({f"{LESSON}.html", *named})
        size = sum((Path(folder) / file).stat().st_size for file in files)
        took = _served(folder, files) / _VISITS
    return Figure(
        "opening lesson 06 of the static site, nothing kept by the browser",
        f"{len(files)} requests, {size / 1e6:.2f} MB; processor: {1000 * took:.0f} ms; memory a learner: none",
        "none stated",
        f"Python's own web server, without compression, mean of {_VISITS}; answers are marked and kept in the browser",
    )


def _served(folder: str, files: list[str]) -> float:
    """Seconds of processor the server used for all visits."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, str(port)]
    server = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=8)) as client:
            client.get("/").raise_for_status()
            before = seconds([server])
            for _ in range(_VISITS):
                for file in files:
                    client.get(f"/{file}").raise_for_status()
            return seconds([server]) - before
    finally:
        server.kill()
        server.wait()
