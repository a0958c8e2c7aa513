"""Operations: everything a person can ask for, declared once and offered by the command line and the window alike.

In: an operation's name, a workspace folder and the values of its parameters. Out: :class:`Done`, plain JSON values.
Declarations import nothing heavy; the work is imported when an operation is carried out.
"""

from toolkit.operations.catalogue import OPERATIONS, operation
from toolkit.operations.declaration import Asked, BadRequest, Done, Json, Kind, Operation, Parameter

__all__ = ["OPERATIONS", "Asked", "BadRequest", "Done", "Json", "Kind", "Operation", "Parameter", "operation"]
