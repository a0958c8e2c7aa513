"""Units of what was reached: those of its target, and those that the same number has elsewhere."""

from collections.abc import Iterator
from itertools import combinations

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.facts import FactKind
from toolkit.proof.indicator_rows import indicators
from toolkit.proof.report import Report
from toolkit.proof.units import counted
from toolkit.text.patterns import Pattern

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_UNIT = r"(?:%|‰|个?[\u4e00-\u9fff]{1,2})"
_REACHED = Pattern(
    rf"实际完成值{_NUMBER}(?P<unit>{_UNIT})，[^，。；0-9]{{0,6}}(?:目标|零分值|满分值)值?[≥≤<>=]*(?P<due>{_NUMBER})(?P<other>{_UNIT}?)(?=[，。；）（的与得之]|$)"
)
_ALIKE = {"名": "人", "位": "人", "日": "天"}
_ROWS = "三级指标\t分值\t得分\t评分说明\n归档率\t3\t2.5\t实际完成值91.20%，得2.5分。\n初验按期情况\t3\t2.92\t实际完成值5天，得2.92分。\n执行率\t4\t3.1\t实际完成值88.40%，得3.1分。\n"
_ANNEX = "\n\n附件 评分表\n\n编号\t三级指标\t分值\t得分\t取值\nC3\t归档率\t3\t2.5\t实际完成值：91.20%\nC4\t初验按期情况\t3\t2.92\t实际完成值：5天\nC5\t执行率\t4\t3.1\t实际完成值：88.40%\n"


@rule(
    "unit.target",
    group=Group.UNITS,
    title="实际完成值与目标值的单位相同",
    good=("平均响应：实际完成值1.5秒，未超过目标3秒，得2.00分。满意情况：实际完成值95.90%，低于目标4.1个百分点。",),
    bad=(
        "平均响应：实际完成值1.5毫秒，未超过目标3秒，得2.00分。",
        "初验：实际完成值5个月，在零分值180天与满分值0天之间，按3分的97.22%计。",
        "导入人员：实际完成值46949家，达到目标40000人（完成率117.37%）。",
    ),
)
def targets(report: Report) -> Iterator[Result]:
    """What was reached and the target right behind it, as an explanation of a mark tells them."""
    for place, text in report.document.texts_with(_REACHED, least=11):
        for match in _REACHED.finditer(text) if "实际完成值" in text else ():
            unit, other = (_ALIKE.get(match[name], match[name]) for name in ("unit", "other"))
            if unit != other and other and "百分点" not in match[0]:
                message = f"实际完成值的单位是“{match['unit']}”，目标值的单位是“{match['other']}”"
                facts = report.facts_within(place, match.start(), match.end())
                yield differs(place, match["unit"], match["other"], message, facts=facts, confidence=85)


@rule(
    "unit.elsewhere",
    group=Group.UNITS,
    title="同一指标的同一个数在各处单位相同",
    good=(_ROWS + _ANNEX,),
    bad=(_ROWS + _ANNEX.replace("5天", "5个月"), _ROWS.replace("91.20%", "91.20‰") + _ANNEX),
)
def elsewhere(report: Report) -> Iterator[Result]:
    """The same number with the same words before it and another unit, in two places that tell of one indicator."""
    known = indicators(report)
    for name, told in known.told.items():
        for one, other in combinations([item for item in told if item.label], 2):
            left, right = one.fact, other.fact
            alike = one.label == other.label and left.value == right.value and left.value is not None
            measured = left.unit and right.unit and FactKind.DATE not in (left.kind, right.kind)
            if alike and measured and counted(left) != counted(right) and known.of_one(one, other):
                message = f"“{name}”的{one.label}一处为{left.said}，另一处为{right.said}"
                yield doubtful(
                    right.place, right.said, left.said, message, facts=(right, left), related=(left.place,), confidence=80
                )  # fmt: skip
