"""Groups A5, A6 and E of what the trial of 0.1.0 found: decisions stay facts, altered digits are found."""

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.trial.conftest import CASES, NUMBER, OWN_SCHEME, SPARE, Checked
from tests.trial.own_evaluation import ANSWERS, Cell, Evaluation, filled, indicators, roster, started

_DONE = ("C103", "产出", "数量", "运行天数完成率", 20, "比率计分", None, None, "100%", "E02", '=项目类型="运维"')
TWO_KINDS = OWN_SCHEME | {"指标": (*indicators(C101={"适用条件": '=项目类型="新建"'}), _DONE)}
"""20 of 100 points are for new systems, or for the running of old ones."""
_HEADING, *_ROWS = roster(2)["项目清单"]
KINDS = {
    "项目清单": ((*_HEADING, "项目类型"), *((*row, kind) for row, kind in zip(_ROWS, ("新建", "运维"), strict=True)))
}
_RUN = re.compile(r"<w:t(?: [^>]*)?>([^<]*[0-9][^<]*)</w:t>")
_ALTERED = 25
_WAIVER = ("--waive", "--by", "李工", "--reason", "另有补充协议", "--until", "2099-12-31")


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    made = started(tmp_path_factory.mktemp("waived"), TWO_KINDS, 2, KINDS)
    made.returned(1, {"服务费": Cell("1.5"), "佐证提供_E01": "已提供", "佐证文件名_E01": "批复.pdf"})
    proper = {**ANSWERS, "服务费": Cell("1.5"), **CASES["paid beyond the contract"]}
    made.returned(
        2, filled(made.workbook(2), {("完成值_C103" if k == "完成值_C101" else k): v for k, v in proper.items()})
    )
    made.do("collect")
    assert made.do("resolve", "2", "FUND-01", *_WAIVER).code in (0, 1)
    assert made.do("run").code in (0, 1)
    return made


def text(document: Path) -> str:
    with zipfile.ZipFile(document) as package:
        return re.sub("<[^>]+>", "", package.read("word/document.xml").decode())


def test_a4_weights_are_those_that_apply_and_add_up_to_100(reported: Evaluation) -> None:
    """In 0.1.0 both kinds' points stood beside each other: 120 of 100 in the form, in the master, in every report."""
    for form in reported.folder.glob("01-采集表/*.xlsx"):
        sheet = openpyxl.load_workbook(form, data_only=True)["指标信息"]
        column = [cell.value for cell in sheet["D"][3:]]
        assert sum(mark for mark in column[:-1] if isinstance(mark, int | float)) == column[-1] == 100, column
    head = openpyxl.load_workbook(next(reported.folder.rglob("汇总总表.xlsx")))["汇总"][3]
    points = [int(found[1]) for cell in head if (found := re.search(r"\n（(\d+)分）$", str(cell.value)))]
    assert sum(points[:-1]) == points[-1] == 100
    for report in reported.folder.glob("07*/**/*第?号系统*.docx"):
        said = [float(number) for number in re.findall(r"分值([\d.]+)分，(?:折算后.*?)?得", text(report))]
        assert sum(said) == 100, (report.name, said)


def test_a5_a_waived_finding_stays_a_fact_of_the_report(reported: Evaluation) -> None:
    words = "".join(text(path) for path in reported.folder.rglob("*.docx"))
    assert "未发现累计支付超过合同" not in words
    for part in ("豁免", "李工", "另有补充协议", "2099"):
        assert part in words, part


def test_a5_no_report_on_the_project_says_that_nothing_was_found(reported: Evaluation) -> None:
    """In 0.1.0 what was waived stood in no project's report, and its table of money said otherwise."""
    (own,) = reported.folder.glob("07*/**/002_*.docx")
    assert "已豁免：李工" in text(own)
    whole = max(reported.folder.glob("07*/**/*完整版*.docx"))
    assert text(whole).count("已豁免：李工") > 1, "among the payments beyond contracts, and in the list of findings"


def _row(body: str, at: int) -> int:
    """Where the table row about a place begins, or the place itself: a row is told once, whatever is altered in it."""
    begins = body.rfind("<w:tr>", 0, at)
    return begins if begins > body.rfind("</w:tr>", 0, at) else at


