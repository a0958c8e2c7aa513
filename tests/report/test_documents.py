"""Every sample gets its reports: right names, nothing left open, every figure equal to its cell."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import islice, product
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from sample_masters import HOSTILE, NANTONG, ONE_PROJECT, SUZHOU_ANHUI, TEMPLATES, sample, template

from toolkit.errors import TemplateError
from toolkit.model import Adjustment, CellRef, Finding, LineState, Opinion, Severity, Treatment
from toolkit.report import (
    Document,
    DocumentKind,
    ReportFacts,
    read_report,
    render_reports,
    report_names,
    verify_report,
)
from toolkit.report.chart_plan import _scatter, overall_charts
from toolkit.report.funds import missing_amounts
from toolkit.report.heat_map import heat_map
from toolkit.report.indicator_lines import lowest
from toolkit.report.losses import lost_lines, lost_sentence
from toolkit.report.overall import overall_words
from toolkit.report.planned import CHARTS
from toolkit.report.problems import finding_rows
from toolkit.report.project import project_words
from toolkit.report.project_charts import project_charts
from toolkit.report.remarks import remarks
from toolkit.report.setting import received
from toolkit.report.verification import verification_words
from toolkit.text import round_half_up
from toolkit.word.compose import Composer
from toolkit.word.lint import lint_template

ALL = (NANTONG, SUZHOU_ANHUI, *ONE_PROJECT)


@cache
def made(name: str, **options) -> Sequence[Document]:
    return tuple(render_reports(sample(name, **options).facts, template))


def begun(name: str, **options) -> Sequence[Document]:
    """The reports on all projects and on the first one: one of each kind."""
    return tuple(islice(render_reports(sample(name, **options).facts, template), len(DocumentKind)))


def words(docx: bytes) -> str:
    """All paragraphs, those in tables and in the contents too."""
    paragraphs = WordFile(BytesIO(docx)).element.body.iter(qn("w:p"))
    return "\n".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs)


def of_kind(documents, kind: DocumentKind) -> str:
    return words(next(one for one in documents if one.kind is kind).data)


@pytest.mark.parametrize("name", ALL)
def test_every_report_agrees_with_the_master_and_leaves_nothing_open(name):
    facts = sample(name).facts
    documents = made(name)
    assert [one.name for one in documents] == list(report_names(facts))
    for one in documents:
        assert verify_report(read_report(one.data), one.name, sample(name).values) == [], one.name
        text = words(one.data)
        assert not re.search(r"\{\{|\}\}|\{%|%\}|\[\[|Figure\(|None|。。|，。|；。", text), one.name


def test_every_project_gets_a_report_after_those_on_all():
    documents = made(NANTONG)
    on_all, own = documents[: len(DocumentKind) - 1], documents[len(DocumentKind) - 1 :]
    assert [one.kind for one in (*on_all, own[0])] == list(DocumentKind)
    assert {one.kind for one in own} == {DocumentKind.PROJECT}
    assert len(own) == 39, "also the one that sent nothing that can be read"
    assert own[0].name == "001_数字人大建设绩效评价报告.docx"
    assert all(len(one.name) <= 100 for one in documents)


def test_an_evaluation_scored_as_a_whole_that_names_no_body_gets_two_reports():
    assert [document.kind for document in made(SUZHOU_ANHUI)] == [DocumentKind.FULL, DocumentKind.BRIEF]


def test_a_single_project_gets_one_report():
    assert [document.kind for document in made("nanchang-2022")] == [DocumentKind.FULL]
    text = words(made("nanchang-2022")[0].data)
    assert "依据" in text
    assert "核查有关材料" in text


def test_the_same_facts_give_the_same_bytes():
    assert [one.data for one in begun("nanchang-2022")] == [one.data for one in made("nanchang-2022")]


def test_the_full_report_has_its_chapters_charts_and_contents():
    full = made(NANTONG)[0]
    text = words(full.data)
    for chapter in (
        "一、基本情况",
        "二、评价工作开展情况",
        "三、综合评价情况及结论",
        "四、评价指标分析",
        "五、主要经验及做法",
        "六、存在问题及原因分析",
        "七、有关建议",
        "八、结果应用",
        "九、其他需要说明的问题",
        "附件1",
        "附件4",
        "附件5",
    ):
        starts = [line for line in text.splitlines() if line.startswith(chapter)]
        assert len(starts) == 2, f"{chapter}: once in the contents, once as a heading"
    with ZipFile(BytesIO(full.data)) as archive:
        assert sum("charts/chart" in one and one.endswith(".xml") for one in archive.namelist()) >= 2


@pytest.mark.parametrize("name", [SUZHOU_ANHUI, *ONE_PROJECT])
def test_a_single_score_is_not_spoken_of_as_many(name):
    documents = made(name)
    for kind in {document.kind for document in documents} & {DocumentKind.FULL, DocumentKind.BRIEF}:
        text = of_kind(documents, kind)
        assert not re.search("平均得分|排名由|绩效等级分布|得分居前", text)
        assert f"绩效等级为“{sample(name).facts.scored[0].grade}”" in text


def test_tables_and_pictures_are_numbered_without_gaps():
    for document in made(NANTONG)[: len(DocumentKind)]:
        captions = [one.text for one in WordFile(BytesIO(document.data)).paragraphs if one.style.name == "图表题"]
        for word in "表图":
            numbers = [int(match[1]) for one in captions if (match := re.match(rf"{word}(\d+)", one))]
            assert numbers == list(range(1, len(numbers) + 1))


def test_a_project_that_sent_nothing_back_is_named_and_not_taken_for_the_worst():
    documents = made(NANTONG, missing=("38",))
    text = of_kind(documents, DocumentKind.FULL)
    assert "“轨道交通光缆工程”没有报送可读取的采集表" in text
    assert "已评分的38个项目平均得分" in text
    own = words(next(one for one in documents if one.name.startswith("038")).data)
    assert "本项目没有报送可读取的采集表。" in own
    assert "未评分、未定等级" in own
    assert "综合得分" not in own


def _facts_with(finding: Finding, **changed: object) -> ReportFacts:
    facts = sample(NANTONG, missing=("38",)).facts
    return replace(facts, figures=replace(facts.figures, findings=(finding,)), **changed)


@pytest.mark.parametrize(
    ("project", "indicator", "item", "value", "words_"),
    [
        ("15", "", "实际成本", Decimal("500.12"), "评价人已核定为500.12万元，按核定值计分（依据结算材料；佐证E05）。"),
        ("22", "C104", "完成值", Decimal("0.74"), "评价人已核定为74.00%，按核定值计分（依据结算材料；佐证E05）。"),
        ("16", "", "实际成本", Decimal("500.12"), ""),
        ("22", "C104", "扣分", Decimal("0.74"), ""),
    ],
)
def test_a_finding_about_a_verified_value_says_what_was_scored(project, indicator, item, value, words_):
    doubted = {"15": "实际成本", "16": "预算资金", "22": "C104"}[project]
    finding = Finding("READ-45", Severity.WARNING, CellRef(), "疑似填错单位", project=project, indicator=doubted)
    opinion = Opinion(project, indicator, item, value, "依据结算材料。", "E05", "张三", "李四")
    facts = _facts_with(finding, opinions=(opinion,))
    (row,) = finding_rows(facts, facts.of_units())
    assert "".join(map(str, row["问题"])) == f"疑似填错单位。{words_}"


@pytest.mark.parametrize(
    ("code", "words_"), [("COLLECT-01", "，另有1份报送的文件不能读取"), ("BATCH-01", "，尚有1份未收到")]
)
def test_a_refused_file_is_not_called_missing(code, words_):
    facts = _facts_with(Finding(code, Severity.ERROR, CellRef(), "文件是 PDF", project="38"))
    assert "".join(map(str, received(facts))) == f"收到可用的采集表38份{words_}"


def test_the_plans_findings_are_said_once_among_the_remarks():
    facts = _facts_with(Finding("SCHEME-31", Severity.WARNING, CellRef(), "过程目标共19分。", "改为等分"))
    assert finding_rows(facts, facts.of_units()) == []
    assert "关于评价方案和项目清单：过程目标共19分。" in remarks(facts)


def test_projects_without_a_contract_are_named_beside_the_sum_of_all_contracts():
    facts = _facts_with(Finding("MISS-01", Severity.NOTE, CellRef(), "x"))
    first, *rest = facts.roster.projects
    without = replace(first, contract_amount=None)
    told = f"项目清单没有“{first.name}”的合同金额，项目清单的合同金额合计不含这些项目。"
    assert told in remarks(replace(facts, roster=replace(facts.roster, projects=(without, *rest))))
    assert told not in remarks(facts)
    assert told not in remarks(replace(facts, roster=replace(facts.roster, projects=(without,))))


@pytest.mark.parametrize("code", ["SCHEME-39", "SCHEME-48", "ROSTER-17", "ROSTER-19"])
def test_what_only_the_evaluators_can_mend_in_their_workbooks_is_not_told_to_readers(code):
    facts = _facts_with(Finding(code, Severity.NOTE, CellRef(), "《字段》没有写“报告用途”"))
    assert not any("报告用途" in remark for remark in remarks(facts))


def test_what_awaits_its_evaluator_is_no_loss():
    """Project 1 earned 0 of A101 so far: it did not lose these points, and it is not the one that lost most."""
    facts = sample(NANTONG, pending="1").facts
    project = next(each for each in facts.scored if each.project and each.project.id == "1")
    waiting, *judged = [replace(line, score=Decimal(0)) for line in project.sheet.own_lines]
    assert waiting not in lost_lines(replace(project, sheet=replace(project.sheet, lines=(waiting, *judged))))
    awaited = f"“{waiting.name}”尚待评价人评定，暂计0分。"
    full = replace(judged[0], score=judged[0].effective_mark)
    assert "".join(map(str, lost_sentence([waiting]))) == awaited
    assert "".join(map(str, lost_sentence([waiting, full]))) == f"{awaited}其余指标均得满分。"
    assert "".join(map(str, lost_sentence([waiting, judged[0]]))) == f"失分的指标是“{judged[0].name}”。{awaited}"
    assert project not in lowest(facts, waiting.code)


def test_an_amount_in_doubt_that_was_verified_is_not_said_to_be_left_out():
    """Project 15 of the sample typed one amount in 元; its evaluators settled it."""
    facts = sample(NANTONG).facts
    doubt = Finding("READ-45", Severity.WARNING, CellRef("甲.xlsx"), "疑似以元填报", project="1", indicator="实际成本")
    doubted = replace(facts, figures=replace(facts.figures, findings=(doubt,)))
    assert any("以元填报，更正以前没有采用" in told for told in missing_amounts(doubted))
    verified = Opinion("1", "", "实际成本", Decimal(90), "核对凭证", evaluator="甲", reviewer="乙")
    settled = replace(doubted, opinions=(verified,))
    assert not any("以元填报" in told for told in missing_amounts(settled))


def test_the_longest_series_of_a_scatter_comes_first():
    """LibreOffice draws nothing of a first series that has fewer points than another."""
    facts = sample(NANTONG).facts
    few = next(line.project.id for line in facts.scored if line.project)
    renamed = [
        replace(line, project=replace(line.project, project_type="道路")) if line.project.id == few else line
        for line in facts.scored
    ]
    spec = _scatter(SimpleNamespace(scored=renamed, scheme=facts.scheme))
    points = [sum(value is not None for value in values) for values in spec.series.values()]
    assert points == sorted(points, reverse=True)
    assert points[-1] == 1
    assert next(iter(spec.series)) != "道路", "the first in the roster is not the first drawn"


def test_the_heat_map_shows_what_awaits_its_evaluator_as_no_lost_points():
    facts = sample(NANTONG, pending="1").facts
    awaited = {
        indicator.code
        for project, indicator in product(facts.scored, facts.scheme.indicators)
        if (line := project.sheet.own_line(indicator.code)) and line.state is LineState.PENDING
    }
    codes = [indicator.code for indicator in facts.figures.indicators]
    rows = {row["名称"].split()[0]: row["格"] for row in heat_map(facts)["热力图"]["行"]}
    shown = {code for code, cell in zip(codes, rows["1"], strict=True) if cell["分"] == "—"}
    assert shown == awaited
    assert not any(cell["分"] == "—" for number, cells in rows.items() if number != "1" for cell in cells)


def test_a_project_still_to_be_judged_says_so():
    documents = begun(NANTONG, pending="1")
    assert "待评定" in words(next(one for one in documents if one.name.startswith("001")).data)
    assert "阶段性结果" in of_kind(documents, DocumentKind.FULL)
    assert "（暂）" in of_kind(documents, DocumentKind.FULL)
    assert "（暂）" not in of_kind(made(NANTONG), DocumentKind.FULL)
    own = sample(NANTONG, pending="1").facts
    total = next(project.total.text for project in own.scored if project.project and project.project.id == "1")
    single = next(document for document in documents if document.name.startswith("001"))
    rows = [[cell.text for cell in row.cells] for table in WordFile(BytesIO(single.data)).tables for row in table.rows]
    assert f"{total}（暂）" in next(row for row in rows if row[0] == "合计")
    for kind in (DocumentKind.FULL, DocumentKind.BRIEF):
        said = of_kind(documents, kind)
        assert "个项目平均得分暂为" in said
        assert "平均得分和等级分布，评定后可能变化" in said
    assert f"{total}（暂）" in of_kind(documents, DocumentKind.FULL)


def test_the_published_excess_of_suzhou_is_reported_and_missing_amounts_are_not_zero():
    text = of_kind(made(SUZHOU_ANHUI), DocumentKind.FULL)
    assert "19,433.22元" in text
    assert "71,040.00元" in text
    assert "扣除后不超过合同金额，请核实并将第三方服务费单列" in text
    assert "累计支付超过合同金额（已审计的" not in text
    assert "“宿州市城市大脑数据安全治理”未取得合同金额" in text


def test_checks_that_were_changed_stand_in_the_annex_with_the_reasons():
    facts = sample(NANTONG).facts
    changed = (
        Adjustment("FUND-01", Treatment.TOLERANCE, "合同尾款按元取整", Decimal("0.01")),
        Adjustment("TEXT-01", Treatment.OFF, "本年度不要求验收"),
    )
    facts = replace(
        facts, scheme=replace(facts.scheme, adjustments=changed), check_titles={"FUND-01": "累计支付超过合同金额"}
    )
    full, brief, verification = (words(one.data) for one in islice(render_reports(facts, template), 3))
    for text in (full, verification):
        assert "核查设置" in text
        for words_ in (
            "FUND-01\n累计支付超过合同金额\n相差不超过0.01的不列为问题\n合同尾款按元取整",
            "停用\n本年度不要求验收",
        ):
            assert words_ in text
    assert "合同尾款按元取整" not in brief
    assert "核查设置" not in of_kind(made(NANTONG), DocumentKind.FULL)


def test_marks_that_were_shared_out_are_printed_where_they_differ():
    documents = made(NANTONG)
    full = of_kind(documents, DocumentKind.FULL)
    assert "平均计分值" in full
    assert "得分率=平均得分÷平均计分值" in full
    own = {one.name[:3]: words(one.data) for one in documents if one.kind is DocumentKind.PROJECT}
    assert "计分值按累计舍入" in own["033"]
    assert "计分值" not in own["001"]
    assert "“建设任务完成率”分值" not in own["033"], "its full score is no loss"


@pytest.mark.parametrize("name", ALL)
def test_rates_of_the_tables_are_what_is_printed_divided(name):
    figures = sample(name).facts.figures
    for one in (*figures.dimensions, *figures.indicators):
        got, mark, rate = (Decimal(part.text.rstrip("%")) for part in (one.average, one.effective_mark, one.rate))
        assert round_half_up(got / mark * 100, 2) == rate <= 100, one.name


def test_sums_over_fewer_projects_than_there_are_say_so():
    text = of_kind(begun(NANTONG, missing=("38",)), DocumentKind.BRIEF)
    assert "合同金额11,738.08万元（39个项目），预算资金" in text
    assert "（均为38个项目）。" in text


def test_text_of_a_unit_stays_text():
    facts = sample(NANTONG).facts
    assert any(HOSTILE in one.message for one in facts.figures.findings)
    for one in made(NANTONG)[:1]:
        assert "49=1+1" not in words(one.data)


def test_the_templates_ask_only_for_what_there_is():
    facts = sample(NANTONG).facts
    contexts = {
        DocumentKind.FULL: overall_words(facts),
        DocumentKind.BRIEF: overall_words(facts),
        DocumentKind.VERIFICATION: verification_words(facts),
        DocumentKind.PROJECT: project_words(facts, facts.scored[0]),
    }
    for kind, context in contexts.items():
        data = (TEMPLATES / kind.template).read_bytes()
        assert lint_template(data, context, CHARTS.get(kind, ())) == [], kind


def test_every_chart_that_can_be_drawn_is_one_a_template_may_ask_for():
    facts = sample(NANTONG).facts
    assert tuple(overall_charts(facts)) == CHARTS[DocumentKind.FULL]
    drawn = set().union(*(project_charts(facts, project) for project in facts.scored))
    assert drawn == set(CHARTS[DocumentKind.PROJECT])


def test_a_place_for_a_chart_with_nothing_to_compare_says_so_and_stops_no_report():
    facts = sample("nanchang-2022").facts
    assert "项目得分" not in overall_charts(facts)
    composer = Composer()
    composer.chart("项目得分")
    (report,) = render_reports(facts, lambda _: composer.save())
    assert "（暂无数据）" in words(report.data)


def test_every_mistake_of_a_template_is_named_at_once():
    def edited(name: str) -> bytes:
        document = WordFile(BytesIO(template(name)))
        for text in ("得分{{ 总体.平均分数", "评价机构：{{ 评价机构 }}"):
            document.add_paragraph(text)
        target = BytesIO()
        document.save(target)
        return target.getvalue()

    with pytest.raises(TemplateError) as caught:
        next(render_reports(sample("nanchang-2022").facts, edited))
    assert "得分{{ 总体.平均分数" in caught.value.message
    assert "名称“评价机构”不存在" in caught.value.message
    assert caught.value.where == DocumentKind.FULL.template
