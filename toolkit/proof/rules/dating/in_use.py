"""Years in use that cannot have passed yet: 使用年限大于目标值5年, accepted four months before the report."""

from collections.abc import Iterator
from datetime import date

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.outline import body_with
from toolkit.proof.report import Report
from toolkit.text import chinese_date
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_IN_USE = Pattern(r"(?:使用|运行|服务)年限(?:已)?(?:大于|超过|达到?|高于)(?:目标值|计划)?(?P<years>[0-9]{1,2})年")
_ACCEPTED = Pattern(r"^[^，。；]{0,40}验收")
_FUTURE = Pattern("预计|预期|可使用|设计|应|>=|≥")
_YEAR = 365


@rule(
    "date.in_use",
    group=Group.DATES,
    title="使用年限不长于验收以来的时间",
    good=(
        "2015年11月1日完成项目的验收。平台持续使用年限大于目标值5年。\n2023年3月8日",
        "2022年11月1日完成项目的验收。平台预计使用年限大于5年。\n2023年3月8日",
    ),
    bad=("2022年11月1日完成项目的验收并进入维保期。平台持续使用年限大于目标值5年，得6分。\n2023年3月8日",),
)
def in_use(report: Report) -> Iterator[Result]:
    """More years than lie between the last acceptance and the last day of the report."""
    known = [(day.date, text[day.end :]) for _, text in report.document.texts() for day in days_in(half_width(text))
             if day.year and day.day and day.date is not None and day.form == "年"]  # fmt: skip
    accepted = [when for when, behind in known if when is not None and _ACCEPTED.match(behind)]
    last = max((when for when, _ in known if when is not None), default=date.min)
    for paragraph in body_with(report.document, _IN_USE) if accepted else ():
        for match in _IN_USE.finditer(paragraph.text):
            facts = report.facts_within(paragraph.place, match.start("years"), match.end("years"))
            if _FUTURE.search(paragraph.text[max(0, match.start() - 8) : match.end()]):
                continue
            years = int(match["years"])
            if (last - max(accepted)).days >= years * _YEAR:
                yield from (agrees(fact) for fact in facts)
            else:
                message = f"写“{match[0]}”，而{chinese_date(max(accepted))}才验收，到{chinese_date(last)}不满{years}年"
                yield doubtful(paragraph.place, match[0], "", message, facts=facts)
