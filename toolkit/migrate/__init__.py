"""迁移: what a unit filled in under an older scheme, carried into the workbook of the present one.

In: the layout of the present workbook, the submission as read from the old file, and every cell filled in there.
Out: :class:`Migration`: values by cell, a line for each (old cell → new cell, value, reason), and what stays behind.
Nothing is guessed: a cell is carried when its field's key is that of a present field and means the same.
"""

from toolkit.migrate.carrying import Carried, Filled, Left, Migration, OtherCode, carry
from toolkit.migrate.paper import migrated_workbook, migration_log

__all__ = ["Carried", "Filled", "Left", "Migration", "OtherCode", "carry", "migrated_workbook", "migration_log"]
