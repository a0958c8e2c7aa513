"""Of more projects than a reader can use an overall report lists the first; it says so and stays right."""

from decimal import Decimal
from io import BytesIO
from itertools import islice

import pytest
from docx import Document as WordFile
from sample_masters import NANTONG, sample, template

from toolkit.proof.catalogue import RULES
from toolkit.proof.declaration import Verdict
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_document
from toolkit.report import Document, left_out, read_report, render_reports, verify_report
from toolkit.report import listing as listing_module
from toolkit.report.listing import closed
from toolkit.report.overall import overall_words
from toolkit.report.problems import finding_rows

MOST, FINDINGS = 7, 2


@pytest.fixture
def short(monkeypatch):
    """Reports that list seven projects and two findings."""
    monkeypatch.setattr(listing_module, "MOST_PROJECTS", MOST)
    monkeypatch.setattr(listing_module, "MOST_FINDINGS", FINDINGS)
    return sample(NANTONG, last_year=True)


def test_a_sample_is_listed_whole():
    facts = sample(NANTONG).facts
    assert left_out(facts) == ()
    words = overall_words(facts)
    assert [row["序号"] for row in words["汇总"]] == [project.id for project in facts.roster.projects]
    assert len(words["热力图"]["行"]) == len(facts.scored)


def test_every_table_of_projects_ends_with_how_many_others_there_are(short):
    facts, words = short.facts, overall_words(short.facts)
    every, ranked = len(facts.roster.projects), len(facts.scored)
    for name, sheet, key, count in (
        ("项目内容", "采集数据", "名称", every),
        ("汇总", "汇总", "名称", every),
        ("排名", "汇总", "名称", ranked),
        ("上年总分", "年度对比", "项目", ranked),
    ):
        assert len(words[name]) == MOST + 1, name
        assert words[name][-1][key] == f"其余{count - MOST}个项目，见汇总总表《{sheet}》"
    assert words["热力图"] == {}
    assert words["项目内容"][-1]["目标"] == ()


def test_money_of_those_listed_and_of_the_others_is_all_money(short):
    table = overall_words(short.facts)["资金"]
    *listed, others, whole, _ = table["行"]
    assert len(listed) == MOST
    for column, name in enumerate(table["金额列"]):
        cells = [row["金额"][column].value or 0 for row in (*listed, others)]
        assert sum(cells) == whole["金额"][column].value, name


def test_self_scores_of_those_listed_and_of_the_others_add_up(short):
    words = overall_words(short.facts)
    for part in ("项数", "自评", "复核", "差额", "满分"):
        figures = [row[part] for row in words["自评项目"]]
        *numbers, whole = (Decimal(str(figure).replace(",", "")) for figure in (*figures, words["自评合计"][part]))
        assert abs(sum(numbers) - whole) <= Decimal("0.005") * len(numbers), part


def test_what_must_be_corrected_is_listed_first(short):
    facts = short.facts
    rows = finding_rows(facts, facts.of_units())
    every = [finding for finding in facts.of_units() if finding.severity.rank < 2]
    assert len(rows) == FINDINGS + 1
    assert [row["程度"] for row in rows[:-1]] == ["须更正"] * FINDINGS
    assert rows[-1]["问题"] == f"其余{len(every) - FINDINGS}项见汇总总表《问题清单》。"


def test_a_run_says_that_reports_do_not_list_everything(short):
    (finding,) = left_out(short.facts)
    assert finding.code == "REPORT-02"
    assert f"各表只列前{MOST}个项目（共{len(short.facts.roster.projects)}个）" in finding.message
    assert f"核查问题清单只列前{FINDINGS}项" in finding.message


def contradictions(document: Document) -> set[tuple[str, str]]:
    """What proof-reading calls wrong in a report: kind of finding, and what is found."""
    rules = tuple(rule for rule in RULES if rule.code != "same.number")
    results = proof(read_document(document.data, document.name), rules=rules).findings
    return {(result.kind, result.found) for result in results if result.verdict is Verdict.DIFFERS}


def test_shortened_reports_agree_with_the_master_and_contradict_themselves_no_more_than_whole_ones(monkeypatch):
    facts, values = sample(NANTONG).facts, sample(NANTONG).values
    whole = next(render_reports(facts, template))
    monkeypatch.setattr(listing_module, "MOST_PROJECTS", MOST)
    monkeypatch.setattr(listing_module, "MOST_FINDINGS", FINDINGS)
    full, brief = islice(render_reports(facts, template), 2)
    for document in (full, brief):
        assert verify_report(read_report(document.data), document.name, values) == []
    assert contradictions(full) <= contradictions(whole)
    texts = [cell.text for table in WordFile(BytesIO(full.data)).tables for cell in table.columns[1].cells]
    assert sum(text.startswith("其余32个项目，见汇总总表") for text in texts) >= 3


def test_a_closing_row_is_as_wide_as_the_others():
    rows = [{"序号": "1", "名称": "甲", "各项": ["1", "2"], "总分": "3"}]
    assert closed(rows, 0, "别处") == rows
    assert closed(rows, 3, "别处", {"总分": ""})[-1] == {
        "序号": "",
        "名称": "其余3个项目，见别处",
        "各项": ["—", "—"],
        "总分": "",
    }
