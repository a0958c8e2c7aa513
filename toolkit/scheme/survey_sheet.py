"""Sheets 问卷 and 问卷题目: questionnaires with their questions, and everything that is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.excel.book import Book
from toolkit.excel.table import TableRow
from toolkit.model import Definition, Finding, QuestionKind, Removal, Scheme, Sentence, Survey, SurveyQuestion
from toolkit.scheme.columns import QUESTION_COLUMNS, QUESTIONS, SURVEY_COLUMNS, SURVEYS
from toolkit.scheme.findings import about_cell, did_you_mean
from toolkit.scheme.headings import read_sheet
from toolkit.scheme.plain_number import read_number
from toolkit.text.shares import read_share

_BETWEEN = re.compile(r"[、;；\n]+")


def read_surveys(book: Book, workbook: str, scheme: Scheme) -> tuple[tuple[Survey, ...], list[Finding]]:
    """The questionnaires; an evaluation without the sheets has none."""
    heads = read_sheet(book, workbook, SURVEYS, SURVEY_COLUMNS)
    rows = read_sheet(book, workbook, QUESTIONS, QUESTION_COLUMNS)
    findings = [*heads.findings, *rows.findings]
    questions: dict[str, list[SurveyQuestion]] = {}
    codes = [row.text("问卷编号") for row in heads.rows]
    for row in rows.rows:
        made, wrong = _question(row, codes)
        findings += wrong
        questions.setdefault(made.survey, []).append(made)
    for code, listed in questions.items():
        findings += _twice([question.code for question in listed], code, rows.rows)
    surveys = []
    for row in heads.rows:
        survey, wrong = _survey(row, tuple(questions.get(row.text("问卷编号"), ())), scheme)
        findings += wrong
        surveys.append(survey)
    return tuple(surveys), findings


def _twice(codes: list[str], survey: str, rows: tuple[TableRow, ...]) -> Iterator[Finding]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        row = [row for row in rows if (row.text("问卷编号"), row.text("题号")) == (survey, code)][-1]
        yield about_cell("SCHEME-46", row, "题号", Sentence.of("题号“{code}”重复", {"code": code}), "改成不重复的题号")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


class _Cells:
    """The cells of one row as values; what cannot be read is noted and stood in for."""

    def __init__(self, row: TableRow, code: str) -> None:
        self.row, self._code = row, code
        self.findings: list[Finding] = []

    def wrong(self, heading: str, words: str | Sentence, hint: str = "") -> None:
        self.findings.append(about_cell(self._code, self.row, heading, words, hint))

    def share(self, heading: str, otherwise: str) -> Decimal:
        try:
            share = read_share(self.row.text(heading) or otherwise)
        except ValueError as fault:
            self.wrong(heading, f"{heading}：{fault}", f"写百分数，如 {otherwise}")
            return read_share(otherwise)
        if not 0 < share < 1:
            self.wrong(heading, f"{heading}应大于0%、小于100%", f"写百分数，如 {otherwise}")
            return read_share(otherwise)
        return share

    def count(self, heading: str) -> int | None:
        text = self.row.text(heading)
        try:
            number = read_number(text) if text else None
        except ValueError:
            number = Decimal(-1)
        if number is None:
            return None
        if number < 1 or number != int(number):
            self.wrong(heading, f"“{text[:40]}”不是正整数", "写正整数；不知道的留空")
            return None
        return int(number)

    def yes(self, heading: str) -> bool:
        text = self.row.text(heading)
        if text not in ("", "是", "否"):
            self.wrong(heading, f"“{heading}”写的是“{text[:40]}”", "写 是 或 否；留空为否")
        return text == "是"


def _survey(row: TableRow, questions: tuple[SurveyQuestion, ...], scheme: Scheme) -> tuple[Survey, list[Finding]]:
    cells, text = _Cells(row, "SCHEME-45"), row.text
    if not text("问卷编号"):
        cells.wrong("问卷编号", "没有写问卷编号", "如 W1")
    indicator = text("指标编号")
    if indicator and scheme.indicator(indicator) is None:
        known = [known.code for known in scheme.indicators]
        cells.wrong("指标编号", f"方案中没有指标“{indicator}”", did_you_mean(indicator, known, "按《指标》表填写"))
    if not any(question.counted for question in questions):
        cells.wrong(
            "问卷编号", "这份问卷没有计入满意度的量表题", "在《问卷题目》中把至少一道量表题的“计入满意度”写为 是"
        )
    survey = Survey(
        text("问卷编号"), indicator, text("调查对象"), questions, cells.count("总体数"), _definition(cells),
        cells.share("置信水平", "95%"), cells.share("允许误差", "5%"), cells.share("预期比例", "50%"),
        _removals(cells), cells.count("最短用时"), row.at("问卷编号"),
    )  # fmt: skip
    if Removal.TOO_FAST in survey.removals and survey.least_seconds is None:
        cells.wrong("最短用时", "要剔除用时过短的答卷，没有写最短用时", "写秒数，如 30")
    return survey, cells.findings


def _definition(cells: _Cells) -> Definition:
    text = cells.row.text("满意度口径") or Definition.SHARE.value
    if text in set(Definition):
        return Definition(text)
    cells.wrong("满意度口径", f"满意度口径“{text[:40]}”不认识", f"写：{'、'.join(Definition)}")
    return Definition.SHARE


def _removals(cells: _Cells) -> tuple[Removal, ...]:
    text = cells.row.text("剔除")
    if not text:
        return (Removal.SAME_ACCOUNT, Removal.MISSING)
    words = () if text == "无" else _parts(text)
    for word in (word for word in words if word not in set(Removal)):
        cells.wrong("剔除", f"清洗规则“{word[:40]}”不认识", f"可写：{'、'.join(Removal)}；都不剔除写 无")
    return tuple(rule for rule in Removal if rule in words)


def _question(row: TableRow, surveys: list[str]) -> tuple[SurveyQuestion, list[Finding]]:
    cells, text = _Cells(row, "SCHEME-46"), row.text
    for heading in ("题号", "题目"):
        if not text(heading):
            cells.wrong(heading, f"没有写{heading}")
    if text("问卷编号") not in surveys:
        words = Sentence.of("《问卷》中没有编号“{said}”", {"said": text("问卷编号")})
        cells.wrong("问卷编号", words, did_you_mean(text("问卷编号"), surveys, "按《问卷》表填写"))
    kind = _kind(cells)
    options, counted = _parts(text("选项")), cells.yes("计入满意度")
    if kind is not QuestionKind.TEXT and len(set(options)) < max(2, len(options)):
        cells.wrong("选项", "选项少于两个，或有重复", "按问卷中的顺序写，用、分开")
    if counted and kind is not QuestionKind.SCALE:
        cells.wrong("计入满意度", "只有量表题可以计入满意度", "把题型写为 量表，或清除“计入满意度”")
    points = _points(cells, options) if kind is QuestionKind.SCALE else ()
    satisfied = _satisfied(cells, dict(zip(options, points, strict=False)))
    made = SurveyQuestion(
        text("问卷编号"), text("题号"), text("题目"), kind, options, points, satisfied,
        counted and kind is QuestionKind.SCALE, cells.yes("分组"), row.at("题号"),
    )  # fmt: skip
    return made, cells.findings


def _kind(cells: _Cells) -> QuestionKind:
    text = cells.row.text("题型")
    if text in set(QuestionKind):
        return QuestionKind(text)
    cells.wrong("题型", f"题型“{text[:40]}”不认识", f"写：{'、'.join(QuestionKind)}")
    return QuestionKind.TEXT


def _points(cells: _Cells, options: tuple[str, ...]) -> tuple[Decimal, ...]:
    """Points as written; without any, equal steps from 100 down to 0."""
    written = _parts(cells.row.text("分值"))
    if not written and len(options) > 1:
        return tuple(Decimal(100) * place / (len(options) - 1) for place in range(len(options) - 1, -1, -1))
    try:
        points = tuple(read_number(part) for part in written)
    except ValueError as fault:
        cells.wrong("分值", str(fault), "每个选项一个数，用、分开")
        return tuple(Decimal(1) for _ in options)
    if len(points) != len(options) or not points or max(points) <= 0 or min(points) < 0:
        cells.wrong("分值", f"有{len(options)}个选项、{len(points)}个分值", "每个选项一个不小于0的数，顺序与选项相同")
        return tuple(Decimal(1) for _ in options)
    return points


def _satisfied(cells: _Cells, points: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Options that count as satisfied; without any named, the two best of at least four, else the best."""
    written = _parts(cells.row.text("满意选项"))
    for word in (word for word in written if word not in points):
        cells.wrong("满意选项", f"“{word[:40]}”不在选项中", f"从选项中写：{'、'.join(points)}")
    if written or not points:
        return tuple(word for word in written if word in points)
    best = sorted(points, key=lambda option: -points[option])
    return tuple(best[: 2 if len(best) > 3 else 1])
