"""What Word and WPS write into a report that is only saved again is nobody's edit, and edits made there are kept."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from small_reports import ROWS, report, values
from word_files import opened, saved, texts

from toolkit.word.figures import read_figures, read_manifest
from toolkit.word.merging import merge_report

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001
BASE = report()
ROWS_NOW = (replace(ROWS[0], score="93.70", remark="验收材料不全，付款也晚于约定。"), *ROWS[1:])
NEW = report(ROWS_NOW)


def runs(document: Document) -> list:
    return [run for run in document.element.body.iter(qn("w:r")) if run.find(qn("w:t")) is not None]


def split_in_two(run) -> None:
    """As where the cursor once stood: two runs that look the same, with other numbers of the session."""
    text = run.find(qn("w:t"))
    if len(run.findall(qn("w:t"))) == 1 and len(text.text or "") > 1 and "[[" not in text.text:
        rest = deepcopy(run)
        half = len(text.text) // 2
        text.text, rest.find(qn("w:t")).text = text.text[:half], text.text[half:]
        run.addnext(rest)
        rest.set(qn("w:rsidR"), "00C4D5E6")


def numbers_of_sessions(document: Document) -> None:
    for number, node in enumerate(document.element.body.iter(qn("w:p"), qn("w:r"), qn("w:tr"))):
        node.set(qn("w:rsidR"), f"{number + 0xA00000:08X}")
    for run in runs(document):
        split_in_two(run)


def marks_of_spelling(document: Document) -> None:
    for run in runs(document):
        for kind, put in (("spellStart", run.addprevious), ("spellEnd", run.addnext)):
            put(run.makeelement(qn("w:proofErr"), {qn("w:type"): kind}))
    first = next(document.element.body.iter(qn("w:p")))
    for tag in ("w:bookmarkEnd", "w:bookmarkStart"):
        first.insert(1, first.makeelement(qn(tag), {qn("w:id"): "0", qn("w:name"): "_GoBack"}))


def rendered_page_breaks(document: Document) -> None:
    for run in runs(document)[::3]:
        run.insert(0, run.makeelement(qn("w:lastRenderedPageBreak")))


def smart_tags(document: Document) -> None:
    for run in runs(document)[::2]:
        tag = run.makeelement(qn("w:smartTag"), {qn("w:uri"): "urn:schemas-microsoft-com:office:smarttags"})
        run.addprevious(tag)
        tag.append(run)


def languages_and_hints(document: Document) -> None:
    """WPS writes both on every run it saves."""
    for run in runs(document):
        properties = run.get_or_add_rPr()
        properties.insert(0, properties.makeelement(qn("w:rFonts"), {qn("w:hint"): "eastAsia"}))
        names = {qn("w:val"): "en-US", qn("w:eastAsia"): "zh-CN"}
        properties.append(properties.makeelement(qn("w:lang"), names))


def identities_of_paragraphs(document: Document) -> None:
    for number, node in enumerate(document.element.body.iter(qn("w:p"))):
        node.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"{number + 0x1000:08X}")


TRAITS: list[Callable[[Document], None]] = [
    numbers_of_sessions,
    marks_of_spelling,
    rendered_page_breaks,
    smart_tags,
    languages_and_hints,
    identities_of_paragraphs,
]


def written(document: Document) -> list[str]:
    return ["".join(text.text or "" for text in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


@pytest.mark.parametrize("trait", TRAITS)
def test_a_report_that_was_only_saved_becomes_the_new_one(trait) -> None:
    document = opened(BASE)
    trait(document)
    made = merge_report(BASE, saved(document), NEW, NOON)
    assert written(opened(made.data)) == written(opened(NEW))
    assert [(figure.at, figure.text) for figure in read_figures(made.data)] == [
        (figure.at, figure.text) for figure in read_figures(NEW)
    ]
    assert (made.attention, made.lost) == ((), ())
    assert read_manifest(made.data).intact
    assert merge_report(NEW, made.data, NEW, NOON).data == made.data


def test_a_sentence_typed_in_a_report_with_all_of_that_stays() -> None:
    document = opened(BASE)
    for trait in TRAITS:
        trait(document)
    paragraph = next(p for p in document.element.body.iter(qn("w:p")) if "《数字人大》得" in "".join(p.itertext()))
    last = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None][-1]
    last.find(qn("w:t")).text += "现场查看属实。"
    made = merge_report(BASE, saved(document), NEW, NOON)
    assert any("《数字人大》得" in text and text.endswith("现场查看属实。") for text in written(opened(made.data)))
    cells = values(ROWS_NOW)
    assert all(figure.text == cells[figure.at] for figure in read_figures(made.data))
    assert made.lost == ()


def test_tracked_changes_of_a_person_stay_as_they_were_made() -> None:
    """Words struck out beside a figure and words put in: the figure is new, both changes can still be accepted."""
    document = opened(BASE)
    paragraph = next(p._p for p in document.paragraphs if "《智慧住建》得" in p.text)
    last = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None][-1]
    by = {qn("w:author"): "李四", qn("w:date"): "2026-01-01T00:00:00Z"}
    struck = last.makeelement(qn("w:del"), {qn("w:id"): "1", **by})
    added = last.makeelement(qn("w:ins"), {qn("w:id"): "2", **by})
    put = deepcopy(last)
    put.find(qn("w:t")).text = "万元。另见附件。"
    last.addprevious(struck)
    struck.append(last)
    gone = last.find(qn("w:t"))
    gone.tag = qn("w:delText")
    struck.addnext(added)
    added.append(put)
    made = merge_report(BASE, saved(document), NEW, NOON)
    body = opened(made.data).element.body
    assert [node.text for node in body.iter(qn("w:delText"))] == ["万元。档案齐全，按期完成验收。"]
    assert [node.text for change in body.iter(qn("w:ins")) for node in change.iter(qn("w:t"))] == ["万元。另见附件。"]
    assert any("《智慧住建》得93.70分" in text for text in texts(made.data))
    assert made.lost == ()
