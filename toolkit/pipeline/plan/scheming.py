"""Scheme workbooks before there is an evaluation: begin one, check, explain, compare."""

from dataclasses import dataclass
from pathlib import Path

from toolkit import resources
from toolkit.errors import SchemeError
from toolkit.excel.files import write_atomic
from toolkit.excel.write import with_added_rows
from toolkit.generate import check_template
from toolkit.model import Scheme
from toolkit.pipeline.codes import codes_about_units
from toolkit.pipeline.outcome import Json, scheme_stamp
from toolkit.pipeline.plan.evaluation import COLLECTION_TEMPLATE
from toolkit.pipeline.plan.own_files import open_outside, read_own
from toolkit.pipeline.verdict import Verdict
from toolkit.scheme import (
    APPLICATIONS,
    PROBLEMS,
    TABLE_HEADINGS,
    Change,
    Explanation,
    compare_schemes,
    explain_indicator,
    indicator_table,
    library_tables,
    lint_scheme,
    read_scheme,
    unknown_checks,
)
from toolkit.text import plain, score


@dataclass(frozen=True, slots=True)
class Explained:
    """A scheme as the indicator table of a report's annex; one indicator explained when it was asked for."""

    scheme: Scheme
    rows: tuple[tuple[str, ...], ...]
    one: Explanation | None = None

    def as_json(self) -> Json:
        """``{"scheme": {"title", "version", "sha256"}, "indicators": [{heading: text}], "indicator": {…} | null}``."""
        return {
            "scheme": {"title": self.scheme.title, **scheme_stamp(self.scheme)},
            "indicators": [dict(zip(TABLE_HEADINGS, row, strict=True)) for row in self.rows],
            "indicator": _explanation(self.one, self.scheme.score_places) if self.one else None,
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed from one scheme to another."""

    before: Scheme
    after: Scheme
    changes: tuple[Change, ...]

    @property
    def moved(self) -> tuple[str, ...]:
        """Codes of the indicators whose scores can move, in the order met."""
        return tuple(dict.fromkeys(code for change in self.changes for code in change.moves))

    @property
    def grades_move(self) -> bool:
        """Whether a grade can be another one afterwards."""
        return any(change.moves or change.grades for change in self.changes)

    def as_json(self) -> Json:
        """``{"before", "after", "changes": [{"kind", "what", "key", "before", "after", …}], "moves", "grades"}``."""
        rows = [
            {
                "kind": change.kind.value,
                "what": change.what,
                "key": change.key,
                "before": change.before,
                "after": change.after,
                "moves": list(change.moves),
                "grades": bool(change.moves or change.grades),
                "words": change.words(),
            }
            for change in self.changes
        ]
        stamps = {"before": scheme_stamp(self.before), "after": scheme_stamp(self.after)}
        return {**stamps, "changes": rows, "moves": list(self.moved), "grades": self.grades_move}


@dataclass(frozen=True, slots=True)
class Added:
    """Sheets added to a scheme from the library: their names, rows of 问题与建议, and how many of them fit."""

    file: Path
    sheets: tuple[str, ...]
    rows: int
    fitting: int

    def as_json(self) -> Json:
        """``{"file", "sheets", "rows", "fitting"}``."""
        return {"file": str(self.file), "sheets": list(self.sheets), "rows": self.rows, "fitting": self.fitting}


def check_scheme(file: Path) -> Verdict:
    """Every problem of a scheme workbook with its cell; its worked examples (算例) are run.

    A sound scheme is also laid out with the template its collection workbooks will be made from: the one in the folder
    模板 beside it, else the shipped one.

    Raises:
        WorkspaceError: no such file.
        TemplateError: the template beside it is no workbook.
    """
    open_outside(file)
    reading = read_own(file, read_scheme)
    if reading.scheme is None:
        return Verdict(reading.findings, file.name)
    own = file.parent / "模板" / COLLECTION_TEMPLATE
    template = own if own.is_file() else resources.template_path(COLLECTION_TEMPLATE)
    placed = check_template(template.read_bytes(), reading.scheme, COLLECTION_TEMPLATE)
    strange = unknown_checks(reading.scheme, codes_about_units())
    return Verdict((*reading.findings, *lint_scheme(reading.scheme), *strange, *placed), file.name)


def add_problems(file: Path) -> Added:
    """Add sheets 问题与建议 and 结果应用 from the library to a scheme workbook; a sheet that has rows stays as it is.

    Raises:
        WorkspaceError: no such file.
        SchemeError: the scheme cannot be read.
    """
    open_outside(file)
    scheme = _sound(file)
    data = file.read_bytes()
    present = {PROBLEMS: scheme.problems, APPLICATIONS: scheme.applications}
    tables = {name: table for name, table in library_tables(scheme).items() if not present[name]}
    for name, (headings, *rows) in tables.items():
        data = with_added_rows(data, name, headings, rows)
    if tables:
        write_atomic(file, data)
    problems = tables.get(PROBLEMS, [[]])[1:]
    return Added(file, tuple(tables), len(problems), sum(row[1] == "是" for row in problems))


def explain_scheme(file: Path, code: str = "") -> Explained:
    """The indicator table; with ``code`` also that indicator's formula, example and score curve.

    Raises:
        WorkspaceError: no such file.
        SchemeError: the scheme cannot be read, or has no such indicator.
    """
    open_outside(file)
    scheme = _sound(file)
    indicator = scheme.indicator(code)
    if code and indicator is None:
        known = "、".join(indicator.code for indicator in scheme.indicators)
        raise SchemeError(f"方案里没有编号为“{code}”的指标", where=file, what_to_do=f"可用的编号：{known}")
    return Explained(scheme, indicator_table(scheme), explain_indicator(indicator) if indicator else None)


def diff_schemes(before: Path, after: Path) -> Compared:
    """What changed between two scheme workbooks, and which scores it can move.

    Raises:
        WorkspaceError: a file is missing.
        SchemeError: one of them cannot be read.
    """
    open_outside(before, after)
    old, new = _sound(before), _sound(after)
    return Compared(old, new, compare_schemes(old, new))


def _sound(file: Path) -> Scheme:
    reading = read_own(file, read_scheme)
    if reading.scheme is None:
        advice = f"运行 jixiao scheme check {file.name} 逐格查看并改正"
        raise SchemeError("方案工作簿有必须改正的问题，还不能读成方案", where=file, what_to_do=advice)
    return reading.scheme


def _explanation(explanation: Explanation, places: int) -> Json:
    indicator = explanation.indicator
    return {
        "code": indicator.code,
        "name": indicator.name,
        "full_mark": plain(indicator.full_mark),
        "rule": explanation.rule,
        "parameters": dict(indicator.rule_parameters),
        "standard": indicator.standard,
        "applies_when": indicator.applies_when,
        "source": explanation.source,
        "formula": indicator.formula,
        "bound_formula": indicator.bound_formula,
        "inputs": [
            {"local": each.local, "key": each.key, "label": each.label, "unit": each.unit, "formula": each.formula}
            for each in indicator.inputs
        ],
        "curve": [
            {"value": point.shown, "score": score(point.score, places), "because": point.because}
            for point in explanation.curve
        ],
    }
