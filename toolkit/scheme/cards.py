"""Sheet 算例: worked examples in the scheme itself, run at every reading: these values must give that score."""

from collections.abc import Container
from decimal import Decimal

from toolkit.excel.table import Table, TableRow
from toolkit.formula import evaluate
from toolkit.model import Finding, Indicator, Scheme, Sentence, Stated
from toolkit.rules import FULL_MARK, read_values, rule_for
from toolkit.scheme.findings import about_cell, did_you_mean
from toolkit.scheme.plain_number import read_number


def check_cards(table: Table, scheme: Scheme, written: Container[str]) -> list[Finding]:
    """A finding for every example that cannot be read or does not give the score written.

    Args:
        table: sheet 算例.
        scheme: as far as it could be read.
        written: every indicator code written; what is wrong with an indicator that could not be read is said there.
    """
    return [finding for row in table.rows for finding in _card(row, scheme, written)]


def _card(row: TableRow, scheme: Scheme, written: Container[str]) -> list[Finding]:
    code = row.text("指标编号")
    indicator = scheme.indicator(code)
    if indicator is None and code in written:
        return []
    if indicator is None:
        known = [indicator.code for indicator in scheme.indicators]
        hint = did_you_mean(code, known, "填写《指标》表的编号")
        return [
            about_cell("SCHEME-29", row, "指标编号", Sentence.of("算例的指标编号“{code}”不存在", {"code": code}), hint)
        ]
    try:
        expected = read_number(row.text("应得分").removesuffix("分"))
    except ValueError:
        words = Sentence.of("算例的应得分“{written}”不是数", {"written": row.text("应得分")})
        return [about_cell("SCHEME-29", row, "应得分", words, "填写这些取值应得的分数", about=code)]
    return _unknown(row, indicator) or _compare(row, indicator, expected)


def _unknown(row: TableRow, indicator: Indicator) -> list[Finding]:
    known = [asked.local for asked in indicator.inputs]
    return [
        about_cell(
            "SCHEME-29",
            row,
            "取值",
            Sentence.of("指标{code}没有取值项“{name}”", {"code": indicator.code, "name": name}),
            _hint(name, known),
            about=indicator.code,
        )
        for name in read_values(row.text("取值"))
        if name not in known
    ]


def _hint(name: str, known: list[str]) -> str:
    return did_you_mean(name, known, f"可用的取值项：{'、'.join(known)}")


def _compare(row: TableRow, indicator: Indicator, expected: Decimal) -> list[Finding]:
    written = read_values(row.text("取值"))
    values = {asked.local: written.get(asked.local) for asked in indicator.inputs}
    score = evaluate(indicator.formula, {**values, FULL_MARK: indicator.full_mark})
    if score == expected:
        return []
    why = rule_for(indicator).because(values, indicator.full_mark, score) if isinstance(score, Decimal) else str(score)
    words = Sentence.of(
        "指标{code}的算例应得{expected}分，按规则算得{score}分：{why}",
        {"code": indicator.code, "expected": Stated(expected), "score": str(score), "why": why},
    )
    return [about_cell("SCHEME-30", row, "应得分", words, "改正规则参数，或改正算例", about=indicator.code)]
