"""Write docs/clinical-review.md from data/review_findings.csv:  .venv/bin/python tools/clinical_review.py."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from myoteach import KnowledgeBase, load
from myoteach.knowledge.records import Finding

PAGE = Path(__file__).resolve().parents[1] / "docs" / "clinical-review.md"
_SEVERITY = {"A": "harmful", "B": "wrong", "C": "imprecise"}
_HEAD = """# What became of the review of the first draft

Before anything was shown, somebody read the first draft of the tables as an adversary and wrote down {total} findings.
Each is settled here: applied, applied in part, or rejected with a reason. This page is made from
`data/review_findings.csv` by `tools/clinical_review.py`; a test holds the two together. It is not a clinician's
signature: that stands in a row's `reviewed_by`, which is empty so far.

"""


def page(kb: KnowledgeBase) -> str:
    """Return the page's text."""
    findings = kb.records("review_findings", Finding)
    return _HEAD.format(total=len(findings)) + _counts(findings) + "".join(map(_entry, findings))


def _counts(findings: tuple[Finding, ...]) -> str:
    outcomes = ("applied", "applied in part", "rejected", "open")
    tally = Counter((finding.severity, finding.outcome) for finding in findings)
    lines = ["| severity | " + " | ".join(outcomes) + " |", "|---|" + "---:|" * len(outcomes)]
    for letter, word in _SEVERITY.items():
        lines.append(f"| {letter} ({word}) | " + " | ".join(str(tally[letter, outcome]) for outcome in outcomes) + " |")
    return "\n".join(lines) + "\n\n"


def _entry(finding: Finding) -> str:
    parts = [
        f"## {finding.id}: {finding.table}, {finding.row}\n",
        f"*{finding.severity} ({_SEVERITY[finding.severity]}).* {finding.problem}\n",
        f"**Proposed.** {finding.correction}\n",
        f"**{finding.outcome.capitalize()}.** {finding.reason}\n",
    ]
    if finding.where:
        parts.append(f"**To be seen in** {finding.where}.\n")
    return "\n".join(parts) + "\n"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(load()).rstrip("\n") + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
