"""One row of a scheme sheet as a person wrote it, checked by pydantic; what is wrong becomes findings at the cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from toolkit.excel.table import Table, TableRow
from toolkit.model import CellRef, Consequence, FieldType, Finding, NoData, ProblemClass, ReportRole, Sentence, Severity
from toolkit.scheme.findings import about_cell, did_you_mean
from toolkit.scheme.plain_number import read_mark

_SEVERITIES = {severity.label: severity for severity in Severity}
_FORMULA_HEADINGS = {"公式", "适用条件", "规则参数", "预填", "成立条件", "数额", "键"}


def _type(text: str) -> FieldType:
    if text not in {kind.value for kind in FieldType}:
        known = "、".join(FieldType)
        raise ValueError(f"“{text}”不认识，应为：{known}。{did_you_mean(text, FieldType)}")
    return FieldType(text)


def _severity(text: str) -> Severity:
    if text not in _SEVERITIES:
        raise ValueError(f"“{text}”不认识，应为：{'、'.join(_SEVERITIES)}")
    return _SEVERITIES[text]


def _yes(text: str) -> bool:
    if text not in {"是", "否", ""}:
        raise ValueError(f"“{text}”应写 是 或 否")
    return text == "是"


def _no_data(text: str) -> NoData | None:
    if text and text not in {treatment.value for treatment in NoData}:
        raise ValueError(f"“{text}”应为：{'、'.join(NoData)}；留空按《方案》的“无数据处理”")
    return NoData(text) if text else None


def _role(text: str) -> ReportRole | None:
    if text and text not in {role.value for role in ReportRole}:
        raise ValueError(f"“{text}”不认识，应为：{'、'.join(ReportRole)}。{did_you_mean(text, ReportRole)}")
    return ReportRole(text) if text else None


def _problem_class(text: str) -> ProblemClass:
    if text not in {kind.value for kind in ProblemClass}:
        raise ValueError(f"“{text}”不认识，应为：{'、'.join(ProblemClass)}。{did_you_mean(text, ProblemClass)}")
    return ProblemClass(text)


def _any_class(text: str) -> ProblemClass | None:
    return _problem_class(text) if text else None


def _consequence(text: str) -> Consequence | None:
    if text and text not in {consequence.value for consequence in Consequence}:
        raise ValueError(f"“{text}”不认识，应为：{'、'.join(Consequence)}。{did_you_mean(text, Consequence)}")
    return Consequence(text) if text else None


def _codes(text: str) -> tuple[str, ...]:
    for separator in "，,；;\n":
        text = text.replace(separator, "、")
    return tuple(part.strip() for part in text.split("、") if part.strip())


def _formula(text: str) -> str:
    text = text.strip()
    return f"={text.lstrip('=＝ ')}" if text else ""


Codes = Annotated[tuple[str, ...], BeforeValidator(_codes)]
FormulaText = Annotated[str, BeforeValidator(_formula)]
Given = Annotated[str, Field(min_length=1)]
Yes = Annotated[bool, BeforeValidator(_yes)]


class Row(BaseModel):
    """A row; aliases are the headings."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class IndicatorRow(Row):
    """A row of sheet 指标."""

    code: Given = Field(alias="编号")
    dimension: Given = Field(alias="一级指标")
    group: str = Field(alias="二级指标")
    name: Given = Field(alias="三级指标")
    full_mark: Annotated[Decimal, BeforeValidator(read_mark)] = Field(alias="分值")
    rule: str = Field(alias="评分规则")
    parameters: str = Field(alias="规则参数")
    checkpoints: str = Field(alias="评价要点")
    target: str = Field(alias="目标值")
    explanation: str = Field(alias="指标解释")
    standard: str = Field(alias="评分标准")
    evidence: Codes = Field(alias="佐证")
    applies_when: FormulaText = Field(alias="适用条件")
    no_data: Annotated[NoData | None, BeforeValidator(_no_data)] = Field(alias="无数据处理")
    source: str = Field(alias="依据")


class FieldRow(Row):
    """A row of sheet 字段."""

    key: Given = Field(alias="字段名")
    label: str = Field(alias="显示名称")
    section: Given = Field(alias="所在表")
    type: Annotated[FieldType, BeforeValidator(_type)] = Field(alias="类型")
    unit: str = Field(alias="单位")
    required: Yes = Field(alias="必填")
    formula: FormulaText = Field(alias="公式")
    choices: str = Field(alias="选项")
    prefill: str = Field(alias="预填")
    table: str = Field(alias="明细表")
    help: str = Field(alias="填报说明")
    aliases: Codes = Field(alias="别名")
    role: Annotated[ReportRole | None, BeforeValidator(_role)] = Field(alias="报告用途")


class CheckRow(Row):
    """A row of sheet 勾稽."""

    code: Given = Field(alias="编号")
    formula: Annotated[FormulaText, Field(min_length=1)] = Field(alias="公式")
    severity: Annotated[Severity, BeforeValidator(_severity)] = Field(alias="严重程度")
    message: Given = Field(alias="提示语")
    hint: str = Field(alias="处理办法")


