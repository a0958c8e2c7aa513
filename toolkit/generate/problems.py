"""What is wrong with a template, in plain words, with the cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import TemplateError
from toolkit.excel.addresses import cell_name
from toolkit.model import CellRef, Finding, Severity

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One mistake in one cell of the template."""

    sheet: str
    row: int
    column: int
    message: str

    def as_finding(self, workbook: str) -> Finding:
        """The same as a finding."""
        at = CellRef(workbook, self.sheet, cell_name(self.row, self.column) if self.row else "")
        return Finding("TEMPLATE-01", Severity.ERROR, at, self.message, "请对照模板说明修改模板后重试。")


def refuse(problems: Sequence[TemplateProblem]) -> TemplateError:
    """The error that says all of them (the first few, when there are many)."""
    lines = [f"{problem.as_finding('').at}：{problem.message}" for problem in problems[:_SHOWN]]
    more = f"；另有 {len(problems) - _SHOWN} 处" if len(problems) > _SHOWN else ""
    return TemplateError(
        f"采集表模板有 {len(problems)} 处问题：" + "；".join(lines) + more, what_to_do="请修改模板后重试"
    )
