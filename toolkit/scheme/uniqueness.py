"""Codes and keys: each only once, each fit to be a defined name, none taken by another cell of the workbook."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from toolkit.model import CellRef, CrossCheck, EvidenceItem, Field, Finding, Indicator, Sentence, Severity
from toolkit.scheme.findings import say
from toolkit.scheme.names import unusable, unusable_code, unusable_sheet
from toolkit.scheme.references import workbook_names
from toolkit.text.folding import compared

_Named = tuple[str, CellRef]


def check_names(
    fields: Sequence[Field],
    indicators: Sequence[tuple[str, CellRef]],
    bound: Sequence[Indicator],
    checks: Sequence[CrossCheck],
    evidence: Sequence[EvidenceItem],
) -> list[Finding]:
    """All findings about codes and keys.

    Args:
        fields: all fields.
        indicators: every indicator row's code and place, those whose rule failed included.
        bound: the indicators that could be bound.
        checks: all cross-checks.
        evidence: all evidence items.
    """
    keys = [(field.key, field.origin) for field in fields]
    items = [(item.code, item.origin) for item in evidence]
    rules = [(check.code, check.origin) for check in checks]
    return [
        *_twice(keys, "字段名"),
        *_twice(indicators, "指标编号"),
        *_twice(items, "佐证编号"),
        *_twice(rules, "勾稽编号"),
        *_same_names(bound),
        *_misshapen(keys, "字段名", unusable),
        *_misshapen([(table.table, table.origin) for table in _first_of_tables(fields)], "明细表名", unusable),
        *_misshapen(_sections(fields), "所在表", unusable_sheet),
        *_misshapen(indicators, "指标编号", unusable_code),
        *_misshapen(items, "佐证编号", unusable_code),
        *_taken(fields, bound, evidence),
    ]


def _twice(named: Iterable[_Named], what: str) -> list[Finding]:
    seen: dict[str, CellRef] = {}
    findings = []
    for name, at in named:
        first = seen.setdefault(name.casefold(), at)
        if first is not at:
            words = Sentence.of("{what}“{name}”重复：{cell}已经用过", {"what": what, "name": name, "cell": first.cell})
            findings.append(say("SCHEME-03", at, words, "改成不重复的名称（不区分大小写）", about=name, found=name))
    return findings


def _same_names(indicators: Iterable[Indicator]) -> Iterator[Finding]:
    """Indicators of one name: reports call them by it, and nobody could tell which one is meant."""
    seen: dict[str, Indicator] = {}
    for indicator in indicators:
        first = seen.setdefault(compared(indicator.name), indicator)
        if first is not indicator:
            words = Sentence.of(
                "三级指标“{name}”与指标{first}同名，报告按名称说到指标时分不清是哪一个",
                {"name": indicator.name, "first": first.code},
            )
            hint = "在名称里区分，如写成“任务完成率（数量）”“任务完成率（质量）”"
            severity = Severity.WARNING
            yield say("SCHEME-03", indicator.origin, words, hint, severity=severity, about=indicator.code)


def _misshapen(named: Iterable[_Named], what: str, reason_of: Callable[[str], str]) -> list[Finding]:
    return [
        say(
            "SCHEME-04",
            at,
            Sentence.of("{what}“{name}”不能用：{reason}", {"what": what, "name": name, "reason": reason}),
            "只用汉字、字母、数字和下划线，不要空格和括号",
            about=name,
            found=name,
        )
        for name, at in named
        if (reason := reason_of(name))
    ]


def _sections(fields: Sequence[Field]) -> list[_Named]:
    """Every 所在表 once; a sheet of the collection workbook is named after it."""
    return list({field.section: (field.section, field.origin) for field in reversed(fields)}.values())


def _first_of_tables(fields: Sequence[Field]) -> list[Field]:
    return list({field.table: field for field in reversed(fields) if field.table}.values())


def _taken(fields: Sequence[Field], bound: Sequence[Indicator], evidence: Sequence[EvidenceItem]) -> list[Finding]:
    others = workbook_names((), bound, [item.code for item in evidence])
    others |= {field.table: f"明细表“{field.table}”" for field in fields if field.table}
    folded = {name.casefold(): owner for name, owner in others.items()}
    return [
        say(
            "SCHEME-03",
            field.origin,
            Sentence.of(
                "字段名“{key}”与{folded}的单元格名称相同", {"key": field.key, "folded": folded[field.key.casefold()]}
            ),
            "换一个字段名",
            about=field.key,
        )
        for field in fields
        if field.key.casefold() in folded
    ]
