"""A document finished as text is the one that is finished as a parsed tree, byte by byte, whatever stands in it."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import cells, document, saved

from toolkit.errors import TemplateError
from toolkit.model.figure import Figure
from toolkit.ooxml.parse import serialise
from toolkit.word import part_code, render
from toolkit.word.captions import Reference
from toolkit.word.compose import Composer
from toolkit.word.marks import Marks
from toolkit.word.render import WordTemplate, compile_template
from toolkit.word.tables import Column
from toolkit.word.template_tree import NotProvenError
from toolkit.word.trial import CASES, name_tree, values_of

TEMPLATES = Path(__file__).parents[2] / "doc_templates"


def as_tree(monkeypatch: pytest.MonkeyPatch, template: bytes) -> WordTemplate:
    """The template compiled as one of which nothing is known beforehand."""

    def unknown(*_: object) -> None:
        raise NotProvenError

    with monkeypatch.context() as patched:
        patched.setattr(part_code, "template_tree", unknown)
        patched.setattr(part_code, "_shipped", frozenset)  # of ours nothing is kept either
        compiled = compile_template(template)
    assert not any(part.frame for part in compiled.parts)
    return compiled


def both(monkeypatch: pytest.MonkeyPatch, template: bytes) -> tuple[WordTemplate, WordTemplate]:
    known = compile_template(template)
    assert all(part.frame for part in known.parts)
    return known, as_tree(monkeypatch, template)


def finished(template: WordTemplate, context) -> bytes | str:
    try:
        return template.render(context)
    except TemplateError as error:
        return str(error)


def names_of(template: str):
    with (TEMPLATES / "模板名称.csv").open(encoding="utf-8-sig", newline="") as table:
        return name_tree(
            (row["名称"], row["类型"], row["示例"]) for row in csv.DictReader(table) if row["模板"] == template
        )


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_every_template_of_ours_is_finished_as_text(monkeypatch: pytest.MonkeyPatch, path: Path):
    known, tree = both(monkeypatch, path.read_bytes())
    names = names_of(path.name)
    for case in (CASES[1], CASES[3]):
        assert finished(known, values_of(names, case)) == finished(tree, values_of(names, case)), case.words


def test_no_finished_body_is_parsed(monkeypatch: pytest.MonkeyPatch):
    compiled = compile_template(several())

    def refuse(*_: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(render, "parse", refuse)
        made = compiled.render(words(["甲"] * 12))
    assert cells(made)[12] == ["12", "甲"]


def several() -> bytes:
    """Tables whose rows come and go, cells that may be left empty, captions, a reference, a heading, a condition."""
    made = Composer("报告")
    made.heading(1, "一、{{ name }}")
    made.paragraph("{{ name }}得{{ score }}分，见{{ reference }}。", lead="{{ name }}")
    made.table(
        [Column("序号", "{{ loop.index }}"), Column("名称", "{{ row }}", total="{{ score }}")],
        each="row in rows",
        caption="表{{ number }}　{{ name }}",
    )
    made.table([Column("", "{{ row }}"), Column("", "{{ name }}")], each="row in rows", note="注")
    with made.when("rows"):
        made.pairs([("名称", "{{ name }}"), ("得分", "{{ score }}"), ("说明", "{{ rows[0] }}")], caption="表7　说明")
    made.chart_row([("rows", "一"), ("name", "二")], [5, 5])
    made.cards("row in rows", "row", "name")
    return made.save()


def words(rows, name="名称", number=1) -> dict[str, object]:
    score = Figure(Decimal("90.5"), "汇总!G5", "90.50")
    return {"rows": rows, "name": name, "score": score, "number": number, "reference": Reference("名")}


@pytest.fixture(scope="module")
def pair() -> tuple[WordTemplate, WordTemplate]:
    with pytest.MonkeyPatch.context() as patched:
        return both(patched, several())


SOME_TEXT = st.one_of(
    st.text(max_size=8),
    st.text("字<&>\"'_{%} \t\n\x00\ue000\ue001\ue002\ufdd3\ufdd6\ufddc\u202e　", max_size=40),
    st.sampled_from(["", "字" * 28, "字" * 29, "&" * 28, "{_{ a }_}", "</w:t></w:r></w:p>", "{{ 7*7 }}", "表3　名"]),
)
SOME_VALUE = st.one_of(SOME_TEXT, st.none(), st.booleans(), st.integers(), st.decimals(), st.tuples(SOME_TEXT))


@given(st.lists(SOME_VALUE, max_size=12), SOME_VALUE, st.integers(0, 30) | st.just("x"))
@settings(max_examples=40, deadline=None)
def test_the_two_ways_give_the_same_bytes(pair, rows, name, number):
    known, tree = pair
    assert finished(known, words(rows, name, number)) == finished(tree, words(rows, name, number))


def with_piece(xml: str) -> bytes:
    """A document with a paragraph of tags, which Word may have cut into any runs, before a table of two rows."""
    made = Document()
    made.add_paragraph(xml)
    made.add_paragraph("{{ name }}")
    return saved(made)


@pytest.mark.parametrize(
    "words_of_template",
    [
        "{{ name|e|truncate(3, True, '') }}",
        "{{ name|upper }}、{{ [name, name]|join('<、>') }}",
        "{% if name %}有{{ name }}{% else %}没有{% endif %}",
        "{% for sign in name %}{{ sign }}{% endfor %}",
        "{% set other = name %}{{ other }}_{{ other }}",
        "{% set other %}<{{ name }}>{% endset %}{{ other }}",
        "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice(name) }}",
        "{% filter upper %}{{ name }}{% endfilter %}",
        "{{ '{' }}_{ name }_}",
    ],
)
@pytest.mark.parametrize("name", ["甲", "a<b>&\"'", "a\nb\tc", "x\x00\ufdd0y", "{_{ 7 }_}", ""])
def test_whatever_a_tag_does_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, words_of_template: str, name: str):
    template = with_piece(words_of_template)
    tree = as_tree(monkeypatch, template)
    assert finished(compile_template(template), {"name": name}) == finished(tree, {"name": name})


@pytest.mark.parametrize(
    "words_of_template", ["{% if name %}{{ name }}", "{% macro x() %}a{% endmacro %}", "{%p if name %}"]
)
def test_what_is_no_balanced_branch_is_not_finished_as_text(words_of_template: str):
    try:
        compiled = compile_template(document(words_of_template))
    except TemplateError:
        return
    assert not any(part.frame for part in compiled.parts)


def test_a_table_of_its_own_width_is_parsed_by_itself(monkeypatch: pytest.MonkeyPatch):
    made = Composer("报告")
    made.heat_map("图", "图1　热力图")
    known, tree = both(monkeypatch, made.save())
    heat = {
        "指标": ["甲", "乙", "丙", "丁"],
        "行": [{"名称": "项目", "格": [{"色": "FF0000", "分": 1}] * 4, "总分": 4}],
        "得分率": [1, 2, 3, 4],
    }
    assert known.render({"图": heat}) == tree.render({"图": heat})


def test_a_value_in_an_attribute_cannot_leave_it(monkeypatch: pytest.MonkeyPatch):
    made = Composer("报告")
    made.table([Column("", "{% cellbg colour %}格"), Column("", "乙")])
    known, tree = both(monkeypatch, made.save())
    for colour in ('"/><w:p/>', "a\tb", "<&>", Figure(Decimal(1), "汇总!A1", "1")):
        (part,), (other,) = known.parts, tree.parts
        written = render._written(part.render({"colour": colour}, marks := Marks()), marks)
        assert written == serialise(other.render({"colour": colour}, Marks()))
