"""The names that a table of grades lists in a cell, against the grades that the list of scores gives them."""

import re
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.grade_cells import GRADES, grade_columns, grade_in
from toolkit.proof.lines import is_whole
from toolkit.proof.records import label_of, name_columns
from toolkit.proof.report import Report

_SCORES = "项目名称\t总分\t等级\n甲平台\t92.0\t优\n乙系统\t85.0\t良\n丙网络\t78.5\t中\n丁机房\t73.0\t中\n"
_SPREAD = "等级\t项目数\t项目名称\n优\t1\t甲平台\n良\t1\t乙系统\n中\t2\t丙网络、丁机房\n"
_FEWEST = 3


@rule(
    "grade.names",
    group=Group.GRADES,
    title="等级分布表列出的项目与得分表的等级相符",
    good=(f"{_SPREAD}\n\n{_SCORES}",),
    bad=(f"{_SPREAD.replace('丙网络、丁机房', '乙系统、丁机房')}\n\n{_SCORES}",),
)
def names(report: Report) -> Iterator[Result]:
    """Every name in a row that begins with a grade; a row that leaves one out that has it."""
    known = {name: grade for table in report.document.tables for name, grade in _grades(table).items()}
    for table in report.document.tables if len(known) >= _FEWEST else ():
        for row in table.rows[table.head :]:
            grade = row[0].label
            for cell in row[1:] if grade and grade in GRADES else ():
                listed = [label_of(item) for item in re.split("、|，", cell.text) if label_of(item) in known]
                wrong = next((name for name in listed if known[name] != grade), "")
                if wrong:
                    message = f"“{wrong}”列在“{grade}”级，得分表中是“{known[wrong]}”"
                    yield differs(cell.place, wrong, known[wrong], message, confidence=85)
                elif listed and (facts := report.facts_at(cell.place)):
                    yield agrees(*facts)


def _grades(table: Table) -> Mapping[str, str]:
    """The names of a list of scores with their grades."""
    found = {}
    for _, grade in grade_columns(table):
        for column in name_columns(table)[:1]:
            for row in table.rows[table.head :]:
                if row[column].label and (given := grade_in(row[grade])) and not is_whole(row[column].label):
                    found[label_of(row[column].text)] = given
    return found
