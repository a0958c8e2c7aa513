"""One wrong cell spoils sums, rates and comparisons: what follows from it is told with it, not beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.proof.declaration import Group, Result, Verdict
from toolkit.proof.document import Place

_ARITHMETIC = frozenset({Group.SUMS, Group.RATES, Group.SAME_FACT, Group.PAYMENTS, Group.UNITS})


def folded(findings: Iterable[Result]) -> list[Result]:
    """Findings of which those that meet in one cell of a table are told as one, at that cell where it was found."""
    found = list(_of_numbers(findings))
    # Findings in prose stay where they are: whether the text or the table is wrong, only a person knows.
    rest = [finding for finding in found if finding.group in _ARITHMETIC and finding.place.row]
    done = [finding for finding in found if finding.group not in _ARITHMETIC or not finding.place.row]
    while True:
        meeting = Counter(place for finding in rest for place in _cells(finding))
        place, times = max(meeting.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        if place is None or times < 2:
            return [*done, *rest]
        together = [finding for finding in rest if place in _cells(finding)]
        rest = [finding for finding in rest if place not in _cells(finding)]
        done.append(_told(together, place))


def _of_numbers(findings: Iterable[Result]) -> Iterator[Result]:
    """Of what is said of one number in prose: no doubts beside a contradiction, and of several doubts the surest."""
    found = list(findings)
    told: dict[tuple[object, ...], Result] = {}
    for finding in found:
        key = _number(finding)
        if key and (key not in told or _sureness(finding) > _sureness(told[key])):
            told[key] = finding
    for finding in found:
        key = _number(finding)
        if not key or finding.verdict is Verdict.DIFFERS or told[key] is finding:
            yield finding


def _number(finding: Result) -> tuple[object, ...]:
    """The number in prose that reckoning doubts; nothing for other findings."""
    fact = finding.facts[0] if finding.facts else None
    is_reckoned = finding.group in (Group.SUMS, Group.RATES) and not finding.place.row
    return (fact.place, fact.start) if fact and is_reckoned and fact.place == finding.place else ()


def _sureness(finding: Result) -> tuple[bool, int]:
    return finding.verdict is Verdict.DIFFERS, finding.confidence


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
    others = [item for item in together if item is not chief]
    related = tuple(dict.fromkeys((*chief.related, *(item.place for item in others))))
    told = "；".join(item.message for item in others[:2])
    message = f"{chief.message}（随之不符的另有{len(others)}处：{told}{'等' if len(others) > 2 else ''}）"
    return replace(chief, message=message, related=related)
