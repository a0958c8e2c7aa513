"""自评表格式: a form that is known, and a scheme that has the fields it prints."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.model import CellRef, Finding, Scheme, Sentence, Severity
from toolkit.model.self_form import FORM_FIELDS, SELF_FORM, SelfForm, form_named
from toolkit.scheme.columns import FIELDS, SETTINGS
from toolkit.scheme.findings import say
from toolkit.text import plain
from toolkit.text.folding import compared

_CODE = "SCHEME-40"
_WEIGHTS = {"产出": Decimal(50), "效益": Decimal(30), "满意": Decimal(10)}
_EXECUTION, _EXECUTION_MARK = "预算执行率", Decimal(10)
_SAME = {
    "全年预算数": "预算资金",
    "全年执行数": "实际支出资金",
    "年度预期目标": "年度绩效目标",
    "实际完成情况": "项目实施情况",
}


def check_self_form(scheme: Scheme) -> list[Finding]:
    """What is wrong with the form a scheme asks for; nothing where it asks for none."""
    text = scheme.settings.get(SELF_FORM, "").strip()
    if not text:
        return []
    at = CellRef(_workbook(scheme), SETTINGS)
    form = form_named(text)
    if form is None:
        words = Sentence.of(
            "“{self_form}”：没有名为“{text}”的格式，不打印自评表", {"self_form": SELF_FORM, "text": text}
        )
        return [say(_CODE, at, words, f"写为：{'、'.join(SelfForm)}", found=text)]
    return [*_missing(scheme, form), *(_weights(scheme) if form is SelfForm.MINISTRY else ())]


def _missing(scheme: Scheme, form: SelfForm) -> Iterator[Finding]:
    known = {compared(name) for field in scheme.fields for name in (field.key, field.label, *field.aliases)}
    names = [
        name
        for name in FORM_FIELDS[form]
        if compared(name) not in known and compared(_SAME.get(name, name)) not in known
    ]
    if names:
        words = Sentence.of(
            "{form}自评表要填的{count}项，《字段》中没有：{listed}；印出的自评表中这些格是空的",
            {"form": form, "count": str(len(names)), "listed": "、".join(names)},
        )
        hint = "在《字段》表增加这些字段（字段名、显示名称或别名相同即可）"
        yield say(_CODE, CellRef(_workbook(scheme), FIELDS), words, hint, severity=Severity.WARNING)


def _weights(scheme: Scheme) -> Iterator[Finding]:
    """Source: 财预〔2020〕10号 附1."""
    marks = {
        word: sum((each.full_mark for each in scheme.indicators if word in each.dimension), Decimal(0))
        for word in _WEIGHTS
    }
    own = sum((each.full_mark for each in scheme.indicators if each.name == _EXECUTION), Decimal(0))
    wrong = [
        f"{word}{plain(marks[word])}分（应为{plain(mark)}分）" for word, mark in _WEIGHTS.items() if marks[word] != mark
    ]
    if own != _EXECUTION_MARK:
        wrong.insert(0, f"{_EXECUTION}{plain(own)}分（应为{plain(_EXECUTION_MARK)}分）")
    if wrong:
        words = Sentence.of(
            "{ministry}的权重为预算执行率10、产出50、效益30、满意度10；方案中{listed}",
            {"ministry": SelfForm.MINISTRY, "listed": "，".join(wrong)},
        )
        at = scheme.indicators[0].origin if scheme.indicators else CellRef(_workbook(scheme), SETTINGS)
        yield say(_CODE, at, words, "调整分值；主管部门另有规定的可以不改", severity=Severity.WARNING)


def _workbook(scheme: Scheme) -> str:
    origins = (*(each.origin for each in scheme.indicators), *(each.origin for each in scheme.fields))
    return next((origin.workbook for origin in origins if origin.workbook), "方案.xlsx")
