"""“效益”指标得分: the indicators below a caption that names their group belong to it."""

from collections import Counter
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.lines import bare
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_GROUP, _INDICATOR = "一级指标", Pattern("三级指标|指标(?:名称)?")
_QUOTED = Pattern("“(?P<group>[^“”]{2,8})”(?:类|方面)?的?(?:三级)?指标")
_SHARE = 0.7
_GOOD = (
    "表1 指标体系\n一级指标\t三级指标\t分值\n决策\t立项规范\t5\n决策\t目标合理\t5\n过程\t预算执行\t5\n过程\t制度执行\t5\n\n\n隔开。\n"
    "表2 “决策”指标得分\n三级指标\t得分\n立项规范\t5\n目标合理\t4\n\n\n隔开。\n表3 “过程”指标得分\n三级指标\t得分\n预算执行\t5\n制度执行\t4\n"
)


@rule(
    "caption.group",
    group=Group.REFERENCES,
    title="表题写的一级指标与表中的指标相符",
    good=(_GOOD,),
    bad=(_GOOD.replace("表2 “决策”", "表2 “过程”"), _GOOD.replace("表3 “过程”", "表3 “决策”")),
)
def captions_of_groups(report: Report) -> Iterator[Result]:
    """Tables whose caption quotes a group, against the table that tells which indicator is of which."""
    groups = _groups(report)
    for table in report.document.tables if groups else ():
        match = _QUOTED.search(table.caption)
        if match is None or match["group"] not in groups.values():
            continue
        names = [label_of(row[0].text) for row in table.rows[table.head :]]
        found = Counter(groups[name] for name in names if name in groups)
        most, times = found.most_common(1)[0] if found else ("", 0)
        if most != match["group"] and times >= _SHARE * found.total() and times > 1:
            message = f"表题写“{match['group']}”，表中是“{most}”的指标"
            place = next((item.place for item in report.document.paragraphs if item.text == table.caption), table.place)
            yield differs(place, match["group"], most, message, related=(table.place,))


def _groups(report: Report) -> Mapping[str, str]:
    """Indicator → its group, as the tables that have both columns tell."""
    found: dict[str, set[str]] = {}
    for table in report.document.tables:
        for name, group in _rows(table):
            found.setdefault(name, set()).add(group)
    return {name: next(iter(groups)) for name, groups in found.items() if len(groups) == 1}


def _rows(table: Table) -> Iterator[tuple[str, str]]:
    heads = [bare(heading) for heading in table.headings]
    group = next((at for at, head in enumerate(heads) if head == _GROUP), None)
    name = next((at for at, head in enumerate(heads) if _INDICATOR.fullmatch(head)), None)
    last = ""
    for row in table.rows[table.head :] if group is not None and name is not None else ():
        last = row[group or 0].label or last
        if last and row[name or 0].label:
            yield label_of(row[name or 0].text), last
