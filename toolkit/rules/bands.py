"""分段: bands of a value with fixed points, as a nest of IFs, and whether they leave gaps or can never be reached."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from toolkit.rules.quantity import Deduction, Quantity, read_quantity
from toolkit.text import plain
from toolkit.text.folding import fold

_BAND = re.compile(r"(?P<when>.+?)\s*:\s*(?P<points>[^:]+)")
_EDGE = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<|=)?\s*(?P<number>[^<>=≥≤~]+)")
_SIGNS = {"≥": ">=", "≤": "<=", "": "="}
_SPOKEN = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_OTHERWISE = {"其余", "其他", "其它", "否则"}
_MOST_BANDS = 20


@dataclass(frozen=True, slots=True)
class Edge:
    """One comparison: ``≥95%``."""

    sign: str
    limit: Quantity

    def holds(self, value: Decimal) -> bool:
        """Whether a value satisfies it; for judging the bands, not for scoring."""
        limit = self.limit.value
        return {
            ">=": value >= limit,
            "<=": value <= limit,
            ">": value > limit,
            "<": value < limit,
            "=": value == limit,
        }[self.sign]


@dataclass(frozen=True, slots=True)
class Band:
    """Points for the values that satisfy all edges; no edge means 其余."""

    edges: tuple[Edge, ...]
    points: Deduction

    def holds(self, value: Decimal) -> bool:
        """Whether a value falls into the band taken alone."""
        return all(edge.holds(value) for edge in self.edges)

    def condition(self, name: str) -> str:
        """Excel text of the condition on ``name``."""
        tests = [f"{name}{edge.sign}{edge.limit.formula()}" for edge in self.edges]
        return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"

    def words(self) -> str:
        """``≥95%`` or ``≥90%且<95%`` or 其余."""
        return "且".join(f"{_SPOKEN[edge.sign]}{edge.limit.words()}" for edge in self.edges) or "其余"


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands in the order written; the first that holds counts."""

    bands: tuple[Band, ...]

    def formula(self, name: str) -> str:
        """Excel text of the points of ``name``; a value in no band earns 0. Units: 分."""
        text = "0"
        for band in reversed(self.bands):
            text = f"IF({band.condition(name)},{band.points.formula()},{text})" if band.edges else band.points.formula()
        return text

    def linear_formula(self, name: str) -> str:
        """The same with points that grow in proportion from a band's lower limit to the next band's. Units: 分.

        The highest band has its fixed points, and so has 其余.
        """
        text = "0"
        higher: Band | None = None
        parts: list[tuple[Band, str]] = []
        for band in sorted(self.rising(), key=lambda band: -band.edges[0].limit.value):
            parts.append((band, self._between(name, band, higher)))
            higher = band
        for band in self.bands:
            if not band.edges:
                text = band.points.formula()
        for band, points in reversed(parts):
            text = f"IF({name}>={band.edges[0].limit.formula()},{points},{text})"
        return text

    def rising(self) -> tuple[Band, ...]:
        """Bands that begin at a lower limit (≥)."""
        return tuple(band for band in self.bands if band.edges and band.edges[0].sign == ">=")

    def _between(self, name: str, band: Band, higher: Band | None) -> str:
        low = band.points.formula()
        if higher is None:
            return low
        start, end = band.edges[0].limit.formula(), higher.edges[0].limit.formula()
        return f"{low}+({higher.points.formula()}-{low})*({name}-{start})/({end}-{start})"

    def is_rate(self) -> bool:
        """Limits are percentages."""
        return any(edge.limit.percent for band in self.bands for edge in band.edges)

    def words(self) -> str:
        """``≥95%得5分，≥90%得4分，其余得0分``."""
        return "，".join(f"{band.words()}得{band.points.words()}" for band in self.bands)

    def band_of(self, value: Decimal) -> Band | None:
        """The band a value falls into; for words."""
        return next((band for band in self.bands if band.holds(value)), None)

    def excess(self, full_mark: Decimal) -> tuple[str, ...]:
        """Bands that give more than the full mark, as Chinese sentences. Units: 分."""
        return tuple(
            f"分段“{band.words()}”的得分超过指标分值{plain(full_mark)}分"
            for band in self.bands
            if not band.points.amount.percent and band.points.amount.value > full_mark
        )

    def flaws(self) -> tuple[str, ...]:
        """Gaps, overlaps and bands no value can reach, as Chinese sentences."""
        probes = self._probes()
        reached = [self.band_of(value) for value in probes]
        gaps = [value for value, band in zip(probes, reached, strict=True) if band is None]
        flaws = [
            f"分段“{band.words()}”永远不会用到：前面的分段已经包含它" for band in self.bands if band not in reached
        ]
        if gaps:
            flaws.insert(0, f"分段有空档：例如{self._spoken(gaps[0])}不属于任何一段，请补上或加“其余:0”")
        return (*flaws, *self._overlaps(probes))

    def _overlaps(self, probes: list[Decimal]) -> list[str]:
        closed = [band for band in self.bands if len(band.edges) == 2]
        pairs = [(band, other) for n, band in enumerate(closed) for other in closed[n + 1 :]]
        shared = [
            (band, other, next((v for v in probes if band.holds(v) and other.holds(v)), None)) for band, other in pairs
        ]
        return [
            f"分段“{band.words()}”与“{other.words()}”重叠：{self._spoken(value)}同时属于两段"
            for band, other, value in shared
            if value is not None
        ]

    def _probes(self) -> list[Decimal]:
        limits = sorted({edge.limit.value for band in self.bands for edge in band.edges})
        if not limits:
            return [Decimal(0)]
        between = [(low + high) / 2 for low, high in pairwise(limits)]
        return sorted([*limits, *between, limits[0] - 1, limits[-1] + 1])

    def _spoken(self, value: Decimal) -> str:
        return Quantity(value, percent=self.is_rate()).words()


