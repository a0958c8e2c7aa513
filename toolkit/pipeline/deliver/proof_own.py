"""Every run proof-reads what it wrote: all reports about the whole, and of many project reports, alike, some."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.model import CellRef, Finding, Severity
from toolkit.pipeline.progress import Progress
from toolkit.proof.catalogue import RULES
from toolkit.proof.declaration import Result, Verdict
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_document

CODE = "PROOF-01"
_DRAWN = 5
"""Project reports come from one template and one arithmetic; 39 would take as long as the rest of a run."""
_OF_PROJECT = re.compile(r"[0-9]{3}_")
_FORMS = "自评表"
"""A form holds the words of the unit that returned it; what is wrong there is the unit's to correct."""
_RULES = tuple(rule for rule in RULES if rule.code != "same.number")
"""All but the one that can only say of a number that it is right: a run tells what is not."""
_HINT = "打开报告核对；原因在模板、报告素材、评审意见或数据里，改正后重新生成。全部报告：jixiao proof 07-评价报告 -w ."


def proof_own(paths: Sequence[Path], progress: Progress) -> tuple[Finding, ...]:
    """What proof-reading finds in reports just written; nothing, as long as templates and data are right.

    ``paths`` are those of the reports that have changed.
    """
    chosen = list(_chosen([path for path in paths if not path.stem.endswith(_FORMS)]))
    found: list[Finding] = []
    for done, path in enumerate(chosen, 1):
        result = proof(read_document(path.read_bytes(), path.name), rules=_RULES)
        found += [_finding(path.name, finding) for finding in result.findings]
        progress("校核报告", done, len(chosen))
    return tuple(found)


def _chosen(paths: Sequence[Path]) -> Iterator[Path]:
    single = [path for path in paths if _OF_PROJECT.match(path.name)]
    yield from (path for path in paths if path not in single)
    yield from single[:: max(1, -(-len(single) // _DRAWN))]


def _finding(name: str, result: Result) -> Finding:
    severity = Severity.WARNING if result.verdict is Verdict.DIFFERS else Severity.NOTE
    message = f"{result.place}{result.verdict}：{result.message}"
    return Finding(CODE, severity, CellRef(name), message, _HINT, found=result.found, expected=result.expected)
