"""The samples as the report stage receives them: scheme, roster and the figures of a real master workbook."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.aggregate import Master, MasterPlan, build_master, read_master, with_own_rows
from toolkit.checks import Case, check_batch, check_submission
from toolkit.formula.fields import field_values
from toolkit.generate import compile_collection
from toolkit.model import (
    WHOLE_EVALUATION,
    CellRef,
    Finding,
    LineState,
    PriorYear,
    Roster,
    Scheme,
    ScoredObject,
    ScoreSheet,
    Severity,
    Submission,
    Value,
)
from toolkit.model.identity import Identity
from toolkit.report import ReportFacts, source_values
from toolkit.scoring import score_project, score_whole

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "doc_templates"
COLLECTION = ROOT / "workbook_templates" / "采集表模板.xlsx"
if str(ROOT / "tests" / "samples") not in sys.path:
    sys.path.append(str(ROOT / "tests" / "samples"))

NANTONG, SUZHOU_ANHUI = "nantong-2024", "suzhou-anhui-2023"
ONE_PROJECT = ("nanchang-2022", "jiangsu-2022", "suzhou-jiangsu-2023")
HOSTILE = '<b>&{{ 7*7 }}=1+1|cmd"'

_TYPICAL = (
    ("READ-04", Severity.WARNING, "2", "实际到位资金：去掉了单位（原文“286.5万元”，读取为 286.5万元）", "只填数字"),
    ("FORM-01", Severity.ERROR, "19", "“预算执行率”处的公式被改为固定内容“0.93”", "恢复公式"),
    ("RATE-04", Severity.ERROR, "19", "预算执行率原为公式，现为固定数值93.00%，以后改数不会再更新", "恢复公式"),
    ("MISS-01", Severity.ERROR, "26", "必填项“项目负责人”未填写", "补填该单元格"),
    ("FUND-01", Severity.ERROR, "29", "累计支付600.00万元超过合同金额571.70万元，超出28.30万元", "核对支付凭证与合同"),
    ("FORM-05", Severity.NOTE, "29", f"在固定区域新增了内容“{HOSTILE}”", "需要说明的请写在说明栏"),
)


@dataclass(frozen=True)
class Sample:
    """A sample's facts, its master workbook and that workbook's values."""

    facts: ReportFacts
    master: Master
    values: Mapping[str, Value]


@cache
def sample(name: str, *, missing: tuple[str, ...] = (), pending: str = "", last_year: bool = False) -> Sample:
    """A sample; ``missing`` projects sent nothing back, project ``pending`` still awaits a judgement.

    ``last_year``: there was one, in which every project had 80 分, half of each mark and a budget of 100万元.
    """
    scheme, roster, returns, sheets, findings = _examined(name, missing)
    if pending:
        sheets = {**sheets, pending: _pending(sheets[pending])}
    fields = {one.id: field_values(scheme, returns.get(one.id), {}) for one in roster.projects}
    prior = _last_year(scheme, roster) if last_year else PriorYear()
    master = build_master(MasterPlan(scheme, roster, sheets, returns, fields, findings, prior=prior))
    facts = ReportFacts(scheme, roster, master.figures, date(2025, 6, 10))
    values = {**with_own_rows(read_master(master.data)), **source_values(scheme, master.figures.sha256)}
    return Sample(facts, master, values)


class _Examined(NamedTuple):
    scheme: Scheme
    roster: Roster
    returns: Mapping[str, Submission]
    sheets: Mapping[str, ScoreSheet]
    findings: tuple[Finding, ...]


@cache
def _examined(name: str, missing: tuple[str, ...]) -> _Examined:
    """What came back of a sample, scored and checked."""
    from evaluations import evaluation

    read = evaluation(name)
    returns = {key: replace(one, sha256=key) for key, one in read.submissions().items() if key not in missing}
    sheets = _sheets(read.scheme, read.roster, returns, read.opinions)
    findings = (*read.findings, *_findings(read.scheme, read.roster, returns))
    if name == NANTONG:
        findings += tuple(Finding(code, level, _AT, text, hint, one) for code, level, one, text, hint in _TYPICAL)
    return _Examined(read.scheme, read.roster, returns, sheets, findings)


def _last_year(scheme: Scheme, roster: Roster) -> PriorYear:
    rates = dict.fromkeys((indicator.code for indicator in scheme.indicators), Decimal("0.5"))
    everybody = [project.id for project in roster.projects]
    return PriorYear(
        "上年评价",
        figures={key: {"预算资金": Decimal(100)} for key in everybody},
        rates=dict.fromkeys(everybody, rates),
        totals=dict.fromkeys(everybody, Decimal(80)),
    )


def template(name: str) -> bytes:
    """A shipped Word template."""
    return (TEMPLATES / name).read_bytes()


_AT = CellRef("采集表.xlsx", "资金情况", "C9")


def _sheets(
    scheme: Scheme, roster: Roster, returns: Mapping[str, Submission], opinions: tuple
) -> dict[str, ScoreSheet]:
    if scheme.scored_object is ScoredObject.WHOLE:
        return {WHOLE_EVALUATION: score_whole(scheme, roster, returns, opinions)}
    return {one.id: score_project(scheme, one, returns.get(one.id), opinions) for one in roster.projects}


def _findings(scheme: Scheme, roster: Roster, returns: Mapping[str, Submission]) -> list[Finding]:
    layout = compile_collection(COLLECTION.read_bytes(), scheme, Identity("test", b"key")).layout
    cases = (Case(scheme, one, returns[one.id], layout) for one in roster.projects if one.id in returns)
    own = [finding for case in cases for finding in check_submission(case).findings]
    batch = check_batch(scheme, roster, returns).findings  # typed returns share their evidence files' names
    return [*(one for one in batch if one.code == "BATCH-01"), *own]


def _pending(sheet: ScoreSheet) -> ScoreSheet:
    first, *rest = sheet.lines
    return replace(sheet, lines=(replace(first, state=LineState.PENDING), *rest))
