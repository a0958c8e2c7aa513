"""汇总: score sheets, funds and findings → the master workbook 汇总总表.xlsx with live formulas and native charts.

In: :class:`MasterPlan` (scheme, roster, score sheets, submissions, verified fields, findings, source files).
Out: :class:`Master`: the bytes, and the figures reports print, each with its cell, when they are asked for; without the
drawn sheets :class:`PrintedMaster`.
``open_master`` opens a master again, whoever saved it, and ``read_master`` gives its values; ``master_frames`` gives
its tables to other analyses; ``verify_master`` compares it with a fresh computation; ``cell_words`` says what a cell is
about; ``with_own_rows`` adds what reports print of rows that move, by addresses that do not.
"""

from toolkit.aggregate.addressed import cell_words
from toolkit.aggregate.frames import master_csv, master_frames
from toolkit.aggregate.master import Master, PrintedMaster, begin_lines, build_master
from toolkit.aggregate.own_rows import own_cells, with_own_rows
from toolkit.aggregate.plan import MasterPlan, SourceRow
from toolkit.aggregate.reading import OpenMaster, open_master, read_master
from toolkit.aggregate.verification import verify_master

__all__ = [
    "Master",
    "MasterPlan",
    "OpenMaster",
    "PrintedMaster",
    "SourceRow",
    "begin_lines",
    "build_master",
    "cell_words",
    "master_csv",
    "master_frames",
    "open_master",
    "own_cells",
    "read_master",
    "verify_master",
    "with_own_rows",
]
