"""自评表格式: the official self-evaluation forms the toolkit prints, and the fields of a scheme each prints."""

from collections.abc import Container, Mapping
from enum import StrEnum
from types import MappingProxyType

SELF_FORM = "自评表格式"
"""Row of sheet 方案 that names the form; without it none is printed."""
SELF_FORM_FILE = "自评表"
"""What the names of printed forms end in."""


class SelfForm(StrEnum):
    """A form; the value is the word used on sheet 方案."""

    MINISTRY = "财预〔2020〕10号附1"
    SUZHOU = "苏州市级"
    JIANGSU = "江苏省级"


SUZHOU_TABLE = ("子项名称", "子项预算数", "子项实际数")
SUZHOU_BUDGET = ("年初预算数", "调整数", "财政拨款数", "指标结余数", "指标结余收回数")
SUZHOU_SPENT = ("财政拨款数", "实际支付数", "资金结余结转数", "结转数", "财政收回数")
SUZHOU_STORY = (
    "项目概况", "项目总目标", "年度绩效目标", "项目实施情况", "项目管理成效", "项目管理存在的问题及原因",
    "进一步加强项目管理的建议",
)  # fmt: skip
JIANGSU_STORY = ("主要成效", "存在问题", "整改措施")
MINISTRY_FUNDS = ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金")
MINISTRY_MONEY = ("年初预算数", "全年预算数", "全年执行数")
MINISTRY_GOALS = ("年度预期目标", "实际完成情况")

FORM_FIELDS: Mapping[SelfForm, tuple[str, ...]] = MappingProxyType(
    {
        SelfForm.SUZHOU: tuple(dict.fromkeys((*SUZHOU_BUDGET, *SUZHOU_SPENT, *SUZHOU_TABLE, *SUZHOU_STORY))),
        SelfForm.JIANGSU: ("项目概况", *JIANGSU_STORY),
        SelfForm.MINISTRY: (*MINISTRY_MONEY, *MINISTRY_GOALS),
    }
)
"""What a form prints of the fields, by key, label or alias."""


def form_named(text: str) -> SelfForm | None:
    """The form a setting means: its name, or the word that tells it from the others; None for no form known."""
    found = [form for form in SelfForm if text == form.value]
    if not found:
        marks = {SelfForm.MINISTRY: "10号", SelfForm.SUZHOU: "苏州", SelfForm.JIANGSU: "江苏"}
        found = [form for form, mark in marks.items() if mark in text]
    return found[0] if len(found) == 1 else None


def form_template(form: SelfForm) -> str:
    """File name of the collection workbook's template that is the form itself."""
    return f"采集表模板（{form}自评表）.xlsx"


def is_whole(form: SelfForm, keys: Container[str]) -> bool:
    """Whether a scheme has all fields of the form, under the form's own names: its template can be filled in."""
    return all(name in keys for name in FORM_FIELDS[form])
