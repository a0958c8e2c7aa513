"""Scheme and roster workbooks for people to edit, from plain rows: styled, with drop-downs and hints."""

from collections.abc import Mapping, Sequence

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import LISTED_AMOUNTS, Consequence, FieldType, NoData, ProblemClass, ReportRole, Severity
from toolkit.rules import KINDS
from toolkit.scheme.columns import (
    APPLICATIONS,
    CARDS,
    CHECKS,
    CHOICES,
    EVIDENCE,
    FIELDS,
    INDICATORS,
    LISTED,
    LISTED_COLUMNS,
    PROBLEMS,
    ROSTER,
    ROSTER_COLUMNS,
    SETTINGS,
    SHEETS,
)
from toolkit.text.folding import compared

_YES_NO = ("是", "否")
_SECTIONS = ("项目基本信息", "立项与采购合同", "资金情况")
_WIDTHS = {
    "项目": 18, "内容": 40, "说明": 46, "编号": 8, "一级指标": 10, "二级指标": 12, "三级指标": 20,
    "分值": 7, "评分规则": 12,
    "规则参数": 30, "评价要点": 38, "目标值": 14, "指标解释": 34, "评分标准": 34, "佐证": 12,
    "适用条件": 18, "无数据处理": 12, "依据": 24,
    "字段名": 20, "显示名称": 20, "所在表": 20, "类型": 8, "单位": 8, "必填": 7, "公式": 44, "选项": 14, "预填": 12,
    "明细表": 12, "填报说明": 44, "别名": 18, "严重程度": 10, "提示语": 40, "处理办法": 40, "选项名": 18, "选项值": 26,
    "材料名称": 34, "必须": 7, "序号": 7, "立项年度": 10, "责任单位": 30, "项目名称": 46,
    "报告用途": 12, "键": 22, "类别": 10, "启用": 7, "问题表述": 46, "汇总表述": 46, "成立条件": 36, "数额": 30,
    "数额单位": 9, "原因": 34, "建议": 46, "责任": 16, "期限": 12, "结果应用": 12, "等级": 10,
    "问题类别": 12, "措施": 60,
    "电话": 16, "邮箱": 28, "联系人": 12, "项目类型": 12, "指标编号": 12, "取值": 44, "应得分": 10,
    "项目编号": 18, "参评序号": 10, "完成日期": 13, "备注": 34,
}  # fmt: skip
_HINTS = {
    SETTINGS: "一行一个设置项；项目名称不要改。日期写成 2024-09-30。",
    INDICATORS: "一行一个三级指标；评分规则从列表选，规则参数写成 目标=95%；每点扣=5%。评分标准留空则自动生成。",
    FIELDS: "一行一个采集字段；字段名就是公式里用的名称。公式写成 =实际支出资金/实际到位资金。",
    CHECKS: "一行一条勾稽关系；公式成立为通过，涉及的单元格未填则不判断。",
    CHOICES: "一行一个选项值；同一选项名的各行组成一个下拉列表。",
    EVIDENCE: "一行一项佐证材料；编号在《指标》表的“佐证”列引用。",
    CARDS: "一行一个算例：这些取值应得多少分。每次检查方案时自动验算。例如 取值：完成值=93.97%，应得分：4.2。",
    PROBLEMS: (
        "一行一个问题：键写指标编号或名称、要点（A101要点2）、检查项编号，或以=开头的条件；"
        "表述里用 {字段名}、{数额}、{得分率}，汇总表述里用 {n}、{m}、{合计}、{最大}、{名单}。"
    ),
    APPLICATIONS: "规则从上往下取第一条符合的；等级、问题类别留空为不论。",
    LISTED: (
        "一行一个项目：整体核查单位本年度完成的全部项目，不论是否参加评价。责任单位留空为整体核查单位；"
        "参加评价的写参评序号（项目清单的序号），或两张表都写项目编号；最后一行为合计。"
    ),
    ROSTER: "一行一个项目；联合项目的责任单位用顿号分开，第一个为牵头单位；最后一行为合计。",
}
_NOTES = {
    (INDICATORS, "编号"): "例如 A101；只用字母、数字、下划线",
    (INDICATORS, "规则参数"): "写成 名=值，多个用；分开。值从字段计算的写成 完成值=预算执行率",
    (INDICATORS, "评价要点"): "一行一个要点；行末写（1分）表示该要点的分值，都不写则等分",
    (INDICATORS, "佐证"): "《佐证》表的编号，多个用、分开",
    (INDICATORS, "适用条件"): '按项目清单的列写公式，例如 =项目类型="新建"；留空为全部适用',
    (FIELDS, "字段名"): "汉字、字母、数字、下划线，不要空格和括号",
    (FIELDS, "预填"): "项目清单中的列名，例如 合同金额",
    (FIELDS, "明细表"): "写上明细表名，表示这是该表的一列，例如 支付明细",
    (FIELDS, "报告用途"): "报告把它用在哪里；公式、评分和勾稽都没有用到、又没有写用途的，检查时会提醒",
    (PROBLEMS, "键"): "C203、商用密码应用安全性评估、A101要点2、FUND-01，或 =初验日期>计划初验日期",
    (PROBLEMS, "适用条件"): '留空为该指标适用的全部项目；例如 =部署方式<>"不涉及"',
    (PROBLEMS, "成立条件"): "留空：指标失分、要点不符合、检查项有发现，就算成立",
    (PROBLEMS, "数额"): "要汇总和排序的数，例如 =初验日期-计划初验日期",
    (PROBLEMS, "汇总表述"): "全部项目合起来的一句话，例如 适用的{m}个项目中{n}个未通过",
    (PROBLEMS, "原因"): "供评价人选用，多个用、分开",
    (ROSTER, "责任单位"): "联合项目用顿号分开，第一个为牵头单位",
    (ROSTER, "合同金额（万元）"): "金额为元的，表头改为 合同金额（元）",
    (ROSTER, "邮箱"): "用邮件下发、催报时用；可以不填",
    (CHECKS, "公式"): "例如 =实际到位资金>=实际支出资金",
}
_SELDOM = {"一级分值", "二级分值", "无数据处理"}
_NUMERIC = {"分值", "应得分", "序号", "立项年度", "参评序号"}


