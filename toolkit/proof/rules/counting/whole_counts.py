"""How many projects are evaluated, where several sentences tell it and where parts add up to it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Paragraph, Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.rules.counting.counts import COUNT, counted
from toolkit.text.patterns import Pattern

_WHOLE = Pattern(
    r"(?:(?<![的按家组])对(?=[0-9]{1,4}个项目(?:（[^（）]*）)?(?![^，。；]{0,8}(?:现场|实地|抽查|重点))[^，。；]{0,12}(?:评价|评分|评审|核查))|评价对象[为是共包括]*|纳入(?:本次)?(?:绩效)?评价的?|本次(?:绩效)?评价[的共涉及]*|经评价，|参评的?|应评价的?)(?:全部|共|共计)?(?P<count>[0-9]{1,4})个项目(?!进度|单位|类)"
)
_DISPOSED = Pattern(
    r"(?:结果应用|应用规则|评价结果)[^。；]{0,12}[，：:](?P<parts>(?:[\u4e00-\u9fff]{2,8}[0-9]{1,4}个[、，和]?)+)(?=[。；，]|$)"
)
_FORMS = Pattern(
    r"(?:应(?:报送|填报|收)(?:采集表|表)?(?P<due>[0-9]{1,4})份[，；]?)?(?:实际)?收到(?:可用的?|有效的?)?[\u4e00-\u9fff]{0,6}?(?P<got>[0-9]{1,4})份(?:，(?:另有|其余|尚有|还有|缺)(?P<rest>[0-9]{1,4})份)?"
)
_PART = Pattern("(?P<count>[0-9]{1,4})个")
_HEADED = Pattern(
    rf"^(?:[一二三四五六七八九十]{{1,2}}、|[（(][一二三四五六七八九十]{{1,2}}[)）])?{COUNT}(?:个|条|项|点)(?P<noun>结论|数字|建议|问题|发现|要点|指标)$"
)
_GOOD = (
    "受委托，对39个项目（涉及27家单位）开展评价。收到可用的采集表38份，另有1份不能读取。评价对象为39个项目。\n"
    "按评价方案规定的结果应用规则，支持17个、整改后安排16个、核减4个、暂停2个。"
)


@rule(
    "count.whole",
    group=Group.COUNTS,
    title="评价对象的个数前后一致",
    good=(
        _GOOD,
        f"{_GOOD}\n对39个项目全部开展书面核查，对9个项目开展现场核查。",
        f"{_GOOD}\n专家对9个项目调整了初核得分，对7个项目提出了意见。",
    ),
    bad=(_GOOD.replace("对象为39", "对象为38"), "对17个项目评价。\n经评价，16个项目合并评分。\n评价对象为17个项目。"),
)
def whole(report: Report) -> Iterator[Result]:
    """All sentences that tell how many projects are evaluated tell the same."""
    told = _wholes(report)
    usual = Counter(fact.value for fact in told).most_common(1)[0][0] if told else None
    same = [fact for fact in told if fact.value == usual]
    if len(told) < 2:
        return
    yield agrees(*same)
    for fact in told:
        if fact.value != usual:
            message = f"评价的项目此处写{fact.text}，别处写{same[0].text}"
            related = tuple(other.place for other in same)
            yield doubtful(fact.place, fact.text, same[0].text, message, facts=(fact,), related=related)


@once
def _wholes(report: Report) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for place, text in report.document.texts_with(_WHOLE, least=5):
        for match in _WHOLE.finditer(text):
            found += report.facts_within(place, match.start("count"), match.end("count"))[:1]
    return tuple(found)


@rule(
    "count.disposed",
    group=Group.COUNTS,
    title="各种结果应用的个数合起来是评价的项目数",
    good=(_GOOD, "对17个项目评价。按评价方案规定的结果应用规则，支持17个。"),
    bad=(_GOOD.replace("支持17个", "支持18个"), "对17个项目评价。按评价方案规定的结果应用规则，支持71个。"),
)
def disposed(report: Report) -> Iterator[Result]:
    """支持17个、整改后安排16个、核减4个、暂停2个 of 39."""
    wholes = _wholes(report)
    for place, text in report.document.texts_with(_DISPOSED, least=9) if wholes else ():
        for match in _DISPOSED.finditer(text):
            counts = _PART.finditer(text, match.start("parts"), match.end("parts"))
            parts = [fact for count in counts for fact in _facts(report, place, count, "count")[:1]]
            yield from _sum(parts, wholes[:1], "结果应用各类") if parts else ()


@rule(
    "count.forms",
    group=Group.COUNTS,
    title="收到的和不能读取的表合起来是应报送的份数",
    good=(
        _GOOD,
        "应报送采集表39份，收到可用的采集表38份，另有1份报送的文件不能读取。",
        "应报送采集表39份，收到可用的采集表19份，尚有20份未收到。",
        "应报送采集表39份，收到可用的采集表19份，缺20份，其中1份报送的文件不能读取，其余未收到。",
    ),
    bad=(
        _GOOD.replace("表38份", "表36份"),
        "应报送采集表39份，收到可用的采集表38份，另有2份报送的文件不能读取。",
    ),
)
def forms(report: Report) -> Iterator[Result]:
    """What came and what cannot be read, against what was due; where that is not told, against the projects."""
    wholes = _wholes(report)
    for place, text in report.document.texts_with(_FORMS, least=4):
        for match in _FORMS.finditer(text):
            due = _facts(report, place, match, "due") or wholes[:1]
            parts = [*_facts(report, place, match, "got"), *_facts(report, place, match, "rest")]
            if due and parts and (match["rest"] or match["due"]):
                yield from _sum(parts, due[:1], "收到的份数")
            elif due and parts and parts[0].value == due[0].value:
                yield agrees(*parts, due[0])


def _facts(report: Report, place: Place, match: re.Match[str], group: str) -> Sequence[Fact]:
    return report.facts_within(place, match.start(group), match.end(group)) if match[group] else ()


def _sum(parts: Sequence[Fact], due: Sequence[Fact], what: str) -> Iterator[Result]:
    total = sum(int(fact.value or 0) for fact in parts)
    if total == due[0].value:
        yield agrees(*parts, *due)
        return
    working = f"{'+'.join(fact.text for fact in parts)}={total}"
    message = f"{what}合起来是{total}，应为{due[0].text}"
    yield doubtful(
        parts[0].place, str(total), due[0].text, message,
        facts=(*parts, *due), related=(due[0].place,), working=working,
    )  # fmt: skip


_SHARED = Pattern(r"(?:元|%)（(?:均为)?(?P<count>[0-9]{1,4})个项目）")


@rule(
    "count.within",
    group=Group.COUNTS,
    title="金额、比率后括注的项目数不多于评价的项目数",
    good=(f"{_GOOD}\n合同金额11,738.08万元（39个项目），资金到位率99.37%（均为38个项目）。",),
    bad=(f"{_GOOD}\n合同金额11,738.08万元（93个项目），资金到位率99.37%（均为38个项目）。",),
)
def within(report: Report) -> Iterator[Result]:
    """Behind an amount or a rate stand the projects that have it: at most all of them."""
    wholes = _wholes(report)
    for place, text in report.document.texts_with(_SHARED) if len({fact.value for fact in wholes}) == 1 else ():
        for match in _SHARED.finditer(text):
            if int(match["count"]) > (wholes[0].value or 0):
                facts = _facts(report, place, match, "count")
                message = f"括注{match['count']}个项目，评价的项目共{wholes[0].text}"
                right = f"不多于{wholes[0].text}"
                yield doubtful(
                    place, f"{match['count']}个", right, message, facts=tuple(facts), related=(wholes[0].place,)
                )


@rule(
    "count.headed",
    group=Group.COUNTS,
    title="标题写的个数与其下的条数相符",
    good=("一、三条结论\n底线。没有问题。\n目标。已经实现。\n资金。用得规范。\n二、其他\n无。",),
    bad=("一、四条结论\n底线。没有问题。\n目标。已经实现。\n资金。用得规范。\n二、其他\n无。",),
)
def headed(report: Report) -> Iterator[Result]:
    """三条结论 above three paragraphs that begin alike, 五个数字 above a row of five cells."""
    blocks = list(report.document.blocks)
    for at, block in enumerate(blocks):
        match = _HEADED.match(block.text.strip()) if isinstance(block, Paragraph) else None
        listed = _below(blocks[at + 1 :]) if match else 0
        if match is None or listed < _FEWEST:
            continue
        said = counted(match["count"])
        facts = tuple(fact for fact in report.facts_at(block.place) if fact.value == said)
        if said == listed:
            yield from (agrees(*facts),) if facts else ()
        else:
            message = f"标题写“{match[0]}”，其下是{listed}条"
            yield differs(block.place, match["count"], str(listed), message, facts=facts)


_FEWEST = 2
_LABELLED = Pattern(r"[\u4e00-\u9fff]{2,12}[。：:][^。]")


def _below(blocks: Sequence[Paragraph | Table]) -> int:
    """How many labelled paragraphs, or cells of a single row, follow up to the next heading; 0 for anything else."""
    count = 0
    for block in blocks:
        if isinstance(block, Table):
            return block.width if not count and len(block.rows) == 1 else 0
        if block.level:
            return count
        if block.text.strip():
            if not _LABELLED.match(block.text.strip()):
                return 0
            count += 1
    return 0
