"""The agency that evaluates and the client, called the same on the cover, in the text and beside the seal."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_NAME = r"(?P<name>[\u4e00-\u9fff（）()]{4,30}?)"
_AGENCY = (
    Pattern(rf"^(?:评价|核查|受托)(?:机构|单位)[：:]{_NAME}$"),
    Pattern(rf"(?:，|^)由{_NAME}(?:评价|核查|负责评价)[，。]"),
    Pattern(rf"受[^，。]{{4,30}}委托，{_NAME}(?:组织|对|成立|于|开展|承担)"),
    Pattern(rf"本报告由{_NAME}于20[0-9]{{2}}年"),
)
_CLIENT = (
    Pattern(rf"^委托(?:单位|方|人)[：:]{_NAME}$"),
    Pattern(rf"受{_NAME}(?:的)?委托，(?!现|向|我代表|代表)"),
    Pattern(rf"委托单位{_NAME}同时是"),
)
_SEALED = Pattern(rf"^{_NAME}（盖章）$")
_LABEL = Pattern("(?:评价|核查|受托)(?:机构|单位)")
_CUT = Pattern(r"^(?:本次|我们|我公司|本公司|评价组|评价工作组)")
_GOOD = "委托单位：甲市数据局\n评价机构：乙城会计师事务所\n一、概况\n受甲市数据局委托，乙城会计师事务所组织开展了评价。平台由戊市卫生局组织实施，已经建成。\n主评人\t\t签字\t\n评价机构\t乙城会计师事务所（盖章）\t日期\t2025年5月30日\n"


@rule(
    "name.agency",
    group=Group.NAMES,
    title="评价机构、委托单位的名称处处相同",
    good=(
        _GOOD,
        "受市人民政府委托，现将整改情况报告如下。\n一、整改\n受市财政局委托，乙城会计师事务所对整改开展评价。",
    ),
    bad=(
        _GOOD.replace("乙城会计师事务所（盖章）", "丙城会计师事务所（盖章）"),
        _GOOD.replace("受甲市数据局", "受丁市数据局"),
        _GOOD.replace("，乙城会计师事务所组织", "，乙城会记师事务所组织"),
    ),
)
def agencies(report: Report) -> Iterator[Result]:
    """Every place that names the agency or the client in so many words; of several names the most frequent, then first."""
    for title, told in (
        ("评价机构", _told(report, _AGENCY, sealed=True)),
        ("委托单位", _told(report, _CLIENT, sealed=False)),
    ):
        if len(told) < 2 or sum(map(len, told.values())) < 2:
            continue
        usual = max(told, key=lambda name: len(told[name]))
        for name, places in told.items():
            # A short name is part of the full one.
            if name == usual or name in usual or usual in name or len(places) > 1:
                continue
            message = f"{title}这里写“{name}”，别处写“{usual}”"
            yield doubtful(places[0], name, usual, message, related=(told[usual][0],), confidence=80)


def _told(report: Report, patterns: tuple[Pattern, ...], *, sealed: bool) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    named = [*_in_text(report, patterns), *(_beside_seals(report) if sealed else ())]
    for place, text in named:
        if not _CUT.match(text):
            found[squeeze(text)].append(place)
    return found


def _in_text(report: Report, patterns: tuple[Pattern, ...]) -> Iterator[tuple[Place, str]]:
    for paragraph in report.document.paragraphs:
        for pattern in patterns:
            for match in pattern.finditer(paragraph.text.strip()):
                yield paragraph.place, match["name"]


def _beside_seals(report: Report) -> Iterator[tuple[Place, str]]:
    for table in report.document.tables:
        for row in table.rows:
            for label, cell in pairwise(row):
                match = _SEALED.match(cell.text.strip())
                if match and _LABEL.fullmatch(label.label):
                    yield cell.place, match["name"]
