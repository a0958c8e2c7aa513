"""What a person puts into a generated paragraph besides words stays, though the paragraph is worded anew."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from small_reports import ROWS, report
from word_files import opened, saved

from toolkit.word.chart_dress import PALETTE
from toolkit.word.figures import read_figures, read_manifest
from toolkit.word.merging import Merged, Reason, merge_report
from toolkit.word.merging.checking import Typed
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.words import Opened
from toolkit.word.package import DOCUMENT, read_parts

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001
BASE = report()
WORDED_ANEW = report((replace(ROWS[0], score="93.70", remark="验收材料不全，付款也晚于约定。"), *ROWS[1:]))
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_BY = 'w:id="9001" w:author="张三" w:date="2026-01-01T00:00:00Z"'
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="5" name="示意图"/><a:graphic>'
    f'<a:graphicData uri="{_DIAGRAM}"/></a:graphic></wp:inline></w:drawing></w:r>'
)
THINGS = {
    "an equation": ("<m:oMath><m:r><m:t>甲=乙</m:t></m:r></m:oMath>", ">甲=乙<"),
    "a symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', 'w:char="F0FE"'),
    "art of letters": ('<w:r><w:pict><v:shape id="art"><v:textpath string="重点"/></v:shape></w:pict></w:r>', "重点"),
    "an object": ('<w:r><w:object><o:OLEObject Type="Embed" ObjectID="_1"/></w:object></w:r>', "OLEObject"),
    "a drawing": (_DRAWING, "示意图"),
    "a reference alone": ('<w:fldSimple w:instr=" REF _Ref55 \\h "><w:r><w:t>表1</w:t></w:r></w:fldSimple>', "_Ref55"),
    "a line break": ('<w:r><w:br w:clear="all"/></w:r>', 'w:clear="all"'),
    "a hyphen": ("<w:r><w:noBreakHyphen/></w:r>", "w:noBreakHyphen"),
}
WRAPPERS = {
    "a link": ('<w:hyperlink w:anchor="我的书签"/>', "w:hyperlink"),
    "a moved sentence": (f"<w:moveFrom {_BY}/>", "<w:moveFrom"),
    "a tracked sentence": (f"<w:ins {_BY}/>", "<w:ins"),
}


def xml(text: str) -> object:
    """An element with its namespaces declared."""
    declared = " ".join(f'xmlns:{key}="{uri}"' for key, uri in _SPACES.items())
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {declared}", text))


def paragraph_of(document: Document) -> object:
    """The paragraph that the new generation words differently."""
    return next(paragraph._p for paragraph in document.paragraphs if "《智慧住建》得" in paragraph.text)


def merged(edit: Callable[[Document], None], new: bytes = WORDED_ANEW) -> Merged:
    document = opened(BASE)
    edit(document)
    made = merge_report(BASE, saved(document), new, NOON)
    assert made.lost == ()
    assert read_manifest(made.data).intact
    return made


def body(docx: bytes) -> str:
    return read_parts(docx)[DOCUMENT].decode()


@pytest.mark.parametrize(("put", "kept"), THINGS.values(), ids=THINGS)
def test_what_stands_beside_the_words_stays(put: str, kept: str) -> None:
    made = merged(lambda document: paragraph_of(document).append(xml(put)))
    assert kept in body(made.data)
    assert [note.reason for note in made.attention] == [Reason.BOTH_CHANGED]
    assert "付款也晚于约定" in made.attention[0].theirs
    assert {"93.70"} == {figure.text for figure in read_figures(made.data) if figure.at == "得分!C4"}


@pytest.mark.parametrize(("around", "kept"), WRAPPERS.values(), ids=WRAPPERS)
def test_what_stands_around_words_stays(around: str, kept: str) -> None:
    def wrap(document: Document) -> None:
        last = [run for run in paragraph_of(document).iter(qn("w:r")) if run.find(qn("w:t")) is not None][-1]
        wrapper = xml(around)
        last.addprevious(wrapper)
        wrapper.append(last)

    assert kept in body(merged(wrap).data)


def test_a_bookmark_of_the_person_stays_for_what_refers_to_it() -> None:
    def mark(document: Document) -> None:
        paragraph = paragraph_of(document)
        paragraph.insert(1, xml('<w:bookmarkStart w:id="8801" w:name="我的书签"/>'))
        paragraph.append(xml('<w:bookmarkEnd w:id="8801"/>'))

    assert "我的书签" in body(merged(mark).data)


def test_figures_of_a_row_in_a_content_control_are_new_ones() -> None:
    def control(document: Document) -> None:
        row = document.tables[0]._tbl.findall(qn("w:tr"))[1]
        wrapper = xml("<w:sdt><w:sdtContent/></w:sdt>")
        row.addprevious(wrapper)
        wrapper[0].append(row)

    made = merged(control)
    assert {"93.70"} == {figure.text for figure in read_figures(made.data) if figure.at == "得分!C4"}
    rows = [child.tag for child in opened(made.data).tables[0]._tbl if child.tag in (qn("w:tr"), qn("w:sdt"))]
    assert rows.index(qn("w:sdt")) == 1, "where it stood, under the head"


def chart_part(document: Document) -> object:
    return next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/chart"))


def charts(docx: bytes) -> str:
    """The XML of the charts the body shows."""
    document = Document(BytesIO(docx))
    shown = [rel for rel in document.part.rels.values() if f'r:id="{rel.rId}"' in body(docx)]
    return "".join(rel.target_part.blob.decode() for rel in shown if rel.reltype.endswith("/chart"))


def replaced_in_chart(old: str, new: str) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        part = chart_part(document)
        assert old in part.blob.decode()
        part._blob = part.blob.decode().replace(old, new, 1).encode()

    return edit


def test_a_chart_coloured_by_the_person_keeps_its_colour_and_gets_new_data() -> None:
    made = merged(replaced_in_chart(PALETTE[0], "ABCDEF"))
    assert "ABCDEF" in charts(made.data)
    assert "93.7" in charts(made.data)
    assert made.attention == (), "nothing to decide"


def test_a_chart_whose_numbers_the_person_typed_stays_and_is_said() -> None:
    made = merged(replaced_in_chart("<c:v>91.2</c:v>", "<c:v>77.123</c:v>"))
    assert "77.123" in charts(made.data)
    assert "93.7" in next(note.theirs for note in made.attention if note.reason is Reason.CHART)


def test_a_chart_nobody_touched_is_the_new_one() -> None:
    made = merged(lambda document: document.paragraphs[-1].add_run("手写"))
    assert "93.7" in charts(made.data)
    assert "91.2" not in charts(made.data)


def put_in_front(document: Document) -> None:
    """The chart's drawing into the paragraph before, as when two paragraphs are joined."""
    drawn = next(run for run in document.element.body.iter(qn("w:r")) if run.find(f".//{{{_CHART}}}chart") is not None)
    paragraph = drawn.getparent()
    paragraph_of(document).append(drawn)
    paragraph.getparent().remove(paragraph)


