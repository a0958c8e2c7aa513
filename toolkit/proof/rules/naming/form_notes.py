"""What the notes of a form call its indicators, against its table; targets in figures and results in words."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.records import name_columns
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_CALLED = Pattern(
    r"(?P<names>“[\u4e00-\u9fff]{2,4}”(?:(?:、|和|及)“[\u4e00-\u9fff]{2,4}”)*)[两二三四五]?类(?:每项)?指标"
)
_CLASS = Pattern(r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:目标|指标|类|管理)?(?:[（(][0-9.]+分?[)）])?")
_FEWEST = 2
_FORM = "项目\t类别\t指标名称\t权重\n绩效（5分）\t决策目标\t依据\t1\n\t过程目标\t到位率\t2\n\t产出目标\t数量\t2\n"


@rule(
    "form.classes",
    group=Group.NAMES,
    title="填表说明说到的指标类别都在表中",
    good=(f"{_FORM}\n\n填表说明：“决策”和“过程”类指标逐项评价；“产出”类每项指标按目标值评价。",),
    bad=(f"{_FORM}\n\n填表说明：“决策”和“过程”类指标逐项评价；“产出”、“效果”两类指标按目标值评价。",),
)
def classes(report: Report) -> Iterator[Result]:
    """Classes of indicators that the notes name in quotation marks and no cell of a table has, beside those that have."""
    labels = {
        match["name"]
        for table in report.document.tables
        for row in table.rows
        for cell in row
        if (match := _CLASS.fullmatch(cell.label))
    }
    told: list[tuple[Place, list[str]]] = [
        (place, re.findall(r"“([^”]+)”", match["names"]))
        for place, text in report.document.texts_with(_CALLED)
        for match in _CALLED.finditer(text)
    ]
    every = list(dict.fromkeys(name for _, names in told for name in names))
    known, unknown = [name for name in every if name in labels], [name for name in every if name not in labels]
    if len(known) >= _FEWEST and unknown:
        place = next(place for place, names in told if unknown[0] in names)
        shown = "、".join(f"“{name}”" for name in unknown)
        message = f"说明写的{shown}类指标，表中没有这样的类别（表中有{'、'.join(known)}）"
        yield doubtful(place, shown, "", message)


_RATE = Pattern(r"率$")
_FIGURE = Pattern(r"[0-9]+(?:\.[0-9]+)?\s*[%％]")
_TARGET, _DONE = Pattern("目标值|指标值"), Pattern("实际完成|完成值|完成情况")
_RESULTS = "三级指标\t指标值\t分值\t实际完成值\t得分\n资金到位率\t100%\t3\t100%\t3\n预算执行率\t100%\t3\t95%\t2.5\n"


@rule(
    "target.words",
    group=Group.LOGIC,
    title="定量指标的实际完成值是数",
    good=(_RESULTS, _RESULTS.replace("3\t100%\t3", "3\t未提供\t3")),
    bad=(_RESULTS.replace("3\t100%\t3", "3\t达成预期目标\t3"),),
)
def in_words(report: Report) -> Iterator[Result]:
    """A rate with a target in per cent, and a result in words: how much was reached cannot be reckoned again."""
    for table in report.document.tables:
        target = next((at for at, heading in enumerate(table.headings) if _TARGET.search(heading)), None)
        done = next((at for at, heading in enumerate(table.headings) if _DONE.search(heading)), None)
        names = name_columns(table) if target is not None and done is not None and target != done else []
        for row in table.rows[table.head :] if names else ():
            name = next((row[at].label for at in reversed(names) if at < (target or 0) and row[at].text), "")
            result = row[done or 0].text.strip()
            if _RATE.search(name) and _FIGURE.search(row[target or 0].text) and result.startswith("达成"):
                message = (
                    f"“{name}”的指标值是{row[target or 0].text.strip()}，实际完成值写“{result}”，没有写出实际是多少"
                )
                yield doubtful(row[done or 0].place, result, "", message, related=(row[target or 0].place,))
