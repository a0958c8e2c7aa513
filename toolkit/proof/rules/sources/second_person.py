"""Who judged and who looked again: two people, and a score somebody judged is not one the rules gave unchecked."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.document import Cell
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_BOTH = Pattern(r"^(?P<one>[^、（）\s]{2,8})、(?P<other>[^、（）\s]{2,8})(?:（|$)")
_JUDGED = Pattern("^评价人(?:扣分|打分|评分)[：:](?!未填|—)|评价人意见[：:]")
_UNSEEN = Pattern("未经人工核查|没有人工核查|系统自动计分")
_GOOD = "三级指标\t分值\t得分\t取值\t评价人、复核人、佐证\n制度执行\t3.00\t2.70\t评价人扣分：0.3分\t评价员C、复核员B（佐证E07）\n执行率\t4.00\t3.18\t95.90%\t系统按规则计分，未经人工核查\n"
_OPEN = _GOOD.replace(
    "2.70\t评价人扣分：0.3分\t评价员C、复核员B（佐证E07）", "待评定\t评价人扣分：未填\t系统按规则计分，未经人工核查"
)


@rule(
    "quality.second_person",
    group=Group.QUALITY,
    title="评价人与复核人是两个人",
    good=(_GOOD,),
    bad=(_GOOD.replace("评价员C、复核员B", "评价员C、评价员C"),),
)
def second(report: Report) -> Iterator[Result]:
    """The two names of a cell whose column is that of who judged and who looked again."""
    for row, cell, heading in _cells(report):
        match = _BOTH.match(cell.text.strip()) if "评价人" in heading and "复核人" in heading else None
        if match and match["one"] == match["other"] and row:
            message = f"评价人与复核人都是“{match['one']}”，应由第二人复核"
            yield differs(cell.place, match["other"], "", message, confidence=90)


@rule(
    "quality.unseen_judgement",
    group=Group.QUALITY,
    title="由人评定的指标写明评价人和复核人",
    good=(_GOOD, _OPEN),
    bad=(_GOOD.replace("评价员C、复核员B（佐证E07）", "系统按规则计分，未经人工核查"),),
)
def unseen(report: Report) -> Iterator[Result]:
    """A row that says what an evaluator took off, and that nobody has looked at it."""
    for row, cell, _ in _cells(report):
        if _UNSEEN.search(cell.text) and any(_JUDGED.search(other.text.strip()) for other in row if other is not cell):
            message = "同一行写有评价人的扣分或意见，这里写未经人工核查"
            yield differs(cell.place, cell.text.strip()[:20], "", message, confidence=85)


def _cells(report: Report) -> Iterator[tuple[tuple[Cell, ...], Cell, str]]:
    """Every cell below the headings, with its row and its heading."""
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            yield from ((row, cell, heading) for cell, heading in zip(row, table.headings, strict=False))
