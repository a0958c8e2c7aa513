"""Units read from a document's XML as text are those of its parsed parts, or none are read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.figure import Figure
from toolkit.word.charts import ChartKind, ChartSpec, insert_chart
from toolkit.word.compose import Composer
from toolkit.word.contents import fill_contents
from toolkit.word.figure_runs import FigureRuns
from toolkit.word.package import DOCUMENT, read_parts
from toolkit.word.render import WordTemplate, compile_template
from toolkit.word.tables import Column
from toolkit.word.text_units import text_units
from toolkit.word.unit_texts import unit_words

TOTAL = Figure(Decimal("93.5"), "汇总!G5", "93.50")
RUN = "<w:r><w:t>3</w:t></w:r>"
SCORES = ChartSpec(ChartKind.COLUMN, ["甲", "乙 & 丙"], {"得分": [Decimal("93.5"), None]})


@pytest.fixture(scope="module")
def template() -> WordTemplate:
    made = Composer("评价报告")
    made.contents()
    made.heading(1, "一、基本情况")
    made.paragraph("{{ name }}得{{ total }}分，满分100分；见表1。")
    made.table([Column("序号", "{{ r }}"), Column("名称", "{{ name }}")], each="r in rows", caption="表1　得分")
    made.heading(2, "（一）图")
    made.chart("得分")
    return compile_template(made.save())


def report(template: WordTemplate, name: str = "甲项目", rows: int = 3) -> bytes:
    words = {"total": TOTAL, "name": name, "rows": list(range(rows))}
    return fill_contents(insert_chart(template.render(words), "得分", SCORES), lambda _: "7")


def of_text(parts: dict[str, bytes]) -> list[tuple[str, str]] | None:
    return unit_words(parts, parts[DOCUMENT].decode(), FigureRuns())


def of_tree(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(unit.words, unit.pages) for unit in text_units(parts)]


def test_words_figures_page_numbers_captions_and_charts(template):
    parts = read_parts(report(template))
    found = of_text(parts)
    assert found == of_tree(parts)
    assert ("一、基本情况", "7") in found
    assert any("\ufffc" in words for words, _ in found)
    assert found[-1][0].count("｜") > 2


@given(name=st.text(st.characters(exclude_categories=("Cs",)), max_size=12), rows=st.integers(0, 3))
def test_whatever_stands_in_values(template, name, rows):
    parts = read_parts(report(template, name, rows))
    assert of_text(parts) == of_tree(parts)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</w:tc></w:tr>", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr>"),
        ("</w:p>", f'<w:fldSimple w:instr="PAGE">{RUN}</w:fldSimple></w:p>'),
        (
            "</w:p>",
            f"<w:r><w:pict><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></w:pict></w:r></w:p>",
        ),
        (
            "</w:p>",
            f'<w:bookmarkStart w:id="9" w:name="jx自己的"/>{RUN}<w:bookmarkEnd w:id="9"/></w:p>',
        ),
        ("<w:body>", '<w:body><x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'),
        ('w:fldCharType="end"', 'w:fldCharType="separate"'),
    ],
)
def test_what_is_unusual_is_left_to_the_tree(template, before, after):
    parts = read_parts(report(template))
    text = parts[DOCUMENT].decode()
    assert before in text
    parts[DOCUMENT] = text.replace(before, after, 1).encode()
    assert of_text(parts) is None
