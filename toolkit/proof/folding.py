"""One contradiction is one finding, however many rules see it.

What several rules say of one number or name of the prose is told once; and one wrong cell of a table spoils sums, rates
and comparisons, so what follows from it is told with it, not beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, Verdict
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.text.numerals import figures_in

_ARITHMETIC = frozenset({Group.SUMS, Group.RATES, Group.SAME_FACT, Group.PAYMENTS, Group.UNITS})


def folded(findings: Iterable[Result]) -> list[Result]:
    """Findings of which those that meet in one cell of a table are told as one, at that cell where it was found."""
    found = list(_of_numbers(findings))
    # Findings in prose stay where they are: whether the text or the table is wrong, only a person knows.
    rest = [finding for finding in found if _is_reckoned_in_table(finding)]
    done = [finding for finding in found if not _is_reckoned_in_table(finding)]
    while True:
        meeting = Counter(place for finding in rest for place in _cells(finding))
        place, times = max(meeting.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        if place is None or times < 2:
            return [*done, *rest]
        together = [finding for finding in rest if place in _cells(finding)]
        rest = [finding for finding in rest if place not in _cells(finding)]
        done.append(_told(together, place))


def _is_reckoned_in_table(finding: Result) -> bool:
    return finding.group in _ARITHMETIC and finding.place.row > 0


def _of_numbers(findings: Iterable[Result]) -> Iterator[Result]:
    """What is said of one number or name in prose: one contradiction, with what else contradicts it; else one doubt."""
    together: dict[tuple[object, ...], list[Result]] = defaultdict(list)
    for number, finding in enumerate(findings):
        together[_blamed(finding) or (number,)].append(finding)
    for said in together.values():
        contradictions = [finding for finding in said if finding.verdict is Verdict.DIFFERS]
        chief = max(contradictions or said, key=_sureness)
        yield _with_others(chief, [finding for finding in contradictions if finding is not chief])


def _blamed(finding: Result) -> tuple[object, ...]:
    """The number that a finding says is wrong, or the words with those that should stand there; else nothing."""
    if not finding.found or _is_reckoned_in_table(finding):
        return ()
    facts = (fact for fact in finding.facts if fact.place == finding.place)
    number = next((fact for fact in facts if _is_printed(fact, finding.found)), None)
    if number is not None:
        return (finding.place, number.start)
    return (finding.place, finding.found, finding.expected) if finding.expected else ()


def _is_printed(fact: Fact, found: str) -> bool:
    """Whether a text is a number as rules write it: with its unit, as it stands, without it, with a word (晚7天)."""
    as_written = found in (fact.said, fact.text, fact.text.removesuffix(fact.unit))
    return as_written or (fact.text in found and len(found) - len(fact.text) < _A_WORD)


_A_WORD = 3


def _with_others(chief: Result, others: Sequence[Result]) -> Result:
    """A contradiction with the reasons of others that rest on other numbers, and with what else should stand there."""
    if not others:
        return chief
    alike = [other for other in others if not other.expected or _same(other.expected, chief.expected)]
    reasons = "；".join(dict.fromkeys((chief.message, *(other.message for other in alike if _is_new(other, chief)))))
    more = [other.message for other in others if other not in alike]
    related = tuple(dict.fromkeys(place for finding in (chief, *others) for place in finding.related))
    return replace(chief, message=f"{reasons}（另与别处不符：{'；'.join(more)}）" if more else reasons, related=related)


def _is_new(other: Result, chief: Result) -> bool:
    """Whether a reason rests on other numbers than the first one does."""
    grounds, known = _grounds(other), _grounds(chief)
    return not grounds <= known and not known <= grounds


def _grounds(finding: Result) -> set[tuple[Place, int]]:
    """The numbers that a finding rests on, by where they stand."""
    cells = {(place, 0) for place in finding.related if place.row}
    return cells | {(fact.place, fact.start) for fact in finding.facts}


def _same(left: str, right: str) -> bool:
    """Whether two texts are the same, or the same number printed in another way: 96% and 96.00%, 3 and 3分."""
    if left == right:
        return True
    numbers = [tuple(figures_in(text)) for text in (left, right)]
    if not all(numbers):
        return left in right or right in left  # 早 and 早7天
    if any(len(found) != 1 for found in numbers):
        return False
    (one,), (other,) = numbers
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def _sureness(finding: Result) -> tuple[bool, int]:
    """What one sign would mend is surer than what asks for another number."""
    return OSA.distance(finding.found, finding.expected) == 1, finding.confidence


def _cells(finding: Result) -> set[Place]:
    """The cells that it is about: a long sum's parts are too many to be blamed."""
    few = finding.related if finding.kind != "sum.column" else ()
    places = {finding.place, *few, *(fact.place for fact in finding.facts[:3] if finding.kind != "sum.column")}
    return {place for place in places if place.row and place.table == finding.place.table}


def _told(together: list[Result], place: Place) -> Result:
    """The plainest of several findings, with the places of the others."""
    chief = max(
        together,
        key=lambda item: (
            item.verdict is Verdict.DIFFERS,
            item.place == place,
            item.group is Group.SUMS,
            item.confidence,
        ),
    )
    others = [item for item in together if item is not chief and not _says_the_same(item, chief)]
    if not others:
        return chief
    related = tuple(dict.fromkeys((*chief.related, *(item.place for item in others))))
    told = "；".join(item.message for item in others[:2])
    message = f"{chief.message}（随之不符的另有{len(others)}处：{told}{'等' if len(others) > 2 else ''}）"
    return replace(chief, message=message, related=related)


def _says_the_same(other: Result, chief: Result) -> bool:
    """Whether two rules find one number wrong in one place and neither knows more of what should stand there."""
    is_one = (other.place, other.found) == (chief.place, chief.found)
    return is_one and (not other.expected or _same(other.expected, chief.expected))
