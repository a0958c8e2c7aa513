"""What the scheme decided about single checks: the annex that says so, with the reasons."""

from toolkit.model import Adjustment, Treatment
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import one_line
from toolkit.text import plain


def adjustment_rows(facts: ReportFacts) -> list[dict[str, object]]:
    """Checks switched off, lowered or given a tolerance, in the scheme's order."""
    titles = {
        **facts.check_titles,
        **{cross_check.code: cross_check.message for cross_check in facts.scheme.cross_checks},
    }
    return [
        {
            "编号": adjustment.code,
            "内容": one_line(titles.get(adjustment.code, "")) or "—",
            "处理": _treated(adjustment),
            "理由": one_line(adjustment.reason),
        }
        for adjustment in facts.scheme.adjustments
    ]


def _treated(adjustment: Adjustment) -> str:
    if adjustment.treatment is Treatment.TOLERANCE and adjustment.tolerance is not None:
        return f"相差不超过{plain(adjustment.tolerance)}的不列为问题"
    return adjustment.treatment.value
