"""A template's problems are told all at once, in words, at their paragraph."""

import pytest
from word_files import document

from toolkit.word.compose import Composer
from toolkit.word.lint import lint_template
from toolkit.word.render import compile_template
from toolkit.word.tables import Column

NAMES = {"项目", "总分", "等级"}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("总分{{ 总份 }}", "名称“总份”不存在", "是不是“总分”？"),
        ("总分{{ 总分", "“{{”在本段没有对应的“}}”", "同一段落"),
        ("总分 }}", "多出一个“}}”", "删去"),
        ("｛｛ 总分 ｝｝", "全角", "半角"),
        ("{{ (总分 }}", "没有配对", "括号"),
        ("{{ 总分|金额 }}", "没有“金额”这个格式转换", "竖线"),
        ("{{ 总分|safe }}", "没有“safe”这个格式转换", "竖线"),
        ("{% 如果 总分 %}", "不认识的标签“如果”", "if"),
        ("{% if 总分 %}好", "没有结束", "endif"),
        ("{%p endfor %}", "前面没有对应的 {% for … %}", "成对"),
        ("{%p if 总分 %}多余的话", "还有别的内容", "独占一段"),
        ("{%tr for p in 项目 %}", "只能写在表格里", "{%p … %}"),
        ("{% if 总分 %}{% for p in 项目 %}{% endif %}{% endfor %}", "前面没有对应的", "交叉"),
        ("{% include 'x' %}", "不认识的标签“include”", "if"),
        ("[[图:得份]]", "没有名为“得份”的图", "是不是“得分”？"),
    ],
)
def test_each_problem_has_a_place_a_message_and_a_hint(text, message, hint):
    problems = lint_template(document("好的一段", text), NAMES, {"得分"})
    found = next(problem for problem in problems if message in problem.message)
    assert hint in found.hint
    assert text.strip() in found.place


def test_all_problems_are_told_at_once():
    assert len(lint_template(document("{{ a }}", "{{ b }}和{{ c }}", "{{ 总分 "), NAMES, ())) == 4


def test_a_row_tag_must_have_its_row_to_itself_and_its_partner_in_the_same_table():
    made = Composer()
    made.table([Column("名称", "{{ p.名称 }}{%tr endfor %}")], each="p in 项目")
    assert any("独占表格的一行" in problem.hint for problem in lint_template(made.save(), NAMES, ()))
    made = Composer()
    made.table([Column("名称", "{%tr for p in 项目 %}")])
    made.paragraph("{%p endfor %}")
    assert any("不在同一张表格" in problem.message for problem in lint_template(made.save(), NAMES, ()))


def test_a_good_template_has_no_problems():
    made = Composer()
    made.contents()
    made.table(
        [Column("名称", "{% vm %}{{ p.名称 }}"), Column("x", "{{ loop.index }}{{ q }}")], each=["p in 项目", "q in p.q"]
    )
    made.paragraph(
        "{% if 总分 > 90 %}“{{ 等级 }}”{% elif 总分 %}中{% else %}差{% endif %}{% set 合计 = 总分 %}{{ 合计 }}"
    )
    made.chart("得分")
    assert lint_template(made.save(), NAMES, {"得分"}) == []


def test_a_rendered_report_is_not_a_template():
    rendered = compile_template(document("正文")).render({})
    assert [problem.message for problem in lint_template(rendered, NAMES, ())] == ["这是已经生成的报告，不是模板"]
