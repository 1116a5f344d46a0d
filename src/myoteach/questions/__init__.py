"""Questions: read, checked, shown without their key, marked and explained; progress that lasts.

Standard library, with PyYAML to read the bank and platformdirs to find the progress folder, both loaded when needed;
the review queue needs ``fsrs`` (the extra ``quiz``).

Examples
--------
>>> from myoteach import load
>>> from myoteach.questions import DONT_KNOW, draft_items, grade, show
>>> item = draft_items(load(), 1)[0]          # or read_bank().item("Q06-001")
>>> [text for _, text in show(item).options] != []
True
>>> grade(item, DONT_KNOW).verdict
'not known'
"""

from ._check import check_bank, describe_bank, lint_bank, lint_item
from ._lint_bank import BotScore, bot_scores, leaks
from ._problems import BankError, Problem
from ._queue import ContrastPair, category_of, contrast_pairs, mix, review_queue
from ._read import read_bank
from ._registry import BANK_LINTS, LINTS
from ._schedule import due_times
from .attempts import Attempt
from .drafts import draft_items, other_keys, speaks_against
from .items import Bank, Case, Choice, Item, Matching, Numeric, Option, Ordering, Picture, Premise, Stage
from .log import AttemptLog, Damage, LogReading, progress_folder, read_log
from .marking import DONT_KNOW, Mark, OptionNote, ResponseError, Shown, grade, normalise, points, show
from .progress import ItemProgress, Progress, fold
from .resume import Imported, ResumeError, import_code, read_code, resume_code

__all__ = [
    "BANK_LINTS",
    "DONT_KNOW",
    "LINTS",
    "Attempt",
    "AttemptLog",
    "Bank",
    "BankError",
    "BotScore",
    "Case",
    "Choice",
    "ContrastPair",
    "Damage",
    "Imported",
    "Item",
    "ItemProgress",
    "LogReading",
    "Mark",
    "Matching",
    "Numeric",
    "Option",
    "OptionNote",
    "Ordering",
    "Picture",
    "Premise",
    "Problem",
    "Progress",
    "ResponseError",
    "ResumeError",
    "Shown",
    "Stage",
    "bot_scores",
    "category_of",
    "check_bank",
    "contrast_pairs",
    "describe_bank",
    "draft_items",
    "due_times",
    "fold",
    "grade",
    "import_code",
    "leaks",
    "lint_bank",
    "lint_item",
    "mix",
    "normalise",
    "other_keys",
    "points",
    "progress_folder",
    "read_bank",
    "read_code",
    "read_log",
    "resume_code",
    "review_queue",
    "show",
    "speaks_against",
]
