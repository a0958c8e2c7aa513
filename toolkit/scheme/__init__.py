"""方案.xlsx and 项目清单.xlsx: what people write in Excel becomes a Scheme and a Roster.

In: bytes of a workbook and its file name. Out: :class:`SchemeReading` or :class:`RosterReading` with all findings at
once, each located to its cell; nothing a consultant can mistype raises. ``lint_scheme`` looks at a scheme that could be
read; ``scheme_workbook`` and ``roster_workbook`` write the same workbooks, styled, with drop-downs.
"""

from toolkit.scheme.alternatives import check_projects
from toolkit.scheme.changes import Change, ChangeKind, compare_schemes
from toolkit.scheme.columns import APPLICATIONS, PROBLEMS
from toolkit.scheme.explaining import TABLE_HEADINGS, CurvePoint, Explanation, explain_indicator, indicator_table
from toolkit.scheme.indicator_library import Library, LibraryIndicator, read_library
from toolkit.scheme.lint import lint_scheme
from toolkit.scheme.picking import Chosen, Pick, choose, picked_workbook, suiting
from toolkit.scheme.problem_library import library_tables
from toolkit.scheme.problem_sheet import unknown_checks
from toolkit.scheme.reading import SchemeReading, read_scheme, setting_rows
from toolkit.scheme.roster import RosterReading, read_roster
from toolkit.scheme.settings import SettingRow
from toolkit.scheme.starter import starter_workbook
from toolkit.scheme.unit_names import UnitQuestion, with_answers
from toolkit.scheme.workbook_kind import workbook_kind
from toolkit.scheme.writing import roster_workbook, scheme_workbook

__all__ = [
    "APPLICATIONS",
    "PROBLEMS",
    "TABLE_HEADINGS",
    "Change",
    "ChangeKind",
    "Chosen",
    "CurvePoint",
    "Explanation",
    "Library",
    "LibraryIndicator",
    "Pick",
    "RosterReading",
    "SchemeReading",
    "SettingRow",
    "UnitQuestion",
    "check_projects",
    "choose",
    "compare_schemes",
    "explain_indicator",
    "indicator_table",
    "library_tables",
    "lint_scheme",
    "picked_workbook",
    "read_library",
    "read_roster",
    "read_scheme",
    "roster_workbook",
    "scheme_workbook",
    "setting_rows",
    "starter_workbook",
    "suiting",
    "unknown_checks",
    "with_answers",
    "workbook_kind",
]
