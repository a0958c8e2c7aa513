"""A figure that was edited, taken out or moved in a report is found, with the words around it."""

import os
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from sample_masters import sample, template

from toolkit.model import ErrorValue, Severity
from toolkit.report import DocumentKind, read_report, render_reports, verify_report
from toolkit.report.verify import agrees
from toolkit.word.compose import Composer
from toolkit.word.package import read_parts, write_parts
from toolkit.word.render import compile_template
from toolkit.word.seal import seal

SAMPLE = "nanchang-2022"
ALTERED = 200 if os.environ.get("JIXIAO_FULL") == "1" else 20
"""Digits altered in every report, one at a time."""


@pytest.fixture(scope="module")
def report() -> bytes:
    documents = render_reports(sample(SAMPLE).facts, template)
    return next(document.data for document in documents if document.kind is DocumentKind.FULL)


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
    return verify_report(read_report(docx), "报告.docx", sample(SAMPLE).values)


def test_an_untouched_report_passes(report):
    assert verified(report) == []


@pytest.mark.parametrize("typed", ["95.30", "94", "93.5 左右", ""])
def test_an_edited_figure_is_found_with_its_surroundings(report, typed):
    def change(start):
        start.getnext().find(qn("w:t")).text = typed

    (found,) = [one for one in verified(edited(report, change)) if one.code == "VERIFY-11"]
    assert found.found == typed
    assert str(found.expected) == "93.5"
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


def test_the_first_figure_taken_out_is_found(report):
    def change(text: str) -> str:
        return re.sub(r'<w:bookmarkStart [^>]*w:name="jx1_[^>]*/>', "", text, count=1)

    (found,) = [one for one in verified(body_changed(report, change)) if one.code == "VERIFY-13"]
    assert "开头" in found.message


def body_changed(report: bytes, change, part: str = "word/document.xml") -> bytes:
    parts = dict(read_parts(report))
    text = parts[part].decode()
    parts[part] = change(text).encode()
    assert parts[part].decode() != text
    return write_parts(parts)


@pytest.mark.parametrize(
    "name",
    [
        f"jx{'9' * 5000}_汇总_G5",
        f"jx1_汇总_G{'9' * 5000}",
        f"jx1_汇总_G5第{'9' * 5000}数",
        "jx1_汇总_G5至G9999999",
        "jx1_汇总_A1至XFD1048576零",
        "jx１_汇总_G５",
    ],
    ids=["number", "row", "place in a text", "no row", "all cells of a sheet", "wide digits"],
)
def test_bookmarks_of_any_name_are_looked_at_and_told(report, name):
    """Who edits a report may call a bookmark anything: that stops nobody's verification."""
    renamed = body_changed(report, lambda text: re.sub(r'w:name="jx1_[^"]*"', f'w:name="{name}"', text, count=1))
    assert {one.code for one in verified(renamed)} & {"VERIFY-11", "VERIFY-12", "VERIFY-13"}


@pytest.mark.parametrize("count", ["", "abc", "9" * 5000])
def test_a_count_of_figures_that_is_none_makes_no_report_of_ours(report, count):
    def change(text: str) -> str:
        return re.sub(r'(name="jx_figures"[^>]*><vt:\w+>)[^<]*', rf"\g<1>{count}", text)

    assert [one.code for one in verified(body_changed(report, change, "docProps/custom.xml"))] == ["VERIFY-10"]


def test_a_report_without_figures_is_ours_all_the_same():
    """A template that prints no number is a consultant's right."""
    composed = Composer("简报")
    composed.paragraph("{{ 评价.名称 }}按期完成。")
    template = compile_template(composed.save(), "简报.docx")
    assert verified(seal(template.render({"评价": {"名称": "数字政府项目绩效评价"}}))) == []


def test_a_master_that_changed_is_noticed(report):
    values = {**sample(SAMPLE).values}
    at = next(key for key, value in values.items() if value == Decimal("93.5") and key.startswith("汇总!"))
    values[at] = Decimal("92.5")
    assert {one.code for one in verify_report(read_report(report), "报告.docx", values)} == {"VERIFY-11"}
    del values[at]
    assert {one.code for one in verify_report(read_report(report), "报告.docx", values)} == {"VERIFY-12"}


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


FIVE_REPORTS = [
    ("nanchang-2022", DocumentKind.FULL),
    ("jiangsu-2022", DocumentKind.FULL),
    ("nantong-2024", DocumentKind.VERIFICATION),
    ("nantong-2024", DocumentKind.PROJECT),
    ("suzhou-anhui-2023", DocumentKind.BRIEF),
]


