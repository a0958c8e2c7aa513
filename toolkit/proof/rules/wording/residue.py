"""What was left behind: slots of a template, broken references, another client's or project's name."""

import re
from collections import Counter
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Paragraph, Place
from toolkit.proof.outline import body, body_with, title_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_BROKEN = Pattern(
    r"\{\{.*?\}\}|\{%.*?%\}|(?<!显示为)#(?:REF|DIV/0|VALUE|NAME\?|NUM|N/A)!?"
    r"|错误[!！]\s*未(?:找到|定义)[^。]{0,12}|Error! [A-Z][a-z ]+|TODO|FIXME"
)
_SLOT = Pattern(
    r"[XxＸ×✕]{2,}(?=[\u4e00-\u9fff%％])|(?<=[\u4e00-\u9fff])[XＸ×]{2,}|_{3,}|[?？]{3,}"
    r"|【[^】]{0,8}(?:待|填|补)[^】]{0,12}】|[（(](?:此处|请|待)[^）)]{0,12}(?:填|补|写|改)[^）)]{0,10}[）)]|(?:此处|以下)(?:填写|补充)|[□○]{3,}|某{2,}"
)
_MASKED = Pattern(
    r"[\u4e00-\u9fff][XxＸ×✕*＊某]{1,3}(?:（[\u4e00-\u9fff]{2,12}）)?(?:、[\u4e00-\u9fff][XxＸ×✕*＊某]{1,3})*"
)
"""赵×× in a cell is a person whose name is not told."""
_SIGNED_LINE = Pattern(r"签[字名章]|盖章|日\s*期|联系|电话|姓\s*名|年\s*月\s*日")
_NOT_A_NUMBER = Pattern(r"[\u4e00-\u9fff][%％]")
_CITY = Pattern(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[由受对经在向和与及为从于中、是即用至])|(?<=单位|委托|机构|提供|依托|配合))(?P<name>[\u4e00-\u9fff]{2})(?P<rank>[市县区])(?P<what>[\u4e00-\u9fff0-9“]{3})"
)
_COMMON = frozenset((
    "通过", "按照", "根据", "依据", "结合", "报经", "经过", "提交", "配合", "协助",
    "组织", "推动", "全国", "全省", "城市", "超市", "全市", "本市", "各市", "地市",
    "上市", "都市", "开发", "地区", "社区", "园区", "辖区", "片区", "城区", "市区",
    "郊区", "景区", "建议", "要求", "督促", "责成", "商请", "约谈", "其他", "有关", "各级", "部分", "该镇", "其中", "包括", "以及", "另有", "市辖", "设区", "各区", "全区", "全县", "各县", "下设", "下辖", "隶属",
))  # fmt: skip
"""Words before 市, 县, 区 that are no place's name."""
_PURPOSE = Pattern(
    r"(?:衡量|评价|了解|反映|考核)(?P<name>[\u4e00-\u9fff]{4,20}项目)(?:专项)?资金的?使用(?:绩效|情况|效益)"
)


@rule(
    "residue.broken",
    group=Group.RESIDUE,
    title="没有模板标记和失效的引用",
    good=("本项目综合得分93.50分。", "采集表中预算执行率显示为#VALUE!，按填报数据应为94.70%。"),
    bad=("{{项目名称}}综合得分93.50分。", "见错误!未找到引用源。", "合计#REF!万元"),
)
def broken(report: Report) -> Iterator[Result]:
    """Tags of a template, error values of a workbook, references that Word could not follow.

    What a cell shows (显示为#VALUE!) is told of somebody's workbook on purpose.
    """
    for place, text in report.document.texts_with(_BROKEN, least=4):
        for match in _BROKEN.finditer(text):
            yield differs(place, match[0], "", f"模板标记或失效引用没有去掉：“{match[0]}”")


@rule(
    "residue.slot",
    group=Group.RESIDUE,
    title="没有待填的空位",
    good=(
        "推选江××为组长。\n姓名\t单位\n江××\t省社科院\n方××\t大学",
        "负责人签字：____ 日期：____年__月__日",
        "1650×2台设备，规格10×20。",
    ),
    bad=("XX项目已经验收。", "支付____万元用于建设。", "建设内容（此处填写实施情况）。", "【待补充】"),
)
def slots(report: Report) -> Iterator[Result]:
    """Places still to be filled in; 江×× is a person where a cell of a table has that and nothing else."""
    cells = (cell.text.strip() for table in report.document.tables for row in table.rows for cell in row)
    people = {text for text in cells if _MASKED.fullmatch(text)}
    for place, text in report.document.texts(2):
        found = [match for match in _SLOT.finditer(text) if text[max(0, match.start() - 1) : match.end()] not in people]
        if not found or _MASKED.fullmatch(text.strip()) or (_SIGNED_LINE.search(text) and len(text) < 80):
            continue
        for match in found:
            yield doubtful(
                place, match[0], "", f"像是没有填写的空位：“{text[max(0, match.start() - 8) : match.end() + 8]}”"
            )


