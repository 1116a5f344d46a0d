"""Execute the lessons and save them as they are committed: with outputs and counts, without widget state.

python3 run.py notebooks            all of them
python3 run.py notebooks 06_what    those whose name begins so
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
#: Metadata a run leaves behind that says nothing about the lesson.
_NOISE = ("widgets", "language_info")
_VIEW = "application/vnd.jupyter.widget-view+json"
_TIMEOUT = 300


def main(prefixes: list[str]) -> int:
    """Execute the notebooks whose names begin with one of `prefixes`, or all."""
    chosen = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.name.startswith(tuple(prefixes) or "")]
    for path in chosen:
        print(f"executing {path.name}", flush=True)
        execute(path)
    if not chosen:
        print(f"No notebook begins with {' or '.join(prefixes)}.", file=sys.stderr)
    return 0 if chosen else 1


def execute(path: Path) -> None:
    """Execute one notebook in its own folder and save it clean."""
    notebook = nbformat.read(path, as_version=4)
    # Quiet: a kernel's warnings about itself look like something to mend.
    options = {"kernel_name": "python3", "store_widget_state": False, "extra_arguments": ["--log-level=40"]}
    client = NotebookClient(notebook, timeout=_TIMEOUT, **options)
    client.execute(cwd=str(path.parent))
    for name in _NOISE:
        notebook.metadata.pop(name, None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        name_models(path.stem, cell)
    nbformat.write(notebook, path)


def name_models(lesson: str, cell: nbformat.NotebookNode) -> None:
    """Give the explorers shown by a cell names that stay: a run that changes nothing then leaves no difference.

    The names a kernel makes are new in every run, and mean nothing once that kernel is gone.
    """
    for number, output in enumerate(cell.get("outputs", [])):
        view = output.get("data", {}).get(_VIEW)
        if view:
            view["model_id"] = uuid.uuid5(uuid.NAMESPACE_URL, f"{lesson}/{cell.id}/{number}").hex


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