def document_of(name: str, kind: DocumentKind) -> bytes:
    return next(one.data for one in render_reports(sample(name).facts, template) if one.kind is kind)


def digits(parts: dict[str, bytes]) -> Iterator[tuple[str, int]]:
    """Part and place of every digit somebody can see: text, headers and footers, the charts' values."""
    for name, content in parts.items():
        if re.match(r"word/(document|header|footer|charts/chart)\d*\.xml", name):
            for match in re.finditer(r"<(?:w:t|c:v|a:t)(?: [^>]*)?>([^<]*)</", content.decode()):
                yield from ((name, match.start(1) + place) for place, sign in enumerate(match[1]) if sign.isdigit())


@pytest.mark.parametrize(("name", "kind"), FIVE_REPORTS, ids=lambda value: getattr(value, "name", value))
def test_every_altered_digit_is_found_and_named(name, kind):
    report_, values = document_of(name, kind), sample(name).values
    assert verify_report(read_report(report_), "报告.docx", values) == []
    parts = read_parts(report_)
    chance = random.Random(2022)  # noqa: S311
    places = list(digits(parts))
    for part, place in chance.sample(places, min(ALTERED, len(places))):
        text = parts[part].decode()
        other = chance.choice([digit for digit in "0123456789" if digit != text[place]])
        altered = write_parts({**parts, part: f"{text[:place]}{other}{text[place + 1 :]}".encode()})
        found = verify_report(read_report(altered), "报告.docx", values)
        assert {one.code for one in found} & {"VERIFY-11", "VERIFY-15", "VERIFY-17"}, text[place - 40 : place + 20]
        assert all(one.found and one.message for one in found)


def replaced(report: bytes, before: str, after: str) -> bytes:
    parts = read_parts(report)
    text = parts["word/document.xml"].decode()
    assert before in text
    return write_parts({**parts, "word/document.xml": text.replace(before, after, 1).encode()})


@pytest.fixture(scope="module")
def full() -> bytes:
    return document_of(SAMPLE, DocumentKind.FULL)


def bookmarked(report: bytes, at: str, number: int) -> str:
    """A figure's run as it stands in the document."""
    text = read_parts(report)["word/document.xml"].decode()
    sheet, _, cell = at.partition("!")
    match = re.search(rf'jx\d+_{sheet}_{cell}第{number}数"/><w:r>.*?<w:t[^>]*>[^<]*', text)
    assert match
    return match[0]


def test_a_number_in_a_derivation_sentence_is_an_error(full):
    line = next(one for one in sample(SAMPLE).facts.figures.projects[0].sheet.lines if "得3.00分" in one.because)
    at = sample(SAMPLE).facts.figures.projects[0].explanations[line.code]
    run = bookmarked(full, at, 2)
    assert run.endswith(">3.00")
    (found,) = verified(replaced(full, run, run.removesuffix("3.00") + "2.00"))
    assert (found.code, found.severity, found.found, str(found.expected)) == (
        "VERIFY-11",
        Severity.ERROR,
        "2.00",
        "3.00",
    )
    assert f"{found.at.sheet}!{found.at.cell}" == at


def test_the_digest_of_the_master_and_the_period_are_bound(full):
    digest = sample(SAMPLE).facts.figures.sha256
    (found,) = verified(replaced(full, digest, digest.translate(str.maketrans("0123456789", "1234567890"))))
    assert (found.code, found.severity, str(found.expected)) == ("VERIFY-11", Severity.ERROR, digest)
    run = bookmarked(full, "评价方案!A1", 1)
    (found,) = verified(replaced(full, run, run.removesuffix("2022") + "2021"))
    assert (found.code, found.found, str(found.expected)) == ("VERIFY-11", "2021", "2022")
    assert "《评价方案》" in found.message


def test_words_a_person_changed_are_a_note_and_a_digit_there_a_warning(full):
    (found,) = verified(replaced(full, "未发现须更正或请核实的问题", "没有发现要紧的问题"))
    assert (found.code, found.severity) == ("VERIFY-16", Severity.NOTE)
    assert "没有发现要紧的问题" in found.message
    (found,) = verified(replaced(full, "见附件3。", "见附件4。"))
    assert (found.code, found.severity) == ("VERIFY-15", Severity.WARNING)
    assert "见附件4" in found.message


def test_a_report_of_an_older_version_is_checked_by_its_figures(full):
    parts = read_parts(full)
    name = "docProps/custom.xml"
    parts[name] = re.sub(rb"<property [^>]*jx_text_.*?</property>", b"", parts[name])
    (found,) = verified(write_parts(parts))
    assert (found.code, found.severity) == ("VERIFY-18", Severity.NOTE)
