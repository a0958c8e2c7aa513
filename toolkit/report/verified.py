"""What evaluators verified, said where a finding doubts the value: a reader must know which value was scored."""

from decimal import Decimal

from toolkit.model import Field, Finding, IndicatorInput, Opinion, Scheme, Value
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import one_line
from toolkit.text.values import shown


def verified_words(facts: ReportFacts, finding: Finding) -> str:
    """评价人已核定为500.12万元，按核定值计分（…；佐证E05）; "" when nobody verified the value the finding is about."""
    asked = _asked(facts.scheme, finding.indicator)
    if asked is None:
        return ""
    place = ("", asked.key) if isinstance(asked, Field) else (finding.indicator, asked.local)
    own = [
        opinion
        for opinion in facts.opinions
        if opinion.project == finding.project and (opinion.indicator, opinion.item) == place
    ]
    if not own:
        return ""
    return f"评价人已核定为{_shown(own[-1].verified, asked)}，按核定值计分{_basis(own[-1])}。"


def _asked(scheme: Scheme, name: str) -> Field | IndicatorInput | None:
    """The field, or the one value of an indicator that units fill in."""
    indicator = scheme.indicator(name)
    if indicator is None:
        return scheme.field(name)
    given = [item for item in indicator.inputs if not item.by_evaluator and not item.formula]
    return given[0] if len(given) == 1 else None


def _shown(value: Value, asked: Field | IndicatorInput) -> str:
    return shown(value, asked.type, asked.unit) if isinstance(value, Decimal) else f"“{value}”"


def _basis(opinion: Opinion) -> str:
    parts = [one_line(opinion.reason), f"佐证{one_line(opinion.evidence)}" if opinion.evidence else ""]
    words = "；".join(part.rstrip("。") for part in parts if part)
    return f"（{words}）" if words else ""
