"""What several rules ask of a report is worked out once for each report and each question."""

from toolkit.proof.once import once
from toolkit.proof.reading import read_text
from toolkit.proof.report import Report

CARRIED_OUT: list[str] = []


@once
def paragraphs_with(report: Report, words: str = "") -> list[str]:
    CARRIED_OUT.append(words)
    return [text for text in report.texts.values() if words in text]


@once
def paragraphs(report: Report) -> int:
    CARRIED_OUT.append("all")
    return len(report.texts)


def test_a_question_is_answered_once_for_each_report():
    CARRIED_OUT.clear()
    one, other = (Report.of(read_text(text)) for text in ("甲。\n乙。", "丙。"))
    assert [paragraphs(one), paragraphs(one), paragraphs(other)] == [2, 2, 1]
    assert CARRIED_OUT == ["all", "all"]


def test_questions_and_functions_do_not_answer_for_one_another():
    CARRIED_OUT.clear()
    report = Report.of(read_text("甲。\n乙。"))
    assert paragraphs_with(report, "甲") == ["甲。"]
    assert paragraphs_with(report, "乙") == ["乙。"]
    assert paragraphs_with(report, words="乙") == ["乙。"]
    assert paragraphs(report) == len(paragraphs_with(report)) == 2
    assert CARRIED_OUT == ["甲", "乙", "乙", "all", ""]


def test_what_is_worked_out_is_handed_out_itself():
    report = Report.of(read_text("甲。"))
    assert paragraphs_with(report) is paragraphs_with(report)
    assert paragraphs_with.__doc__ is None
    assert paragraphs_with.__name__ == "paragraphs_with"
