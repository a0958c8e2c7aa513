"""``jixiao proof``: what it prints, writes and leaves alone."""

import json
from io import BytesIO

import docx
import pytest
from typer.testing import CliRunner

from toolkit.cli.app import app
from toolkit.collect import WorkerLimits
from toolkit.excel.read import read_workbook
from toolkit.pipeline.deliver import proofing
from toolkit.pipeline.deliver.proof_deciding import decide_proof
from toolkit.proof.checklist import DISMISSED, FINDINGS, NAME, places_of_marks

ROWS = [
    ("一级指标", "分值", "得分"),
    ("决策", "18", "15"),
    ("过程", "20", "18"),
    ("产出", "27", "26"),
    ("效益", "35", "35"),
]


def report_file(folder, total="94"):
    document = docx.Document()
    document.add_heading("一、评分结果", 1)
    document.add_paragraph("表1 得分情况")
    table = document.add_table(0, 3, style="Table Grid")
    for row in [*ROWS, ("合计", total, "94")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = folder / "报告.docx"
    document.save(path)
    return path


def typed(*words):
    return CliRunner().invoke(app, ["proof", *map(str, words)])


def test_a_wrong_total_is_told_commented_and_listed_and_the_original_is_untouched(tmp_path):
    path = report_file(tmp_path)
    before = path.read_bytes()
    shown = typed(path, "--out", tmp_path / "out", "--json")
    assert shown.exit_code == 1, shown.output
    values = json.loads(shown.stdout)
    assert set(values) == {"files", "numbers", "checked", "unchecked", "findings"}
    assert values["files"] == ["报告.docx"]
    assert values["numbers"] == values["checked"] + values["unchecked"]
    (finding,) = [item for item in values["findings"] if item["verdict"] == "不一致"]
    assert set(finding) == {"kind", "verdict", "file", "place", "found", "expected", "message", "related"}
    assert (finding["found"], finding["expected"], finding["place"]) == ("94", "100", "表格1第6行第2列")
    assert path.read_bytes() == before
    copy = docx.Document(tmp_path / "out" / "报告（校核批注）.docx")
    (comment,) = copy.comments
    assert "100" in comment.text
    cell = copy.tables[0].cell(5, 1)._tc.xml
    assert "commentRangeStart" in cell
    assert "commentReference" in cell


def test_a_clean_report_ends_with_0(tmp_path):
    shown = typed(report_file(tmp_path, total="100"), "--out", tmp_path / "out")
    assert shown.exit_code == 0, shown.output
    assert "已核" in shown.stdout


def test_a_dismissal_with_a_reason_is_remembered_and_one_without_is_not(tmp_path):
    import openpyxl

    path, out = report_file(tmp_path), tmp_path / "out"
    typed(path, "--out", out)
    for reason, code in (("", 1), ("其中6分不适用，已在说明中写明", 0), (None, 0)):
        if reason is not None:
            book = openpyxl.load_workbook(out / NAME)
            sheet = book[FINDINGS]
            for row in range(4, sheet.max_row + 1):
                sheet.cell(row, 12).value, sheet.cell(row, 13).value = "忽略", reason
            book.save(out / NAME)
        assert typed(path, "--out", out).exit_code == code
    assert read_workbook((out / NAME).read_bytes()).sheet("已忽略") is not None


@pytest.mark.parametrize(
    ("reworded", "dismissed"),
    [
        ("全年预算100万元，现已到位90万元，资金到位率95%。", True),
        ("全年预算100万元，现已到位80万元，资金到位率95%。", False),
        ("全年预算100万元，现已到位90万元，资金到位率96%。", False),
    ],
)
def test_a_dismissal_holds_when_only_words_around_the_values_changed(tmp_path, reworded, dismissed):
    """The same place, rule and values; another value is another finding."""
    out = tmp_path / "out"

    def proofed(text):
        document = docx.Document()
        document.add_paragraph(text)
        document.save(tmp_path / "报告.docx")
        return typed(tmp_path / "报告.docx", "--out", out)

    assert proofed("预算100万元，到位90万元，资金到位率95%。").exit_code == 1
    data = (out / NAME).read_bytes()
    decide_proof(out, dict.fromkeys(places_of_marks(data), ("忽略", "口径不同")))
    assert proofed("预算100万元，到位90万元，资金到位率95%。").exit_code == 0
    assert proofed(reworded).exit_code == (0 if dismissed else 1)
    rows = read_workbook((out / NAME).read_bytes()).sheet(DISMISSED).cells
    assert sum(cell.value == "口径不同" for cell in rows.values()) == 1, "not twice, not lost"


def test_one_wrong_figure_is_one_finding_and_the_same_reason_is_told_once(tmp_path):
    document = docx.Document()
    document.add_paragraph("全年预算100万元，现已到位90万元，资金到位率95%。")
    document.save(tmp_path / "报告.docx")
    shown = typed(tmp_path / "报告.docx", "--out", tmp_path / "out", "--json")
    (finding,) = json.loads(shown.stdout)["findings"]
    assert finding["found"] == "95%"
    assert finding["message"].count("90万元÷100万元") == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.docx", b"", "0字节"),
        ("坏.docx", b"PK\x03\x04" + b"\x00" * 40, "请这样处理"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "另存为 .docx"),
        ("图.png", b"\x89PNG\r\n\x1a\n\0\0", "不是可以校核的格式"),
        ("坏.pdf", b"%PDF-1.4\nnothing", "PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    shown = typed(tmp_path / name, "--out", tmp_path / "out", "--json")
    assert shown.exit_code == 3, shown.output
    assert words in json.loads(shown.stdout)["error"]


def test_a_text_without_end_is_left_out_with_a_note(tmp_path):
    (tmp_path / "长.txt").write_text("其中支出1.00万元，" * 20_000 + "\n支付100万元。", encoding="utf-8")
    shown = typed(tmp_path / "长.txt", report_file(tmp_path), "--out", tmp_path / "out")
    assert shown.exit_code == 1, shown.output
    assert "220,000个字，过长，没有校核" in "".join(shown.output.split())


def test_rules_that_hang_over_a_text_are_stopped_and_cost_only_that_file(tmp_path, monkeypatch):
    monkeypatch.setattr(proofing, "_LIMITS", WorkerLimits(seconds=6))
    (tmp_path / "难.txt").write_text(f"{'其中支出1.00万元，' * 900}\n" * 40, encoding="utf-8")
    shown = typed(tmp_path / "难.txt", report_file(tmp_path), "--out", tmp_path / "out", "--json")
    values = json.loads(shown.stdout)
    assert (shown.exit_code, values["files"]) == (1, ["报告.docx"])
    (refused,) = [item for item in values["findings"] if item["file"] == "难.txt"]
    assert "超过时限" in refused["message"]


@pytest.mark.parametrize("number", ["9" * 500, f"0.{'0' * 500}1"])
def test_a_number_of_hundreds_of_digits_is_none_and_costs_no_file(tmp_path, number):
    text = f"合同金额合计300元，其中甲平台{number}元，其余项目200元。合同金额合计400元。"
    (tmp_path / "长数.txt").write_text(text, encoding="utf-8")
    shown = typed(tmp_path / "长数.txt", report_file(tmp_path), "--out", tmp_path / "out", "--json")
    assert shown.exit_code == 1, shown.output
    assert json.loads(shown.stdout)["files"] == ["长数.txt", "报告.docx"]


def test_one_broken_file_costs_only_itself(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04nothing")
    shown = typed(report_file(tmp_path), tmp_path / "坏.docx", "--out", tmp_path / "out", "--json")
    values = json.loads(shown.stdout)
    assert shown.exit_code == 1
    assert values["files"] == ["报告.docx"]
    assert [item["verdict"] for item in values["findings"] if item["file"] == "坏.docx"] == ["未能核"]


def test_a_persons_changes_to_the_commented_copy_are_kept(tmp_path):
    path, out = report_file(tmp_path), tmp_path / "out"
    typed(path, "--out", out)
    copy = out / "报告（校核批注）.docx"
    buffer = BytesIO()
    edited = docx.Document(copy)
    edited.add_paragraph("人工改过")
    edited.save(buffer)
    copy.write_bytes(buffer.getvalue())
    typed(path, "--out", out)
    assert any("人工修改" in item.name and item.read_bytes() == buffer.getvalue() for item in out.iterdir())


@pytest.mark.validator
def test_the_copy_and_the_list_are_valid_office_files(tmp_path):
    from tests.office_validator import invalid

    typed(report_file(tmp_path), "--out", tmp_path / "out")
    written = [*tmp_path.glob("out/*.docx"), *tmp_path.glob("out/*.xlsx")]
    assert len(written) == 2
    assert invalid(written) == {}


@pytest.mark.libreoffice
def test_a_pdf_is_read_with_its_tables(tmp_path):
    from toolkit.excel.libreoffice import print_document

    (tmp_path / "报告.pdf").write_bytes(print_document(report_file(tmp_path).read_bytes()))
    shown = typed(tmp_path / "报告.pdf", "--out", tmp_path / "out", "--json")
    values = json.loads(shown.stdout)
    assert shown.exit_code == 1
    (finding,) = [item for item in values["findings"] if item["verdict"] == "不一致"]
    assert (finding["found"], finding["expected"]) == ("94", "100")
    assert finding["place"].startswith("第1页 表格1")


def test_a_comment_stands_at_the_number_it_is_about(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words in ("预算资金", "327.66", "万元，实际到位资金", "320.00", "万元，资金到位率", "99.66%", "。"):
        paragraph.add_run(words)
    document.save(tmp_path / "报告.docx")
    typed(tmp_path / "报告.docx", "--out", tmp_path / "out")
    commented = docx.Document(tmp_path / "out" / "报告（校核批注）.docx").paragraphs[0]._p
    tags = [child.tag.rpartition("}")[2] for child in commented]
    start, end = tags.index("commentRangeStart"), tags.index("commentRangeEnd")
    assert "".join(child.xpath("string()") for child in commented[start:end]) == "99.66%"
