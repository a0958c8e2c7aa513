"""``template check`` of Word templates: all mistakes at once, then the worst data; ``template new`` copies all."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from toolkit import resources
from toolkit.pipeline.plan.templating import check_template
from toolkit.pipeline.plan.word_templates import GUIDE_FILE, NAMES_FILE, ROSTER_FILE, new_templates
from toolkit.scheme import read_roster
from toolkit.word.trial import CASES, name_tree, try_template, values_of

BRIEF = "整体报告（简版）.docx"


def with_lines(folder: Path, *lines: str, columns: int = 0) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if columns:
        document.add_table(rows=1, cols=columns)
    path = folder / BRIEF
    document.save(path)
    return path


def said(path: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in check_template(path).findings]


@pytest.mark.parametrize("name", sorted(path.name for path in resources.shipped_templates() if path.suffix == ".docx"))
def test_shipped_templates_stand_every_case(name):
    assert said(resources.document_template_path(name)) == []


def test_all_mistakes_are_told_at_once_with_their_paragraph(tmp_path):
    found = said(
        with_lines(
            tmp_path,
            "平均{{ 总体.平均分数 }}分",
            "{%p for 行 in 排名 %}",
            "{{ 行.总得分 }}",
            "{%p endfor %}",
            "{{ 评价机构 }}",
            "{{ 总体.项目数 ",
            "{% if 多个项目 %}",
        )
    )
    assert {code for code, _ in found} == {"TEMPLATE-02"}
    words = "\n".join(message for _, message in found)
    for part in (
        "正文“平均{{ 总体.平均分数 }}分”：没有“平均分数”这一项",
        "正文“{{ 行.总得分 }}”：没有“总得分”这一项",
        "名称“评价机构”不存在",
        "没有对应的“}}”",
        "没有结束",
    ):
        assert part in words


def test_a_chart_that_no_report_has_is_told_before_it_stops_the_reports(tmp_path):
    ((code, words),) = said(with_lines(tmp_path, "[[图:项目总得分]]", "[[图:等级分布]]"))
    assert (code, words) == ("TEMPLATE-02", "正文“[[图:项目总得分]]”：没有名为“项目总得分”的图")


def test_what_only_extreme_data_show_is_told_with_the_case(tmp_path):
    (found,) = check_template(with_lines(tmp_path, "{{ 排名[1].名称 }}")).findings
    assert found.code == "TEMPLATE-03"
    assert "没有数据（0行、缺失值）" in found.hint
    (found,) = check_template(with_lines(tmp_path, columns=64)).findings
    assert "超过63列" in found.message


def test_a_renamed_template_is_checked_as_what_it_replaces(tmp_path):
    path = with_lines(tmp_path, "{{ 总体.平均得分 }}").rename(tmp_path / "我们的简版.docx")
    assert said(path) == []


def test_a_file_that_is_no_word_document_is_said(tmp_path):
    path = tmp_path / "模板.docx"
    path.write_bytes(b"no zip")
    with pytest.raises(Exception, match="不是可以读取的 Word 文档"):
        check_template(path)


def test_cases_have_the_rows_and_words_they_promise():
    tree = name_tree([("行", "列表", ""), ("行[]", "组", ""), ("行[].数", "数", "1.00"), ("有", "是否", "是")])
    sizes = [len(values_of(tree, case)["行"]) for case in CASES]
    assert sizes == [2, 3, 500, 0]
    assert [values_of(tree, case)["有"] for case in CASES] == [True, True, True, False]
    document = Document()
    document.add_paragraph("{{ 行|length }}")
    target = BytesIO()
    document.save(target)
    assert try_template(target.getvalue(), "x.docx", tree) == []


def test_every_template_is_copied_and_a_changed_copy_stays(tmp_path):
    new_templates(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {path.name for path in resources.shipped_templates()} | {NAMES_FILE, GUIDE_FILE, ROSTER_FILE}
    (tmp_path / BRIEF).write_bytes(b"mine")
    assert new_templates(tmp_path).changed == 0
    assert (tmp_path / BRIEF).read_bytes() == b"mine"


def test_the_roster_to_fill_in_is_one_that_is_read(tmp_path):
    """Nothing of it is wrong but that no project stands in it."""
    new_templates(tmp_path)
    findings = read_roster((tmp_path / ROSTER_FILE).read_bytes(), ROSTER_FILE).findings
    assert [finding.code for finding in findings] == ["ROSTER-01"]


def test_every_name_has_a_meaning():
    with resources.template_names_path().open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    assert {row["模板"] for row in rows} >= {
        path.name for path in resources.shipped_templates() if path.suffix == ".docx"
    }
    assert all(row["含义"] for row in rows)
