"""How a person made words look, where they broke pages, what they wrote into our comments: kept, or told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from small_reports import ROWS, report
from word_files import opened, saved

from toolkit.word.merging import Merged, Reason, merge_report
from toolkit.word.merging.comments import AUTHOR

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001
BASE = report()


def remarked(text: str) -> bytes:
    """The generation whose first project has another remark."""
    return report((replace(ROWS[0], remark=text), *ROWS[1:]))


NEW = remarked("档案齐全，已提前完成验收。")
OTHER = remarked("缺少采购合同。")


def about_the_first(document: Document):
    return next(paragraph for paragraph in document.paragraphs if "《智慧住建》得" in paragraph.text)


def merged(edit: Callable[[Document], None], new: bytes = NEW, old: bytes = BASE) -> Merged:
    document = opened(old)
    edit(document)
    made = merge_report(BASE, saved(document), new, NOON)
    assert made.lost == ()
    return made


def looking(docx: bytes, look: Callable[[object], bool]) -> str:
    """The words of the paragraph that look so."""
    return "".join(run.text for run in about_the_first(opened(docx)).runs if look(run.font))


LOOKS = {
    "size": (lambda font: setattr(font, "size", Pt(22)), lambda font: font.size == Pt(22)),
    "font": (lambda font: setattr(font, "name", "华文行楷"), lambda font: font.name == "华文行楷"),
    "colour": (lambda font: setattr(font.color, "rgb", RGBColor(1, 2, 3)), lambda font: font.color.rgb is not None),
    "not bold": (lambda font: setattr(font, "bold", False), lambda font: font.bold is False),
    "hidden": (lambda font: setattr(font, "hidden", True), lambda font: font.hidden is True),
}


@pytest.mark.parametrize(("give", "has"), LOOKS.values(), ids=LOOKS)
def test_the_look_of_a_whole_paragraph_holds_for_its_new_words_too(give, has) -> None:
    def edit(document: Document) -> None:
        for run in about_the_first(document).runs:
            give(run.font)

    made = merged(edit)
    assert looking(made.data, has) == "《智慧住建》得91.20分，支出120.50万元。档案齐全，已提前完成验收。"
    assert len(about_the_first(opened(made.data)).runs) < 10, "no run a character"
    assert made.attention == ()


def test_a_style_of_characters_stays_too() -> None:
    def edit(document: Document) -> None:
        document.styles.add_style("重点", WD_STYLE_TYPE.CHARACTER)
        for run in about_the_first(document).runs:
            run.style = "重点"

    assert {run.style.name for run in about_the_first(opened(merged(edit).data)).runs} == {"重点"}


def test_new_words_between_words_of_one_look_have_it_too() -> None:
    def edit(document: Document) -> None:
        about_the_first(document).runs[-1].font.size = Pt(22)

    new = looking(merged(edit).data, lambda font: font.size == Pt(22))
    assert new == "万元。档案齐全，已提前完成验收。"


def test_a_look_whose_words_are_gone_is_told() -> None:
    def edit(document: Document) -> None:
        last = about_the_first(document).runs[-1]
        last.text = "万元。档案齐全，"
        about_the_first(document).add_run("按期").font.size = Pt(22)
        about_the_first(document).add_run("完成验收。")

    made = merged(edit, OTHER)
    assert [(place.reason, place.mine) for place in made.attention] == [(Reason.LOOK, "按期")]
    assert "缺少采购合同" in about_the_first(opened(made.data)).text


def test_a_look_taken_off_where_the_new_generation_has_none_is_no_trouble() -> None:
    bold = "档案齐全，按期完成验收。"

    def edit(document: Document) -> None:
        about_the_first(document).runs[-1].bold = None

    document = opened(BASE)
    about_the_first(document).runs[-1].bold = True
    made = merge_report(saved(document), edited(saved(document), edit), NEW, NOON)
    assert bold not in looking(made.data, lambda font: bool(font.bold))


def edited(docx: bytes, edit: Callable[[Document], None]) -> bytes:
    document = opened(docx)
    edit(document)
    return saved(document)


def page_breaks(docx: bytes) -> list[str]:
    """The words before each page break of the paragraph, "" for one that begins a page."""
    paragraph, found = about_the_first(opened(docx)), []
    if paragraph.paragraph_format.page_break_before:
        found.append("")
    words = ""
    for node in paragraph._p.iter(qn("w:t"), qn("w:br")):
        if node.tag == qn("w:t"):
            words += node.text or ""
        elif node.get(qn("w:type")) == "page":
            found.append(words)
    return found


@pytest.mark.parametrize("new", [NEW, OTHER], ids=["reworded", "other words"])
def test_a_page_broken_in_a_paragraph_is_broken_there_again(new: bytes) -> None:
    def edit(document: Document) -> None:
        first = about_the_first(document).runs[0]
        first.text, rest = first.text[:4], first.text[4:]
        first.add_break(WD_BREAK.PAGE)
        first.add_text(rest)

    made = merged(edit, new)
    assert page_breaks(made.data) == ["《智慧住"]
    assert made.attention == ()


def test_a_page_break_before_a_paragraph_may_be_written_either_way() -> None:
    """LibreOffice writes a break into the paragraph in place of the property: nobody did anything."""

    def as_libreoffice(document: Document) -> None:
        paragraph = about_the_first(document)
        paragraph.paragraph_format.page_break_before = None
        run = paragraph._p.makeelement(qn("w:r"))
        run.append(run.makeelement(qn("w:br"), {qn("w:type"): "page"}))
        paragraph._p.insert(1, run)

    def broken(document: Document) -> None:
        about_the_first(document).paragraph_format.page_break_before = True

    base, new = edited(BASE, broken), edited(NEW, broken)
    made = merge_report(base, edited(base, as_libreoffice), new, NOON)
    assert page_breaks(made.data) == [""]
    assert page_breaks(merged(broken).data) == [""]
    assert page_breaks(merged(as_libreoffice).data) == [""]
    assert made.attention == ()


def with_our_comment() -> bytes:
    """A merged report in which a comment of ours shows what is generated now."""

    def edit(document: Document) -> None:
        about_the_first(document).add_run("现场查看属实。")

    made = merged(edit, OTHER)
    assert [comment.author for comment in opened(made.data).comments] == [AUTHOR]
    return made.data


def test_what_a_person_wrote_into_our_comment_stays_beside_the_next_one() -> None:
    def answer(document: Document) -> None:
        next(iter(document.comments)).paragraphs[-1].add_run("——已核实，仍用原文。")

    again = merge_report(OTHER, edited(with_our_comment(), answer), NEW, NOON)
    said = [comment.text for comment in opened(again.data).comments]
    assert len(said) == 2
    assert said[0].endswith("缺少采购合同。——已核实，仍用原文。")
    assert "提前完成验收" in said[1]
    assert again.lost == ()


def test_our_comment_nobody_wrote_into_is_replaced_and_the_same_one_is_left() -> None:
    mine = with_our_comment()
    later = NOON + timedelta(days=1)
    again = merge_report(OTHER, mine, NEW, later)
    (said,) = opened(again.data).comments
    assert "提前完成验收" in said.text
    same = merge_report(BASE, mine, OTHER, later)
    assert [comment.timestamp.replace(tzinfo=None) for comment in opened(same.data).comments] == [NOON]


def test_a_comment_of_a_person_that_is_lost_is_named_by_the_proof() -> None:
    from toolkit.word.merging.checking import Typed
    from toolkit.word.merging.comments import Comments
    from toolkit.word.merging.words import Opened

    def comment(document: Document) -> None:
        document.add_comment(about_the_first(document).runs[-1], "请附验收报告", author="张三")

    mine, without = Opened.of(edited(BASE, comment)), Opened.of(NEW)
    typed = Typed.of(Opened.of(BASE), mine, Comments.of(mine, NOON))
    assert typed.missing_in(without, Comments.of(without, NOON)) == ("（批注“请附验收报告”）",)
