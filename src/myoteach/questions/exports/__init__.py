"""Take questions to a learning platform, to Anki, or to paper. Only the formats that need a library load one.

Examples
--------
>>> from pathlib import Path
>>> from tempfile import mkdtemp
>>> from myoteach import load
>>> from myoteach.questions import Bank, draft_items
>>> made = export(Bank(draft_items(load(), 3)), load(), "gift", Path(mkdtemp()) / "questions.gift")
>>> made.closing
'3 items: 3 written, 0 left out.'
"""

from ._export import FORMATS, Exported, Format, export
from .tally import ExportError

__all__ = ["FORMATS", "ExportError", "Exported", "Format", "export"]
