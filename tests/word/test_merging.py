"""A report somebody edited gets the new figures and keeps every word of theirs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from small_reports import ROWS, Row, average, report, values
from word_files import opened, saved, texts

from toolkit.word.figures import read_figures, read_manifest
from toolkit.word.merging import Merged, Reason, merge_report
from toolkit.word.package import DOCUMENT, parse, read_parts

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001
BASE = report()
NEW_ROWS = (replace(ROWS[0], score="93.70"), *ROWS[1:])
NEW = report(NEW_ROWS)


def edited(edit: Callable[[Document], None], docx: bytes = BASE) -> bytes:
    document = opened(docx)
    edit(document)
    return saved(document)


def merged(edit: Callable[[Document], None], new: bytes = NEW) -> Merged:
    made = merge_report(BASE, edited(edit), new, NOON)
    assert made.lost == ()
    assert read_manifest(made.data).intact
    return made


def find(document, text: str):
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


def words(docx: bytes) -> str:
    return "\n".join(texts(docx))


def figures(docx: bytes) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for figure in read_figures(docx):
        found.setdefault(figure.at, set()).add(figure.text)
    return found


def comments(docx: bytes) -> list[tuple[str, str]]:
    document = opened(docx)
    return [(comment.author, comment.text) for comment in document.comments]


def body_text(docx: bytes) -> list[str]:
    return [
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in parse(read_parts(docx)[DOCUMENT]).iter(qn("w:p"))
    ]


@pytest.mark.parametrize(
    "new", [BASE, NEW, report(ROWS[:2]), report(tuple(reversed(ROWS))), report((*ROWS, Row("新", "60")))]
)
def test_merging_what_nobody_edited_gives_the_new_generation(new):
    made = merge_report(BASE, BASE, new, NOON)
    assert body_text(made.data) == body_text(new)
    assert [(f.at, f.text) for f in read_figures(made.data)] == [(f.at, f.text) for f in read_figures(new)]
    assert (made.attention, made.lost, comments(made.data)) == ((), (), [])


def test_a_sentence_typed_beside_a_figure_stays_and_the_figure_is_new():
    def edit(document):
        find(document, "《智慧住建》得").add_run("现场查看属实。")

    made = merged(edit)
    assert "《智慧住建》得93.70分，支出120.50万元。档案齐全，按期完成验收。现场查看属实。" in texts(made.data)
    assert figures(made.data) == {at: {text} for at, text in values(NEW_ROWS).items()}
    assert [(change.at, change.before, change.after) for change in made.figures] == [
        ("得分!C4", "91.20", "93.70"),
        ("汇总!B2", average(ROWS), average(NEW_ROWS)),
    ] or {change.at for change in made.figures} == {"得分!C4", "汇总!B2"}
    assert comments(made.data) == []


def test_paragraphs_added_moved_and_deleted_stay_so():
    def edit(document):
        first = find(document, "评价依据采集表")
        first.insert_paragraph_before("我们补充了现场核查。")
        find(document, "一、评价结论")._p.getparent().remove(find(document, "注：支出单位")._p)
        find(document, "三、有关建议")._p.addprevious(find(document, "《数字人大》得")._p)

    lines = texts(merged(edit).data)
    assert lines.index("我们补充了现场核查。") == lines.index("评价依据采集表和佐证材料，逐项核对后评分。") - 1
    assert not any("注：支出单位" in line for line in lines)
    assert (
        lines.index("《数字人大》得88.05分，支出33.10万元。档案齐全，按期完成验收。") == lines.index("三、有关建议") - 1
    )


def test_a_deleted_paragraph_that_is_new_now_is_listed_and_not_restored():
    new = report((replace(ROWS[0], remark="缺少验收报告。"), *ROWS[1:]))

    def edit(document):
        gone = find(document, "《智慧住建》得")._p
        gone.getparent().remove(gone)

    made = merged(edit, new)
    assert "《智慧住建》得" not in words(made.data)
    assert [place.reason for place in made.attention] == [Reason.DELETED]
    assert "缺少验收报告" in made.attention[0].theirs


def test_where_both_changed_the_persons_words_stay_and_a_comment_shows_the_new_ones():
    new = report((replace(ROWS[0], score="93.70", remark="缺少验收报告。"), *ROWS[1:]))

    def edit(document):
        find(document, "《智慧住建》得").add_run("现场查看属实。")

    made = merged(edit, new)
    assert "《智慧住建》得93.70分，支出120.50万元。档案齐全，按期完成验收。现场查看属实。" in texts(made.data)
    ((author, text),) = comments(made.data)
    assert author == "绩效核查工具箱"
    assert "《智慧住建》得93.70分，支出120.50万元。缺少验收报告。" in text
    assert [comment.timestamp.replace(tzinfo=None) for comment in opened(made.data).comments] == [NOON]
    again = merge_report(new, made.data, report(NEW_ROWS), NOON)
    assert len(comments(again.data)) == 1, "a comment of ours is replaced, not piled up"


def test_bold_of_the_person_stays_on_words_that_are_generated_again():
    new = report((replace(ROWS[0], remark="档案齐全，提前完成验收。"), *ROWS[1:]))

    def edit(document):
        run = find(document, "《智慧住建》得").runs[-1]
        assert run.text.endswith("按期完成验收。")
        run.bold = True

    paragraph = find(opened(merged(edit, new).data), "提前完成验收")
    bold = "".join(run.text for run in paragraph.runs if run.bold)
    plain = "".join(run.text for run in paragraph.runs if not run.bold)
    assert "档案齐全，" in bold
    assert "完成验收。" in bold
    assert "《智慧住建》得" in plain


def test_a_comment_of_the_person_stays_on_a_paragraph_generated_anew():
    new = report((replace(ROWS[0], remark="档案齐全，提前完成验收。"), *ROWS[1:]))

    def edit(document):
        paragraph = find(document, "《智慧住建》得")
        document.add_comment(paragraph.runs[-1], "请附验收报告", author="张三")

    made = merged(edit, new)
    paragraph = find(opened(made.data), "提前完成验收")
    assert comments(made.data) == [("张三", "请附验收报告")]
    assert paragraph._p.find(f".//{qn('w:commentReference')}") is not None


def test_a_number_typed_over_a_figure_stays_with_a_comment():
    def edit(document):
        run = next(run for run in find(document, "《智慧住建》得").runs if run.text == "91.20")
        run.text = "九十一"

    made = merged(edit)
    assert "得九十一分" in words(made.data)
    assert "93.70" in comments(made.data)[0][1]
    assert [place.reason for place in made.attention] == [Reason.TYPED_FIGURE]


def test_a_number_typed_over_a_figure_goes_with_its_project_when_rows_of_the_master_move():
    def edit(document):
        next(run for run in find(document, "《电子证照》得").runs if run.text == "88.80").text = "八十九"

    made = merged(edit, report((Row("新增项目", "70.00"), *ROWS)))
    assert [figure.at for figure in read_figures(made.data) if figure.text == "八十九"] == ["得分!D8"]


def test_a_deleted_figure_leaves_no_trap_for_later_typing():
    def edit(document):
        run = next(run for run in find(document, "《智慧住建》得").runs if run.text == "91.20")
        run.text = ""

    made = merged(edit)
    paragraph = find(opened(made.data), "《智慧住建》得")
    names = [mark.get(qn("w:name")) for mark in paragraph._p.iter(qn("w:bookmarkStart"))]
    assert [name for name in names if "得分_C4" in name] == []
    assert "《智慧住建》得分，支出" in paragraph.text


def test_a_copied_sentence_gets_new_figures_too():
    def edit(document):
        from copy import deepcopy

        source = find(document, "《智慧住建》得")._p
        made = deepcopy(source)
        for start in made.iter(qn("w:bookmarkStart")):
            start.set(qn("w:name"), start.get(qn("w:name")) + "_Copy_1")
        find(document, "三、有关建议")._p.addnext(made)

    made = merged(edit)
    assert words(made.data).count("《智慧住建》得93.70分") == 2
    names = [mark.get(qn("w:name")) for mark in opened(made.data).element.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert not any("Copy" in name for name in names)


def test_figures_follow_their_project_when_rows_of_the_master_move():
    rows = (Row("新增项目", "70.00"), replace(ROWS[0], score="93.70"), *ROWS[1:])

    def edit(document):
        find(document, "《智慧住建》得").add_run("现场查看属实。")
        find(document, "《电子证照》得").add_run("使用率高。")

    made = merged(edit, report(rows))
    assert "《智慧住建》得93.70分，支出120.50万元。档案齐全，按期完成验收。现场查看属实。" in texts(made.data)
    assert "《电子证照》得95.00分，支出88.80万元。档案齐全，按期完成验收。使用率高。" in texts(made.data)
    assert figures(made.data) == {at: {text} for at, text in values(rows).items()}


def test_a_figure_of_a_project_that_is_gone_is_no_longer_bound_to_another_ones_cell():
    def edit(document):
        find(document, "《数字人大》得").add_run("该项目另行说明。")

    made = merged(edit, report((ROWS[0], *ROWS[2:])))
    assert "《数字人大》得88.05分，支出33.10万元。档案齐全，按期完成验收。该项目另行说明。" in texts(made.data)
    assert {place.reason for place in made.attention} >= {Reason.NOT_GENERATED}
    rows = (ROWS[0], *ROWS[2:])
    assert figures(made.data) == {at: {text} for at, text in values(rows).items()}


def test_a_figure_of_a_project_that_is_gone_does_not_stay_bound_to_an_equal_one_of_another_project():
    rows = (ROWS[0], ROWS[1], replace(ROWS[2], spent=ROWS[1].spent), ROWS[3])
    now = (rows[0], *rows[2:])
    base, new, cells = report(rows), report(now), values(now)
    document = opened(base)
    find(document, "《数字人大》得").add_run("该项目另行说明。")
    made = merge_report(base, saved(document), new, NOON, lambda at, text: cells.get(at) == text)
    about = {figure.at for figure in read_figures(made.data) if "该项目另行说明" in figure.context}
    assert about == set()


@pytest.mark.parametrize(("cells", "bound"), [({"得分!D99": "7.50"}, {"得分!D99"}), ({}, set())])
def test_a_figure_the_last_generation_did_not_have_stays_bound_only_while_its_cell_says_so(cells, bound):
    def edit(document):
        paragraph = find(document, "三、有关建议").insert_paragraph_before("另有万元")
        mark, end = (paragraph._p.makeelement(qn(f"w:bookmark{tag}"), {qn("w:id"): "7777"}) for tag in ("Start", "End"))
        mark.set(qn("w:name"), "jx9999_得分_D99")
        paragraph._p.append(mark)
        paragraph.add_run("7.50")
        paragraph._p.append(end)

    made = merge_report(BASE, edited(edit), NEW, NOON, lambda at, text: cells.get(at) == text)
    assert "另有万元7.50" in texts(made.data)
    assert {figure.at for figure in read_figures(made.data) if figure.text == "7.50"} == bound
    assert [place.reason for place in made.attention] == ([] if bound else [Reason.NO_SOURCE])


def test_rows_of_a_table_are_merged_one_by_one():
    rows = (*NEW_ROWS, Row("政务热线", "82.00"))

    def edit(document):
        table = document.tables[0]
        table.rows[2].cells[0].paragraphs[0].add_run("（重点）")
        added = table.add_row()
        for cell, text in zip(added.cells, ("小计", "手工", "填写"), strict=True):
            cell.text = text

    table = opened(merged(edit, report(rows)).data).tables[0]
    rows_now = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["数字人大（重点）", "88.05", "33.10"] in rows_now
    assert ["智慧住建", "93.70", "120.50"] in rows_now
    assert ["政务热线", "82.00", "10.00"] in rows_now
    assert ["小计", "手工", "填写"] in rows_now


def test_a_column_of_the_person_stays_beside_new_figures():
    def edit(document):
        table = document.tables[0]
        for number, cell in enumerate(table.add_column(table.columns[0].width).cells):
            cell.text = "备注" if not number else f"备注{number}"

    table = opened(merged(edit, report((*NEW_ROWS, Row("政务热线", "82.00")))).data).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["项目", "得分", "支出", "备注"]
    assert rows[1] == ["智慧住建", "93.70", "120.50", "备注1"]
    assert rows[-1] == ["政务热线", "82.00", "10.00", ""]


def test_charts_show_the_new_numbers_and_pictures_of_the_person_stay():
    picture = BytesIO(
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00"
        b"\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
    )

    def edit(document):
        find(document, "评价依据采集表").add_run().add_picture(picture)

    parts = read_parts(merged(edit).data)
    assert any(name.startswith("word/media/") for name in parts)
    shown = [data.decode() for name, data in parts.items() if name.startswith("word/charts/chart")]
    assert any("<c:v>93.7</c:v>" in chart for chart in shown)
    assert len(opened(merged(edit).data).inline_shapes) == 2


def test_the_contents_follow_the_persons_headings():
    def edit(document):
        find(document, "三、有关建议").insert_paragraph_before("二之一、补充说明", style="Heading 1")

    made = merged(edit)
    contents = parse(read_parts(made.data)[DOCUMENT]).find(f".//{qn('w:sdtContent')}")
    entries = ["".join(text.text or "" for text in entry.iter(qn("w:t"))) for entry in contents]
    assert "二之一、补充说明" in entries
    assert entries.index("二之一、补充说明") == entries.index("三、有关建议") - 1


def test_a_new_list_order_wins_over_the_old_one():
    new = report((ROWS[2], ROWS[0], ROWS[1], ROWS[3]))

    def edit(document):
        find(document, "《智慧住建》得").add_run("现场查看属实。")

    lines = [line for line in texts(merged(edit, new).data) if line.startswith("《")]
    assert [line[1:5] for line in lines] == ["教育云网", "智慧住建", "数字人大", "电子证照"]


def test_a_tracked_change_is_kept_as_the_person_made_it():
    def edit(document):
        paragraph = find(document, "评价依据采集表")._p
        run = paragraph.find(qn("w:r"))
        made = paragraph.makeelement(qn("w:ins"), {qn("w:id"): "900", qn("w:author"): "李四"})
        run.addnext(made)
        made.append(made.makeelement(qn("w:r")))
        made[0].append(made.makeelement(qn("w:t")))
        made[0][0].text = "并走访使用单位"

    made = merged(edit)
    found = parse(read_parts(made.data)[DOCUMENT]).find(f".//{qn('w:ins')}")
    assert "".join(text.text for text in found.iter(qn("w:t"))) == "并走访使用单位"


def test_headers_and_footnotes_of_the_person_stay():
    def edit(document):
        document.sections[-1].header.is_linked_to_previous = False
        document.sections[-1].header.paragraphs[0].text = "内部资料"

    made = merged(edit)
    assert any(section.header.paragraphs[0].text == "内部资料" for section in opened(made.data).sections)
    assert len(opened(made.data).sections) == len(opened(NEW).sections)


def test_a_figure_before_which_libreoffice_moved_its_bookmark_is_whole_again():
    """LibreOffice ends a bookmark one character early for every comment before it in the paragraph."""

    def edit(document):
        paragraph = find(document, "《智慧住建》得")._p
        end = paragraph.findall(qn("w:bookmarkEnd"))[0]
        run = end.getprevious()
        run.find(qn("w:t")).text = "91.2"
        rest = run.makeelement(qn("w:r"))
        rest.append(rest.makeelement(qn("w:t")))
        rest[0].text = "0"
        end.addnext(rest)

    made = merged(edit)
    assert "《智慧住建》得93.70分，支出" in words(made.data)
    assert made.attention == ()
