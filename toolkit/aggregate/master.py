"""Draw all sheets of a master workbook and write them."""

from dataclasses import dataclass
from functools import cached_property

from toolkit.aggregate.body_sheet import body_sheet
from toolkit.aggregate.calculated import SheetValues, calculated
from toolkit.aggregate.chart_sheet import chart_sheet
from toolkit.aggregate.comparison_sheets import collected_sheet, group_sheet, self_sheet
from toolkit.aggregate.drawn import Drawn
from toolkit.aggregate.figures import master_figures
from toolkit.aggregate.finding_sheet import finding_sheets, source_sheet
from toolkit.aggregate.fund_sheet import fund_sheet
from toolkit.aggregate.groups import groups
from toolkit.aggregate.layout import MasterLayout, layout
from toolkit.aggregate.line_sheet import line_sheets
from toolkit.aggregate.plan import MasterPlan
from toolkit.aggregate.problem_sheets import consequence_sheet, fact_sheets, problem_sheet
from toolkit.aggregate.rate_sheet import category_sheet, rate_sheet
from toolkit.aggregate.summary_sheet import summary_sheet
from toolkit.aggregate.sums import sums
from toolkit.aggregate.unit_sheet import unit_sheet
from toolkit.aggregate.year_sheet import year_rows, year_sheet
from toolkit.errors import SchemeError
from toolkit.excel.addresses import MAX_ROW
from toolkit.excel.files import sha256_of
from toolkit.excel.new_book import NewBook
from toolkit.excel.new_book_long import Apart, BegunSheets, not_apart
from toolkit.excel.new_book_writer import begin_sheets, write_book
from toolkit.model import MasterFigures


@dataclass(frozen=True)
class Master:
    """The workbook's bytes and the sheets as they were drawn."""

    data: bytes
    drawn: Drawn

    @cached_property
    def figures(self) -> MasterFigures:
        """The figures reports print; they are put together when a report asks for them."""
        return master_figures(self.drawn, sha256_of(self.data))

    def printed(self) -> "PrintedMaster":
        """What reports need of it; of thousands of projects the drawn sheets are too much to be held beside reports."""
        return PrintedMaster(self.data, self.figures)


@dataclass(frozen=True, slots=True)
class PrintedMaster:
    """What reports need of a master workbook: its bytes and its figures, without the sheets as they were drawn."""

    data: bytes
    figures: MasterFigures


def begin_lines(plan: MasterPlan, apart: Apart) -> BegunSheets | None:
    """Begin to write the rows of 指标得分, most of a long master, while the rest of its plan is made; None for few.

    Args:
        plan: with its scheme, roster, sheets and submissions; the lines hang on nothing else.
        apart: how they are written in a copy of this process.
    """
    return begin_sheets(tuple(line_sheets(layout(plan))), apart)


def build_master(
    plan: MasterPlan, apart: Apart = not_apart, written: bytes = b"", begun: BegunSheets | None = None
) -> Master:
    """Make the master workbook 汇总总表.xlsx; equal plans give equal bytes.

    Units: 分; amounts in the scheme's money unit; rates as fractions shown in percent.

    Args:
        plan: what goes into it.
        apart: how some sheets of a long workbook are written in a copy of this process.
        written: its bytes, where they are known from an equal plan; they are not written again.
        begun: its lines, where they are being written already.
    """
    drawn = draw(plan)
    return Master(written or write_book(drawn.book, apart, begun or begin_lines(plan, apart)), drawn)


def draw(plan: MasterPlan, most: int = MAX_ROW) -> Drawn:
    """All sheets with every formula and its result, before they are written.

    Args:
        plan: what goes into them.
        most: rows of a sheet; lines, facts and findings beyond it go on on further sheets.

    Raises:
        SchemeError: there are more projects than a sheet has rows.
    """
    place = layout(plan, most)
    refuse_beyond_a_sheet(place)
    compared, found = year_rows(place), sums(place)
    lines, findings = tuple(line_sheets(place)), tuple(finding_sheets(place))
    sheets = (
        summary_sheet(place, found, SheetValues((*lines, *findings))),
        chart_sheet(place, found),
        *lines,
        rate_sheet(place, found),
        *((category_sheet(place),) if place.categories else ()),
        fund_sheet(place),
        unit_sheet(place),
        *((body_sheet(place),) if plan.roster.listed else ()),
        problem_sheet(place),
        *fact_sheets(place),
        consequence_sheet(place),
        self_sheet(place),
        *((group_sheet(place),) if groups(plan) else ()),
        *((year_sheet(place, compared),) if compared else ()),
        collected_sheet(place),
        *findings,
        source_sheet(place),
    )
    return Drawn(place, NewBook(f"{plan.scheme.title}汇总总表", calculated(sheets)))


def refuse_beyond_a_sheet(place: MasterLayout) -> None:
    """Excel opens no sheet with more rows, and tables with a row a project are not divided.

    Raises:
        SchemeError: such a table has more rows than a sheet.
    """
    for region in (place.summary, place.source, place.self_score, place.body):
        if region.last_row > MAX_ROW:
            raise SchemeError(
                f"汇总总表的《{region.sheet}》有{region.rows}行，Excel的一张工作表最多{MAX_ROW}行",
                what_to_do="把项目清单分成几个评价，分别汇总",
            )
