"""What the tags of an indicator's rows and of the evidence list stand for."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.generate.choice_lists import PROVIDED
from toolkit.generate.content import Content, Words, slot
from toolkit.generate.derived import rests_on_blank, shown_formula
from toolkit.generate.project_facts import dimension_fact, mark_fact, project_name, total_fact
from toolkit.model import EvidenceItem, FieldType, Indicator, IndicatorInput, Scheme, ScoredObject, SlotRole
from toolkit.text import plain

_LINES_TO_EXPLAIN = 3
_FILE_NAME_LINES = 2
SELF_SCORE_AREA, SELF_SCORE_TOTAL = "自评分区", "自评分合计"


def indicator_rows(scheme: Scheme) -> Iterator[dict[str, Words]]:
    """The words 指标 and 项 of every row of the indicator table: one row for each value the unit gives."""
    for indicator in scheme.indicators:
        words = _indicator_words(indicator, scheme)
        asked: list[IndicatorInput | None] = [given for given in indicator.inputs if not given.by_evaluator]
        for given in asked or [None]:
            yield {"指标": words, "项": _input_words(indicator, given, scheme)}


def _scores_itself(scheme: Scheme) -> bool:
    """Where only the evaluation as a whole is scored, a unit may say something about an indicator, but has no score."""
    return scheme.scored_object is ScoredObject.PROJECT


def _indicator_words(indicator: Indicator, scheme: Scheme) -> Words:
    code, first = indicator.code, indicator.dimension
    texts = {
        "编号": code,
        "三级": indicator.name,
        "解释": indicator.explanation,
        "评分标准": indicator.standard,
        "目标值": indicator.target,
        "依据": indicator.source,
        "佐证要求": "、".join(indicator.evidence),
    }
    words = {word: Content(text, same_as=code) for word, text in texts.items()}
    words["一级"] = Content(first, same_as=first, divisible=True)
    words["一级分值"] = _dimension_mark(scheme, first)
    words["二级"] = Content(indicator.group, same_as=f"{first}/{indicator.group or code}", divisible=True)
    words["分值"] = _mark(indicator)
    return words | _answers(indicator, scored=_scores_itself(scheme))


def _mark(indicator: Indicator) -> Content:
    fact, name, code = mark_fact(indicator), indicator.name_for("分值"), indicator.code
    if fact:
        return Content(formula=f"={project_name(fact)}", name=name, same_as=code, number_format="General")
    return Content(indicator.full_mark, name=name, same_as=code, number_format="General")


def _dimension_mark(scheme: Scheme, dimension: str) -> Content:
    fact = dimension_fact(scheme, dimension)
    if fact:
        return Content(formula=f"={project_name(fact)}", same_as=dimension)
    return Content(plain(scheme.dimensions()[dimension]), same_as=dimension)


def _answers(indicator: Indicator, *, scored: bool) -> dict[str, Content]:
    """The three cells every indicator has besides its values."""
    code = indicator.code

    def text(part: str, label: str, role: SlotRole, help_text: str) -> Content:
        cell = slot(indicator.name_for(part), FieldType.TEXT, f"{indicator.name}：{label}", indicator=code, role=role)
        return Content(slot=cell, same_as=code, help=help_text, lines=_LINES_TO_EXPLAIN if part == "说明" else 1)

    evidence_role = SlotRole.PREFILLED if indicator.evidence else SlotRole.INPUT
    return {
        "自评分": _self_score(indicator) if scored else Content("—", same_as=code),
        "说明": text("说明", "说明", SlotRole.INPUT, "说明完成情况；未达目标或扣分的，写明原因。"),
        "佐证编号": text("佐证", "佐证编号", evidence_role, "填写《佐证材料清单》中的编号，多个用顿号隔开。"),
    }


def _self_score(indicator: Indicator) -> Content:
    code, label = indicator.code, f"{indicator.name}：自评分"
    return Content(
        slot=slot(indicator.name_for("自评分"), FieldType.NUMBER, label, indicator=code, unit="分", required=True),
        same_as=code,
        upper_bound=indicator.name_for("分值"),
        areas=(SELF_SCORE_AREA,),
        help=f"按评分标准自评，不超过分值 {plain(indicator.full_mark)} 分。",
    )


def _input_words(indicator: Indicator, given: IndicatorInput | None, scheme: Scheme) -> Words:
    if given is None:
        return {"显示名称": Content("由评价机构核查评定"), "填报": Content("—"), "单位": Content("")}
    cell = slot(
        given.key,
        given.type,
        f"{indicator.name}：{given.label}",
        unit=given.unit,
        required=_scores_itself(scheme) and not given.formula,
        formula=shown_formula(given.formula, scheme) if given.formula else "",
        choices=given.choices,
        indicator=indicator.code,
    )
    label = ("* " if cell.required else "") + given.label
    help_text = "由《资金情况》等表自动带出。" if given.formula else given.label
    hidden = rests_on_blank(given.formula, scheme) if given.formula else ""
    answer = Content(slot=cell, help=help_text, hidden_when=hidden)
    return {"显示名称": Content(label), "填报": answer, "单位": Content(given.unit)}


def indicator_totals(scheme: Scheme) -> Words:
    """Words of ``{{ 指标.… }}`` outside the indicator rows."""
    total = slot(SELF_SCORE_TOTAL, FieldType.NUMBER, "自评分合计", unit="分", formula=f"=SUM({SELF_SCORE_AREA})")
    shown = Content(slot=total) if _scores_itself(scheme) else Content("—")
    return {"自评分合计": shown, "总分": _total_mark(scheme)}


def _total_mark(scheme: Scheme) -> Content:
    fact = total_fact(scheme)
    if fact:
        return Content(formula=f"={project_name(fact)}", number_format="General")
    return Content(scheme.total_mark, number_format="General")


def evidence_words(item: EvidenceItem, scheme: Scheme, number: int) -> Words:
    """Words of ``{{ 佐证.… }}`` in a row of the evidence list."""
    asked_by = " ".join(indicator.code for indicator in scheme.indicators if item.code in indicator.evidence)
    provided = slot(
        f"佐证提供_{item.code}", FieldType.CHOICE, f"{item.name}：是否提供", required=item.required, choices=PROVIDED
    )
    file_name = slot(f"佐证文件名_{item.code}", FieldType.TEXT, f"{item.name}：文件名")
    pages = slot(f"佐证页码_{item.code}", FieldType.TEXT, f"{item.name}：页码")
    return {
        "序号": Content(Decimal(number)),
        "编号": Content(item.code),
        "名称": Content(("* " if item.required else "") + item.name),
        "必须": Content("必须" if item.required else "如有"),
        "说明": Content(item.description),
        "对应指标": Content(asked_by),
        "提供": Content(slot=provided, help="从下拉列表中选择；选“不适用”的请在说明中写明原因。"),
        "文件名": Content(slot=file_name, help=f"建议命名为“{item.file_stem}”。", lines=_FILE_NAME_LINES),
        "页码": Content(slot=pages, help="材料较长时写明所在页码，如 3-5。", lines=1),
    }
