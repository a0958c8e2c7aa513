"""What the returned workbooks of an evaluation have in common, remembered from one to the next."""

from toolkit.collect.arrangement import Arrangements
from toolkit.collect.cell_reading import KnownCells
from toolkit.collect.context import CollectContext
from toolkit.collect.locate import KnownPlaces
from toolkit.collect.tables import TableFinder


class Known:
    """Places and contents met before; what is read of a file is the same without them."""

    def __init__(self, context: CollectContext) -> None:
        self.places: KnownPlaces = {}
        self.tables = TableFinder(context.layout)
        self.arrangements = Arrangements(context.scheme.money_unit, context.fixed)
        self.cells: KnownCells = {}


def known_in(context: CollectContext) -> Known:
    """What is known to this process; it is kept with the context."""
    if not isinstance(context.memory.known, Known):
        context.memory.known = Known(context)
    return context.memory.known
