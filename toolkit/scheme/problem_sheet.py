"""Sheets 问题与建议 and 结果应用: rows to values, and everything that is wrong with them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.excel.table import Table
from toolkit.formula import FormulaSyntaxError, parse
from toolkit.model import (
    ApplicationRule,
    Consequence,
    Finding,
    Indicator,
    KeyKind,
    ProblemRow,
    Scheme,
    Sentence,
    Severity,
)
from toolkit.model.problem import CHECK_NAMES, CUTOFF, SCORING_NAMES, STATEMENT_NAMES, SUMMARY_NAMES
from toolkit.scheme.columns import APPLICATIONS, PROBLEMS, ROSTER_COLUMNS
from toolkit.scheme.conditions import check_condition
from toolkit.scheme.findings import about_cell, did_you_mean
from toolkit.scheme.references import Stated, check_formulas, workbook_names
from toolkit.scheme.rows import ApplicationRow, ProblemSheetRow, Read, check_rows, texts_of

_CHECK_CODE = re.compile(r"[A-Z]+-\d{2}")
_POINT = "{要点}"
_MARKS = re.compile(r"[（(][^（()）]*分[）)]$")
_NO_BRACES = str.maketrans("{}", "（）")
_CHECKPOINT = re.compile(r"(?:要点(\d{1,2})_(?P<after>.+)|(?P<before>.+?)[.·、\s]?要点(\d{1,2}))")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_UNSCORED = "未评分"
_ROSTER_NAMES = (*ROSTER_COLUMNS.every(), "立项年度")
_Names = Mapping[str, str]


def read_problems(
    tables: Mapping[str, Table], scheme: Scheme, unsound: Collection[str] = ()
) -> tuple[Scheme, list[Finding]]:
    """The scheme with its rows of both sheets, and what is wrong with them.

    Args:
        tables: the scheme's sheets.
        scheme: as far as it could be read.
        unsound: codes of indicators whose rule could not be built; nobody knows which names they have.
    """
    reads, findings = check_rows(texts_of(tables[PROBLEMS], ProblemSheetRow), ProblemSheetRow)
    enabled = [read for read in reads if read.row.enabled != "否"]
    rows: list[ProblemRow] = []
    for read in enabled:
        row, wrong = _row(read, scheme)
        rows.append(row)
        known = row.indicator not in unsound and "键" not in read.lost
        findings += wrong or (_faults(read, row, scheme, unsound) if known else [])
    applications, wrong_rules = _applications(tables[APPLICATIONS], scheme)
    findings += [*_switches(reads), *_twice(enabled, rows), *wrong_rules]
    return replace(scheme, problems=tuple(rows), applications=tuple(applications)), findings


def unknown_checks(scheme: Scheme, known: Iterable[str]) -> list[Finding]:
    """Rows that hang on a check nobody has; the codes of the built-in checks are ``known`` to the caller."""
    codes = {*known, *(cross.code for cross in scheme.cross_checks)}
    return [
        Finding(
            "SCHEME-37",
            Severity.ERROR,
            row.origin,
            Sentence.of("没有编号为“{key}”的检查项或勾稽", {"key": row.key}),
            did_you_mean(row.key, codes, "编号见检查项手册"),
            found=row.key,
        )
        for row in scheme.problems
        if row.kind is KeyKind.CHECK and row.key not in codes
    ]


def _row(read: Read[ProblemSheetRow], scheme: Scheme) -> tuple[ProblemRow, list[Finding]]:
    row = read.row
    kind, key, indicator = _key(row.key, scheme)
    point = _checkpoint_words(kind, key, scheme)
    values = ProblemRow(
        code=row.code or f"行{read.source.number}",
        kind=kind,
        key="" if kind is KeyKind.CONDITION else key,
        indicator=indicator,
        problem_class=row.problem_class,
        statement=row.statement.replace(_POINT, point),
        population=row.population,
        condition=row.condition or (key if kind is KeyKind.CONDITION else ""),
        amount=row.amount,
        amount_unit=row.amount_unit,
        summary=row.summary.replace(_POINT, point),
        causes=row.causes,
        advice=row.advice,
        responsible=row.responsible,
        deadline=row.deadline,
        consequence=row.consequence,
        origin=read.at("键"),
    )
    return values, [] if key or "键" in read.lost else [_unknown_key(read, scheme)]


def _key(text: str, scheme: Scheme) -> tuple[KeyKind, str, str]:
    """What the key names, in its full form, and the indicator it belongs to; "" where it names nothing known."""
    if text.startswith(("=", "＝")):
        return KeyKind.CONDITION, f"={text.lstrip('=＝ ')}", ""
    indicator = _indicator(text, scheme)
    if indicator:
        return KeyKind.INDICATOR, indicator.code, indicator.code
    match = _CHECKPOINT.fullmatch(text)
    owner = _indicator((match["after"] or match["before"]).strip(), scheme) if match else None
    if match and owner:
        local = f"要点{match[1] or match[4]}"
        known = any(asked.local == local for asked in owner.inputs)
        return KeyKind.CHECKPOINT, f"{local}_{owner.code}" if known else "", owner.code
    if _CHECK_CODE.fullmatch(text) or any(cross.code == text for cross in scheme.cross_checks):
        return KeyKind.CHECK, text, ""
    return KeyKind.INDICATOR, "", ""


def _checkpoint_words(kind: KeyKind, key: str, scheme: Scheme) -> str:
    """What ``{要点}`` stands for: the checkpoint as the scheme puts it, without its marks; itself in any other row."""
    if kind is not KeyKind.CHECKPOINT or not key:
        return _POINT
    local, _, code = key.partition("_")
    owner = scheme.indicator(code)
    label = next((asked.label for asked in owner.inputs if asked.local == local), "") if owner else ""
    return _MARKS.sub("", label).translate(_NO_BRACES) or _POINT


def _indicator(text: str, scheme: Scheme) -> Indicator | None:
    return scheme.indicator(text) or next(
        (indicator for indicator in scheme.indicators if indicator.name == text), None
    )


def _unknown_key(read: Read[ProblemSheetRow], scheme: Scheme) -> Finding:
    known = [*(indicator.code for indicator in scheme.indicators), *(indicator.name for indicator in scheme.indicators)]
    known += [cross.code for cross in scheme.cross_checks]
    hint = "写指标编号或名称、要点（如 A101要点2）、检查项编号，或以=开头的条件；暂不用的，“启用”写否"
    words = Sentence.of("键“{key}”不是方案里的指标、要点或检查项", {"key": read.row.key})
    return about_cell("SCHEME-37", read.source, "键", words, did_you_mean(read.row.key, known, hint))


def _faults(read: Read[ProblemSheetRow], row: ProblemRow, scheme: Scheme, unsound: Collection[str]) -> list[Finding]:
    known = _known(row, scheme)
    return [
        *_formulas(read, row, scheme, known, unsound),
        *_braces(read, "问题表述", row.statement, {*known, *STATEMENT_NAMES}),
        *_braces(read, "汇总表述", row.summary, set(SUMMARY_NAMES)),
        *_unit(read, row),
    ]


def _known(row: ProblemRow, scheme: Scheme) -> _Names:
    known = workbook_names(scheme.fields, scheme.indicators, ())
    known |= {f"{name}_{indicator.code}": "" for indicator in scheme.indicators for name in SCORING_NAMES}
    known |= dict.fromkeys((*_ROSTER_NAMES, CUTOFF), "")
    indicator = scheme.indicator(row.indicator)
    if indicator:
        known |= dict.fromkeys((*SCORING_NAMES, *(asked.local for asked in indicator.inputs)), "")
    return known | (dict.fromkeys(CHECK_NAMES, "") if row.kind is KeyKind.CHECK else {})


def _formulas(
    read: Read[ProblemSheetRow], row: ProblemRow, scheme: Scheme, known: _Names, unsound: Collection[str]
) -> Iterator[Finding]:
    listed = {value: name for name, values in scheme.choices.items() for value in values}
    heading = "成立条件" if read.row.condition else "键"
    conditions = ((row.population, "适用条件"), (row.condition, heading))
    for text, where in conditions:
        if text:
            yield from check_formulas([Stated("", row.code, text, read.at(where))], known, unsound)
            yield from check_condition(text, read.at(where), row.code, listed)
    if row.amount:
        yield from check_formulas([Stated("", row.code, row.amount, read.at("数额"))], known, unsound)
        yield from _truth_as_amount(read, row)


def _truth_as_amount(read: Read[ProblemSheetRow], row: ProblemRow) -> Iterator[Finding]:
    try:
        parse(row.amount)
    except FormulaSyntaxError:
        return
    if not row.amount_unit:
        words = "写了数额，没有写数额单位"
        yield about_cell("SCHEME-37", read.source, "数额单位", words, "写 万元、元、天、起、个、% 等", about=row.code)


def _unit(read: Read[ProblemSheetRow], row: ProblemRow) -> Iterator[Finding]:
    speaks = {"数额", "合计", "最大", "最小", "平均"} & set(_PLACEHOLDER.findall(row.statement + row.summary))
    if speaks and not row.amount:
        words = f"表述里有{{{'}、{'.join(sorted(speaks))}}}，但没有写数额的算法"
        yield about_cell(
            "SCHEME-37", read.source, "数额", words, "在“数额”列写公式，如 =初验日期-计划初验日期", about=row.code
        )


def _braces(read: Read[ProblemSheetRow], heading: str, text: str, known: set[str]) -> Iterator[Finding]:
    for name in _PLACEHOLDER.findall(text):
        if name.strip() not in known:
            words = f"“{heading}”里的{{{name}}}不是字段，也不是可用的名称"
            hint = did_you_mean(name, known, "花括号里写字段名，或数额、得分率、失分等名称")
            yield about_cell("SCHEME-37", read.source, heading, words, hint, about=read.row.code)
    if _BRACE.search(_PLACEHOLDER.sub("", text)):
        yield about_cell("SCHEME-37", read.source, heading, "花括号没有成对", "写成 {字段名}", about=read.row.code)


def _switches(reads: Sequence[Read[ProblemSheetRow]]) -> Iterator[Finding]:
    for read in reads:
        if read.row.enabled not in ("", "是", "否"):
            words = Sentence.of("“启用”写的是“{enabled}”", {"enabled": read.row.enabled})
            yield about_cell("SCHEME-02", read.source, "启用", words, "写 是 或 否；留空为是", about=read.row.code)


def _twice(reads: Sequence[Read[ProblemSheetRow]], rows: Sequence[ProblemRow]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for read, row in zip(reads, rows, strict=True):
        first = seen.setdefault(row.code, read.at("编号").cell)
        if first != read.at("编号").cell:
            words = Sentence.of("编号“{code}”重复：{first}已经用过", {"code": row.code, "first": first})
            yield about_cell("SCHEME-03", read.source, "编号", words, "改成不重复的编号", about=row.code)


def _applications(table: Table, scheme: Scheme) -> tuple[list[ApplicationRule], list[Finding]]:
    reads, findings = check_rows(texts_of(table, ApplicationRow), ApplicationRow)
    grades = [*(band.name for band in scheme.grade_bands), _UNSCORED]
    rules: list[ApplicationRule] = []
    for read in reads:
        row = read.row
        if row.grade and row.grade not in grades:
            words = Sentence.of("没有名为“{grade}”的等级", {"grade": row.grade})
            hint = did_you_mean(row.grade, grades, f"可用的等级：{'、'.join(grades)}；留空为不论等级")
            findings.append(about_cell("SCHEME-38", read.source, "等级", words, hint))
        if row.consequence is None and "结果应用" not in read.lost:
            hint = f"写：{'、'.join(Consequence)}"
            findings.append(about_cell("SCHEME-38", read.source, "结果应用", "没有写结果应用", hint))
        if any(_covers(rule, row) for rule in rules):
            never = "上面已有更宽的规则，这一行永远用不到"
            hint = "规则从上往下取第一条，把更窄的规则移到上面"
            findings.append(about_cell("SCHEME-38", read.source, "等级", never, hint, severity=Severity.WARNING))
        consequence = row.consequence or Consequence.AFTER_CORRECTION
        rules.append(ApplicationRule(row.grade, row.problem_class, consequence, row.measure, read.at("等级")))
    return rules, findings


def _covers(rule: ApplicationRule, row: ApplicationRow) -> bool:
    return rule.grade in ("", row.grade) and rule.problem_class in (None, row.problem_class)