@rule(
    "residue.percent",
    group=Group.RESIDUE,
    title="百分号之前是数",
    good=("预算执行率100%，得分率（%）",),
    bad=("指标\t目标值\t得分\n预算执行率\t按照招标决定%\t3",),
)
def percent_of_words(report: Report) -> Iterator[Result]:
    """A percent sign behind words where a number belongs; headings of columns may have one."""
    heads = {cell.place for table in report.document.tables for row in table.rows[: table.head] for cell in row}
    for place, text in report.document.texts_with(_NOT_A_NUMBER, least=2):
        match = _NOT_A_NUMBER.search(text)
        heading = place in heads or (place.table and text.endswith("%") and len(text) > 2 and text[-2] in "减率比幅重")
        if match and not heading and (place.table or len(text) > 12):
            yield doubtful(
                place,
                text[max(0, match.start() - 8) : match.end()],
                "",
                f"百分号之前不是数：“{text[max(0, match.start() - 8) : match.end()]}”",
            )


@rule(
    "residue.client",
    group=Group.RESIDUE,
    title="没有别的委托方的名称",
    good=(
        "安平市康复中心、安平市康复协会。\n下属市康复中心、市康复协会2个单位。\n安平市康复中心。",
        "安平市数据局委托评价。\n补齐资料，并报市数据局备案。\n安平市数据局负责，江苏省苏州市的经验可以借鉴。",
        "安平市2023年度信息化项目绩效评价报告\n一、概况\n受安平市数据局委托，评价机构开展评价。",
        "昆山市2023年度项目绩效评价报告\n一、概况\n受苏州市财政局委托，评价机构开展评价。\n请苏州市财政局审定。",
        "安平市城市运行平台绩效评价报告\n安平市城市运行平台已经建成。\n市城管局牵头，归口市城市运行管理中心承担运行。",
        "澄湖县2023年度项目绩效评价报告\n一、概况\n受澄湖县财政局委托开展评价。\n评价小组由7人组成，其中县财政局3人。",
        "江海省专项资金绩效评价报告\n一、概况\n金陵市电子证照库、金陵市电子证照库二期、金陵市电子证照库三期得分高，"
        "永嘉市电子证照库、石桥市电子证照库得分低。",
    ),
    bad=(
        "安平市数据局委托评价。\n安平市数据局负责。\n安平市2023年度项目由怀远市数据局验收。",
        "安平市2023年度信息化项目绩效评价报告\n一、概况\n受怀远市数据局委托，评价机构开展评价。",
        "安平市2023年度信息化项目绩效评价报告\n一、成果\n提交《怀远市2023年信息化项目绩效评价整体报告》1份。",
        "根据《中共安平市委、怀远市人民政府关于全面实施预算绩效管理的意见》开展评价。安平市有三个项目。",
    ),
)
def other_client(report: Report) -> Iterator[Result]:
    """A place that takes the name of the report's own place before the same words."""
    found = [
        (paragraph.place, match)
        for paragraph in body_with(report.document, _CITY)
        for match in _CITY.finditer(paragraph.text)
        if match["name"] not in _COMMON and match["name"][-1] not in "个各全本该由对经向被和与及报送属"
    ]
    names = Counter((match["name"], match["rank"]) for _, match in found)
    if not names:
        return
    title = title_of(report.document)
    mine = names.most_common(1)[0][0]
    own = {match["what"] for _, match in found if (match["name"], match["rank"]) == mine}
    tables = {cell.text for table in report.document.tables for row in table.rows for cell in row}
    listed = [match for text in tables for match in _CITY.finditer(text)]
    own |= {match["what"] for match in listed if (match["name"], match["rank"]) == mine}
    every = {(match["what"], match["rank"], match["name"]) for match in (*listed, *(match for _, match in found))}
    places = Counter((what, rank) for what, rank, _ in every)
    texts = "\n".join(text for _, text in report.document.texts())
    told = [result for paragraph in body(report.document) for result in _named_apart(paragraph, title, texts)]
    yield from told
    for place, match in found:
        other = (match["name"], match["rank"])
        rare = names[other] * 3 <= names[mine] or (names[other] == 1 and title.startswith("".join(mine)))
        shown = f"{match['name']}{match['rank']}"
        known = any(result.place == place and result.found.startswith(shown) for result in told)
        office = _OFFICE.match(match.string, match.start("what"))
        several = places[match["what"], match["rank"]] > _SAME_WORDS
        elsewhere = office is None or f"{mine[0]}{mine[1]}{office[0]}" in texts
        if (
            other != mine
            and other[1] == mine[1]
            and match["what"] in own
            and rare
            and elsewhere
            and not (known or several)
        ):
            right = f"{mine[0]}{mine[1]}"
            yield doubtful(
                place,
                f"{shown}{match['what']}",
                f"{right}{match['what']}",
                f"别处是“{right}{match['what']}”，这里是“{shown}”，可能是别的报告的残留",
            )


_SAME_WORDS = 2
"""More places than this that take the same words (甲市电子证照库, 乙市电子证照库) each have their own."""
_OFFICE = Pattern(r"[\u4e00-\u9fff]{2,12}?(?:局|委员会|厅|办公室|中心|政府|公司|医院|大学|学院)")
"""市城市运行管理中心 is another office than what 瑶州市城市运行平台 begins with."""


