"""An indicator that lost points for a shortcoming of which the chapter of problems and the advice say nothing."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.report import Report
from toolkit.proof.rules.claiming.problems import problems_of
from toolkit.text.patterns import Pattern

_MARKED = Pattern(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、])?\s*(?P<name>[^（()）]{4,50}?)[（(](?P<full>[0-9]+(?:\.[0-9]+)?)分[)）]\s*$"
)
_WON = Pattern(r"得分?(?:为)?(?P<won>[0-9]+(?:\.[0-9]+)?)分")
_SHORT_OF = Pattern(
    r"[^，。；]*(?:不足|缺陷|有待|欠缺|不够|只能|薄弱|受[^，。；]{1,8}限制|不到位|不及时|不规范|不完整|未能|偏低|偏高)[^。；]*"
)
_GROUP = Pattern("类$|情况$|^(?:项目)?(?:决策|过程|产出|效益)(?:指标)?$")
"""Names of groups of indicators."""
_PLAIN = Pattern(
    r"“[^”]*”|可?有效|进一步|一定|程度|水平|能力|提升|提高|完成|全市|全县|全区|情况|建设|项目|绩效|指标|工作|管理|方面|实施|部分|目标|存在|各|及|和|与|的|等|性|率|较|对|进行|不足|缺陷|有待|达到|成效|不够|平台|系统|效果|例如|只能|对于|之处|但也|虽然|还|更|是|在|了|也"
)
"""Words that tell nothing of what an indicator is about."""


@rule(
    "logic.unmentioned",
    group=Group.LOGIC,
    title="扣分的原因写进了存在问题",
    good=(
        "一、分析\n（1）信息安全保密水平（7分）\n信息安全保密工作还有待提高，该指标得6.00分。\n二、存在问题\n1.信息安全管理薄弱\n保密制度没有落实。\n三、建议\n1.加强安全管理。",
        "一、分析\n（1）信息安全保密水平（7分）\n信息安全保密工作还有待提高，该指标得6.00分。\n二、结论\n得分90分。",
    ),
    bad=(
        "一、分析\n（1）信息安全保密水平（7分）\n信息安全保密工作还有待提高，该指标得6.00分。\n二、存在问题\n1.目标设置不够明确\n个别指标值没有量化。\n三、建议\n1.细化目标。",
    ),
)
def unmentioned(report: Report) -> Iterator[Result]:
    """A heading with its full mark, a paragraph with less and why, and no word of it among problems and advice."""
    told = "".join(item.text for item in (*problems_of(report), *report.section("建议", "对策", "整改措施")))
    if not problems_of(report):
        return
    for heading, text in _below_headings(report):
        named, won, why = _MARKED.match(heading.text), list(_WON.finditer(text)), _SHORT_OF.search(text)
        if named is None or len(won) != 1 or why is None or _GROUP.search(named["name"]):
            continue
        full, got = Decimal(named["full"]), Decimal(won[-1]["won"])
        if got < full and not is_told(f"{named['name']}，{why[0]}", told):
            name = named["name"].strip()
            message = f"“{name}”扣{full - got}分（{why[0][:_SHOWN]}{'…' * (len(why[0]) > _SHOWN)}），而存在问题和建议都没有写到"
            yield doubtful(heading.place, f"{got}分", f"{full}分", message)


_SHOWN = 24


def _below_headings(report: Report) -> Iterator[tuple[Paragraph, str]]:
    """Every heading with all text up to the next one: a page may break a paragraph in two."""
    heading: Paragraph | None = None
    texts: list[str] = []
    for paragraph in report.document.paragraphs:
        if paragraph.level or _MARKED.match(paragraph.text):
            if heading is not None:
                yield heading, "".join(texts)
            heading, texts = paragraph, []
        else:
            texts.append(paragraph.text)
    if heading is not None:
        yield heading, "".join(texts)


def is_told(topic: str, told: str, plain: Pattern = _PLAIN) -> bool:
    """Whether two characters in a row of what a topic is about stand among what is told; ``plain`` words tell nothing."""
    words = [word for word in re.split(r"[^\u4e00-\u9fffA-Za-z]", plain.sub("，", topic)) if len(word) > 1]
    return not words or any(word[at : at + 2] in told for word in words for at in range(len(word) - 1))
