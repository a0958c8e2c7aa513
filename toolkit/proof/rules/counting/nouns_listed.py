"""案件受理、指挥调度、移动执法12个子系统: a list of names and, right behind it, how many they are."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.counting.counts import counted
from toolkit.text.patterns import Pattern

_ITEM = r"[^，。；：:、0-9（）()“”《》]"
_LIST = Pattern(
    rf"(?P<list>(?:{_ITEM}{{2,16}}、){{2,30}}{_ITEM}{{2,16}}?)(?P<count>[0-9]{{1,2}}|[三四五六七八九十]{{1,2}})(?P<unit>个|家|项|类|种|门|所|座|条)"
    r"(?P<noun>[\u4e00-\u9fff]{2,8}?)(?=[，。；、：（(和及]|的|均|都|共|已|全)"
)
_NOT_ALL = Pattern(
    "等$|[的中共各余近约每第前后占达有为设至到少含内外及和与了另]$|分别|其中|合计|选取|抽取|新增|完成|建成|涉及|安排|增加|支持|部分|超过|不足|高于|低于"
)
_NEAR = 2
_STAGES = Pattern(r"分(?:为)?(?P<count>[2-6]|[两二三四五六])个阶段(?:进行|开展|实施|组织)?[。：，；]")
_STAGE = Pattern(r"(?:^|[。；：])[^，。；：（(]{2,8}阶段(?=自|从|为|于|主要|[（(：:，]|[0-9])")


@rule(
    "count.nouns",
    group=Group.COUNTS,
    title="列出的名称后直接写的个数与列出的相符",
    good=(
        "计划建设案件受理、指挥调度、综合评价、移动执法4个子系统，共380个模块。建成影像、心电、检验3个共享中心。",
        "抽查甲县、乙县、丙县新增5个项目。财政、税务、审计等5个部门参加。甲、乙、丙的4个指标未完成。",
    ),
    bad=(
        "计划建设案件受理、指挥调度、综合评价、移动执法5个子系统，共380个模块。",
        "报告提出开展数据核查、完善补贴办法、加强设备管理4条建议。",
        "建成影像诊断、心电诊断、医学检验4个共享中心。",
    ),
)
def nouns(report: Report) -> Iterator[Result]:
    """Three names and more in a row; a number that misses them by more than two is of something else."""
    for sentence in report.prose_with(_LIST):
        for match in _LIST.finditer(sentence.text) if "、" in sentence.text else ():
            items = match["list"].split("、")
            if not _NOT_ALL.search(items[-1]) and not any(re.search("[和及与]", item) for item in items[1:]):
                yield from _counted(report, sentence, match, len(items))


def _counted(report: Report, sentence: Sentence, match: re.Match[str], listed: int) -> Iterator[Result]:
    at = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, at, at + 1)
    written = counted(match["count"])
    if written == listed:
        yield from (agrees(*facts) for _ in facts[:1])
    elif abs(written - listed) <= _NEAR:
        shown = f"{match['count']}{match['unit']}{match['noun']}"
        message = f"写“{shown}”，前面列出的是{listed}{match['unit']}"
        yield doubtful(sentence.place, match["count"], str(listed), message, facts=facts)


@rule(
    "count.stages_told",
    group=Group.COUNTS,
    title="写的阶段数与随后写出的阶段相符",
    good=("评价工作分三个阶段。准备阶段自4月7日至4月25日；实施阶段自4月28日至6月13日；报告阶段自6月16日至7月28日。",),
    bad=("评价工作分四个阶段。准备阶段自4月7日至4月25日；实施阶段自4月28日至6月13日；报告阶段自6月16日至7月28日。",),
)
def stages(report: Report) -> Iterator[Result]:
    """分三个阶段。准备阶段自…；实施阶段自…: in the same paragraph."""
    for paragraph in report.document.paragraphs:
        match = _STAGES.search(paragraph.text)
        told = len(_STAGE.findall(paragraph.text, match.end() - 1)) if match else 0
        if match is None or told < 2:
            continue
        facts = report.facts_within(paragraph.place, match.start("count"), match.end("count"))
        if counted(match["count"]) == told:
            yield from (agrees(*facts) for _ in facts[:1])
        else:
            message = f"写{match['count']}个阶段，随后写出{told}个"
            yield doubtful(paragraph.place, match["count"], str(told), message, facts=facts)
