"""What the reports of Nantong conclude, counted again from the master's data by a script of its own."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from toolkit.word.package import DOCUMENT, parse, read_parts, w

HEAD = 3  # row of the headings
OUT_OF_THE_BOOK = ("—", None, "")


@pytest.fixture(scope="module")
def made(demo_made: tuple[Path, dict[str, Any]]) -> Path:
    return demo_made[0]


@cache
def master(made: Path) -> Workbook:
    return load_workbook(made / "06-汇总总表" / "汇总总表.xlsx", data_only=True)


def table(made: Path, sheet: str) -> list[dict[str, object]]:
    rows = list(master(made)[sheet].iter_rows(min_row=HEAD, values_only=True))
    heads = [str(head or "").split("\n")[0] for head in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:]]


def text_of(path: Path) -> str:
    document = Document(path)
    cells = (cell.text for each in document.tables for row in each.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def report(made: Path, part: str) -> str:
    return text_of(next(path for path in sorted((made / "07-评价报告").glob("*.docx")) if part in path.name))


def number(value: object) -> Decimal:
    return Decimal(0) if value in OUT_OF_THE_BOOK else Decimal(str(value))


@pytest.fixture(scope="module")
def full(made: Path) -> str:
    return report(made, "完整版")


def test_counts_and_money_are_those_of_the_collected_data(made: Path, full: str) -> None:
    collected = [row for row in table(made, "采集数据") if row["实际到位资金"] not in OUT_OF_THE_BOOK]
    late = [(row["初验日期"] - row["计划初验日期"]).days for row in collected if row["初验日期"] > row["计划初验日期"]]
    assert f"{len(collected)}个项目中{len(late)}个初验晚于计划，最长晚{max(late)}天" in full
    unspent = [number(row["实际到位资金"]) - number(row["实际支出资金"]) for row in collected]
    assert f"{sum(gap > 0 for gap in unspent)}个项目到位未支出共{sum(unspent):.2f}万元" in full
    cut = [
        number(row["合同金额"]) - number(row["审计核减后合同金额"])
        for row in collected
        if row["审计核减后合同金额"] not in OUT_OF_THE_BOOK
    ]
    assert f"{sum(gap > 0 for gap in cut)}个项目审计核减共{round(sum(cut), 2):.2f}万元" in full


def test_security_incidents_and_assessments_are_those_of_the_score_lines(made: Path, full: str) -> None:
    lines = [row for row in table(made, "指标得分") if row["状态"] == "已评分"]
    incidents = [number(row["取值1"]) for row in lines if row["指标编号"] == "D303"]
    assert f"{sum(one > 0 for one in incidents)}个项目发生安全事件共{sum(incidents)}起" in full
    assessed = [row for row in lines if row["指标编号"] == "C203"]
    failed = [row for row in assessed if number(row["得分"]) < number(row["计分值"])]
    assert f"适用的{len(assessed)}个项目中{len(failed)}个未通过密码应用安全性评估" in full


def test_groups_are_compared_by_their_own_means(made: Path, full: str) -> None:
    scored = [row for row in table(made, "汇总") if row["总分"] not in OUT_OF_THE_BOOK]
    large = [number(row["总分"]) for row in scored if number(row["合同金额"]) >= 400]
    mean = round(sum(large) / len(large), 2)
    assert f"400万元（含）以上的{len(large)}个项目平均{mean:.2f}分" in full


def test_every_lost_point_is_accounted_for(made: Path) -> None:
    lines = [row for row in table(made, "指标得分") if row["参评"] == "是"]
    lost: Counter[object] = Counter()
    for row in lines:
        lost[row["项目序号"]] += number(row["计分值"]) - number(row["得分"])
    told: Counter[object] = Counter()
    for row in table(made, "问题明细"):
        told[row["项目序号"]] += number(row["失分"])
    assert sum(value > 0 for value in lost.values()) > 30
    for project, points in lost.items():
        assert abs(points - told[project]) < Decimal("0.005"), project
    assert abs(sum(lost.values()) - sum(number(row["失分"]) for row in table(made, "问题汇总"))) < Decimal("0.005")


def test_self_scores_reconcile_by_project_and_by_indicator(made: Path, full: str) -> None:
    rows = table(made, "自评复核")
    for heading in ("自评指标数", "自评分", "复核分", "差额", "自评满分数"):
        by = {
            scope: sum(number(row[heading]) for row in rows if row["范围"] == scope)
            for scope in ("全部", "项目", "指标")
        }
        assert by["全部"] == by["项目"] == by["指标"] != 0
    claimed = sum(number(row["自评折算分"]) for row in table(made, "指标得分"))
    assert f"自评合计{claimed:,}分" in full
    assert "自评与复核对照表" in full


def test_filling_in_is_no_problem_of_the_evaluation_and_no_advice_is_for_everybody(made: Path, full: str) -> None:
    before_annexes = full.split("九、其他需要说明的问题")[1].split("附件3", maxsplit=1)[0]
    assert "比率与填报数据不一致" not in before_annexes
    folder = sorted(path for path in (made / "07-评价报告").glob("0*.docx"))
    told = Counter(advice for path in folder for advice in set(advice_of(path, made)))
    assert len(told) > 60
    assert {advice: count for advice, count in told.items() if count > len(folder) / 4} == {}


def advice_of(path: Path, made: Path) -> Iterator[str]:
    """The suggestions of a report, without the names of projects and units and without figures."""
    root = parse(read_parts(path.read_bytes())[DOCUMENT])
    for each in root.iter(w("tbl")):
        rows = [[paragraph_words(cell) for cell in row.iter(w("tc"))] for row in each.iter(w("tr"))]
        if "建议" in rows[0]:
            yield from (bare(row[rows[0].index("建议")], made) for row in rows[1:])


def paragraph_words(cell: object) -> str:
    return "".join(text.text or "" for text in cell.iter(w("t")))


def bare(text: str, made: Path) -> str:
    for name in names(made):
        text = text.replace(name, "")
    return re.sub(r"[0-9.,]+%?", "", text)


@cache
def names(made: Path) -> list[str]:
    rows = load_workbook(made / "项目清单.xlsx", read_only=True).worksheets[0].iter_rows(values_only=True)
    return sorted({cell for row in rows for cell in row if isinstance(cell, str) and len(cell) > 2}, key=len)[::-1]


def test_every_problem_that_is_told_has_the_cause_an_evaluator_chose(made: Path, full: str) -> None:
    rows = [row for row in table(made, "问题明细") if row["类别"] != "填报" and "OTHER" not in str(row["编号"])]
    assert len(rows) > 500
    assert not [row for row in rows if row["原因"] in OUT_OF_THE_BOOK]
    for words in ("待选定", "尚未核定", "可能与"):
        assert words not in full + report(made, "037")


def test_the_brief_begins_with_conclusions_figures_and_decisions(made: Path) -> None:
    brief = report(made, "简版")
    places = [brief.index(words) for words in ("一、三条结论", "二、五个数字", "三、请决策的事项", "四、评价概况")]
    assert places == sorted(places)
    assert brief.index("安全事件") < brief.index("平均得分")
    cards, decisions = Document(next((made / "07-评价报告").glob("*简版*.docx"))).tables[:2]
    assert len({cell.text for cell in cards.rows[0].cells}) == 5
    assert [row.cells[0].text for row in decisions.rows] == ["1", "2", "3", "4", "5"]


def test_a_list_of_numbers_can_be_broken_between_any_two(full: str) -> None:
    """37、12、36 is one word to LibreOffice, which breaks it amid a number; 37号、12号 it breaks after a comma."""
    assert re.search(r"（\d+号、\d+号、[^）]*等\d+个）", full)
    assert not re.search(r"（\d+、\d+、[^）]*号", full)


def test_a_payment_net_of_fees_is_told_net_of_fees(full: str) -> None:
    """The condition of the row deducts fees of third parties; its amount and its words must too."""
    assert "1个项目累计支付扣除第三方费用后超过合同或审定金额，计12.61万元" in full
    assert "扣除后为562.01万元，仍超出12.61万元" in full


def test_the_first_page_leaves_no_conclusion_half_empty(made: Path) -> None:
    """One problem too long for what is left of a line does not keep a shorter one off the page."""
    brief = report(made, "简版")
    for name in ("合规底线。", "目标实现。", "资金和管理。"):
        assert "；" in brief.partition(name)[2].partition("。")[0], name


def test_the_verification_report_concludes_what_is_to_be_put_right(made: Path) -> None:
    said = report(made, "整体核查报告")
    conclusion = said.partition("二、核查结论\n")[2].partition("三、资金核查情况\n")[0]
    counts = re.search(r"须整改的事项(\d+)项（合规底线类(\d+)项、绩效类(\d+)项、管理类(\d+)项）", conclusion)
    assert counts, conclusion
    every, *kinds = map(int, counts.groups())
    assert every == sum(kinds)
    assert "合规底线类问题为：“电子政务云网提升（2023年度）”评价期内发生网络与数据安全事件1起。" in conclusion
    assert "核查未发现须更正" not in said  # where things are to be put right, only what was filled in is without fault


def test_a_project_with_one_breach_tells_its_other_gravest_facts_too(made: Path) -> None:
    first = report(made, "022_").partition("须先说明\n")[2].partition("\n")[0]
    assert first.startswith("合规底线方面：与已建系统功能重复")
    assert "其他方面：1.业务量只有目标的86.00%" in first


def test_what_the_checks_found_of_a_rate_is_said_with_the_rate(made: Path) -> None:
    said = report(made, "002_").partition("六、核查情况说明\n")[2]
    assert re.match(r"比率与按填报数据重算的不一致：.*\d", said), said[:80]


def test_small_losses_are_told_the_largest_first(made: Path) -> None:
    small = report(made, "001_").partition("其余没有单列为问题的失分：")[2].partition("\n")[0]
    points = [Decimal(found) for found in re.findall(r"失([0-9.]+)分", small)]
    assert len(points) > 3
    assert points == sorted(points, reverse=True)


def test_a_project_without_a_score_is_compared_with_nothing(made: Path) -> None:
    assert "自评复核" not in report(made, "038_")


def test_that_nothing_was_found_is_said_before_the_table(made: Path) -> None:
    """Behind all else it stood alone on a page."""
    assert report(made, "009_").partition("问题由重到轻列示。")[2].startswith("佐证为评价人所列")
    assert re.search("怎样报送。填报数据核查没有发现须更正或请核实的问题。\n", report(made, "009_"))


def test_rates_of_problems_are_percentages_and_only_what_adds_up_is_added(made: Path) -> None:
    """0.57 beside the unit % reads as half a percent, and the sum of marks of 28 projects says nothing."""
    book = load_workbook(made / "06-汇总总表" / "汇总总表.xlsx", data_only=True)
    heads = {cell.value: cell.column for cell in book["问题明细"][HEAD]}
    rates = [
        row[heads["数额"] - 1]
        for row in book["问题明细"].iter_rows(min_row=HEAD + 1)
        if row[heads["数额单位"] - 1].value == "%" and row[heads["数额"] - 1].value != "—"
    ]
    assert rates
    assert all("%" in cell.number_format for cell in rates)
    sums = {row["编号"]: row["数额合计"] for row in table(made, "问题汇总")}
    assert sums["H11"] == "—"
    assert Decimal(str(sums["M01"])).quantize(Decimal("0.01")) == Decimal("662.34")


def test_no_number_is_wider_than_its_cell(made: Path) -> None:
    """In 五号 a digit is 5.25 points wide, a comma or a stop half of that; a cell keeps 5.4 points on each side."""
    (path,) = (path for path in (made / "07-评价报告").glob("*.docx") if "完整版" in path.name)
    root = parse(read_parts(path.read_bytes())[DOCUMENT])
    numbers = 0
    for cell in root.iter(w("tc")):
        text = "".join(part.text or "" for part in cell.iter(w("t")))
        styles = {style.get(w("val")) for style in cell.iter(w("pStyle"))}
        if styles == {"表格文字"} and re.fullmatch(r"-?[\d,]+\.\d+%?", text):
            numbers += 1
            needed = sum(2.63 if mark in ",.-" else 8.75 if mark == "%" else 5.25 for mark in text) + 10.8
            assert needed * 20 <= int(cell.find(f"{w('tcPr')}/{w('tcW')}").get(w("w"))), text
    assert numbers > 100


def test_who_lost_most_is_named_with_the_value_the_master_has(made: Path, full: str) -> None:
    lines = [row for row in table(made, "指标得分") if row["状态"] == "已评分"]
    told = re.findall(r"失分(?:最多)?的是([^（）。、]+)（[^（）0-9]+([0-9.]+)%）。", full)
    assert told
    for name, value in told:
        own = [row["取值1"] for row in lines if row["项目名称"] == name and isinstance(row["取值1"], int | float)]
        assert any(abs(Decimal(str(one)) * 100 - Decimal(value)) < Decimal("0.006") for one in own), (name, value)
