"""A project that is called by a name in quotation marks, and by the same quotation with other words behind it."""

from collections import Counter
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.outline import body_with, title_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_NAMED = Pattern(r"“(?P<brand>[^“”]{2,12})”(?P<rest>[\u4e00-\u9fff]{0,10}建设项目)")
_USUAL = 5
"""So many times as often stands the project's own name."""
_TITLE = "某市“赣政通”分厅建设项目绩效评价报告\n"
_OWN = "“赣政通”分厅建设项目已经验收。\n“赣政通”分厅建设项目预算100万元。\n“赣政通”分厅建设项目支出100万元。\n"


@rule(
    "name.quoted",
    group=Group.NAMES,
    title="本项目的名称前后一致",
    good=(f"{_TITLE}一、概况\n{_OWN}{_OWN}", f"{_TITLE}一、概况\n{_OWN}{_OWN}省里的“赣服通”平台建设项目在先。"),
    bad=(f"{_TITLE}一、概况\n{_OWN}{_OWN}单位组织实施“赣政通”平台建设项目。",),
)
def quoted(report: Report) -> Iterator[Result]:
    """The project of the title, seldom named otherwise; told once, with how often."""
    title = title_of(report.document)
    found: dict[str, list[Place]] = {}
    for paragraph in body_with(report.document, _NAMED):
        for match in _NAMED.finditer(paragraph.text):
            found.setdefault(f"“{match['brand']}”{match['rest']}", []).append(paragraph.place)
    counts = Counter({name: len(places) for name, places in found.items()})
    for own, times in counts.items():
        if own not in title:
            continue
        for other, places in found.items():
            if other != own and other[: other.index("”")] == own[: own.index("”")] and times >= _USUAL * len(places):
                message = f"项目名称是{own}（{times}处），另有{len(places)}处写{other}，请核对是不是同一项目"
                yield doubtful(places[0], other, own, message, related=tuple(places[1:]))