class ChoiceRow(Row):
    """A row of sheet 选项."""

    name: Given = Field(alias="选项名")
    value: Given = Field(alias="选项值")


class EvidenceRow(Row):
    """A row of sheet 佐证."""

    code: Given = Field(alias="编号")
    name: Given = Field(alias="材料名称")
    required: Yes = Field(alias="必须")
    description: str = Field(alias="说明")


class ProblemSheetRow(Row):
    """A row of sheet 问题与建议; ``key`` is an indicator, a checkpoint, a check or a condition that begins with =."""

    code: str = Field(alias="编号")
    enabled: str = Field(alias="启用")
    key: Given = Field(alias="键")
    problem_class: Annotated[ProblemClass, BeforeValidator(_problem_class)] = Field(alias="类别")
    population: FormulaText = Field(alias="适用条件")
    condition: FormulaText = Field(alias="成立条件")
    amount: FormulaText = Field(alias="数额")
    amount_unit: str = Field(alias="数额单位")
    statement: Given = Field(alias="问题表述")
    summary: str = Field(alias="汇总表述")
    causes: Codes = Field(alias="原因")
    advice: str = Field(alias="建议")
    responsible: str = Field(alias="责任")
    deadline: str = Field(alias="期限")
    consequence: Annotated[Consequence | None, BeforeValidator(_consequence)] = Field(alias="结果应用")


class ApplicationRow(Row):
    """A row of sheet 结果应用; a blank 等级 or 问题类别 is any."""

    grade: str = Field(alias="等级")
    problem_class: Annotated[ProblemClass | None, BeforeValidator(_any_class)] = Field(alias="问题类别")
    consequence: Annotated[Consequence | None, BeforeValidator(_consequence)] = Field(alias="结果应用")
    measure: Given = Field(alias="措施")


RowType = TypeVar("RowType", bound=Row)
_STANDS_IN = {
    "分值": "1",
    "类型": FieldType.TEXT.value,
    "必填": "",
    "必须": "",
    "严重程度": Severity.NOTE.label,
    "无数据处理": "",
    "公式": "=TRUE",
    "报告用途": "",
    "类别": ProblemClass.FILLING.value,
    "问题类别": "",
    "结果应用": "",
}
"""What a cell that could not be read counts as while the rest of its row is looked at."""


@dataclass(frozen=True, slots=True)
class Read(Generic[RowType]):
    """A checked row and where it stands.

    Attributes:
        lost: headings whose cell could not be read; something harmless stands in for it, so that the rest of the row
            is looked at in the same run.
    """

    row: RowType
    source: TableRow
    lost: frozenset[str] = frozenset()

    def at(self, heading: str) -> CellRef:
        """The cell under a heading."""
        return self.source.at(heading)


def check_rows(
    rows: Sequence[tuple[TableRow, dict[str, str]]], model: type[RowType]
) -> tuple[list[Read[RowType]], list[Finding]]:
    """Check every row against its model: all rows, and a finding for every bad cell."""
    reads: list[Read[RowType]] = []
    findings: list[Finding] = []
    for source, texts in rows:
        try:
            reads.append(Read(model.model_validate(texts), source))
        except ValidationError as error:
            findings += [_finding(source, details) for details in error.errors()]
            lost = frozenset(str(details["loc"][0]) for details in error.errors())
            stands_in = {heading: _STANDS_IN.get(heading, f"第{source.number}行") for heading in lost}
            reads.append(Read(model.model_validate(texts | stands_in), source, lost))
    return reads, findings


def texts_of(table: Table, model: type[Row]) -> list[tuple[TableRow, dict[str, str]]]:
    """Every row's cells as text under the model's headings; a formula cell counts as the formula typed into it."""
    headings = [field.alias or name for name, field in model.model_fields.items()]
    return [(row, {heading: _text(row, heading) for heading in headings}) for row in table.rows]


def _text(row: TableRow, heading: str) -> str:
    cell = row.cells.get(heading)
    if cell is not None and cell.formula and heading in _FORMULA_HEADINGS:
        return cell.formula
    return row.text(heading)


def _finding(row: TableRow, error: ErrorDetails) -> Finding:
    heading = str(error["loc"][0])
    missing = error["type"] in {"string_too_short", "missing"} or error["input"] == ""
    context: dict[str, Any] = error.get("ctx", {})
    if missing:
        return about_cell(
            "SCHEME-01",
            row,
            heading,
            Sentence.of("“{heading}”没有填写", {"heading": heading}),
            f"填写“{heading}”，或删去整行",
        )
    return about_cell(
        "SCHEME-02",
        row,
        heading,
        Sentence.of("“{heading}”：{word}", {"heading": heading, "word": str(context.get("error", error["msg"]))}),
        "按说明改写",
    )
