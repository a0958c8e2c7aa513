"""What each column of an export is: recognised by its heading, or as 问卷对照.xlsx remembers it; never guessed."""

import re
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.model import Finding, QuestionKind, Sentence, Severity, Survey, SurveyQuestion
from toolkit.survey.opening import Export
from toolkit.text.folding import compared

if TYPE_CHECKING:
    from toolkit.excel.table import TableRow

COLUMN_SHEET, OPTION_SHEET = "列对照", "选项对照"
COLUMN_HEADINGS = ("问卷编号", "列标题", "用作", "题号")
OPTION_HEADINGS = ("问卷编号", "题号", "文件中的答案", "方案选项")
NOT_ANSWERED = "按缺答"
"""What an answer may be mapped to instead of an option."""


class Use(StrEnum):
    """What a column is for; the value is the word of 问卷对照.xlsx."""

    QUESTION = "题目"
    ID = "答卷序号"
    TIME = "提交时间"
    SECONDS = "用时"
    ADDRESS = "IP"
    ACCOUNT = "账号"
    PROJECT = "项目"
    PERSONAL = "个人信息"
    IGNORED = "不用"


_HEADS: ReadOnly[str, Use] = {
    **dict.fromkeys(("序号", "编号", "答卷编号", "答题序号", "答卷ID", "ID", "提交序号"), Use.ID),
    **dict.fromkeys(
        ("提交答卷时间", "提交时间", "提交时间（自动）", "结束答题时间", "答题结束时间", "完成时间"), Use.TIME
    ),
    **dict.fromkeys(("所用时间", "答题时长", "答题用时", "用时", "填写时长", "答题时长（秒）"), Use.SECONDS),
    **dict.fromkeys(("来自IP", "IP", "IP地址", "答题IP", "用户IP"), Use.ADDRESS),
    **dict.fromkeys(("openid", "微信openid", "用户ID", "用户标识", "unionid", "设备号", "自定义字段"), Use.ACCOUNT),
    **dict.fromkeys(
        ("姓名", "您的姓名", "提交者", "提交者（自动）", "昵称", "微信昵称", "手机", "手机号", "电话", "联系电话",
         "您的手机号", "邮箱", "身份证号", "用户名", "性别头像", "头像"),
        Use.PERSONAL,
    ),
    **dict.fromkeys(
        ("来源", "来源详情", "总分", "开始答题时间", "答题开始时间", "开始时间", "地理位置国家和地区", "地理位置省",
         "地理位置市", "用户UA", "Referrer", "语言", "清洗数据结果", "智能清洗数据无效概率", "答题终端", "状态"),
        Use.IGNORED,
    ),
    **dict.fromkeys(("项目", "项目名称", "项目序号", "被评价项目"), Use.PROJECT),
}  # fmt: skip
_KNOWN_HEADS = {compared(heading).casefold(): use for heading, use in _HEADS.items()}
_NUMBERED = re.compile(r"^\s*(?:[Qq]\s*\d+|第\s*\d+\s*题|\d+)\s*[、.．:：_)）]?\s*")
_MARKS = re.compile(
    r"\s*(?:[（(【\[](?:必填|必答|选填|单选题?|多选题?|量表题?|矩阵.{0,6}|排序题?|填空题?)[）)】\]]|\*)\s*"
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """问卷对照.xlsx: (survey, heading) → use and question, (survey, question, answer) → option."""

    columns: ReadOnly[tuple[str, str], tuple[Use, str]] = field(default_factory=dict)
    options: ReadOnly[tuple[str, str, str], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the export; ``option`` is set where a multiple choice has a column for each option."""

    number: int
    heading: str
    use: Use
    question: SurveyQuestion | None = None
    option: str = ""


def read_mapping(data: bytes, workbook: str) -> Mapping:
    """Read 问卷对照.xlsx.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    # Imported here: most imports of answers have no such workbook, and reading one brings the formulas with it.
    from toolkit.excel.read import read_workbook
    from toolkit.excel.table import read_table

    book = read_workbook(data)
    columns_table = read_table(book, workbook, COLUMN_SHEET, COLUMN_HEADINGS)
    options_table = read_table(book, workbook, OPTION_SHEET, OPTION_HEADINGS)
    findings = [*columns_table.findings, *options_table.findings]
    columns: dict[tuple[str, str], tuple[Use, str]] = {}
    for row in (row for row in columns_table.rows if row.text("用作")):
        if row.text("用作") in set(Use):
            columns[row.text("问卷编号"), compared(row.text("列标题"))] = Use(row.text("用作")), row.text("题号")
        else:
            findings.append(_wrong_use(row))
    options = {
        (row.text("问卷编号"), row.text("题号"), compared(row.text("文件中的答案"))): row.text("方案选项")
        for row in options_table.rows
        if row.text("方案选项")
    }
    return Mapping(columns, options, tuple(findings))


def _wrong_use(row: "TableRow") -> Finding:
    words = Sentence.saying("列的用途“{written}”不认识", written=row.text("用作")[:40])
    return Finding("SURVEY-02", Severity.ERROR, row.at("用作"), words, f"从下拉列表选择：{'、'.join(Use)}")


def bare(heading: str) -> str:
    """A heading without its number and marks: ``3、您对系统满意吗？[单选题]*`` → ``您对系统满意吗?``."""
    return compared(_MARKS.sub("", _NUMBERED.sub("", heading)))


def columns_of(export: Export, survey: Survey, mapping: Mapping) -> list[Column]:
    """What every column is; those nobody knows have :attr:`Use.IGNORED` and are found by :func:`unknown_columns`."""
    return [_column(number, heading, survey, mapping) for number, heading in enumerate(export.headings)]


def _column(number: int, heading: str, survey: Survey, mapping: Mapping) -> Column:
    remembered = mapping.columns.get((survey.code, compared(heading)))
    if remembered:
        use, code = remembered
        question = next((known for known in survey.questions if known.code == code), None)
        return Column(number, heading, use, question if use is Use.QUESTION else None)
    text = bare(heading)
    for question in survey.questions:
        wanted = compared(question.text)
        if text == wanted:
            return Column(number, heading, Use.QUESTION, question)
        if question.kind is QuestionKind.MULTIPLE and (option := _option_of(text, wanted, question)):
            return Column(number, heading, Use.QUESTION, question, option)
    return Column(number, heading, _KNOWN_HEADS.get(compared(heading).casefold(), Use.IGNORED))


def _option_of(text: str, wanted: str, question: SurveyQuestion) -> str:
    """The option in ``题干(选项)``, ``题干:选项`` or ``题干—选项``."""
    rest = text.removeprefix(wanted)
    if rest == text:
        return ""
    inner = rest.strip("()（）:：-—– ")
    return next((option for option in question.options if compared(option) == inner), "")


def unknown_columns(columns: list[Column], survey: Survey, mapping: Mapping) -> list[Column]:
    """Columns that neither their headings nor the mapping explain."""
    return [
        column
        for column in columns
        if column.use is Use.IGNORED
        and compared(column.heading).casefold() not in _KNOWN_HEADS
        and (survey.code, compared(column.heading)) not in mapping.columns
    ]
