"""What reading the printed pages found, as rules: no empty pages, references that fit, lists read without doubt."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import islice, pairwise

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from sample_masters import NANTONG, SUZHOU_ANHUI, sample, template

from toolkit.model import CellRef, Figure, Finding, Severity
from toolkit.report import render_reports
from toolkit.report.first_page import first_page
from toolkit.report.practices import practices
from toolkit.report.problems import own_problems
from toolkit.report.scores import extremes
from toolkit.report.wording import named
from toolkit.word.captions import NOWHERE
from toolkit.word.chart_dress import PALETTE

SAMPLES = (NANTONG, SUZHOU_ANHUI, "nanchang-2022")
_BIGRAM = re.compile("(?=([\u4e00-\u9fff]{2}))")
_ANYWHERE = {"项目", "情况", "附件", "评价", "指标", "部分"}
"""Pairs of characters that stand in nearly every sentence and prove nothing."""


def body(data: bytes):
    return WordFile(BytesIO(data)).element.body


def text_of(node) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


@pytest.fixture(scope="module", params=SAMPLES)
def documents(request):
    """The reports on all of a sample and on its first project."""
    return list(islice(render_reports(sample(request.param).facts, template), 4))


def test_no_section_of_a_report_is_empty(documents):
    """A section without a word is an empty page: 附件1 stood behind one wherever there is no heat map."""
    for document in documents:
        written = ""
        for block in body(document.data):
            written += text_of(block) + "".join("图" for _ in block.iter(qn("w:drawing")))
            if block.tag == qn("w:p") and block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                assert written.strip(), document.name
                written = ""


def test_every_reference_points_at_a_caption_that_fits_its_sentence(documents):
    """表5 in a sentence is the table whose title shares a word with that sentence, and no reference leads nowhere."""
    for document in documents:
        root = body(document.data)
        titles = {}
        for paragraph in root.iter(qn("w:p")):
            for mark in paragraph.iter(qn("w:bookmarkStart")):
                if mark.get(qn("w:name")).startswith("_Ref9"):
                    number, _, title = text_of(paragraph).partition("　")
                    titles[mark.get(qn("w:name"))] = number, title
        for paragraph in root.iter(qn("w:p")):
            codes = [code.text.split()[1] for code in paragraph.iter(qn("w:instrText")) if " REF " in code.text]
            text = text_of(paragraph)
            assert NOWHERE not in text, document.name
            for bookmark in codes:
                number, title = titles[bookmark]
                clauses = [clause for clause in re.split("[。；]", text) if number in clause]
                common = {pair for clause in clauses for pair in _BIGRAM.findall(clause)} & set(_BIGRAM.findall(title))
                assert common - _ANYWHERE, f"{document.name}：{text} → {number}{title}"


def test_names_that_hold_a_comma_can_be_told_apart():
    assert named(["甲系统", "乙系统"]) == "甲系统、乙系统"
    assert named(["甲、乙采购项目", "丙系统"]) == "“甲、乙采购项目”“丙系统”"


def test_the_score_of_a_whole_is_no_figure_of_one_project():
    cards = first_page(sample(SUZHOU_ANHUI).facts)["首页数字"]
    said = ["".join(str(part) for part in card["数字"]) for card in cards]
    assert not [words for words in said if words == "1个项目"]
    assert said[0] == "94.00分"


def test_practices_that_differ_in_figures_alone_are_told_once():
    told = ["".join(map(str, practice)) for practice in practices(sample(NANTONG).facts)]
    bare = [re.sub(r"“.*?”|\d+", "", words) for words in told]
    assert len(bare) == len(set(bare))
    assert any("的做法相近。" in words for words in told)


def missing(*names):
    """What a project's report says of evidence that was not given."""
    facts = sample(NANTONG).facts
    found = tuple(
        Finding("MISS-03", Severity.ERROR, CellRef(), f"佐证材料{name}未标明已提供", "提供材料") for name in names
    )
    (problem,) = own_problems(facts, replace(facts.scored[0], findings=found))
    return ["".join(map(str, told)) for told in problem.examples]


def test_findings_that_differ_in_a_name_alone_are_one_sentence_from_three_on():
    one, two, three = "E01“立项批复”", "E02“采购合同”", "E07“验收报告”"
    assert missing(one, two, three) == [f"佐证材料{one}、{two}、{three}未标明已提供。处理办法：提供材料。"]
    assert len(missing(one, two)) == 2
    assert len(missing(one, two, "E08“合同，及补充”")) == 3  # a comma within a name would blur the list


def test_rates_that_differ_by_rounding_alone_are_not_ranked():
    def rates(*averages):
        some = sample(NANTONG).facts.figures.indicators[: len(averages)]
        return [
            replace(
                rate,
                effective_mark=replace(rate.effective_mark, value=Decimal(2)),
                rate=Figure(Decimal(average) / 2, rate.rate.at, average),
            )
            for rate, average in zip(some, averages, strict=True)
        ]

    assert extremes(rates("1.50", "1.505"), "") == ()  # each is right to half a hundredth of a point
    assert "得分率最高" in "".join(map(str, extremes(rates("1.50", "1.52"), "")))


def test_an_evaluation_nobody_answered_passes_no_judgement():
    facts = sample(NANTONG).facts
    unscored = tuple(replace(project, returned=False) for project in (*facts.scored, *facts.unscored))
    silent = replace(facts, figures=replace(facts.figures, projects=(), unscored=unscored, problem_rows=(), facts={}))
    assert not silent.has_evidence_files
    documents = list(islice(render_reports(silent, template), 2))
    for document in documents:
        said = text_of(body(document.data))
        assert "没有收到可核查的采集表" in said
        assert "没有需要单列" not in said
        assert "建议责任单位保持现有管理水平" not in said


def test_series_of_a_chart_can_be_told_apart_in_black_and_white():
    def light(colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = sorted(light(colour) for colour in PALETTE[:3])
    assert min(after - before for before, after in pairwise(shades)) > 50


def test_no_amount_is_too_long_for_its_card():
    for name in SAMPLES:
        cards = first_page(sample(name).facts)["首页数字"]
        assert all(len(getattr(part, "text", "")) <= 9 for card in cards for part in card["数字"]), name
