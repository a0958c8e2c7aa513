"""The seeded player that plays the units: a sample's answers typed into stamped workbooks, with typical mistakes.

In: what each unit types (a sample's 填报 or 填报习惯 table), the compiled collection workbook, the projects, a seed.
Out: returned files as Excel would have saved them, named as units name them. The same seed gives the same files.
"""

from toolkit.demo_data.player import ReturnedFile, play
from toolkit.demo_data.returns import (
    SampleCalendar,
    SampleReturns,
    UnitAnswers,
    read_calendar,
    read_returns,
    returns_from_tables,
)

__all__ = [
    "ReturnedFile",
    "SampleCalendar",
    "SampleReturns",
    "UnitAnswers",
    "play",
    "read_calendar",
    "read_returns",
    "returns_from_tables",
]
