"""Sentences that stop before they have said anything: 按过程改进计划, or purposes only."""

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.outline import body, prose
from toolkit.proof.report import Report
from toolkit.proof.rules.wording.numbering import mark_of
from toolkit.text.patterns import Pattern

_BASIS = Pattern(
    r"(?<![的者时])，(?P<clause>(?:按照|按|依据|根据)(?P<what>[\u4e00-\u9fff]{2,10}(?:计划|方案|办法|规定|制度|合同|流程|程序|规范|规程)))。"
)
_VERB = Pattern(
    "执行|实施|开展|进行|落实|办理|支付|制定|处理|完成|推进|安排|计算|编制|履行|签订|遵守|符合|完善|建立|健全|修订|制订|出台|印发"
)
_PURPOSE = Pattern(
    r"(?:并|从而|进而)?(?:进一步|不断|全面|切实|持续|有效)?(?:提高|提升|强化|加强|促进|推动|规范|优化|完善|保障|增强|改善|推进|深化|发挥|落实)(?!了)"
)
_MAIN = Pattern("特|现将|我[局委办中市县区院厅]|本[次项单报]|制定|开展|组织|决定|成立|出台|印发|应当|必须|已|了")


@rule(
    "words.unfinished",
    group=Group.PUNCTUATION,
    title="句子写完整",
    good=(
        "对于过程中产生的问题，按过程改进计划整改。测试时，实施单元测试计划。有定额标准的，按定额标准规定。",
        "为贯彻落实文件精神，为提高资金使用效率，我局组织开展了评价。为贯彻文件精神，提高资金使用效率。",
    ),
    bad=(
        "各科室对阶段成果进行质量评估，对于过程中产生的问题，按过程改进计划。实施严格的测试管理，在系统开发时，实施单元测试。",
        "为深入贯彻落实《绩效评价管理办法》等文件精神，为强化预算支出主体责任，提高财政资源配置和使用效率。根据规定开展评价。",
    ),
)
def unfinished(report: Report) -> Iterator[Result]:
    """A sentence whose last clause names a basis and nothing done by it; one that names its purposes only."""
    for place, text in prose(report.document):
        for match in _BASIS.finditer(text):
            if not _VERB.search(match["what"]):
                message = f"“{match['clause']}”之后没有写做了什么，句子可能没有写完"
                yield doubtful(place, match["clause"], "", message)
        for sentence in re.findall(r"(?:^|(?<=。))\s*(为[^。]*)。", text):
            if _is_purpose_only(sentence):
                message = f"整句只有“为…”，没有写做什么，可能没有写完：“{sentence[:12]}…{sentence[-16:]}。”"
                yield doubtful(place, f"{sentence[-20:]}。", "", message)


def _is_purpose_only(sentence: str) -> bool:
    """Whether two clauses or more begin with 为 and all others go on with a purpose."""
    clauses = re.sub(r"《[^》]*》", "《》", sentence).split("，")
    led = [clause for clause in clauses if clause.startswith("为")]
    rest = [clause for clause in clauses if not clause.startswith("为")]
    plain = "".join(clauses)
    return len(led) > 1 and not _MAIN.search(plain) and all(_PURPOSE.match(clause) for clause in rest)


_BROKEN = Pattern(r"[\u4e00-\u9fff]$")
_GOES_ON = Pattern(r"^[\u4e00-\u9fff]{1,2}[，；。、]")
_LONG = 16


@rule(
    "words.broken_line",
    group=Group.PUNCTUATION,
    title="一句话没有断成两段",
    good=(
        "为了解项目实施社会效益情况设立此项指标；\n通过核查，项目效果明显。",
        "为了解项目实施社会效益情况设立的指标\n通过核查，效果明显。",
        "表2  按月发放对象和资金分布情况\n乡镇\t人数\n城关镇\t2,418\n况、柳溪镇\t1,906\n况，城关、白鹿、柳溪3个镇人数最多。",
    ),
    bad=("为了解项目实施社会效益情况设立此项指\n标；通过核查，项目效果明显。",),
)
def broken_lines(report: Report) -> Iterator[Result]:
    """A paragraph without an end, and one that begins with its last character and a mark; lines of a page are cut."""
    paragraphs = body(report.document) if report.document.kind != "pdf" else ()
    for one, other in pairwise(paragraphs):
        first, second = one.text.rstrip(), other.text.strip()
        rest = _GOES_ON.match(second) if not (one.level or other.level or mark_of(second)) else None
        next_to = other.place.block == one.place.block + 1  # not on either side of a table
        if rest and next_to and len(first) >= _LONG and _BROKEN.search(first):
            message = f"一句话断成了两段：“…{first[-8:]}”与“{second[:8]}…”之间多了换段"
            yield doubtful(one.place, first[-8:], f"{first[-8:]}{rest[0]}", message, related=(other.place,))
