"""All rules over one document: findings, the numbers decided and not, rules that had nothing to look at or broke."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.catalogue import RULES
from toolkit.proof.declaration import Group, Result, Rule, Verdict, Yields
from toolkit.proof.document import Document
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.folding import folded
from toolkit.proof.kept_patterns import load_patterns
from toolkit.proof.looking import Look, look
from toolkit.proof.report import Known, Report
from toolkit.proof.trials import key

_SURE = 80
_FOUND = (Verdict.DIFFERS, Verdict.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the rules make of a document.

    Attributes:
        findings: 不一致 and 疑似, in the order of the document.
        checked, unchecked: all its numbers, decided and not.
        silent: rules that found nothing to look at.
        broke: rules that failed, with the error: our fault, shown and never a pass.
    """

    document: Document
    findings: tuple[Result, ...]
    results: tuple[Result, ...]
    checked: tuple[Fact, ...]
    unchecked: tuple[Fact, ...]
    silent: tuple[Rule, ...] = ()
    broke: tuple[tuple[Rule, str], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing contradicts."""
        return all(result.verdict is not Verdict.DIFFERS for result in self.findings)

    @property
    def alone(self) -> tuple[Fact, ...]:
        """The numbers not decided that stand nowhere else: nothing in the document could decide them."""
        times = Counter(map(size, (*self.checked, *self.unchecked)))
        return tuple(fact for fact in self.unchecked if times[size(fact)] == 1)

    @property
    def coverage(self) -> str:
        """The line that says how much of the report was checked."""
        numbers = len(self.checked) + len(self.unchecked)
        if not numbers:
            return "本报告没有数字"
        share = f"{len(self.checked) * 100 / numbers:.1f} %"
        alone = f"（其中 {len(self.alone):,} 个全文只写了一次）" if self.alone else ""
        left = f"未核 {len(self.unchecked):,} 个列出{alone}"
        return f"本报告共 {numbers:,} 个数字，已核 {len(self.checked):,}（{share}），{left}"


def size(fact: Fact) -> tuple[Decimal | None, str]:
    """Value and unit: numbers that share them may be one thing told twice."""
    return fact.value, fact.unit


def proof(document: Document, known: Known | None = None, rules: Sequence[Rule] = RULES, look: Look = look) -> Proof:
    """Look at a document with every rule; ``look``: how (:mod:`toolkit.proof.looking`)."""
    load_patterns()
    report = Report.of(document, known)
    said = list(zip(rules, look(report, rules), strict=True))
    results = [result for _, results in said if not isinstance(results, str) for result in results]
    numbers = [fact for fact in report.facts if fact.kind is not FactKind.NAME]  # A101 is no number
    decided = {id(fact) for result in results if result.verdict is not Verdict.UNCHECKED for fact in result.facts}
    return Proof(
        document,
        _findings(results, {rule.code: rule.yields for rule in rules}),
        tuple(results),
        tuple(fact for fact in numbers if id(fact) in decided),
        tuple(fact for fact in numbers if id(fact) not in decided),
        tuple(rule for rule, results in said if not results),
        tuple((rule, error) for rule, error in said if isinstance(error, str)),
    )


def _reckons(result: Result) -> bool:
    """Whether a number is right because others make it, not because it stands elsewhere too."""
    return len(result.facts) > 2 and not result.kind.startswith("same.")


def _findings(results: Sequence[Result], yields: Mapping[str, Yields]) -> tuple[Result, ...]:
    """The contradictions and doubts, each once, in the order of the document."""
    right = [result for result in results if result.verdict is Verdict.AGREES and _reckons(result)]
    here = frozenset(fact for result in right for fact in result.facts)
    elsewhere = {key(result.facts[0]) for result in right if _is_long(result.facts[0])}
    found: dict[tuple[object, ...], Result] = {}
    for result in (result for result in results if result.verdict in _FOUND):
        if not _gives_way(result, yields[result.kind], here, elsewhere):
            told = ("" if _is_reckoned(result) else result.kind, result.place, result.found, result.expected)
            known = found.get(told)
            if known is None or (known.verdict is Verdict.DOUBTFUL and result.verdict is Verdict.DIFFERS):
                found[told] = result
    return tuple(sorted(folded(found.values()), key=lambda result: (result.place, result.kind)))


def _gives_way(
    result: Result, yields: Yields, here: Container[Fact], elsewhere: Container[tuple[str, Decimal]]
) -> bool:
    """Whether others that reckon a number to be right are believed: at its place, or where it stands again."""
    if not result.facts:
        return False
    fact = result.facts[0]
    believed = Yields.HERE in yields and fact in here and result.confidence < _SURE
    return believed or (Yields.ELSEWHERE in yields and key(fact) in elsewhere)


def _is_long(fact: Fact) -> bool:
    return len(f"{fact.value or 0:f}".replace(".", "").strip("0")) >= _LONG


_LONG = 4


def _is_reckoned(result: Result) -> bool:
    """Whether it says what a number should be: two rules that say the same of it are told once."""
    return result.group in (Group.SUMS, Group.RATES) and bool(result.found and result.expected and result.facts)
