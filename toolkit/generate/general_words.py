"""What tags outside repeated rows stand for: the evaluation, the project, the legend, signatures, totals."""

from collections.abc import Sequence
from datetime import date

from toolkit.generate.content import Content, Words, slot
from toolkit.generate.field_words import field_words
from toolkit.generate.indicator_words import indicator_totals
from toolkit.generate.prefill import PROJECT_FACTS
from toolkit.generate.project_facts import project_name
from toolkit.generate.self_check import CONCLUSION, FAILED_TOTAL, MISSING_TOTAL, total_formulas
from toolkit.model import FieldType, Scheme, Slot, SlotRole
from toolkit.text import chinese_date, plain

PROTECTED_BY = "工作表保护密码"
"""Row of sheet 方案; without it the protection keeps a unit from mistakes, not from lifting it."""
_OPTIONAL = dict.fromkeys(("联系人", "联系电话", "联系邮箱"), "")
"""Words a template may use whether or not sheet 方案 has their row."""
SIGNATURES = ("填报人", "联系电话", "审核人", "单位负责人", "填报日期")


def general_words(scheme: Scheme, sheets: Sequence[str]) -> dict[str, Words]:
    """Words by noun, valid on every sheet; ``sheets`` are those a unit fills in."""
    return {
        "评价": {**_evaluation_words(scheme), "填报表": Content("".join(f"《{name}》" for name in sheets))},
        "项目": {fact: Content(formula=f"={project_name(fact)}") for fact in PROJECT_FACTS},
        "字段": _explicit_fields(scheme),
        "指标": indicator_totals(scheme),
        "自检": _totals(scheme),
        "图例": {role.value: Content(role.value, legend=role) for role in SlotRole},
        "签章": {name: Content(slot=_signature(name), help=f"填写{name}，也可打印后手写。") for name in SIGNATURES},
    }


def _evaluation_words(scheme: Scheme) -> Words:
    start, end = scheme.period_start, scheme.period_end
    period = f"{_day(start)}至{_day(end)}" if start and end else ""
    shown = {word: text for word, text in scheme.settings.items() if word != PROTECTED_BY}
    texts = shown | {
        "名称": scheme.title,
        "年度": str(scheme.year),
        "方案版本": scheme.version,
        "委托单位": scheme.client,
        "评价机构": scheme.evaluator,
        "评价期间": period,
        "数据截止日": _day(scheme.cutoff),
        "发函日期": _day(scheme.timetable.issued),
        "报送截止日": _day(scheme.timetable.due),
        "整改截止日": _day(scheme.timetable.corrections_due),
        "报告日期": _day(scheme.timetable.reported),
        "金额单位": scheme.money_unit,
        "总分": plain(scheme.total_mark),
        "佐证示例": next((f"{item.file_stem}.pdf" for item in scheme.evidence), ""),
    }
    return {word: Content(text) for word, text in (_OPTIONAL | texts).items()}


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _explicit_fields(scheme: Scheme) -> Words:
    """``{{ 字段.KEY }}`` is the cell itself, ``{{ 字段.KEY.单位 }}`` a word about it."""
    words: dict[str, Content] = {}
    for field in scheme.fields:
        if not field.table:
            for word, content in field_words(field, scheme).items():
                words[f"{field.key}.{word}"] = content
            words[field.key] = words[f"{field.key}.填报"]
    return words


def _totals(scheme: Scheme) -> Words:
    formulas = total_formulas(scheme)
    words = {"缺项合计": MISSING_TOTAL, "不符合计": FAILED_TOTAL, "结论": CONCLUSION}
    return {word: Content(formula=formulas[name], name=name) for word, name in words.items()}


def _signature(name: str) -> Slot:
    return slot(f"签章_{name}", FieldType.DATE if name.endswith("日期") else FieldType.TEXT, name)
