"""Rows of an export → answers by question, every cell accounted for; what is no option is a finding, never a guess."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from decimal import Decimal

from toolkit.model import CellRef, Finding, QuestionKind, Sentence, Severity, Stated, Survey, SurveyQuestion, is_sound
from toolkit.survey.blanks import unmarked_blanks
from toolkit.survey.mapping import NOT_ANSWERED, Column, Mapping, Use, columns_of, unknown_columns
from toolkit.survey.opening import Export
from toolkit.survey.summary_rows import no_sheets
from toolkit.text.folding import compared

_SKIPPED = frozenset(("", "-2", "-3", "(跳过)", "(空)", "跳过", "空", "未作答", "(未作答)", "-"))
_EXTRA = re.compile(r"〖[^〗]*〗|【[^】]*】")
_SEPARATORS = {QuestionKind.MULTIPLE: re.compile(r"[┋\n]|\s*\|\s*"), QuestionKind.RANKING: re.compile(r"→|->|>")}
_DURATION = re.compile(
    r"(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|m))?(?:(\d+(?:\.\d+)?)(?:秒钟|秒|s)?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})")
_ADDRESS = re.compile(r"\d{1,3}(?:\.[\d*]{1,3}){3}|[0-9a-f]*:[0-9a-f:]+", re.IGNORECASE)
_SHOWN = 20
Choice = tuple[int, ...]
"""Places of the chosen options, counted from 0; () for no answer."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All answer sheets of an export.

    Attributes:
        rows: for every sheet its number in the file (counted from 0 below the header).
        choices: question code → one choice for every sheet.
        projects: project as written in the file, "" where the file has no such column.
        seconds: time taken, None where not known. accounts, addresses: "" where not known.
        columns: what every column was taken for.
    """

    export: Export
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    choices: ReadOnly[str, tuple[Choice, ...]]
    projects: tuple[str, ...]
    seconds: tuple[Decimal | None, ...]
    accounts: tuple[str, ...]
    addresses: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Nothing in it is in doubt."""
        return is_sound(self.findings)


def read_answers(export: Export, survey: Survey, mapping: Mapping) -> Answers:
    """Read all rows; every doubt about the file is told at once."""
    columns = columns_of(export, survey, mapping)
    findings = [*mapping.findings, *_frame(export, columns, survey, mapping), *_widths(export)]
    rows = tuple(number for number, row in enumerate(export.rows) if any(cell.strip() for cell in row))
    width = len(export.headings)
    table = [(*export.rows[number], *("",) * (width - len(export.rows[number]))) for number in rows]
    choices: dict[str, tuple[Choice, ...]] = {}
    for question in survey.questions:
        of_question = [column for column in columns if column.question is question]
        if of_question and question.kind is not QuestionKind.TEXT:
            read, wrong = _question_choices(export, rows, table, of_question, mapping)
            choices[question.code] = read
            findings += wrong
    numbered = dict(zip(rows, table, strict=True))
    findings += no_sheets(export, columns, numbered)
    findings += unmarked_blanks(export, columns, numbered, _SKIPPED)
    times = _texts(table, columns, Use.SECONDS)
    taken = {text: _seconds(text) for text in set(times)}
    seconds = tuple(map(taken.__getitem__, times))
    addresses = _texts(table, columns, Use.ADDRESS)
    findings += _misplaced(export, rows, columns, Use.SECONDS, [took is not None for took in seconds])
    findings += _misplaced(export, rows, columns, Use.ADDRESS, [bool(_ADDRESS.search(text)) for text in addresses])
    return Answers(
        export, tuple(columns), rows, choices, _texts(table, columns, Use.PROJECT), seconds,
        _texts(table, columns, Use.ACCOUNT), addresses, tuple(findings),
    )  # fmt: skip


def _texts(table: list[tuple[str, ...]], columns: list[Column], use: Use) -> tuple[str, ...]:
    column = next((column.number for column in columns if column.use is use), None)
    return tuple("" if column is None else row[column].strip() for row in table)


