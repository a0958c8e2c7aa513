"""得分=资金到位率×分值: the formula of an indicator is its own."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_NAMES = ("资金到位率", "预算执行率", "成本节约率", "质量达标率", "实际完成率")
_MARK = Pattern(rf"得分[=＝](?P<rate>{'|'.join(_NAMES)})[×*xX]")
_SAVING = Pattern(r"(?P<name>[\u4e00-\u9fff]{2,10})[=＝][（(]计划成本[-－—]实际成本[)）]")


@rule(
    "logic.formula",
    group=Group.LOGIC,
    title="指标的公式算的是该指标",
    good=(
        "指标\t评分标准\n预算执行率\t预算执行率=（实际支出资金/实际到位资金）×100%，得分=预算执行率×分值\n资金到位率\t得分=资金到位率×分值",
    ),
    bad=(
        "指标\t评分标准\n预算执行率\t评分规则：得分=资金到位率×分值\n资金到位率\t得分=资金到位率×分值",
        "平台建设费用=（计划成本-实际成本）/计划成本*100%，得满分",
    ),
)
def formulas(report: Report) -> Iterator[Result]:
    """A mark computed from another indicator's rate; a rate of saving under another name."""
    for table in report.document.tables:
        for row in table.rows:
            own = next((cell.label for cell in row if cell.label in _NAMES), "")
            for cell in row if own else ():
                match = _MARK.search(cell.text)
                if match and match["rate"] != own:
                    yield doubtful(cell.place, match["rate"], own, f"“{own}”的评分规则写成了“{match[0]}分值”")
    for place, text in report.document.texts_with(_SAVING, least=12):
        match = _SAVING.search(text) if "计划成本" in text else None
        if match and not match["name"].endswith("节约率"):
            yield doubtful(place, match["name"], "成本节约率", f"公式算的是成本节约率，名称写成“{match['name']}”")
