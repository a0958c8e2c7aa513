"""Advice that answers no problem of the report."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.report import Report
from toolkit.proof.rules.claiming.problems import problems_of
from toolkit.proof.rules.claiming.unmentioned import is_told
from toolkit.text.patterns import Pattern

_HEADED = Pattern(r"\s*(?:[（(][一二三四五六七八九十]+[)）]|[0-9]{1,2}[.．、])\s*(?P<title>[^。：:；]{4,36})\s*$")
_PLAIN = Pattern(
    r"进一步|切实|持续|不断|全面|强化|加强|完善|提高|提升|推进|推动|建立|健全|规范|优化|落实|严格|加快|做好|细化|深化|夯实|压实|注重|开展|其他|建议|意见|措施"
    "|部分|仍需|有待|不够|不足|存在|需要|不高|不细|项目|工作|管理|水平|机制|制度|体系|建设|能力|质量|力度|相关|有关|各项|日常|的|和|与|及|并|对"
)
"""Words that advice of any kind has."""
_FEWEST = 2


@rule(
    "logic.advice_only",
    group=Group.LOGIC,
    title="每条建议都有对应的问题",
    good=(
        "一、存在问题\n（一）目标编制不细\n（二）支付不及时\n二、有关建议\n（一）细化目标编制\n（二）加快支付进度\n",
        "一、存在问题\n（一）目标编制不细\n二、有关建议\n（一）细化目标编制\n（二）强化需求分析\n",
        "一、存在问题\n（一）目标编制不细\n（二）系统无人使用\n二、有关建议\n（一）细化目标编制\n（二）开展推广培训\n",
    ),
    bad=(
        "一、存在问题\n（一）目标编制不细\n部分目标没有量化。\n（二）支付不及时\n部分款项未按约定支付。\n二、有关建议\n"
        "（一）强化项目需求分析\n加强沟通。\n（二）细化目标编制\n加强培训。\n（三）加快支付进度\n优化流程。\n",
    ),
)
def advice_only(report: Report) -> Iterator[Result]:
    """A headed piece of advice of which no word stands in the chapter of problems, beside others that answer all."""
    problems, advice = problems_of(report), report.section("建议", "对策", "整改措施")
    titles = [match["title"] for item in problems if (match := _HEADED.match(item.text))]
    headed = [(at, match["title"]) for at, item in enumerate(advice) if (match := _HEADED.match(item.text))]
    if len(titles) < _FEWEST or len(headed) < _FEWEST:
        return
    told = "".join(item.text for item in problems)
    alone = [(at, title) for at, title in headed if not is_told(title, told, _PLAIN)]
    if len(alone) == 1:
        at, title = alone[0]
        end = next((other for other, _ in headed if other > at), len(advice))
        rest = "".join(item.text for item in (*advice[:at], *advice[end:]))
        if all(is_told(problem, rest, _PLAIN) for problem in titles):  # else it answers one in other words
            yield _told(advice[at], title, problems[0])


def _told(item: Paragraph, title: str, problem: Paragraph) -> Result:
    message = f"建议“{title.strip()}”在存在问题部分没有对应的问题，请补写问题或删去"
    return doubtful(item.place, title.strip(), "", message, related=(problem.place,))
