"""Tables as forms print them: halves side by side, headings that stand anew, headings under merged cells."""

from toolkit.proof.engine import proof
from toolkit.proof.panels import panels, parents
from toolkit.proof.reading import read_text
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.report import Report

FORM = (
    "项目名称\t某平台运维\t\t\t\t\n"
    "项目资金（万元）\t年初预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t85.00\t81.60\t10\t96.00%\t9.60\n"
    "其中：财政拨款\t75.00\t71.60\t—\t95.47%\t—\n其他资金\t10.00\t10.00\t—\t100.00%\t—\n"
    "一级指标\t三级指标\t实际完成值\t分值\t得分\t偏差原因\n产出指标\t扫描页数\t12\t50\t50\t\n效益指标\t利用人次\t95%\t40\t39.5\t\n"
    "总分\t\t\t100\t99.10\t\n"
)


def test_a_form_is_read_as_the_tables_that_it_is():
    report = Report.of(read_text(FORM))
    assert [table.headings[0] for table in report.document.tables] == ["项目名称", "项目资金(万元)", "一级指标"]
    assert {table.number for table in report.document.tables} == {1}
    assert [table.rows[0][0].place.row for table in report.document.tables] == [1, 2, 6]


def test_the_total_of_a_form_takes_in_the_marks_for_spending():
    assert proof(read_text(FORM)).findings == ()
    assert [found.expected for found in proof(read_text(FORM.replace("\t99.10", "\t99.60"))).findings] == ["99.10"]


def table(rows):
    blocks = Blocks()
    return blocks.table(rows)


def test_halves_side_by_side_have_totals_of_their_own():
    account = table(
        [
            ["收入", None, "支出", None],
            ["项目", "决算数", "项目", "决算数"],
            ["拨款", "90", "公共服务", "80"],
            ["其他", "10", "社会保障", "20"],
            ["本年收入合计", "100", "本年支出合计", "100"],
        ]
    )
    assert account.headings == ("收入项目", "收入决算数", "支出项目", "支出决算数")
    assert [half.width for half in panels(account)] == [2, 2]


def test_rows_stand_under_others_by_their_codes():
    accounts = table(
        [
            ["项目", None, None, "合计"],
            ["科目编码", None, "科目名称", None],
            ["类", "款", None, None],
            ["201", "", "公共服务", "90"],
            ["201", "26", "档案", "60"],
            ["201", "27", "民族", "30"],
            ["208", "", "社会保障", "10"],
            ["208", "05", "养老", "10"],
        ]
    )
    assert accounts.headings == ("项目科目编码类", "项目科目编码款", "项目科目名称", "合计")
    assert parents(accounts) == {4: 3, 5: 3, 7: 6}