def scheme_workbook(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Write a scheme workbook.

    Args:
        tables: rows by sheet name, the first row the headings; sheets left out are written empty, others follow.
    """
    names = [*SHEETS, *(name for name in tables if name not in SHEETS)]
    return table_workbook([_sheet(name, tables.get(name, ())) for name in names])


def roster_workbook(rows: Sequence[Sequence[str]], listed: Sequence[Sequence[str]] = ()) -> bytes:
    """Write a roster workbook from rows, the first row the headings; a last row 合计 is set apart.

    ``listed`` are the rows of sheet 整体核查清单, where there is one.
    """
    return table_workbook([_sheet(ROSTER, rows), *([_sheet(LISTED, listed)] if listed else [])])


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> TableSheet:
    headings = list(rows[0]) if rows else _usual_headings(name)
    body = [list(row) for row in rows[1:]]
    total = bool(body) and any(compared(text) in {"合计", "总计"} for text in body[-1])
    columns = tuple(_column(name, heading) for heading in headings)
    title = {SETTINGS: "评价方案", ROSTER: ROSTER, LISTED: LISTED}.get(name, f"评价方案 · {name}")
    return TableSheet(name, title, columns, body, _HINTS.get(name, ""), total_row=total)


def _usual_headings(name: str) -> list[str]:
    """Headings of a sheet nobody has written yet, without those few schemes need."""
    return [heading for heading in SHEETS[name].every() if heading not in _SELDOM] if name in SHEETS else []


def _column(sheet: str, heading: str) -> Column:
    known = {**SHEETS, ROSTER: ROSTER_COLUMNS, LISTED: LISTED_COLUMNS}.get(sheet)
    required = known is not None and heading in known.required
    return Column(
        heading,
        width=_WIDTHS.get(heading, 16),
        choices=_choices(sheet, heading),
        note=_NOTES.get((sheet, heading), ""),
        numeric=heading in _NUMERIC or compared(heading).startswith(LISTED_AMOUNTS),
        required=required,
    )


def _choices(sheet: str, heading: str) -> tuple[str, ...]:
    lists: dict[tuple[str, str], tuple[str, ...]] = {
        (INDICATORS, "评分规则"): tuple(rule.label for rule in KINDS.values()),
        (INDICATORS, "无数据处理"): tuple(NoData),
        (FIELDS, "所在表"): _SECTIONS,
        (FIELDS, "类型"): tuple(FieldType),
        (FIELDS, "必填"): _YES_NO,
        (FIELDS, "报告用途"): tuple(ReportRole),
        (PROBLEMS, "类别"): tuple(ProblemClass),
        (PROBLEMS, "启用"): _YES_NO,
        (PROBLEMS, "结果应用"): tuple(Consequence),
        (APPLICATIONS, "问题类别"): tuple(ProblemClass),
        (APPLICATIONS, "结果应用"): tuple(Consequence),
        (CHECKS, "严重程度"): tuple(severity.label for severity in Severity),
        (EVIDENCE, "必须"): _YES_NO,
    }
    return lists.get((sheet, heading), ())
