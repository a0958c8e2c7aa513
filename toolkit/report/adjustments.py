"""What the scheme decided about single checks: the annex that says so, with the reasons."""

from toolkit.model import Adjustment, Treatment
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import one_line
from toolkit.text import plain


def adjustment_rows(facts: ReportFacts) -> list[dict[str, object]]:
    """Checks switched off, lowered or given a tolerance, in the scheme's order."""
    titles = {**facts.check_titles, **{one.code: one.message for one in facts.scheme.cross_checks}}
    return [
        {
            "编号": one.code,
            "内容": one_line(titles.get(one.code, "")) or "—",
            "处理": _treated(one),
            "理由": one_line(one.reason),
        }
        for one in facts.scheme.adjustments
    ]


def _treated(one: Adjustment) -> str:
    if one.treatment is Treatment.TOLERANCE and one.tolerance is not None:
        return f"相差不超过{plain(one.tolerance)}的不列为问题"
    return one.treatment.value
