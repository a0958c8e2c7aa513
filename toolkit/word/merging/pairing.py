"""Which unit of one document is which of another: equal ones first, then similar ones between them, then moved ones."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel, LCSseq

from toolkit.word.merging.units import Unit, UnitKind

_SIMILAR, _SIMILAR_ELSEWHERE = 0.5, 0.6
"""Least share of common characters of two units between the same neighbours, and anywhere in the document."""
_SAME_NAME, _OTHER_NAME, _SAME_NEIGHBOUR = 0.3, 0.4, 0.3
"""What it counts that two units are about the same thing, about one of a similar name, stand beside the same unit."""
_LEAST = 0.35
"""Units with less in common are never the same, whatever their names and neighbours."""
_LONGEST = 2_000  # characters compared of one unit


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Index in ``old`` → index in ``new`` of the same unit."""
    pairs = _equal(old, new)
    pairs |= _beside(old, new, pairs)
    for left, right in _gaps(pairs, len(old), len(new)):
        pairs |= _best((old, new), pairs, left, right, _SIMILAR)
    left, right = _unpaired(pairs, len(old), len(new))
    left, right = [index for index in left if old[index].key], [index for index in right if new[index].key]
    return pairs | _best((old, new), pairs, left, right, _SIMILAR_ELSEWHERE)


def _unpaired(pairs: Mapping[int, int], old: int, new: int) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return [index for index in range(old) if index not in pairs], [index for index in range(new) if index not in taken]


def similarity(old: Unit, new: Unit) -> float:
    """How much of two units is the same, 0 to 1; more where both are about the same thing, none where not."""
    if old.kind is not new.kind or not (old.key and new.key):
        return 0.0
    same = Indel.normalized_similarity(old.key[:_LONGEST], new.key[:_LONGEST])
    if old.kind is UnitKind.TABLE:
        rows = LCSseq.normalized_similarity(old.key.split("\n"), new.key.split("\n"))
        return max(same, rows + (2 * _SAME_NAME if old.name == new.name else 0))
    if same < _LEAST or not (old.name and new.name):
        return same
    if old.name == new.name:
        return same + _SAME_NAME
    alike = Indel.normalized_similarity(old.name, new.name)
    return same - _OTHER_NAME * (1 - alike) if alike >= _SIMILAR else 0.0


def _equal(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """The longest common run of equal units, then equal ones with words that stand elsewhere."""
    first, second = ([(unit.kind, unit.key) for unit in units] for units in (old, new))
    pairs: dict[int, int] = {}
    for code in LCSseq.opcodes(first, second):
        if code.tag == "equal":
            size = code.src_end - code.src_start
            pairs |= {code.src_start + step: code.dest_start + step for step in range(size)}
    taken = set(pairs.values())
    elsewhere: dict[tuple[UnitKind, str], list[int]] = {}
    for index, key in enumerate(second):
        if index not in taken and key[1]:
            elsewhere.setdefault(key, []).append(index)
    for index, key in enumerate(first):
        if index not in pairs and elsewhere.get(key):
            pairs[index] = elsewhere[key].pop(0)
    return pairs


def _gaps(pairs: dict[int, int], old: int, new: int) -> Iterable[tuple[list[int], list[int]]]:
    """Unpaired units of both sides that stand between the same paired neighbours."""
    taken = set(pairs.values())
    anchors = [(-1, -1), *_rising(sorted(pairs.items())), (old, new)]
    for (left, right), (next_left, next_right) in pairwise(anchors):
        lefts = [index for index in range(left + 1, next_left) if index not in pairs]
        rights = [index for index in range(right + 1, next_right) if index not in taken]
        if lefts and rights:
            yield lefts, rights


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that stand in the same order on both sides."""
    kept = longest_rising([right for _, right in pairs])
    return [pair for index, pair in enumerate(pairs) if index in kept]


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Places of a longest rising run of some numbers, no two of them equal."""
    ends: list[int] = []
    place_of_end: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(place_of_end[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        place_of_end[length : length + 1] = [place]
    chain, place = set(), place_of_end[-1] if place_of_end else -1
    while place >= 0:
        chain.add(place)
        place = before[place]
    return chain


def _best(
    units: tuple[Sequence[Unit], Sequence[Unit]],
    pairs: Mapping[int, int],
    left: Sequence[int],
    right: Sequence[int],
    least: float,
) -> dict[int, int]:
    """The most similar units of two sets, each at most once; ``pairs`` are those known already."""
    scored: list[tuple[float, int, int]] = []
    for first in left:
        for second in right:
            score = similarity(units[0][first], units[1][second])
            if score >= _LEAST and (score := score + _neighbourhood(pairs, first, second)) >= least:
                scored.append((-score, first, second))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, first, second in sorted(scored):
        if first not in found and second not in taken:
            found[first] = second
            taken.add(second)
    return found


def _beside(old: Sequence[Unit], new: Sequence[Unit], pairs: Mapping[int, int]) -> dict[int, int]:
    """Similar units behind the same unit in both documents, which may have been put elsewhere as a whole."""
    left, right = (set(indexes) for indexes in _unpaired(pairs, len(old), len(new)))
    steps = [(first + 1, second + 1) for first, second in pairs.items()]
    found = {first: second for first, second in steps if first in left and second in right}
    return {
        first: second
        for first, second in found.items()
        if similarity(old[first], new[second]) + _SAME_NEIGHBOUR >= 2 * _SIMILAR
    }


def _neighbourhood(pairs: Mapping[int, int], first: int, second: int) -> float:
    """A paragraph that follows the same heading in both documents is likely to be the same, wherever that stands."""
    beside = pairs.get(first - 1) == second - 1 or pairs.get(first + 1) == second + 1
    return _SAME_NEIGHBOUR if beside else 0.0
