"""A document finished on one parsed body has the bytes of one that every step opens again."""

from decimal import Decimal

import pytest

from toolkit.errors import TemplateError
from toolkit.model.figure import Figure
from toolkit.word.charts import ChartKind, ChartSpec, insert_charts, put_charts
from toolkit.word.compose import Composer
from toolkit.word.contents import fill_contents, put_contents
from toolkit.word.open_document import open_document
from toolkit.word.package import DOCUMENT, paragraph_text, paragraphs_with, parse, read_parts, w
from toolkit.word.render import WordTemplate, compile_template
from toolkit.word.seal import put_seal, seal
from toolkit.word.tables import Column

CHARTS = {"得分": ChartSpec(ChartKind.BAR, ["甲", "乙"], {"得分": [Decimal(90), Decimal(85)]})}


@pytest.fixture(scope="module")
def compiled() -> WordTemplate:
    made = Composer("报告")
    made.contents()
    made.heading(1, "一、得分")
    made.paragraph("{{ name }}得{{ score }}分，{{ score }}分之外没有别的。")
    made.table([Column("指标", "{{ i }}"), Column("得分", "{{ score }}")], each="i in names", caption="表1　得分")
    made.paragraph("[[图:得分]]")
    return compile_template(made.save())


@pytest.mark.parametrize("names", [(), ("产出", "效益"), tuple(f"指标{number}" for number in range(30))])
def test_same_bytes(compiled: WordTemplate, names: tuple[str, ...]) -> None:
    words = {"name": "甲项目", "score": Figure(Decimal("90.5"), "汇总!G5", "90.50"), "names": names}
    document = compiled.open(words)
    put_charts(document, CHARTS)
    assert put_contents(document)
    put_seal(document)
    assert document.close() == seal(fill_contents(insert_charts(compiled.render(words), CHARTS)))


def test_opened_and_closed_says_the_same(compiled: WordTemplate) -> None:
    docx = seal(compiled.render({"name": "甲", "score": "1", "names": ()}))
    assert open_document(docx).close() == docx


def test_no_word_file() -> None:
    with pytest.raises(TemplateError, match=r"\.docx"):
        open_document(b"PK")


def test_a_sign_split_among_runs_is_found() -> None:
    made = Composer("报告")
    made.paragraph("[[图:得分]]")
    made.paragraph("没有方括号")
    root = parse(read_parts(made.save())[DOCUMENT])
    text = next(node for node in root.iter(w("t")) if node.text == "[[图:得分]]")
    text.text = "["
    rest = text.getparent().makeelement(w("t"))
    rest.text = "[图:得分]]"
    text.addnext(rest)
    assert [paragraph_text(paragraph) for paragraph in paragraphs_with(root, "[")] == ["[[图:得分]]"]


@pytest.mark.parametrize(
    "sign", ["[[图:得分]]", "[[图：得分]] ", "[[图:“甲” & 乙]]", "[[图:空的]]", "[[图:没有]]", "[[目录]]", "[没有"]
)
def test_charts_of_a_body_that_is_text_are_those_of_its_tree(sign: str) -> None:
    made = Composer("报告")
    made.paragraph(sign)
    made.paragraph("{{ name }}")
    made.paragraph(sign)
    empty = ChartSpec(ChartKind.BAR, [], {})
    charts = {"得分": CHARTS["得分"], "“甲” & 乙": CHARTS["得分"], "空的": empty}
    compiled = compile_template(made.save())
    as_text, as_tree = (compiled.open({"name": "甲 [[图:得分]]"}) for _ in range(2))
    assert isinstance(as_text.body, str)
    assert as_tree.root is as_tree.body
    for document in (as_text, as_tree):
        put_charts(document, charts, complete=False)
        put_contents(document)
    assert as_text.close() == as_tree.close()


@pytest.mark.parametrize("body_is_text", [True, False])
@pytest.mark.parametrize("written", ["[[图:得分]]", "[[图：没有]]", " [[目录]]", "[[图:得分]]\n[[目录]]"])
def test_a_place_that_a_unit_wrote_is_words(written: str, *, body_is_text: bool) -> None:
    """Else what one unit writes draws a chart in the report, or stops all reports for want of one."""
    made = Composer("报告")
    for tag in ("{{ name }}", "{{ name|trim }}", "{{ names|join }}"):
        made.paragraph(tag)
    made.table([Column("说明", "{{ i }}")], each="i in names", caption="表1　说明")
    document = compile_template(made.save()).open({"name": written, "names": [written]})
    if not body_is_text:
        assert document.root is not None
    put_charts(document, CHARTS)
    assert not put_contents(document)
    printed = parse(read_parts(document.close())[DOCUMENT])
    told = [paragraph_text(paragraph) for paragraph in paragraphs_with(printed, "[")]
    assert told
    assert all(text.strip().startswith("［[") for text in told)
    assert not printed.findall(f".//{w('drawing')}")
