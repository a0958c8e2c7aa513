"""Claims about all projects, or about one thing in two places, against what contradicts them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.grade_cells import GRADES
from toolkit.proof.outline import prose, prose_with
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_ROUGH = Pattern(r"(?<![0-9.])(?P<number>[0-9]{3,})\s*(?:余|多)(?=[个项家条次份人套户])")
_YEAR_AFTER = Pattern("验收(?:一年)?后|验收后一年")
_ALL_GO_ON = Pattern("(?:所有|全部|各)(?:子)?项目均(?:仍)?(?:在|处于)(?:实施|建设)(?:过程)?")
_DONE_AND_LEFT = tuple(
    (
        Pattern(rf"(?<!未)(?<!未定期)(?:定期|已|及时|按时|全面)(?:开展|完成|进行)[^，。]{{0,6}}{topic}"),
        Pattern(rf"(?:未|没有)(?:按时|定期|及时)?(?:开展|完成|进行)[^，。]{{0,6}}{topic}"),
    )
    for topic in ("绩效自评", "档案归档", "绩效监控", "监督检查", "竣工决算", "等保测评")
)
"""What is said to have been done, and not to have been."""


def _first(report: Report, pattern: Pattern) -> tuple[Place, re.Match[str]] | None:
    """Where the prose says so first."""
    texts = prose_with(report.document, pattern)
    return next(((place, match) for place, text in texts if (match := pattern.search(text))), None)


@rule(
    "logic.all",
    group=Group.LOGIC,
    title="均、全部与例外不矛盾",
    good=(
        "各项目预算执行率均达到100%。\n项目名称\t预算执行率\n甲\t100.00%\n乙\t100.00%",
        "所有项目评价等级均为良以上，2个项目均为“优”。\n项目名称\t得分\t等级\n甲\t95\t优\n乙\t85\t良\n丙\t91\t优",
        "新建的2个项目平均84.14分。\n项目名称\t集约建设平均得分\n甲\t1.71\n乙\t1.90",
    ),
    bad=(
        "各项目预算执行率均达到100%。\n项目名称\t预算执行率\n甲\t100.00%\n乙\t93.00%\n丙\t92.00%",
        "全部项目评价等级均为“优”。\n项目名称\t得分\t等级\n甲\t95\t优\n乙\t85\t良",
        "2个项目均达到良好以上。\n项目名称\t得分\t等级\n甲\t95\t优\n乙\t75\t中",
        "各项目累计支付金额均低于100万元。\n项目名称\t累计支付金额（万元）\n甲\t95.00\n乙\t120.00",
    ),
)
def all_and_exceptions(report: Report) -> Iterator[Result]:
    """A claim about every project, against the column that shows each."""
    for sentence in report.outside_with(_CLAIM):
        for match in _CLAIM.finditer(sentence.text):
            yield from _claim(report, sentence.place, match)


_CLAIM = Pattern(
    r"(?:(?:各|所有|全部|每个)(?:个)?|(?P<count>[0-9]{1,3})个)(?:信息化|参评|数字政府)?项目的?(?P<what>[\u4e00-\u9fff]{0,10}?)"
    r"(?:(?<!平)均|都|全部)(?:评?为|达到|在)?(?P<how>达到|为|不低于|超过|高于|低于|不超过|在)?“?"
    r"(?P<limit>[0-9]+(?:\.[0-9]+)?(?:%|万元|分)|优秀?|良好?|中等?|差)”?(?:等级)?(?P<range>(?:及|（含）)?以上|以下)?"
)
_GRADE = Pattern("(?:优秀?|良好?|中等?|差)(?:级|等次)?")


def _claim(report: Report, place: Place, match: re.Match[str]) -> Iterator[Result]:
    what = match["what"].removeprefix("评价").removeprefix("绩效") or ("等级" if match["limit"][0] in GRADES else "")
    for table in report.document.tables if what else ():
        column = next((at for at, text in enumerate(table.headings) if what in re.sub("[（(].*", "", text)), None)
        if column is None:
            continue
        cells = [
            row[column]
            for row in body_rows(table)
            if row[0].label not in ("合计", "总计", "有数据的项目数") and row[column].text.strip()
        ]
        of_some = match["count"] is not None and int(match["count"]) != len(cells)
        against = next((cell for cell in cells if not _holds(report, cell.place, cell.text, match)), None)
        if against is not None and not of_some:
            message = f"“{match[0]}”与表中“{against.text.strip()}”不符"
            yield differs(place, match[0], against.text.strip(), message, related=(against.place,))
            return


def _holds(report: Report, place: Place, text: str, match: re.Match[str]) -> bool:
    limit = match["limit"]
    if limit[0] in GRADES:
        return not _GRADE.fullmatch(text.strip()) or _is_within(text.strip()[0], limit[0], match["range"] or "")
    fact = next(iter(report.facts_at(place)), None)
    if fact is None or fact.value is None:
        return True
    scale = {"%": Decimal("0.01"), "万": Decimal(10_000), "分": Decimal(1)}[limit.lstrip("0123456789.")[0]]
    bound = Decimal(re.sub(r"[^0-9.]", "", limit)) * scale
    if match["how"] in ("低于", "不超过") or match["range"] == "以下":
        return fact.low <= bound
    if match["how"] == "为" and not match["range"]:
        return fact.low <= bound <= fact.high
    return fact.high >= bound


def _is_within(grade: str, limit: str, side: str) -> bool:
    """Whether a grade is the named one, or at least or at most as good."""
    apart = GRADES.index(grade) - GRADES.index(limit)
    return apart <= 0 if side.endswith("以上") else apart >= 0 if side == "以下" else apart == 0


@rule(
    "logic.rough",
    group=Group.LOGIC,
    title="约数不精确到个位",
    good=("对接办事指南4200余项，亮码11830多万次，用户50万左右，40多个单位。",),
    bad=("对接办事指南4201余项。",),
)
def exact_and_rough(report: Report) -> Iterator[Result]:
    """余 and 多 behind a number that is exact to its last digit."""
    for place, text in report.document.texts_with(_ROUGH, least=4):
        for match in _ROUGH.finditer(text):
            if not match["number"].endswith("0"):
                facts = report.facts_within(place, match.start("number"), match.end("number"))
                yield doubtful(place, match[0], "", f"“{match[0]}”：数精确到个位，又写约数", facts=facts)


@rule(
    "logic.finished",
    group=Group.LOGIC,
    title="完成与未完成不矛盾",
    good=("除甲项目未到完工时间节点外，其余项目全部验收。项目完成率得7分，扣1分。",),
    bad=(
        "截止2023年12月底，所有项目均在实施过程中。\n指标\t目标值\t实际完成值\n项目验收后一年内稳定运行比例\t=100%\t100%",
    ),
)
def finished(report: Report) -> Iterator[Result]:
    """All projects still under way, and projects accepted a year ago."""
    accepted = [
        (place, text)
        for place, text in report.document.texts_with(_YEAR_AFTER)
        if _YEAR_AFTER.search(text) and len(text) < 40
    ]
    for place, text in prose_with(report.document, _ALL_GO_ON):
        match = _ALL_GO_ON.search(text)
        if match and accepted:
            message = f"写“{match[0]}”，而“{accepted[0][1][:24]}”已有完成值"
            yield doubtful(place, match[0], "", message, related=(accepted[0][0],))


@rule(
    "logic.contrary",
    group=Group.LOGIC,
    title="同一件事不说两样",
    good=("一、经验\n通过定期开展绩效自评改进管理。\n二、存在问题\n资金拨付不及时。",),
    bad=("一、经验\n通过定期开展绩效自评改进管理。\n二、存在问题\n项目单位未进行绩效自评，无法发现问题。",),
)
def contrary(report: Report) -> Iterator[Result]:
    """What was done according to one part, and was not according to another."""
    for done, left in _DONE_AND_LEFT:
        yes, no = _first(report, done), _first(report, left)
        if yes and no:
            message = f"一处写“{yes[1][0]}”，另一处写“{no[1][0]}”"
            yield doubtful(no[0], no[1][0], yes[1][0], message, related=(yes[0],))


_ACCEPTED = Pattern(r"(?:其余|其他|所有|全部|各)(?:子)?项目(?:均|全部|都)(?:经|已|通过)?(?:通过)?验收(?:合格)?")
_NOT_ACCEPTED = Pattern(
    r"(?P<name>[\u4e00-\u9fffA-Za-z“”（）]{4,30}?项目)的?(?:验收报告(?:缺失|未提供|缺少)|未(?:组织|进行|通过)?验收)"
)
_UNFINISHED = Pattern(r"除(?P<but>[^，。；]{4,80}?)未(?:到)?(?:完工|完成)(?:时间)?(?:节点)?外")
_COMPLETE = Pattern(r"(?:产出数量|实际产出|完成数量|各项任务)(?:与预期目标一致|全部完成|均已完成)[^。]{0,20}满分")


@rule(
    "logic.accepted",
    group=Group.LOGIC,
    title="全部验收、全部完成与例外不矛盾",
    good=("其余项目全部经验收合格。\n甲平台项目的支付凭证缺失。",),
    bad=(
        "除乙系统外，其余项目全部经验收合格。\n存在问题：智慧甲平台建设项目的验收报告缺失。",
        "本项目产出数量与预期目标一致，该指标得8分，满分。\n除甲信息系统升级项目未到完工时间节点外，其余项目全部验收。",
    ),
)
def accepted(report: Report) -> Iterator[Result]:
    """All others accepted, and one without its acceptance report; all done with full marks, and some not finished."""
    for claim, against, shown in ((_ACCEPTED, _NOT_ACCEPTED, "name"), (_COMPLETE, _UNFINISHED, "but")):
        said, other = _first(report, claim), _first(report, against)
        if said and other:
            name = re.split("如|，|、", other[1][shown])[-1]
            cut = "…" if len(other[1][0]) > _SHOWN else ""
            message = f"写“{said[1][0][:30]}”，而另一处写“{cut}{other[1][0][-_SHOWN:]}”，请核对"
            yield doubtful(said[0], said[1][0][:30], name, message, related=(other[0],))


_SHOWN = 40
_EXCEPT = Pattern(r"除(?P<but>[^，。；]{4,80}?)(?:外|以外)，(?:其他|其余)[^。；]{0,40}(?:均|全部)")


@rule(
    "logic.except",
    group=Group.LOGIC,
    title="例外都写到",
    good=("除甲监管平台建设项目进度滞后外，其他项目均按期完成。\n二、存在问题\n甲监管平台建设项目进度滞后。",),
    bad=(
        "除甲监管平台建设项目进度滞后外，其他项目实施时间均在工期内。\n存在问题：乙信息系统升级项目首付款未支付到位，导致项目工作进度滞后。",
    ),
)
def missing_exceptions(report: Report) -> Iterator[Result]:
    """除 A 进度滞后外均按期, and B 进度滞后 elsewhere."""
    late = Pattern(r"如?(?P<name>[\u4e00-\u9fff“”（）A-Z]{4,40}?项目)[^。；]{0,40}(?:导致)?(?:项目)?(?:工作)?进度滞后")
    for place, text in prose_with(report.document, _EXCEPT):
        match = _EXCEPT.search(text)
        if match is None or "滞后" not in match["but"]:
            continue
        for other, words in prose(report.document):
            for said in late.finditer(words):
                name = re.split("如|，|：|:", said["name"])[-1]
                if other != place and name not in match["but"] and match["but"][:6] not in name:
                    message = f"“除{match['but'][:30]}…外均按期”，而另一处写“{name}…进度滞后”，例外没有写全"
                    yield doubtful(place, match["but"][:30], name, message, related=(other,))
                    return
