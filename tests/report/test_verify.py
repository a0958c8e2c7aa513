"""A figure that was edited, taken out or moved in a report is found, with the words around it."""

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from sample_masters import sample, template

from toolkit.model import ErrorValue
from toolkit.report import DocumentKind, render_reports, verify_report
from toolkit.report.verify import agrees

SAMPLE = "nanchang-2022"


@pytest.fixture(scope="module")
def report() -> bytes:
    documents = render_reports(sample(SAMPLE).facts, template)
    return next(one.data for one in documents if one.kind is DocumentKind.BRIEF)


def edited(report: bytes, change) -> bytes:
    document = WordFile(BytesIO(report))
    starts = [
        one for one in document.element.body.iter(qn("w:bookmarkStart")) if one.get(qn("w:name")).startswith("jx")
    ]
    change(next(one for one in starts if one.getnext().findtext(qn("w:t")) == "93.50"))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def verified(docx: bytes):
    return verify_report(docx, "报告.docx", sample(SAMPLE).values)


def test_an_untouched_report_passes(report):
    assert verified(report) == []


@pytest.mark.parametrize("typed", ["95.30", "94", "93.5 左右", ""])
def test_an_edited_figure_is_found_with_its_surroundings(report, typed):
    def change(start):
        start.getnext().find(qn("w:t")).text = typed

    (found,) = [one for one in verified(edited(report, change)) if one.code == "VERIFY-11"]
    assert found.found == typed
    assert found.expected == "93.5"
    assert "综合得分" in found.message
    assert found.at.workbook == "报告.docx"
    assert found.at.sheet
    assert found.at.cell


def test_a_figure_taken_out_is_found(report):
    def change(start):
        run = start.getnext()
        run.getparent().remove(run.getnext())
        run.getparent().remove(run)
        start.getparent().remove(start)

    assert "VERIFY-13" in [one.code for one in verified(edited(report, change))]


def test_a_master_that_changed_is_noticed(report):
    values = {**sample(SAMPLE).values}
    at = next(key for key, value in values.items() if value == Decimal("93.5") and key.startswith("汇总!"))
    values[at] = Decimal("92.5")
    assert {one.code for one in verify_report(report, "报告.docx", values)} == {"VERIFY-11"}
    del values[at]
    assert {one.code for one in verify_report(report, "报告.docx", values)} == {"VERIFY-12"}


def test_a_foreign_file_is_said_to_be_one():
    target = BytesIO()
    WordFile().save(target)
    assert [one.code for one in verified(target.getvalue())] == ["VERIFY-10"]
    assert [one.code for one in verified(b"no zip")] == ["VERIFY-10"]


@pytest.mark.parametrize(
    ("text", "value", "is_equal"),
    [
        ("93.50", Decimal("93.5"), True),
        ("97.26%", Decimal("0.97264"), True),
        ("97.26%", Decimal("0.97266"), False),
        ("11,738.08", Decimal("11738.078"), True),
        ("-3.20%", Decimal("-0.032"), True),
        ("39", Decimal(39), True),
        ("—", None, True),
        ("—", "", True),
        ("—", "—", True),
        ("—", ErrorValue.DIV0, True),
        ("—", Decimal(0), False),
        ("0.00", None, False),
        ("约93", Decimal(93), False),
    ],
)
def test_printed_text_against_value(text, value, is_equal):
    assert agrees(text, value) is is_equal


def test_coarser_rounding_is_granted_only_to_an_unedited_report():
    assert agrees("94", Decimal("93.5"))
    assert not agrees("94", Decimal("93.5"), exactly=True)
    assert agrees("94", Decimal(94), exactly=True)