def test_a_chart_moved_into_another_paragraph_shows_the_new_data() -> None:
    made = merged(put_in_front)
    assert "93.7" in charts(made.data)
    assert "91.2" not in charts(made.data)


def test_a_chart_that_is_no_longer_generated_is_told_where_a_person_moved_it() -> None:
    document = opened(WORDED_ANEW)
    next(document.element.body.iter(f"{{{_SPACES['wp']}}}docPr")).set("name", "图:别的")
    notes = merged(put_in_front, saved(document)).attention
    assert Reason.CHART in [note.reason for note in notes]


def test_merging_again_changes_no_byte_and_leaves_no_chart_behind() -> None:
    made = merged(lambda document: document.paragraphs[-1].add_run("手写"))
    again = merge_report(WORDED_ANEW, made.data, WORDED_ANEW, NOON)
    assert again.data == made.data
    drawn = [name for name in read_parts(made.data) if name.startswith(("word/charts/chart", "word/embeddings"))]
    assert len(drawn) == 2, "one chart and its workbook"


def test_an_entry_of_the_contents_as_libreoffice_writes_it_is_nobodys_words() -> None:
    """It puts the field of the page around the last words; the heading itself is gone."""

    def rewrite(document: Document) -> None:
        link = list(document.element.body.iter(qn("w:hyperlink")))[-1]
        last = [run for run in link.iter(qn("w:r")) if run.find(qn("w:t")) is not None][-1]
        text = last.find(qn("w:t"))
        words, text.text = text.text, text.text[2:]
        first = xml(f"<w:r><w:t>{words[:2]}</w:t></w:r>")
        last.addprevious(first)
        for sign in ('w:fldCharType="begin"/>', 'w:fldCharType="separate"/>'):
            last.addprevious(xml(f"<w:r><w:fldChar {sign}</w:r>"))
        last.getprevious().addprevious(xml("<w:r><w:instrText>PAGEREF _Toc1 </w:instrText></w:r>"))
        last.addnext(xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
        for paragraph in document.paragraphs:
            if paragraph.text == words:
                paragraph._p.getparent().remove(paragraph._p)

    merged(rewrite)


def test_what_a_merge_would_lose_is_found_by_the_proof() -> None:
    """Break one thing: an equation that is not in the result is named, and the copy will be kept."""
    document = opened(BASE)
    paragraph_of(document).append(xml(THINGS["an equation"][0]))
    mine, without = Opened.of(saved(document)), Opened.of(WORDED_ANEW)
    typed = Typed.of(Opened.of(BASE), mine, Comments.of(mine, NOON))
    assert typed.missing_in(without, Comments.of(without, NOON)) == ("（公式“甲=乙”）",)
