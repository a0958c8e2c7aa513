"""What a scheme declares and nothing uses: evidence, lists of choices, fields that units are asked to fill in."""

import re
from collections.abc import Iterator

from toolkit.formula import FormulaSyntaxError, parse
from toolkit.model import CellRef, Finding, ReportRole, Scheme, Sentence, Severity
from toolkit.scheme.columns import FIELDS
from toolkit.scheme.findings import say, workbook_of


def check_unused(scheme: Scheme) -> list[Finding]:
    """All that could be left out, or should be referred to."""
    return [*_unused_evidence(scheme), *_unused_choices(scheme), *_unused_fields(scheme)]


def _unused_evidence(scheme: Scheme) -> list[Finding]:
    used = {code for indicator in scheme.indicators for code in indicator.evidence}
    if scheme.indicators and not used and len(scheme.evidence) > 1:
        return [_no_evidence_used(scheme)]
    return [
        say(
            "SCHEME-24",
            item.origin,
            Sentence.of("佐证{code}“{name}”没有任何指标引用", {"code": item.code, "name": item.name}),
            "在《指标》表的“佐证”列写上它的编号，或删去",
            severity=Severity.WARNING,
            about=item.code,
        )
        for item in scheme.evidence
        if item.code not in used
    ]


def _no_evidence_used(scheme: Scheme) -> Finding:
    """No indicator names any: the column was never filled in, as in a scheme that was just imported."""
    words = Sentence.saying(
        "《指标》没有一个指标写佐证编号，{count}项佐证材料都没有指标引用", count=str(len(scheme.evidence))
    )
    hint = "在《指标》表的“佐证”列写上各指标所需材料的编号，用不到的材料从《佐证》删去"
    return say("SCHEME-24", scheme.indicators[0].origin, words, hint, severity=Severity.WARNING)


def _unused_choices(scheme: Scheme) -> list[Finding]:
    used = {field.choices for field in scheme.fields}
    return [
        say(
            "SCHEME-27",
            CellRef(workbook_of(scheme), "选项"),
            Sentence.of("选项“{found}”没有字段使用", {"found": name}),
            "删去或在《字段》表引用",
            severity=Severity.NOTE,
            found=name,
        )
        for name in scheme.choices
        if name not in used
    ]


def _unused_fields(scheme: Scheme) -> list[Finding]:
    """What a unit was asked to type in and nothing reads: no report, no formula, no rule, no check."""
    if not any(field.role for field in scheme.fields):
        words = "《字段》没有写“报告用途”，采集的内容进不了报告的项目概况、里程碑和资金链"
        hint = f"增加“报告用途”列，从列表选：{'、'.join(ReportRole)}"
        return [say("SCHEME-39", CellRef(workbook_of(scheme), FIELDS), words, hint, severity=Severity.NOTE)]
    used = {name.casefold() for name in _names_in_use(scheme)}
    return [
        say(
            "SCHEME-39",
            field.origin,
            Sentence.of("字段“{key}”要单位填写，但公式、评分、勾稽、问题与建议和报告都没有用到", {"key": field.key}),
            "写上“报告用途”，或不再采集",
            severity=Severity.WARNING,
            about=field.key,
        )
        for field in scheme.fields
        if not (field.role or field.formula or field.prefill or field.key.casefold() in used)
    ]


def _names_in_use(scheme: Scheme) -> Iterator[str]:
    formulas = [field.formula for field in scheme.fields]
    formulas += [asked.formula for indicator in scheme.indicators for asked in indicator.inputs]
    formulas += [cross_check.formula for cross_check in scheme.cross_checks]
    formulas += [text for row in scheme.problems for text in (row.population, row.condition, row.amount)]
    for text in formulas:
        try:
            yield from parse(text).names if text else ()
        except FormulaSyntaxError:
            continue
    for row in scheme.problems:
        yield from re.findall(r"\{([^{}]+)\}", row.statement)