def _frame(export: Export, columns: list[Column], survey: Survey, mapping: Mapping) -> Iterator[Finding]:
    """Answers on other sheets, columns nobody knows, questions without a column, questions with two."""
    for other in export.others:
        words = Sentence.saying(
            "工作表《{other}》的表头与《{sheet}》相同，也有内容：答卷分在几张工作表上，只读一张会漏",
            other=other[:31],
            sheet=export.sheet[:31],
        )
        hint = "把全部答卷放在一张工作表上再导入；不是答卷的，删去或隐藏这张工作表"
        yield Finding("SURVEY-03", Severity.ERROR, CellRef(export.file, other), words, hint)
    used = Counter(column.question.code for column in columns if column.question and not column.option)
    missing = [q for q in survey.questions if not any(column.question is q for column in columns)]
    for question in missing:
        where = export.head_at(0)
        words = Sentence.saying("没有找到题目{code}“{text}”的列", code=question.code, text=question.text)
        hint = "在问卷对照.xlsx 的《列对照》中写明哪一列是这道题；题目确实没有问的，从方案《问卷题目》中删除"
        yield Finding("SURVEY-01", Severity.ERROR, where, words, hint, indicator=survey.indicator)
    for column in unknown_columns(columns, survey, mapping):
        severity = Severity.WARNING if missing else Severity.NOTE
        words = Sentence.saying("列“{heading}”不是方案中的题目，没有使用", heading=column.heading[:60])
        hint = "要使用的，在问卷对照.xlsx 中写明用途"
        yield Finding("SURVEY-02", severity, export.head_at(column.number), words, hint)
    for code in sorted(code for code, count in used.items() if count > 1):
        column = [column for column in columns if column.question and column.question.code == code][-1]
        words = Sentence.saying("题目{code}有{used}列，不知道以哪一列为准", code=code, used=used[code])
        hint = "在问卷对照.xlsx 中把多余的列写为“不用”"
        yield Finding("SURVEY-01", Severity.ERROR, export.head_at(column.number), words, hint)
    for use in (Use.PROJECT, Use.SECONDS, Use.ACCOUNT, Use.ADDRESS):
        same = [column for column in columns if column.use is use]
        if len(same) > 1:
            words = Sentence.saying("有{count}列都是“{use}”，不知道以哪一列为准", count=len(same), use=use)
            yield Finding("SURVEY-02", Severity.ERROR, export.head_at(same[1].number), words, "在问卷对照.xlsx 中写明")


def _widths(export: Export) -> Iterator[Finding]:
    width = len(export.headings)
    wide = [number for number, row in enumerate(export.rows) if any(cell.strip() for cell in row[width:])]
    for number in wide[:_SHOWN]:
        words = Sentence.saying("这一行的格数比表头多，各列可能错位（共{count}行）", count=len(wide))
        yield Finding("SURVEY-03", Severity.ERROR, export.at(number, width), words, "从平台重新导出，不要改动列")
    short = [number for number, row in enumerate(export.rows) if len(row) < width and any(row)]
    for number in short[:_SHOWN]:
        words = Sentence.saying("这一行的格数比表头少，各列可能错位（共{count}行）", count=len(short))
        yield Finding("SURVEY-03", Severity.ERROR, export.at(number, 0), words, "从平台重新导出，不要改动列")
    for column, heading in enumerate(export.headings):
        if not heading and any(len(row) > column and row[column].strip() for row in export.rows):
            told = "这一列没有表头而有内容，各列可能错位"
            yield Finding("SURVEY-03", Severity.ERROR, export.head_at(column), told, "从平台重新导出，不要改动列")


def _question_choices(
    export: Export, rows: tuple[int, ...], table: list[tuple[str, ...]], columns: list[Column], mapping: Mapping
) -> tuple[tuple[Choice, ...], list[Finding]]:
    question = columns[0].question
    assert question is not None  # noqa: S101  (columns of a question)
    if columns[0].option:
        return _by_option(export, rows, table, columns)
    column = columns[0].number
    read = _reader(question, mapping)
    known: dict[str, Choice | None] = {}
    choices: list[Choice] = []
    unknown: dict[str, list[int]] = {}
    for number, row in zip(rows, table, strict=True):
        text = row[column]
        if text not in known:
            known[text] = read(text)
        choice = known[text]
        if choice is None:
            unknown.setdefault(text, []).append(number)
        choices.append(choice or ())
    return tuple(choices), [_no_option(export, column, question, text, at) for text, at in unknown.items()][:_SHOWN]


