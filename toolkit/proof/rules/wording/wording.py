"""Words that are wrong where they stand, whatever the report is about: 截止年底, 5000人数, an amount without its unit."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern


@dataclass(frozen=True, slots=True)
class _Usage:
    """Words that are wrong, what they should be, and why; ``{found}`` and ``{right}`` stand for both.

    Attributes:
        cue: stands in every text that can hold them.
    """

    cue: str
    pattern: Pattern
    right: str
    why: str


_USAGES = (
    _Usage(
        "截止",
        Pattern(r"(?:^|(?<=[，。；、（\s]))截止(?P<rest>到?(?:20[0-9]{2}\s*年|[0-9]{1,2}月|目前|年底|当年|今年|本年))"),
        r"截至\g<rest>",
        "“{found}”应为“{right}”：到某时为止用“截至”",
    ),
    _Usage(
        "地",
        Pattern(
            r"(?P<verb>(?:建立|形成|构建|健全|完善)(?:了)?(?:有效|科学|合理|完整|规范))地(?P<rest>[^，。；的、]{2,10}(?:机制|制度|体系|模式))"
        ),
        r"\g<verb>的\g<rest>",
        "“{found}”应为“{right}”：名词之前用“的”",
    ),
    _Usage(
        "人数",
        Pattern(r"(?P<number>[0-9]{2,})人数(?=[，。；、）)])"),
        r"\g<number>人",
        "“{found}”应为“{right}”：“人数”不是量词",
    ),
    _Usage(
        "由于",
        Pattern(
            r"由于(?P<what>[^，。；对]{2,24}(?:要求|政策|规定|制度))(?P<rest>(?:理解|认识|把握)不(?:够|到位|足|深|透))"
        ),
        r"由于对\g<what>\g<rest>",
        "“{found}”缺“对”字，应为“{right}”",
    ),
    _Usage(
        "、到",
        Pattern(r"(?P<whole>从[^，。；：从]{2,30})、(?P<rest>到(?![位达期货场账岗])[^，。；：、]{2,8})"),
        r"\g<whole>\g<rest>",
        "“从…到…”之间不用顿号：“{found}”",
    ),
    _Usage(
        "过程中对",
        Pattern(r"(?<![针面相应核])对(?P<what>[^，。；：、对]{2,20}的?过程中)对(?P<rest>[\u4e00-\u9fff]{0,4})"),
        r"在\g<what>对\g<rest>",
        "“{found}”里前一个“对”应为“在”：“{right}”",
    ),
    _Usage(
        "产生",
        Pattern(r"(?P<of>支出|资金|经费)产生(?P<rest>[和与及](?:效益|效果|成效))"),
        r"\g<of>产出\g<rest>",
        "“{found}”应为“{right}”：与效益并列的是产出",
    ),
    _Usage(
        "的满分",
        Pattern(r"(?P<what>[\u4e00-\u9fff]{0,4})的满分(?P<points>[0-9.]+分)，(?P<rest>可酌情|否则|未)"),
        r"\g<what>得满分\g<points>，\g<rest>",
        "“{found}”里的“的”应为“得”",
    ),
    _Usage(
        "也是",
        Pattern(
            r"(?P<one>是[^，。；：、]{6,40}(?:需要|要求|举措|保障|体现|选择|任务))(?P<rest>也是[^，。；：、]{2,6})"
        ),
        r"\g<one>，\g<rest>",
        "两个“是”之间缺逗号：“{found}”",
    ),
    _Usage(
        "等",
        Pattern(
            r"(?P<one>通过[^，。；：、]{2,10})，(?P<rest>(?!采用|采取|运用|利用|结合|以|并|进行|开展|对|从|由|用)[^，。；：、]{2,8}、[^，。；：、]{2,8}[及和与][^，。；：、]{2,8}等(?:方式|方法|形式))"
        ),
        r"\g<one>、\g<rest>",
        "并列的方式之间用顿号，不用逗号：“{found}”",
    ),
    _Usage(
        "并",
        Pattern(r"(?P<one>制[订定]|编制|拟[订定])并(?P<rest>制[订定]|编制|拟[订定])了?"),
        r"\g<one>",
        "“{found}”意思重复，留一个即可",
    ),
    _Usage(
        "共",
        Pattern(r"(?P<noun>项目|单位|指标|部门)共(?P<number>[0-9]+[个项家])(?P=noun)"),
        r"\g<noun>共\g<number>",
        "“{found}”里的词重复，应为“{right}”",
    ),
    _Usage(
        "家",
        Pattern(
            r"(?P<number>[0-9])家(?P<rest>(?:项目|指标|采集表|任务|问题|材料)(?!单位|部门|公司|建设|实施|承担|法人|业主|所属|主管))"
        ),
        r"\g<number>个\g<rest>",
        "“{found}”的量词不对：“家”用于单位",
    ),
    _Usage(
        "单位",
        Pattern(r"(?P<number>[0-9])[项条份](?P<rest>(?:责任|建设|实施|主管|预算)?单位(?=[，。；、（）)]|$))"),
        r"\g<number>家\g<rest>",
        "“{found}”的量词不对：单位用“家”",
    ),
    _Usage(
        "；评",
        Pattern(r"(?P<what>[^；。]{0,6})；(?P<rest>(?:评分规则|评分标准|评价要点)[：:])"),
        r"\g<what>。\g<rest>",
        "列举的最后一项之后应为句号：“{found}”",
    ),
)


@rule(
    "words.usage",
    group=Group.PUNCTUATION,
    title="常见用词不误用",
    good=(
        "截至2023年12月底，项目已完成。报名截止2023年12月。建立有效的监测机制，有效地防范风险。在线人数5000人。",
        "由于对绩效目标设置要求理解不够透彻，指标不细。①资料齐全；②落实到位。评分规则：按档评分。",
        "通过现场调研，采用访谈、问卷及座谈等方式。编制并印发了方案。项目共39个，单位共17家，项目单位共3个项目组。",
        "这是履职的现实需要，也是提高保障水平的要求。从风险识别到风险分析，制定应对计划。从供货、到货、验收各环节把关。在推进信息化的过程中对资源进行规范。",
        "针对项目实施过程中对接不畅的问题，衡量资金支出产出和效益。各项得满分7分，可酌情扣分。",
    ),
    bad=(
        "截止2023年12月底，所有项目均已完成。",
        "建立有效地监测和反馈机制，定期跟踪。",
        "平台在线人数保持不超5000人数，达成目标。",
        "主要由于项目绩效目标设置要求理解不够透彻。",
        "①资料齐全；②落实到位；评分规则：按档评分。",
        "已评分的38家项目平均88分。",
        "涉及27项责任单位，分布较广。",
        "从编制风险管理计划、风险识别、到风险的定性与定量分析，制定应对计划。",
        "规范对推进政务信息化的过程中对云计算资源管理进行了规定。",
        "重点关注资金支出产生和效益。",
        "通过数据采集分析，财务核查、实地核查及深度访谈等方式，对项目进行评价。",
        "制订并编制了详实的工作方案。",
        "实施完成的数字政府项目共39个项目。",
        "项目是创新人大履职方式的客观需要也是提高服务保障水平的需要。",
        "有效提升办公效率的满分6分，可酌情扣分。",
    ),
)
def usage(report: Report) -> Iterator[Result]:
    """Every usage of the list above."""
    for place, text in report.document.texts():
        for item in (usage for usage in _USAGES if usage.cue in text):
            for match in item.pattern.finditer(text):
                found, right = match[0], match.expand(item.right)
                yield doubtful(place, found, right, item.why.format(found=found, right=right))


_BARE = Pattern(r"(?P<what>(?:费用?|金额|支出|款项?|资金)(?:为|共|计)?)(?P<number>[0-9]+\.[0-9]{2})(?=[；。，]|$)")
_MONEY = Pattern(r"[0-9](?:万|亿)?元")


@rule(
    "unit.missing",
    group=Group.UNITS,
    title="正文的金额有单位",
    good=(
        "审定金额的57%为880396元，第三方服务费用为65837.22元；剩余3%。",
        "单位：元\n第三方服务费用65837.22，其余不计。",
    ),
    bad=("审定金额的57%为880396元，第三方服务费用为65837.22；剩余3%。",),
)
def without_unit(report: Report) -> Iterator[Result]:
    """An amount to the cent without a unit, in a text of which another amount has one."""
    for place, text in report.document.texts_with(_BARE, least=5):
        for match in _BARE.finditer(text) if _MONEY.search(text) else ():
            message = f"“{match[0]}”没有写单位，同一段别的金额写了“元”"
            facts = report.facts_within(place, match.start("number"), match.end("number"))
            yield doubtful(place, match["number"], f"{match['number']}元", message, related=(), facts=facts)


_BEHIND = Pattern(r"；[（(][0-9]+(?:\.[0-9]+)?分[)）]")
_BEFORE = Pattern(r"[（(][0-9]+(?:\.[0-9]+)?分[)）][；。]")
_HABIT = 3


@rule(
    "punctuation.points",
    group=Group.PUNCTUATION,
    title="要点的分数都写在标点之前",
    good=("①程序规范（1分）；②资料齐全（1分）；③没有重复（1分）；④符合规定（1分）。",),
    bad=("①程序规范；（1分）②资料齐全（1分）；③没有重复（1分）；④符合规定（1分）。",),
)
def points_behind_marks(report: Report) -> Iterator[Result]:
    """One point whose mark stands behind the semicolon, where all others have it before."""
    texts = report.document.texts()
    behind = [(place, match) for place, text in report.document.texts_with(_BEHIND) for match in _BEHIND.finditer(text)]
    habit = sum(len(_BEFORE.findall(text)) for _, text in texts)
    for place, match in behind if habit >= _HABIT * len(behind) else ():
        right = f"{match[0][1:]}；"
        yield doubtful(place, match[0], right, f"分数写在标点之后：“{match[0]}”，别处都写在之前")


_QUOTED = Pattern(r"^“(?P<inside>[^“”]{40,})”$")


@rule(
    "punctuation.cell",
    group=Group.PUNCTUATION,
    title="单元格没有整格套引号",
    good=("指标\t要点\n甲\t①是否细化；②是否清晰。评分规则：按档评分。\n乙\t评为“优”。",),
    bad=(
        "指标\t要点\n甲\t“评价要点：①是否将目标细化为指标；②是否清晰、可衡量；③是否与计划数相对应。评分规则：每个要点按档评分。”\n乙\t评价要点：①是否清晰。",
    ),
)
def quoted_cells(report: Report) -> Iterator[Result]:
    """A long cell that is one quotation as a whole, where others of its column are none."""
    for table in report.document.tables:
        for column in range(table.width):
            cells = [cell for cell in table.column(column) if cell.text]
            quoted = [cell for cell in cells if _QUOTED.match(cell.text.strip())]
            for cell in quoted if 0 < len(quoted) * 2 < len(cells) + 1 else ():
                yield _quoted(cell.place, cell.text.strip())


def _quoted(place: Place, text: str) -> Result:
    return doubtful(place, f"{text[:8]}…{text[-6:]}", text[1:9], f"整格套在引号里，同列别的格没有：{text[:12]}…")
