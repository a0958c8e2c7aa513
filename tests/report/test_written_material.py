"""What people wrote stands in its chapter with figures of the master; hostile text stays text."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from sample_masters import sample, template

from toolkit.model import CellRef, Figure
from toolkit.model.material import CHAPTERS, Passage
from toolkit.report import Named, faults, read_report, render_reports, verify_report
from toolkit.report.material import chapters, of_project
from toolkit.report.wording import in_quotes

NANCHANG, WHOLE = "nanchang-2022", "suzhou-anhui-2023"
HOSTILE = '{{ 7*7 }}{% for x in y %}</w:t><w:p/>=cmd|"&\u202e{}｛'


def written(*passages: tuple[str, str, str], name: str = NANCHANG):
    material = tuple(
        Passage(chapter, project, text, CellRef("报告素材.xlsx", "章节素材", f"B{number}"))
        for number, (chapter, project, text) in enumerate(passages, 4)
    )
    return replace(sample(name).facts, material=material)


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def test_every_chapter_stands_under_its_heading_with_bound_figures() -> None:
    own = [chapter.name for chapter in CHAPTERS if not chapter.name.startswith(("核查", "整改"))]
    facts = written(
        *((name, "", f"〔{name}〕得{{最高得分}}分，｛ 1号总分 ｝。") for name in own), ("项目概况", "1", "概况{总分}")
    )
    (report,) = render_reports(facts, template)
    text = lines(report.data)
    for name in own:
        assert sum(f"〔{name}〕得93.50分，93.50。" in line for line in text) == 1, name
    assert text.index("概况93.50") > text.index("（三）项目主要内容及实施情况")
    assert verify_report(read_report(report.data), report.name, sample(NANCHANG).values) == []
    assert faults(facts) == ()


def test_hostile_text_is_printed_as_it_is_and_told() -> None:
    facts = written(("背景", "", HOSTILE), ("经验", "", HOSTILE))
    (report,) = render_reports(facts, template)
    shown = HOSTILE.replace("\u202e", "□")
    assert sum(shown in line for line in lines(report.data)) == 2
    assert {finding.code for finding in faults(facts)} == {"MATERIAL-04"}


@pytest.mark.parametrize(
    ("text", "found", "hint"),
    [
        ("得{最高得}分", "{最高得}", "{最高得分}"),
        ("｛没有的｝", "｛没有的｝", "可用数字"),
        ("{", "", "成对"),
        ("得}分", "", "成对"),
    ],
)
def test_names_that_are_none_are_told_at_their_cell_with_what_may_be_meant(text: str, found: str, hint: str) -> None:
    facts = written(("结论", "", text))
    (fault,) = faults(facts)
    assert (fault.code, str(fault.at), fault.found) == ("MATERIAL-04", "报告素材.xlsx《章节素材》B4", found)
    assert hint in fault.hint
    assert chapters(facts)["结论"] == [(text,)], "left as it was typed, for everybody to see"


def test_every_listed_name_is_a_name_and_figures_know_their_cells() -> None:
    for name in (NANCHANG, WHOLE):
        facts = sample(name).facts
        named, first = Named(facts), facts.roster.projects[0].id
        for listed, meaning, example in named.listed():
            value = named.value(listed, first)
            assert value is not None, listed
            assert meaning
            assert str(value) == example
            assert not isinstance(value, Figure) or "!" in value.at


def test_projects_of_an_evaluation_scored_as_a_whole_have_names_too() -> None:
    facts = written(("项目概况", "3", "{项目名称}由{责任单位}承担"), name=WHOLE)
    project = facts.roster.project("3")
    assert project is not None
    assert of_project(facts, "3", "项目概况") == [(f"{project.name}由{project.unit}承担",)]
    (told,) = chapters(facts)["项目概况"]
    assert str(told[0]).startswith(f"{in_quotes(project.name)}：")