def _no_option(export: Export, column: int, question: SurveyQuestion, text: str, rows: list[int]) -> Finding:
    words = Sentence(
        "题目{question}的答案“{answer}”不在选项中（共{count}份答卷）",
        (("question", question.code), ("answer", text.strip()[:40]), ("count", Stated(Decimal(len(rows))))),
    )
    options = "、".join(question.options)
    hint = f"选项是：{options}；在问卷对照.xlsx 的《选项对照》中写明对应关系，不算答案的写“{NOT_ANSWERED}”"
    return Finding("SURVEY-04", Severity.ERROR, export.at(rows[0], column), words, hint, found=text.strip()[:80])


def _reader(question: SurveyQuestion, mapping: Mapping) -> Callable[[str], Choice | None]:
    """Text of a cell → choice; None for what is no answer to the question."""
    places: dict[str, Choice] = {compared(option): (place,) for place, option in enumerate(question.options)}
    places |= {str(place + 1): (place,) for place in range(len(question.options)) if str(place + 1) not in places}
    for (survey, code, answer), option in mapping.options.items():
        if (survey, code) == (question.survey, question.code):
            wanted = compared(option)
            places[answer] = () if option == NOT_ANSWERED else places.get(wanted, places.get(answer, ()))
    separator = _SEPARATORS.get(question.kind)

    def read(text: str) -> Choice | None:
        whole = compared(_EXTRA.sub("", text)) if text not in _SKIPPED else ""
        if whole in _SKIPPED:
            return places.get(whole, ())
        if whole in places or separator is None:
            return places.get(whole)
        parts = [places.get(compared(part)) for part in separator.split(_EXTRA.sub("", text)) if part.strip()]
        chosen = [part[0] for part in parts if part]
        return tuple(chosen) if len(chosen) == len(parts) and len(set(chosen)) == len(chosen) else None

    return read


def _by_option(
    export: Export, rows: tuple[int, ...], table: list[tuple[str, ...]], columns: list[Column]
) -> tuple[tuple[Choice, ...], list[Finding]]:
    """A multiple choice with a column for each option: 1, 是 or the option's text where it was chosen."""
    question = columns[0].question
    assert question is not None  # noqa: S101  (columns of a question)
    chosen: list[list[int]] = [[] for _ in rows]
    findings: list[Finding] = []
    for column in columns:
        place = question.options.index(column.option)
        yes = {"1", "是", "√", "TRUE", compared(column.option)}
        for index, row in enumerate(table):
            text = compared(_EXTRA.sub("", row[column.number]))
            if text in yes:
                chosen[index].append(place)
            elif text not in _SKIPPED and text not in ("0", "否", "FALSE") and len(findings) < _SHOWN:
                findings.append(_no_option(export, column.number, question, row[column.number], [rows[index]]))
    return tuple(tuple(places) for places in chosen), findings


def _seconds(text: str) -> Decimal | None:
    """``75秒``, ``1分15秒``, ``00:01:15``, ``75`` → 75; None for what is no time. Units: seconds."""
    bare = compared(text)
    if clock := _CLOCK.fullmatch(bare):
        hours, minutes, seconds = (Decimal(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    match = _DURATION.fullmatch(bare)
    if not match or not any(match.groups()):
        return None
    hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _misplaced(
    export: Export, rows: tuple[int, ...], columns: list[Column], use: Use, fits: list[bool]
) -> Iterator[Finding]:
    """Something in a column of times or addresses that is none: the columns have moved."""
    column = next((column.number for column in columns if column.use is use), None)
    if column is None:
        return
    written = ((row, fit, export.rows[row][column : column + 1]) for row, fit in zip(rows, fits, strict=True))
    wrong = [
        (row, cell[0].strip()) for row, fit, cell in written if not fit and cell and cell[0].strip() not in _SKIPPED
    ]
    for row, text in wrong[:1]:
        words = Sentence.saying(
            "“{text}”不是{use}（共{count}份答卷），各列可能错位", text=text[:30], use=use, count=len(wrong)
        )
        yield Finding("SURVEY-03", Severity.ERROR, export.at(row, column), words, "核对各列是否对齐，从平台重新导出")