def _named_apart(paragraph: Paragraph, title: str, texts: str) -> Iterator[Result]:
    yield from _two_places(paragraph)
    yield from _not_of_the_title(paragraph, title, texts)


_FOR = Pattern(
    r"受(?P<one>[\u4e00-\u9fff]{2})(?P<rank>[市县区])[^，。；]{2,14}委托，[^，。；]{0,6}对(?P<other>[\u4e00-\u9fff]{2})(?P=rank)"
    r"|中共(?P<party>[\u4e00-\u9fff]{2})(?P<seat>[市县区])委(?:员会)?、(?P<office>[\u4e00-\u9fff]{2})(?P=seat)人民政府"
)
_CLIENT = Pattern(
    r"(?:受|委托(?:单位|方|人)[：:]?\s*)(?P<name>[\u4e00-\u9fff]{2})(?P<rank>[市县区])(?P<what>[\u4e00-\u9fff]{3,14}?)"
    r"(?:委托|同时|$)"
    r"|《(?P<titled>[\u4e00-\u9fff]{2})(?P<grade>[市县区])(?P<report>[^《》]{4,40}绩效评价[^《》]{0,12}报告)》"
)


def _two_places(paragraph: Paragraph) -> Iterator[Result]:
    """受甲市数据局委托，对乙市的项目开展评价."""
    match = _FOR.search(paragraph.text)
    if match and match["one"] != match["other"]:
        shown, right = f"{match['one']}{match['rank']}", f"{match['other']}{match['rank']}"
        message = f"委托方是“{shown}”，评价的是“{right}”的项目，可能是别的报告的残留"
        yield doubtful(paragraph.place, shown, right, message)
    elif match and match["party"] != match["office"]:
        shown, right = f"{match['party']}{match['seat']}", f"{match['office']}{match['seat']}"
        yield doubtful(paragraph.place, shown, right, f"党委是“{shown}”，政府是“{right}”，可能是别的报告的残留")


def _not_of_the_title(paragraph: Paragraph, title: str, texts: str) -> Iterator[Result]:
    """A client, or a report, of a place named only once, where the title is of another place of its rank."""
    match, own = _CLIENT.search(paragraph.text), re.match(r"([\u4e00-\u9fff]{2})([市县区])", title)
    if match is None or own is None or own[1] in _COMMON:
        return
    name, rank = match["name"] or match["titled"], match["rank"] or match["grade"]
    what = match["what"] or match["report"]
    if rank == own[2] and name != own[1] and texts.count(f"{name}{rank}") == 1:
        message = f"写的是“{name}{rank}”，报告的题目是“{own[0]}”的，可能是别的报告的残留"
        yield doubtful(paragraph.place, f"{name}{rank}{what}", f"{own[0]}{what}", message)


@rule(
    "residue.project",
    group=Group.RESIDUE,
    title="没有别的项目的残留",
    good=("“赣政通”分厅建设项目绩效评价报告\n一、概况\n以衡量“赣政通”分厅建设项目资金的使用绩效。",),
    bad=(
        "“赣政通”分厅建设项目绩效评价报告\n一、概况\n以衡量预算绩效管理培训项目资金的使用绩效。",
        "“赣政通”分厅建设项目绩效评价报告\n一、概况\n以衡量预算绩效管理培训项目资金的使用绩效。\n了解预算绩效管理项目情况。",
    ),
)
def other_project(report: Report) -> Iterator[Result]:
    """In set phrases about a project's money, a name that stands nowhere else in the report; shorter forms of it."""
    texts = [text for _, text in report.document.texts()]
    title = title_of(report.document)
    foreign: dict[str, Place] = {}
    for paragraph in body_with(report.document, _PURPOSE):
        for match in _PURPOSE.finditer(paragraph.text):
            name = re.sub("^(?:本|该|各|整个)", "", match["name"])
            stem = name.removesuffix("项目")
            times = sum(text.count(stem) for text in texts)
            if times == 1 and len(stem) >= 4 and stem not in title:
                foreign.setdefault(stem, paragraph.place)
                yield doubtful(
                    paragraph.place, match["name"], "", f"“{match['name']}”在报告别处没有出现，可能是别的项目的残留"
                )
    for paragraph in body_with(report.document, _ABOUT) if foreign else ():
        for match in _ABOUT.finditer(paragraph.text):
            whole = next((stem for stem in foreign if stem.startswith(match["stem"])), "")
            if whole and sum(text.count(f"{match['stem']}项目") for text in texts) == 1:
                name = f"{match['stem']}项目"
                message = f"“{name}”与“{whole}项目”像是同一个别的项目的残留"
                yield doubtful(paragraph.place, name, "", message, related=(foreign[whole],))


_ABOUT = Pattern(r"(?:了解|掌握|衡量|反映|熟悉)(?P<stem>[\u4e00-\u9fff]{4,16}?)项目(?:的)?(?:情况|概况|特点|背景|内容)")
