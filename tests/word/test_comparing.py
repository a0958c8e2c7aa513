"""What two versions of a report differ in: figures, words, charts; whoever changed them."""

from dataclasses import replace

import pytest
from small_reports import ROWS, Row, report
from word_files import document, opened, saved, texts

from toolkit.errors import TemplateError
from toolkit.word.comparing import ChangeKind, Comparison, compare_documents
from toolkit.word.draft_mark import with_draft_mark
from toolkit.word.figures import read_figures, read_manifest

BASE = report()


def edited(edit) -> bytes:
    made = opened(BASE)
    edit(made)
    return saved(made)


def find(made, text: str):
    return next(paragraph for paragraph in made.paragraphs if text in paragraph.text)


def told(found: Comparison) -> list[tuple[str, str, str]]:
    return [
        (change.kind.value, change.changed or change.before or change.after, change.place) for change in found.words
    ]


def test_the_same_report_saved_by_another_program_has_no_changes():
    assert compare_documents(BASE, BASE) == Comparison()
    assert compare_documents(BASE, saved(opened(BASE))) == Comparison()


def test_a_changed_score_is_a_figure_told_once_with_its_cell_and_place():
    found = compare_documents(BASE, report((replace(ROWS[0], score="93.70"), *ROWS[1:])))
    moved = {(one.at, one.before, one.after): one for one in found.figures}
    assert set(moved) == {("得分!C4", "91.20", "93.70"), ("汇总!B2", "88.48", "89.10")}
    score = moved["得分!C4", "91.20", "93.70"]
    assert (score.times, score.place) == (2, "一、评价结论")  # in the table and in the project's own paragraph
    assert "智慧住建" in score.context
    assert told(found) == [("图中数据", "图中数据有变化", "一、评价结论")]


def test_words_are_told_with_what_was_taken_out_and_put_in():
    def edit(made):
        run = find(made, "《智慧住建》得").runs[-1]
        run.text = run.text.replace("按期", "提前")
        find(made, "三、有关建议").insert_paragraph_before("我们补充了现场核查。")
        gone = find(made, "注：支出单位")._p
        gone.getparent().remove(gone)
        find(made, "三、有关建议")._p.addnext(find(made, "《数字人大》得")._p)

    found = told(compare_documents(BASE, edited(edit)))
    assert ("改写", "〔按期〕→〔提前〕", "二、项目情况 › 智慧住建") in found
    assert ("新增", "我们补充了现场核查。", "二、项目情况 › 电子证照") in found
    assert ("删除", "注：支出单位为万元。", "一、评价结论") in found
    assert [place for kind, _, place in found if kind == "移动"] == ["三、有关建议"]
    assert len(found) == 4


def test_rows_of_tables_are_compared_one_by_one_and_figures_follow_their_project():
    rows = (Row("新增项目", "70.00"), replace(ROWS[0], score="93.70"), *ROWS[1:])
    found = compare_documents(BASE, report(rows))
    own = [one for one in found.figures if "智慧住建" in one.context and one.was_at == "得分!C4"]
    assert [(one.before, one.after, one.at) for one in own] == [("91.20", "93.70", "得分!C5")]
    assert not [one for one in found.figures if "88.05" in (one.before, one.after)]
    added = [change.after for change in found.words if change.kind is ChangeKind.ADDED]
    assert "新增项目｜70.00｜10.00" in added


def test_the_mark_of_a_draft_stands_under_the_title_and_is_no_change():
    first, second = (with_draft_mark(BASE, f"（{stage}）", stage) for stage in ("征求意见稿", "送审稿"))
    lines = texts(first)
    assert lines[lines.index("项目绩效评价报告") + 1] == "（征求意见稿）"
    assert read_manifest(first).intact
    assert [figure.text for figure in read_figures(first)] == [figure.text for figure in read_figures(BASE)]
    assert told(compare_documents(first, second))[0][:2] == ("改写", "〔征求意见〕→〔送审〕")
    assert compare_documents(first, second, {"（征求意见稿）", "（送审稿）"}) == Comparison()
    assert "（" not in texts(with_draft_mark(BASE, "", "终稿"))[0]


def test_documents_of_any_kind_are_compared_and_others_refused():
    found = compare_documents(document("甲", "乙"), document("甲", "=1+1", "丙乙"))
    assert [(change.kind, change.after) for change in found.words] == [
        (ChangeKind.ADDED, "=1+1"),
        (ChangeKind.REWRITTEN, "丙乙"),
    ]
    with pytest.raises(TemplateError):
        compare_documents(BASE, b"no document")
