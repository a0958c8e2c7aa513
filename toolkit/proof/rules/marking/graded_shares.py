"""A level and the share of the marks it earns; how many points an indicator has."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LEVEL = Pattern(r"评为“(?P<level>[一-鿿]{1,4})”，按[0-9.]+分的(?P<share>[0-9.]+)%")
_SCALE = Pattern(
    r"按(?P<levels>[一-鿿]{1,3}(?:、[一-鿿]{1,3}){2,5})评定(?:等级)?，分别得[^，。]{0,10}?的?(?P<shares>[0-9.]+%(?:、[0-9.]+%){2,5})"
)
_USUAL = {"好": "100", "较好": "80", "一般": "60", "较差": "40", "差": "20"}
"""Shares of the mark that five levels earn where a report has no scale and no other shares. Units: per cent."""
_LEVELS = "按好、较好、一般、较差、差评定等级，分别得2分的100%、80%、60%、40%、20%。"


@rule(
    "mark.level_share",
    group=Group.GRADES,
    title="评定的档次与所得比例相符",
    good=(f"{_LEVELS}\n评为“好”，按2分的100%计，得2.00分。\n评为“一般”，按2分的60%计，得1.20分。",),
    bad=(
        f"{_LEVELS}\n评为“较好”，按2分的60%计，得1.20分。",
        "评为“好”，按2分的80%计，得1.60分。",
        "评为“好”，按2分的80%计。\n评为“好”，按3分的100%计。\n评为“好”，按1分的100%计。",
    ),
)
def level_shares(report: Report) -> Iterator[Result]:
    """As the scale of the report has it, else as most places do."""
    document = report.document
    scale: dict[str, str] = {}
    for _, text in document.texts_with(_SCALE):
        for match in _SCALE.finditer(text):
            levels, shares = match["levels"].split("、"), match["shares"].replace("%", "").split("、")
            if len(levels) == len(shares):
                scale |= dict(zip(levels, shares, strict=True))
    said = [(place, match) for place, text in document.texts_with(_LEVEL) for match in _LEVEL.finditer(text)]
    if not scale and all(match["share"] in _USUAL.values() for _, match in said):
        scale = _USUAL
    counts: dict[str, Counter[Decimal]] = defaultdict(Counter)
    for _, match in said:
        counts[match["level"]][Decimal(match["share"])] += 1
    for place, match in said:
        share, its = Decimal(match["share"]), counts[match["level"]]
        usual = Decimal(scale[match["level"]]) if match["level"] in scale else its.most_common(1)[0][0]
        if share != usual and (match["level"] in scale or its[usual] > its[share]):
            message = f"评为“{match['level']}”应按{usual}%计，写的是{share}%"
            yield differs(
                place, match["level"], f"{usual}%", message, facts=report.facts_within(place, *match.span("share"))
            )


_ITEM = Pattern(r"[（(][0-9.]+分[)）][：:](?:不?符合|[0-9])")
_POINT = Pattern(r"[（(][0-9.]+分[)）]")
_SAID = Pattern(r"(?<![0-9.])(?P<count>[2-9])个要点(?:全部|中)")
_FEWEST = 3


@rule(
    "mark.points_listed",
    group=Group.COUNTS,
    title="要点的个数与列出的相符",
    good=(
        "指标\t分值\t取值\t说明\n甲甲性\t2\t有制度（1分）：符合；有流程（1分）：符合\t2个要点全部符合，得2分。\n"
        "乙乙性\t3\t有依据（1分）：符合；有论证（1分）：符合；不重复（1分）：符合\t3个要点全部符合，得3分。\n"
        "丙丙性\t2\t有人（1分）：符合；有钱（1分）：不符合\t2个要点中1个符合，得1分。\n",
    ),
    bad=(
        "指标\t分值\t取值\t说明\n甲甲性\t2\t有制度（1分）：符合；有流程（1分）：符合\t3个要点全部符合，得2分。\n"
        "乙乙性\t3\t有依据（1分）：符合；有论证（1分）：符合；不重复（1分）：符合\t3个要点全部符合，得3分。\n"
        "丙丙性\t2\t有人（1分）：符合；有钱（1分）：不符合\t2个要点中1个符合，得1分。\n",
    ),
)
def points_listed(report: Report) -> Iterator[Result]:
    """How many points an indicator is said to have, against those that a row of its name lists."""
    listed = _listed(report)
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            name = next((cell.text.strip() for cell in row if cell.text.strip() in listed), "")
            for cell in row if name else ():
                match = _SAID.search(cell.text)
                place, count = listed[name]
                if match and int(match["count"]) != count:
                    message = f"“{name}”写{match['count']}个要点，列出的是{count}个"
                    yield differs(cell.place, match["count"], str(count), message, related=(place,))


def _listed(report: Report) -> dict[str, tuple[Place, int]]:
    """Name of an indicator → where its points are listed, and how many they are."""
    listed: dict[str, tuple[Place, int]] = {}
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            for cell in row:
                if len(_ITEM.findall(cell.text)) > 1:
                    names = [item.text.strip() for item in row if item is not cell and not item.is_numeric]
                    found = (cell.place, len(_POINT.findall(cell.text)))
                    listed |= {name: found for name in names if len(name) >= _FEWEST}
    return listed
