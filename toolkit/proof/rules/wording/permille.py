"""‰ where the same thing is counted in % everywhere else."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_MARK = Pattern(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*‰")
_PERCENT = Pattern(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?)\s*[%％]")
_MEANT = Pattern(
    "出生率|死亡率|增长率|自然增长|结婚率|离婚率|盐度|坡度|纵坡|费率|利率|税率|罚款|违约金|滞纳金|缴纳|发病率|事故率|误差"
)
_FEWEST, _MOST = 8, 2
_TABLE = "指标\t目标\t完成\n甲覆盖率\t90%\t91%\n乙到位率\t100%\t100%\n丙执行率\t95%\t94%\n丁上线率\t90%\t92%\n"


@rule(
    "unit.permille",
    group=Group.UNITS,
    title="百分比没有误作千分比",
    good=(f"{_TABLE}人口自然增长率3.2‰，处置费占0.5‰。",),
    bad=(_TABLE.replace("94%", "94‰"), f"{_TABLE}预算执行率为94.13‰。"),
)
def marks(report: Report) -> Iterator[Result]:
    """One or two ‰ in a report of many %, of as much or of what is told in % elsewhere: small ones are meant."""
    texts = list(report.document.texts())
    marked = report.document.texts_with(_MARK)
    found = [(place, text, match) for place, text in marked for match in _MARK.finditer(text)]
    if not 0 < len(found) <= _MOST or sum(text.count("%") + text.count("％") for _, text in texts) < _FEWEST - 1:
        return
    printed = {number for _, text in texts for number in _PERCENT.findall(text)}
    for place, text, match in found:
        number = match["number"]
        if (float(number) >= _LARGE or number in printed) and not _MEANT.search(text[: match.start()][-_BEFORE:]):
            facts = report.facts_within(place, match.start(), match.end())
            shown = f"{number}‰"
            yield doubtful(place, shown, f"{number}%", f"写“{shown}”，别处都用百分比", facts=facts)


_LARGE, _BEFORE = 20, 20
