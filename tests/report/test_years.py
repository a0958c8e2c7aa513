"""与上年对比 in reports: only where there was a last year, every figure a cell of the master."""

from functools import cache
from io import BytesIO

from docx import Document as WordFile
from sample_masters import NANTONG, sample, template

from toolkit.model import Finding
from toolkit.report import DocumentKind, ReportFacts, read_report, render_reports, verify_report
from toolkit.report.overall import overall_words
from toolkit.report.project import project_words
from toolkit.word.render import compile_template

NANCHANG = "nanchang-2022"


def tables(data: bytes, heading: str) -> list[list[str]]:
    """Rows of the first table whose heading row begins with this and that has a column 上年."""
    for table in WordFile(BytesIO(data)).tables:
        head = [cell.text for cell in table.rows[0].cells]
        if head[0] == heading and "上年" in head:
            return [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return []


@cache
def project_report() -> tuple[ReportFacts, bytes]:
    """The report on the first project of several, before its charts are put in."""
    facts = sample(NANTONG, last_year=True).facts
    name = "单项目报告.docx"
    return facts, compile_template(template(name), name).render(project_words(facts, facts.scored[0]))


def differing(report: bytes, values) -> list[Finding]:
    """What verify finds, but that these bytes carry no seal yet."""
    return [found for found in verify_report(read_report(report), "报告.docx", values) if found.code != "VERIFY-18"]


def test_a_project_report_compares_total_indicators_and_figures() -> None:
    facts, report = project_report()
    rows = tables(report, "类别")
    first = facts.scored[0]
    assert rows[0][:4] == ["总分", "总分", "分", "80.00"]
    assert rows[0][4] == str(first.total)
    budget = next(row for row in rows if row[1] == "预算资金")
    assert budget[2:4] == ["万元", "100.00"]
    assert budget[4] == str(first.funds.budget)
    assert {row[3] for row in rows if row[0] == "指标得分率"} == {"50.00%"}
    assert differing(report, sample(NANTONG, last_year=True).values) == []


def test_a_changed_cell_of_the_comparison_is_found() -> None:
    facts, report = project_report()
    total = next(year for year in facts.figures.years if year.kind == "总分")
    wrong = {**sample(NANTONG, last_year=True).values, total.move.at: total.move.value + 1}
    (found,) = differing(report, wrong)
    assert total.move.at in str(found)


def test_the_full_report_has_a_section_between_scores_and_analysis() -> None:
    made = sample(NANCHANG, last_year=True)
    report = next(one for one in render_reports(made.facts, template) if one.kind is DocumentKind.FULL)
    assert tables(report.data, "责任单位")
    paragraphs = [paragraph.text for paragraph in WordFile(BytesIO(report.data)).paragraphs]
    section = next(number for number, text in enumerate(paragraphs) if text.endswith("与上年对比"))
    assert paragraphs.index("四、评价指标分析") > section
    assert verify_report(read_report(report.data), report.name, made.values) == []


def test_what_moved_most_comes_first() -> None:
    facts = sample(NANTONG, last_year=True).facts
    said = overall_words(facts)
    assert len(said["上年总分"]) == len(facts.scored)
    moves = [abs(row["变动"].value) for row in said["上年指标"]]
    assert moves == sorted(moves, reverse=True)
    assert len(moves) == 20
    assert said["上年节序"] == "六"  # after five sections on scores


def test_nothing_is_said_without_a_last_year() -> None:
    facts = sample(NANCHANG).facts
    assert not overall_words(facts)["上年总分"]
    assert not overall_words(facts)["上年指标"]
    assert not project_words(facts, facts.scored[0])["上年对比"]
