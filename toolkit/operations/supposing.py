"""What can be supposed, and what scores would be then: nothing of it is written."""

import re
from decimal import Decimal, InvalidOperation

from toolkit.operations.declaration import Asked, BadRequest, Done, Json, Kind, Parameter, view

_BETWEEN = re.compile(r"[；;，,、\n]")


def _what_if(asked: Asked) -> Done:
    from toolkit.pipeline.examine.what_if import Supposed, what_if

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    weights, bands = _marks(asked["weights"], "分值"), _marks(asked["bands"], "等级下限")
    supposed = Supposed(weights, bands, asked["project"], asked["item"], asked["value"])
    effects = what_if(evaluation, results, supposed)
    rows = [effect.as_json(evaluation.scheme.score_places) for effect in effects]
    return Done({"projects": rows}, result=effects)


def _marks(text: str, what: str) -> dict[str, Decimal]:
    """``A101=3；B102=5`` as marks by code."""
    marks: dict[str, Decimal] = {}
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        name, _, number = part.replace("＝", "=").partition("=")
        try:
            marks[name.strip()] = Decimal(number.strip())
        except InvalidOperation:
            raise BadRequest(f"{what}“{part}”应写成 名称=数，如 A101=3") from None
    return marks


def _suppositions(asked: Asked) -> Done:
    """What can be supposed: weights, bands, and the values one project's score is made of."""
    from toolkit.model import IndicatorInput

    evaluation, _ = asked.memory.results(asked.workspace, asked.now.date())
    scheme = evaluation.scheme

    def item(code: str, given: IndicatorInput) -> Json:
        return {"item": f"{code}.{given.local}", "label": f"{code} {given.label}", "choices": list(given.choices)}

    return Done({
        "weights": [{"code": i.code, "name": i.name, "full_mark": str(i.full_mark)} for i in scheme.indicators],
        "bands": [{"name": band.name, "lower": str(band.lower)} for band in sorted(scheme.grade_bands, reverse=True)],
        "items": [item(i.code, given) for i in scheme.indicators for given in i.inputs],
    })  # fmt: skip


suppositions = view("suppositions", "可以假设的", _suppositions)
what_if = view(
    "what if",
    "假设分析",
    _what_if,
    Parameter("weights", Kind.TEXT, "分值", "改变的指标分值，如 A101=3；B102=5"),
    Parameter("bands", Kind.TEXT, "等级下限", "改变的等级下限，如 优=88；良=78"),
    Parameter("project", Kind.TEXT, "项目序号", "改变哪个项目的一个值"),
    Parameter("item", Kind.TEXT, "取值项", "字段名，或 A101.完成值"),
    Parameter("value", Kind.TEXT, "假设的值", "按填写要求写"),
)
