"""本类指标扣1.80分。…扣0.60分；…扣0.50分，…扣0.70分: what a paragraph takes off in all, and one by one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_WHOLE = Pattern(
    r"^[^。；]{0,24}?(?:得[0-9.]+分[，,])?(?:共|合计|共计)?(?<!每)扣(?:减|除)?(?P<whole>[0-9]+(?:\.[0-9]+)?)分。(?=.)"
)
_PART = Pattern(r"(?P<each>每[^，。；]{0,12})?扣(?:减|除)?(?P<part>[0-9]+(?:\.[0-9]+)?)分")
_NAME = "(?!本|该|此|各|共|合计)[\u4e00-\u9fff]{2,8}(?<![类项标计共])"
_ONE = Pattern(f"{_NAME}扣(?:减|除)?[0-9.]+分。")
_ONE_MORE = Pattern(f"[。；，]{_NAME}扣(?:减|除)?[0-9.]+分")
_RULES = Pattern("扣完为止|否则|评分标准|酌情|分别扣|最多扣|以上得")
_FEWEST = 2
_TOLD = "本类指标扣1.80分。绩效目标方面，3个指标表述笼统，扣0.60分；目标偏高，扣0.50分。预算编制方面，费用未按座席数测算，扣0.70分。"
_WON = "绩效目标得5.45分，扣1.55分。一是目标值偏低，扣0.80分；二是1项指标未量化，每项扣0.75分，扣0.75分。"


@rule(
    "mark.parts_told",
    group=Group.SUMS,
    title="一段里逐项的扣分之和等于开头写的扣分",
    good=(
        _TOLD,
        _WON,
        "资产管理扣1.20分。闲置186台（套）。采购管理扣0.55分，内控建设扣0.40分。",
        "本项扣2.00分。主要是验收晚于计划，扣2.00分。",
    ),
    bad=(_TOLD.replace("1.80", "1.08"), _TOLD.replace("0.50", "0.80"), _WON.replace("扣0.80分", "扣0.90分")),
)
def parts(report: Report) -> Iterator[Result]:
    """The first sentence with the points a paragraph takes off, and two deductions and more in the others."""
    for paragraph in report.document.paragraphs:
        match = _WHOLE.match(paragraph.text)
        if match is None or _RULES.search(paragraph.text):
            continue
        found = [one for one in _PART.finditer(paragraph.text, match.end()) if not one["each"]]
        if _ONE.match(paragraph.text) and _ONE_MORE.search(paragraph.text, match.end() - 1):
            continue  # 资产管理扣1.20分。…。采购管理扣0.55分: one indicator after another
        if len(found) >= _FEWEST:
            yield from _added(report, paragraph, match, found)


def _added(report: Report, paragraph: Paragraph, match: re.Match[str], found: list[re.Match[str]]) -> Iterator[Result]:
    facts = [
        _fact_at(report, paragraph, one.start(name))
        for one, name in ((match, "whole"), *((one, "part") for one in found))
    ]
    known = tuple(fact for fact in facts if fact is not None)
    if len(known) != len(facts):
        return
    whole = Decimal(match["whole"])
    total = sum((Decimal(one["part"]) for one in found), Decimal(0))
    if total == whole:
        yield agrees(*known)
        return
    working = f"{'+'.join(one['part'] for one in found)}={plain(total)}"
    message = f"开头写扣{match['whole']}分，后面逐项扣{working}分"
    yield differs(
        paragraph.place,
        f"{match['whole']}分",
        f"{plain(total)}分",
        message,
        facts=known,
        working=working,
        confidence=85,
    )


def _fact_at(report: Report, paragraph: Paragraph, at: int) -> Fact | None:
    facts = report.facts_within(paragraph.place, at, at + 1)
    return next((fact for fact in facts if fact.kind is FactKind.SCORE), None)
