"""Shares of a whole as people write them in a scheme: 60%, 0.6 and 60 are the same."""

from decimal import Decimal

from toolkit.text.numerals import read_figure


def read_share(text: str, most: Decimal = Decimal(1)) -> Decimal:
    """Read a share: ``60%``, ``0.6`` or ``60``; a number without % up to 1 is taken as it stands. Units: fraction.

    Args:
        text: what was written.
        most: the largest share there can be.

    Raises:
        ValueError: it is no such number, with the Chinese reason.
    """
    figure = read_figure(text)
    if figure is None or figure.unit not in ("", "%") or figure.currency or not figure.plain:
        raise ValueError(f"“{text[:40]}”不是数")
    share = figure.value / 100 if figure.unit or figure.value > 1 else figure.value
    if not 0 <= share <= most:
        raise ValueError(f"“{text[:40]}”应在0%–{most * 100:f}%之间")
    return share


def share_or(text: str, otherwise: Decimal, most: Decimal = Decimal(1)) -> Decimal:
    """The same, and ``otherwise`` where nothing is written that can be read: lint of the scheme has said so."""
    try:
        return read_share(text, most)
    except ValueError:
        return otherwise
