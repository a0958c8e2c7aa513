"""Several amounts of money as people list them in a scheme: 100、400万元."""

from decimal import Decimal

from toolkit.text.numerals import MONEY_UNITS, figures_in


def read_amounts(text: str, unit: str) -> tuple[Decimal, ...]:
    """The amounts, each once, from the smallest to the largest.

    A number without a unit has that of the next one that has any, the last ones that of the scheme.

    Args:
        text: what was written.
        unit: of the scheme's money, which the result is in.

    Raises:
        ValueError: it lists no amount, or something else beside amounts, with the Chinese reason.
    """
    amounts, written = set(), unit
    for figure in reversed(tuple(figures_in(text))):
        written = figure.unit or written
        if written not in MONEY_UNITS or not figure.plain or figure.value <= 0:
            raise ValueError(f"“{text[figure.start : figure.end][:40]}”不是金额")
        amounts.add(figure.value * MONEY_UNITS[written] / MONEY_UNITS[unit])
    if not amounts:
        raise ValueError(f"“{text[:40]}”里没有金额")
    return tuple(sorted(amounts))