def read_bands(text: object) -> Bands:
    """Read ``≥95%:5, ≥90%:4, 其余:0``; ``90%~95%:4`` means from 90 % up to and without 95 %.

    Raises:
        ValueError: a band cannot be read, 其余 is not the last, or there are gaps, overlaps or bands never reached.
    """
    if isinstance(text, Bands):
        return text
    written = [part.strip() for part in re.split(r"[,、\n]", fold(text)) if part.strip()]
    if not written or len(written) > _MOST_BANDS:
        raise ValueError(f"分段应有1–{_MOST_BANDS}段，写成 ≥95%:5，≥90%:4，其余:0")
    bands = tuple(_read_band(part) for part in written)
    if any(not band.edges for band in bands[:-1]):
        raise ValueError("“其余”应写在最后一段")
    flaws = Bands(bands).flaws()
    if flaws:
        raise ValueError("；".join(flaws))
    return Bands(bands)


def _read_band(part: str) -> Band:
    match = _BAND.fullmatch(part)
    if not match:
        raise ValueError(f"分段“{part}”应写成 条件:得分，例如 ≥95%:5")
    points = Deduction(read_quantity(match["points"]))
    if points.amount.value < 0:
        raise ValueError(f"分段“{part}”的得分不能小于0")
    when = match["when"].strip()
    return Band(() if when in _OTHERWISE else _read_edges(when), points)


def _read_edges(when: str) -> tuple[Edge, ...]:
    low, tilde, high = when.partition("~")
    if tilde:
        return (Edge(">=", read_quantity(low)), Edge("<", read_quantity(high)))
    edges = [_EDGE.fullmatch(part.strip()) for part in re.split(r"且|并且", when)]
    if not all(edges):
        raise ValueError(f"分段条件“{when}”看不懂，应写成 ≥95%、<60% 或 90%~95%")
    return tuple(_edge(match) for match in edges if match)


def _edge(match: re.Match[str]) -> Edge:
    sign = match["sign"] or ""
    return Edge(_SIGNS.get(sign, sign), read_quantity(match["number"]))


BandList = Annotated[Bands, BeforeValidator(read_bands), PlainSerializer(lambda bands: bands.words())]
