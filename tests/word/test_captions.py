"""Captions are SEQ fields, references REF fields; what is written in them is right without any program's help."""

import re
from decimal import Decimal

from word_files import opened, texts

from toolkit.model.figure import Figure
from toolkit.ooxml.parse import serialise
from toolkit.report.setting import numbering
from toolkit.word.captions import NOWHERE, Reference, renumber_captions
from toolkit.word.compose import Composer
from toolkit.word.figures import read_figures
from toolkit.word.package import DOCUMENT, parse, read_parts, w, write_parts
from toolkit.word.render import compile_template
from toolkit.word.seal import seal, text_changes
from toolkit.word.tables import Column

COLUMNS = (Column("名称", "{{ 行 }}"),)


def rendered(first: str = "收入", *, also: str = "") -> bytes:
    made = Composer("试")
    made.paragraph("支出见{{ 引用.支出 }}（附件1），收入见{{ 引用.收入 }}；去向见{{ 引用.没有 }}。")
    if also:
        made.table(COLUMNS, each="行 in 行们", caption=f"表{{{{ 表号 }}}}　{also}")
    made.table(COLUMNS, each="行 in 行们", caption=f"表{{{{ 表号 }}}}　{first}表")
    made.table(COLUMNS, each="行 in 行们", caption="表{{ 表号 }}　支出表（万元）")
    references = {name: Reference(name) for name in ("支出", "收入", "没有")}
    return compile_template(made.save()).render({**numbering(), "引用": references, "行们": ["甲"]})


def fields(docx: bytes) -> list[str]:
    return [node.text.strip() for node in parse(read_parts(docx)[DOCUMENT]).iter(w("instrText"))]


def bookmark_of(docx: bytes, words: str) -> str:
    root = parse(read_parts(docx)[DOCUMENT])
    paragraph = next(
        node for node in root.iter(w("p")) if words in "".join(text.text or "" for text in node.iter(w("t")))
    )
    return next(mark.get(w("name")) for mark in paragraph.iter(w("bookmarkStart")))


def test_captions_and_references_read_as_before_and_are_fields() -> None:
    docx = rendered()
    assert texts(docx)[:1] == [f"支出见表2（附件1），收入见表1；去向见{NOWHERE}。"]
    assert "表1　收入表" in texts(docx)
    assert [code for code in fields(docx) if code.startswith("SEQ")] == [r"SEQ 表 \* ARABIC"] * 2
    spent = bookmark_of(docx, "支出表")
    assert fields(docx)[0] == rf"REF {spent} \h"
    xml = read_parts(docx)[DOCUMENT].decode()
    assert "w:dirty" not in xml
    assert "updateFields" not in read_parts(docx).get("word/settings.xml", b"").decode()


def test_a_reference_beside_figures_leaves_no_empty_runs_and_no_marks() -> None:
    made = Composer("试")
    made.paragraph("{{ 数 }}{{ 引用.收入 }}{{ 数 }}见{{ 引用.收入 }}，{{ 数 }}")
    made.table(COLUMNS, each="行 in 行们", caption="表{{ 表号 }}　收入表")
    words = {"引用": {"收入": Reference("收入")}, "数": Figure(Decimal(7), "汇总!A1", "7"), "行们": ["甲"]}
    docx = compile_template(made.save()).render({**numbering(), **words})
    assert texts(docx)[0] == "7表17见表1，7"
    assert [figure.text for figure in read_figures(docx)] == ["7"] * 3
    runs = list(parse(read_parts(docx)[DOCUMENT]).iter(w("r")))
    assert all("".join(run.itertext()) or run.find(w("fldChar")) is not None for run in runs)


def test_a_table_added_before_keeps_the_names_of_the_others() -> None:
    assert bookmark_of(rendered(), "支出表") == bookmark_of(rendered(also="预算"), "支出表")
    assert texts(rendered(also="预算"))[0].startswith("支出见表3（附件1），收入见表2")


def test_two_captions_of_the_same_words_have_names_of_their_own() -> None:
    docx = rendered("支出", also="支出")
    names = re.findall(r'w:name="(_Ref9\d+)"', read_parts(docx)[DOCUMENT].decode())
    assert len(names) == len(set(names)) == 3


def test_captions_moved_by_a_person_are_counted_anew() -> None:
    docx = rendered()
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT])
    body = root.find(w("body"))
    blocks = list(body.iterchildren(w("tbl")))
    captions = [table.getprevious() for table in blocks]
    captions[0].addprevious(captions[1])
    captions[1].addnext(blocks[1])
    renumber_captions(root)
    parts[DOCUMENT] = serialise(root)
    moved = texts(write_parts(parts))
    assert moved[0].startswith("支出见表1（附件1），收入见表2")
    assert [text for text in moved if text.startswith("表")] == ["表1　支出表（万元）", "表2　收入表"]


def test_what_programs_count_anew_is_no_edit() -> None:
    docx = seal(rendered())
    parts = read_parts(docx)
    changed = parts[DOCUMENT].decode().replace("<w:t>2</w:t>", "<w:t>5</w:t>")
    changed = changed.replace("<w:t>表2</w:t>", "<w:t>表5</w:t>")
    parts[DOCUMENT] = changed.encode()
    assert texts(write_parts(parts))[0].startswith("支出见表5")
    assert text_changes(write_parts(parts)) == []


def test_what_a_person_writes_into_a_field_is_an_edit_and_stays() -> None:
    docx = seal(rendered())
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT])
    results = [node for node in root.iter(w("t")) if node.text == "2"]
    results[-1].text = "2（按初验口径）"
    renumber_captions(root)
    written = write_parts({**parts, DOCUMENT: serialise(root)})
    assert "表2（按初验口径）　支出表（万元）" in texts(written)
    assert [change.text for change in text_changes(written) or ()] == ["表2（按初验口径）　支出表（万元）"]


def test_a_caption_opens_in_python_docx() -> None:
    assert any(paragraph.style.name == "图表题" for paragraph in opened(rendered()).paragraphs)
