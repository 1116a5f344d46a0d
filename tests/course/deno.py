"""Run the scripts of the offline site outside a browser, on many inputs at once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

#: It comes with the tools of the private environment, whose folder of programs need not be on the path.
DENO = shutil.which("deno", path=Path(sys.executable).parent) or "deno"
SITE = ROOT / "src" / "myoteach" / "course" / "site"


def run_script(module: str, body: str, given: Any, folder: Path) -> Any:
    """Import everything from a module of the site as `m`, and return what `body` makes of `given`."""
    script = folder / "script.js"
    script.write_text(
        f'import * as m from "{(SITE / module).as_uri()}";\n'
        "const given = await new Response(Deno.stdin.readable).json();\n"
        f"const answer = await (async () => {{ {body} }})();\n"
        "console.log(JSON.stringify(answer));\n",
        encoding="utf-8",
    )
    command = [DENO, "run", "--quiet", "--no-prompt", "--no-config", str(script)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
