"""Lists that no verb leads to: 甲、乙、丙、丁全覆盖4大类; 资金管理与组织实施两个方面."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_N = r"(?P<count>[0-9]{1,2}|[两三四五六七八九十])"
_LISTS = (
    Pattern(rf"(?<=，)(?P<list>[^，。；：:、]+(?:、[^，。；：:、]+){{3,}}?)(?:等|共|共计|合计|全覆盖)?{_N}大类"),
    Pattern(
        rf"(?<=中的)(?P<list>[\u4e00-\u9fff]{{3,10}}[与和及][\u4e00-\u9fff]{{3,10}}?){_N}个(?:方面|阶段|部分|环节)"
    ),
)


@rule(
    "count.plain",
    group=Group.COUNTS,
    title="逗号后直接列举的个数与数字相符",
    good=("覆盖区域128个，办事大厅、交通枢纽、医院、学校、公园全覆盖5大类。指评价中的资金管理与组织实施两个方面。",),
    bad=(
        "覆盖区域128个，办事大厅、交通枢纽、医院、学校、公园全覆盖6大类。",
        "指评价项目实施中的资金管理与组织实施三个方面。",
    ),
)
def plain_lists(report: Report) -> Iterator[Result]:
    """A list right behind a comma, or of two that 与 joins, and the number behind it."""
    for sentence in report.prose_with(*_LISTS):
        for match in (match for pattern in _LISTS for match in pattern.finditer(sentence.text)):
            said = 2 if match["count"] == "两" else numeral(match["count"])
            listed = len(re.split("[、与和及]" if "、" not in match["list"] else "、", match["list"]))
            at = sentence.start + match.start("count")
            facts = report.facts_within(sentence.place, at, at + 1)
            if said == listed:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"写{match['count']}，列出的是{listed}项"
                yield doubtful(sentence.place, match["count"], str(listed), message, facts=facts)
