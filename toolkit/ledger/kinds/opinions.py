"""The draft put before units: what they were asked, what they say, how it was settled."""

from toolkit.ledger.details import Details, details_of, kept
from toolkit.ledger.kinds.decisions import Decision
from toolkit.ledger.kinds.exchange import OfAFile
from toolkit.ledger.kinds.kind import EventKind


@details_of(EventKind.OPINIONS_ASKED)
class OpinionsAsked(Details):
    """A unit was asked for its opinion on these lines: project, indicator, score."""

    lines: tuple[tuple[str, str, str], ...] = kept("行")


@details_of(EventKind.OPINIONS_RECEIVED)
class OpinionsReceived(Decision, OfAFile):
    """A unit's opinions: project, indicator, score, wish, reason, basis of each."""

    seal: str = kept("校验码")
    opinions: tuple[tuple[str, str, str, str, str, str], ...] = kept("意见")

    @property
    def outcome(self) -> tuple[str, ...]:
        """Everything the unit says."""
        return tuple(" ".join(filter(None, row)) for row in sorted(self.opinions))


@details_of(EventKind.OPINION_SETTLED)
class OpinionSettled(Decision):
    """How a unit's opinion (the subject) was settled."""

    indicator: str = kept("指标")
    before: str = kept("原得分")
    result: str = kept("处理结果")
    reason: str = kept("处理理由")
    value: str = kept("改后值")
    by: str = kept("处理人")

    @property
    def outcome(self) -> tuple[str, ...]:
        """The result, and the score it asks for."""
        return (self.result, self.value)

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by,)
