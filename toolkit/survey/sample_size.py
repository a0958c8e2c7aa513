"""How many answers are needed, and how sure a share is: finite populations, Wilson's interval.

Source: W. G. Cochran, Sampling Techniques, 3rd ed., 4.2 (n₀/(1+(n₀−1)/N)); E. B. Wilson, JASA 22 (1927) 209–212.
"""

from decimal import ROUND_CEILING, Decimal, localcontext
from statistics import NormalDist


def normal_quantile(confidence: Decimal) -> Decimal:
    """Two-sided quantile of the normal distribution: 0.95 → 1.959964."""
    return Decimal(repr(NormalDist().inv_cdf(float((1 + confidence) / 2)))).quantize(Decimal("0.000001"))


def needed(population: int | None, confidence: Decimal, margin: Decimal, expected: Decimal = Decimal("0.5")) -> int:
    """Answers needed to know a share to ± ``margin``; of a population that is not known, as of an endless one."""
    endless = normal_quantile(confidence) ** 2 * expected * (1 - expected) / margin**2
    wanted = endless if population is None else endless / (1 + (endless - 1) / population)
    size = int(wanted.to_integral_value(ROUND_CEILING))
    return size if population is None else min(population, max(1, size))


def wilson(share: Decimal, count: int, population: int | None, confidence: Decimal) -> tuple[Decimal, Decimal] | None:
    """Bounds of a share of ``count`` answers; the finite population enters as a larger count, n·(N−1)/(N−n).

    None without answers. All of a population answered: the share is known exactly.
    """
    if count <= 0:
        return None
    if population is not None and count >= population:
        return share, share
    with localcontext() as context:
        context.prec = 40
        size = Decimal(count)
        if population is not None:
            size = size * (population - 1) / (population - count)
        z2 = normal_quantile(confidence) ** 2
        middle = (share + z2 / (2 * size)) / (1 + z2 / size)
        half = (z2 * (share * (1 - share) / size + z2 / (4 * size**2))).sqrt() / (1 + z2 / size)
        return max(Decimal(0), middle - half), min(Decimal(1), middle + half)
