"""Satisfaction: scored, and its survey told of, but no result of it; a target that is written down as the result."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.outline import body, body_with
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_SURVEY = Pattern("问卷调查|调查问卷|满意度调查")
_RESULT = Pattern(
    r"满意[度率][^，。；：]{0,12}?(?:为|达到?了?|是|[:：])\s*[0-9.]+\s*(?:分|[%％](?![（(]含|以上|及以上|的?得))"
    r"|满意[度率][^，。；：]{0,6}[0-9]+\.[0-9]+\s*[%％]|[0-9.]+\s*[%％][^，。；]{0,12}满意"
    r"|满意[^，。；]{0,8}占[^，。；]{0,6}[0-9.]+\s*[%％]|[0-9]+\s*份[^，。；]{0,8}问卷|问卷[^。；]{0,12}[0-9]+\s*(?:份|人)"
    r"|(?:回收|收回|有效|发放|调查|访谈|走访|抽取)[^，。；]{0,10}?[0-9]+\s*(?:份|人|名|位|户|家)"
    r"|[0-9]+\s*(?:名|位|人|户|家)[^，。；]{0,10}(?:受访|调查|填写)"
)
_SHARE = Pattern(r"[0-9.]+\s*[%％]")
_SATISFIED = Pattern("满意[度率]")
_SCORED = Pattern(r"得(?:分)?(?:为)?\s*[0-9.]+\s*分")
_RULE = Pattern("否则|酌情|未达|按比例|尚待评价人评定")


@rule(
    "logic.survey",
    group=Group.LOGIC,
    title="做了问卷调查的，写出调查结果",
    good=(
        "采用问卷调查评价满意度。\n共回收有效问卷120份，满意度为96.50%，该指标得8分。",
        "采用问卷调查了解需求。\n系统已经验收，该指标得8分。",
        "采用问卷调查评价满意度。\n效益得0.00分，“服务对象满意度”尚待评价人评定，暂计0分。",
        "采用问卷调查评价满意度。\n指标\t目标值\t完成值\n公众满意度\t≥95%\t96.5%\n\n\n满意度较高，该指标得8分。",
    ),
    bad=("采用问卷调查形式对社会公众进行抽样调查。\n项目满意度：赢得了社会各界的认可和好评，该指标得8分，满分。",),
)
def surveys(report: Report) -> Iterator[Result]:
    """A survey among the methods, points for satisfaction, and nowhere a share or a number of answers."""
    document = report.document
    method = next((place for place, text in document.texts_with(_SURVEY) if _SURVEY.search(text)), None)
    told = any(_RESULT.search(text) for _, text in document.texts_with(_RESULT))
    if method is None or told or _in_a_table(report):
        return
    copied = (match for _, text in document.texts_with(_COPIED) for match in _COPIED.finditer(text))
    if any(_SATISFIED.search(match["what"]) for match in copied):
        return  # told by the rule below
    for paragraph in reversed(body(report.document)):  # satisfaction is the last of the indicators
        scored = _SCORED.search(paragraph.text) if _SATISFIED.search(paragraph.text) else None
        if scored and paragraph.place != method and not _RULE.search(paragraph.text):
            message = "写了采用问卷调查，满意度也得了分，而全文没有写收回多少份、满意度是多少，请补充"
            yield doubtful(paragraph.place, f"满意度{scored[0]}", "", message, related=(method,))
            return


def _in_a_table(report: Report) -> bool:
    """Whether a row about satisfaction, or a column of it, has a share without ≥."""
    return any(
        _SHARE.fullmatch(cell.text.strip())
        for table in report.document.tables
        for row in table.rows
        if any(_SATISFIED.search(text) for text in (*table.headings, *(cell.text for cell in row)))
        for cell in row
    )


_COPIED = Pattern(
    r"(?P<what>[\u4e00-\u9fff]{2,14}[度率])\s*(?P<sign>>=|≥|＞=|不低于)\s*(?P<rate>[0-9.]+[%％])，?(?:达到?|完成|实现|满足)(?:了)?(?:既定|预期|年度|绩效)?目标"
)


@rule(
    "target.copied",
    group=Group.LOGIC,
    title="完成情况写的是实际值，不是目标值",
    good=("各使用部门满意度96.5%，达到既定目标（≥95%）。目标为满意度≥95%。",),
    bad=("实现了“一网办、掌上办”，各使用部门满意度>=95%，达到既定目标。根据评分标准，该指标得10分。",),
)
def copied_targets(report: Report) -> Iterator[Result]:
    """满意度>=95%，达到既定目标: what was reached is not told."""
    for paragraph in body_with(report.document, _COPIED):
        for match in _COPIED.finditer(paragraph.text):
            shown = f"{match['what']}{match['sign']}{match['rate']}"
            message = f"“{shown}，达到目标”写的是目标值，没有写出实际是多少"
            facts = report.facts_within(paragraph.place, match.start("rate"), match.end("rate"))
            yield doubtful(paragraph.place, shown, "", message, facts=facts)
