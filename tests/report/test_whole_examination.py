"""整体核查报告 with a population of its own: totals, overlap, execution and disclosure against an independent sum."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from openpyxl import load_workbook
from sample_masters import NANTONG, ROOT, sample, template

from toolkit.report import DocumentKind, read_report, report_names, verify_report
from toolkit.report.verification import verification_words
from toolkit.report.wording import quoted
from toolkit.word.contents import fill_contents
from toolkit.word.render import compile_template
from toolkit.word.seal import seal

AMOUNTS = ("合同金额", "预算资金", "实际到位资金", "实际支出资金")


def made(facts) -> bytes:
    """The verification report alone: the other 41 documents are no matter here."""
    compiled = compile_template(template(DocumentKind.VERIFICATION.template), DocumentKind.VERIFICATION.template)
    return seal(fill_contents(compiled.render(verification_words(facts))))


@pytest.fixture(scope="module")
def report():
    data, names = made(sample(NANTONG).facts), report_names(sample(NANTONG).facts)
    body = WordFile(BytesIO(data)).element.body
    paragraphs = ("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))
    return SimpleNamespace(data=data, name=names[2], text="\n".join(paragraphs))


@pytest.fixture(scope="module")
def sums() -> dict[str, dict[str, Decimal]]:
    """Sums by group, from the list as it stands in the sample and the amounts that sheet 资金核查 shows."""
    listed = load_workbook(ROOT / "samples" / NANTONG / "项目清单.xlsx")["整体核查清单"]
    head, *rows = [row for row in listed.iter_rows(values_only=True) if row[0] is not None and len(set(row)) > 2]
    names = [str(word).partition("（")[0] for word in head]
    sheet = load_workbook(BytesIO(sample(NANTONG).master.data), data_only=True)["资金核查"]
    verified = {row[2]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    found = {group: dict.fromkeys(AMOUNTS, Decimal(0)) for group in ("全部", "参评", "其他")}
    for row in rows:
        known = dict(zip(names, row, strict=True))
        if known["序号"] == "合计":
            continue
        own = verified.get(known["项目名称"])
        columns = dict(zip(AMOUNTS, (3, 5, 6, 7), strict=True))
        for name in AMOUNTS:
            amount = Decimal(str(own[columns[name]] if own else known[name]))
            for group in ("全部", "参评" if own else "其他"):
                found[group][name] += amount
    return found


def test_totals_and_execution_are_those_of_the_whole_list(report, sums):
    for group in sums.values():
        for name in AMOUNTS[1:]:
            assert f"{name}合计{group[name]:,.2f}万元" in report.text
        rate = (group["实际支出资金"] / group["实际到位资金"] * 100).quantize(Decimal("0.01"))
        share = (group["实际支出资金"] / group["预算资金"] * 100).quantize(Decimal("0.01"))
        assert f"预算执行率{rate}%，支出占预算的{share}%" in report.text


def test_overlap_and_what_is_left_out_are_named_first(report):
    opening = report.text.split("（二）核查内容和方法")[1]
    assert "整体核查清单所列的9个项目" in opening
    assert "其中3个同时参加本次绩效评价（按参评序号、名称和单位认定）" in opening
    assert f"{quoted(['营商惠企政策直达平台', '市电子证照管理平台'])}，不计入本报告的合计" in opening


def test_a_client_that_is_examined_itself_is_disclosed(report):
    assert "委托单位南通市大数据管理中心同时是被核查单位" in report.text
    facts = sample(NANTONG).facts
    told = verification_words(replace(facts, disclosure="评价人员与该单位没有关系。"))["独立性"]
    assert told[-1] == "评价人员与该单位没有关系。"
    other = replace(facts, scheme=replace(facts.scheme, client="南通市财政局"))
    assert verification_words(other)["独立性"] == []


def test_an_amount_that_differs_from_the_list_is_shown_with_both(report):
    table = report.text.partition("整体核查清单与采集表不一致的金额")[2].split("\n")
    at = table.index("2,239.80")
    assert table[at - 3 : at + 2] == ["3", "电子政务云网提升（2023年度）", "实际支出资金", "2,239.80", "2,245.26"]


def test_every_figure_agrees_with_its_cell_and_a_changed_one_is_named(report):
    values = sample(NANTONG).values
    assert verify_report(read_report(report.data), report.name, values) == []
    cells = {at: value for at, value in values.items() if at.startswith("整体核查!") and isinstance(value, Decimal)}
    total = next(at for at, value in cells.items() if value == Decimal("4336.4"))
    findings = verify_report(read_report(report.data), report.name, {**values, total: Decimal(1)})
    assert {finding.code for finding in findings} == {"VERIFY-11"}
    assert all(finding.at.cell in total for finding in findings)


def test_the_title_is_a_setting_and_the_report_is_signed(report):
    facts = sample(NANTONG).facts
    assert report.name == "南通市大数据管理中心2024年已完成数字政府项目整体核查报告.docx"
    assert "签字盖章页" in report.text
    settings = {name: text for name, text in facts.scheme.settings.items() if name != "整体核查报告名称"}
    usual = replace(facts, scheme=replace(facts.scheme, settings=settings))
    assert "市大数据管理中心2024年度项目整体核查报告.docx" in report_names(usual)


def test_without_a_list_the_projects_of_the_unit_are_the_population():
    facts = sample(NANTONG).facts
    bare = replace(facts, roster=replace(facts.roster, listed=()), figures=replace(facts.figures, body=None))
    told = verification_words(bare)
    assert told["清单"] == {}
    assert len(told["逐项"]) == 5
    assert "整体核查清单" not in "\n".join(one.text for one in WordFile(BytesIO(made(bare))).paragraphs)
