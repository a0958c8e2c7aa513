"""``jixiao verify`` on 工作方案, 验收与付款, 承诺书 and 征求意见稿: numbers that are not what was written there.

Only a file that is not byte for byte what was written is looked at: it is written again, and compared paragraph by
paragraph and row by row. Words are a person's to change; a number in them that is another now is told.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.excel.files import sha256_of
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.pipeline.examine.consulting import extract_again
from toolkit.pipeline.examine.draft_extracts import Draft
from toolkit.pipeline.examine.planning import plan_documents
from toolkit.pipeline.plan.consulted import last_issues
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import as_written
from toolkit.text import chinese_date
from toolkit.word.comparing import compare_documents

_NUMBER = re.compile(r"\d[\d,.]*%?")
_PASSING = re.compile(r"(?:还有|已过)\d+天")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_HINT = "恢复原来的数，或重新运行生成它的命令（改过的另存一份）；文字可以改，数字须与数据一致"


def verify_documents(draft: Draft, now: datetime) -> Iterator[Finding]:
    """Every number of these documents that was altered, with the words around it; ``draft`` is what counts now."""
    evaluation = draft.evaluation
    touched = _touched(evaluation)
    if not touched:
        return
    if any(path.parent.name.startswith("16-") for path in touched):
        for path, made in plan_documents(evaluation, now).items():
            if path in touched:
                yield from _altered(path, made, chinese_date(now.date()))
    for issue, at in last_issues(evaluation.workspace):
        path, extract = extract_again(draft, issue, at)
        if path in touched and extract is None:
            words = Sentence.saying(
                "给{unit}的征求意见稿写出以后改动过，得分后来也变了，不能再逐项核对", unit=issue.unit
            )
            hint = "与发出的一份核对；需要按现在的得分重新征求的，运行 jixiao opinions --anew"
            yield Finding("VERIFY-21", Severity.WARNING, CellRef(path.name), words, hint)
        elif path in touched and extract is not None:
            yield from _altered(path, extract)


def _touched(evaluation: Evaluation) -> frozenset[Path]:
    """Documents of these folders that are not what was written."""
    root = evaluation.workspace.root
    return frozenset(
        root / name
        for name, sha256 in as_written(evaluation.workspace).items()
        if name.startswith(("15-", "16-"))
        and name.endswith(".docx")
        and (root / name).is_file()
        and sha256_of((root / name).read_bytes()) != sha256
    )


def _altered(path: Path, made: bytes, today: str = "") -> Iterator[Finding]:
    """Numbers in a file that are others than in what was made; what depends on the day is left out."""
    try:
        changes = compare_documents(made, path.read_bytes()).words
    except ToolkitError as error:
        yield Finding(
            "VERIFY-21",
            Severity.ERROR,
            CellRef(path.name),
            Sentence.saying("文件读不出来：{message}", message=error.message),
            _HINT,
        )
        return
    for change in changes:
        before, after = (_PASSING.sub("", text) for text in (change.before, change.after))
        if not before or not after:
            continue
        if today and today in before:  # the day it was written on stands there; other numbers beside it count
            before, after = (_DAY.sub("", text) for text in (before, after))
        gone, came = _NUMBER.findall(before), _NUMBER.findall(after)
        if gone != came:
            place = f"{change.place}：" if change.place else ""
            words = Sentence.saying(
                "{place}“{after}”中的数与数据不一致，应为“{before}”",
                place=place,
                after=change.after[:80],
                before=change.before[:80],
            )
            found, expected = "、".join(came)[:60], "、".join(gone)[:60]
            yield Finding(
                "VERIFY-21", Severity.ERROR, CellRef(path.name), words, _HINT, found=found, expected=expected
            )  # fmt: skip