def test_a6_every_altered_digit_is_found(reported: Evaluation) -> None:
    """One digit of each of many paragraphs; each has its finding, whether the figure is bound or not."""
    assert reported.do("verify").code == 0
    path = max(reported.folder.rglob("*报告*.docx"), key=lambda file: file.stat().st_size)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    paragraphs = [found for found in re.finditer(r"<w:p[ >].*?</w:p>", body, re.DOTALL) if _RUN.search(found[0])]
    rows = {_row(body, paragraph.start()): paragraph for paragraph in reversed(paragraphs)}
    chosen = sorted(rows.values(), key=re.Match.start)[:: max(1, len(rows) // _ALTERED)]
    for paragraph in reversed(chosen):
        run = _RUN.search(body, paragraph.start())
        assert run is not None
        at = run.start(1) + next(place for place, char in enumerate(run[1]) if char.isdigit())
        body = f"{body[:at]}{(int(body[at]) + 1) % 10}{body[at + 1 :]}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, body.encode() if name == "word/document.xml" else data)
    found = reported.do("verify", "--json").json["findings"]
    assert len([finding for finding in found if finding["workbook"] == path.name]) >= len(chosen)


def test_e_a_round_can_be_looked_at_first(reported: Evaluation, tmp_path: Path) -> None:
    copy = Evaluation(Path(shutil.copytree(reported.folder, tmp_path / "ws")))
    assert copy.do("correct", "--dry-run").code in (0, 1)
    assert not list(copy.folder.glob("08*/**/*.xlsx"))


def test_e_what_goes_back_can_be_passed(reported: Evaluation) -> None:
    """In 0.1.0 required self scores stayed locked, and a second round followed an unanswered one."""
    assert reported.do("correct").code in (0, 1)
    (paper,) = reported.folder.glob("08*/**/*整改表*.xlsx")
    book = openpyxl.load_workbook(paper)
    for name in ("自评分_A101", "自评分_D101", "佐证提供_E01"):
        sheet, cell = next(book.defined_names[name].destinations)
        assert not book[sheet][cell.replace("$", "")].protection.locked, name
    reported.do("correct")
    assert len(list(reported.folder.glob("08*/**/*整改表*.xlsx"))) == 1, "no second round while the first is unanswered"


def test_e_a_chosen_return_keeps_the_papers_that_came_with_the_other(copy: Evaluation) -> None:
    """In 0.1.0 papers belonged to the return they came with: once another one counted, they were nobody's."""
    inbox = copy.returned(1)
    for name, amount in (("甲", 299), ("乙", 298)):
        folder = inbox.parent / name
        folder.mkdir()
        (folder / "报表.xlsx").write_bytes(filled(copy.workbook(1), {**ANSWERS, "预算资金": amount}))
        (folder / f"{name}的材料.pdf").write_bytes(b"%PDF-1.7\n" + name.encode())
    inbox.unlink()
    files = copy.do("collect", "--json").json["files"]
    first = next(each["sha256"] for each in files if each["project"] == "1" and each["name"].endswith("报表.xlsx"))
    assert copy.do("choose", "1", first[:12], "--by", "李工", "--reason", "来函说明").code == 0
    found = copy.do("check", "--json").json["findings"]
    assert not [each for each in found if each["code"] == "EVID-05" or "认不出属于哪个项目" in each["message"]]


def test_e_one_cell_is_one_thing_to_correct(checked: Checked, asked: list[dict[str, Any]]) -> None:
    """A rate typed over its formula is found twice over; its unit has one cell to mend, and one paper to give."""
    found = [each for each in checked.of("rate typed over") if each["severity"] == "error"]
    assert sorted(each["code"] for each in found) == ["MISS-03", "RATE-01", "RATE-04"]
    assert [each["findings"] for each in asked if each["project"] == NUMBER["rate typed over"]] == [2]


def test_e_letters_and_workbooks_that_go_back_count_alike(copy: Evaluation, asked: list[dict[str, Any]]) -> None:
    """In 0.1.0 a cell about which two things are said was two things to correct, later one in the 整改表 only."""
    assert copy.do("send").code == 0
    units = copy.do("remind", "--json").json["units"]
    reminded = {project["id"]: project["corrections"] for unit in units for project in unit["projects"]}
    known = {each["project"]: each["findings"] for each in asked}
    assert {project: len(reminded[project]) for project in known} == known
    twice = reminded[NUMBER["rate typed over"]]
    assert any("；" in each["message"] for each in twice), "both things are said of the cell"


def test_e_a_reminder_says_no_formula_and_no_deadline_that_is_over(copy: Evaluation) -> None:
    assert copy.do("send").code == 0
    assert copy.do("remind").code in (0, 1)
    letters = [text(path) for path in copy.folder.glob("09*/**/*.docx")]
    assert len(letters) > 1
    assert not [letter for letter in letters if re.search(r"=(IF|ROUND|SUM)\(", letter)]
    assert not [letter for letter in letters if not re.search(r"请于20\d\d年\d+月\d+日前", letter)]


def test_f_axis_ids_of_charts_are_numbers_without_a_sign(reported: Evaluation) -> None:
    identifiers = []
    for report in reported.folder.rglob("*.docx"):
        with zipfile.ZipFile(report) as package:
            charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
        identifiers += [found for chart in charts for found in re.findall(r'<c:(?:axId|crossAx) val="([^"]*)"', chart)]
    assert identifiers
    assert all(found.isdecimal() for found in identifiers), identifiers


def test_d_a_total_that_may_still_change_is_called_provisional(reported: Evaluation) -> None:
    """The evaluator's marks are outstanding: wherever a total or grade stands, it says so."""
    assert reported.do("status").printed.count("（暂）") == 4
    for report in reported.folder.glob("07*/**/*.docx"):
        assert re.search(r"得分暂为\d", text(report)), report.name


def test_d_marks_are_given_beside_what_they_are_given_for(checked: Checked) -> None:
    """In 0.1.0 the sheet named no indicator, and its blank rows were five errors of each unit."""
    assert not [each for each in checked.findings if each["code"] == "REVIEW-03"]
    sheet = openpyxl.load_workbook(next(checked.evaluation.folder.rglob("评审意见.xlsx"))).worksheets[0]
    assert {"项目名称", "指标名称", "分值", "自评分", "系统计分"} <= {cell.value for cell in sheet[3]}
    assert sheet.data_validations.count > 0


def test_d_a_renamed_label_loses_no_answer(copy: Evaluation) -> None:
    """In 0.1.0 what 38 units had answered under a field's old name was gone, and errors came instead."""
    before = copy.do("score", "--json").json["projects"]
    book = openpyxl.load_workbook(copy.folder / "方案.xlsx")
    for name, label in book["字段"].iter_rows(max_col=2):
        label.value = "年度预算资金" if name.value == "预算资金" else label.value
    book.save(copy.folder / "方案.xlsx")
    assert [each["total"] for each in copy.do("score", "--json").json["projects"]] == [each["total"] for each in before]
    found = copy.do("check", "--json").json["findings"]
    assert {each["code"] for each in found if each["project"] == NUMBER["as asked"]} == {"MISS-03", "IDENT-04"}


def test_what_is_said_of_two_returns_together_can_be_waived(copy: Evaluation) -> None:
    """Their amounts are alike because both were bought at one price: `resolve` said that there was no such finding."""
    number = NUMBER["figures copied again"]
    waiver = ("--waive", "--by", "李工", "--reason", "同一批采购，金额确实相同")
    assert copy.do("resolve", number, "BATCH-03", *waiver).code == 0
    found = {(each["project"], each["code"]): each for each in copy.do("check", "--json").json["findings"]}
    settled = found[number, "BATCH-03"]
    assert (settled["severity"], "已豁免：李工" in settled["message"]) == ("note", True)
    assert found[NUMBER["figures copied"], "BATCH-03"]["severity"] == "warning", "the other project's is its own"
    assert copy.do("resolve", number, "BATCH-03", "--withdraw", "--by", "李工", "--reason", "重新核实").code == 0
    again = {(each["project"], each["code"]): each["severity"] for each in copy.do("check", "--json").json["findings"]}
    assert again[number, "BATCH-03"] == "warning"


def test_what_did_not_come_cannot_be_waived(copy: Evaluation) -> None:
    said = copy.do("resolve", SPARE, "BATCH-01", "--waive", "--by", "李工", "--reason", "单位撤销")
    assert (said.code, "没有报送件" in said.told) == (3, True)
