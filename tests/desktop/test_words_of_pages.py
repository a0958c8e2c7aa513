"""What pages say of what was made, and what they list first: made without a display."""

from pathlib import Path

from toolkit.desktop.state import correction, indicators, packages
from toolkit.desktop.state.archived import Archived
from toolkit.desktop.state.supposing import changed_first


def test_packages_are_listed_with_their_letters(tmp_path: Path) -> None:
    assert packages.packages("") == packages.packages(str(tmp_path)) == []
    folder = tmp_path / "02-下发包"
    for name in ("乙局/002_甲.xlsx", "乙局/通知函.docx", "甲局/001_乙.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "乙局.zip").touch()
    rows = {row["unit"]: row for row in packages.packages(str(tmp_path))}
    assert rows["乙局"]["archive"] == str(folder / "乙局.zip")
    assert rows["乙局"]["letter"] == str(folder / "乙局" / "通知函.docx")
    assert (rows["乙局"]["forms"], rows["甲局"]["archive_name"], rows["甲局"]["letter"]) == (1, "", "")


def test_what_was_generated_and_sent_is_said_with_numbers_and_folder() -> None:
    assert packages.generated_words({"files": ["a", "b"], "changed": 1}).startswith("采集表共 2 份，本次新写 1 份")
    assert packages.sent_words({"packages": [{}, {}]}).startswith("下发包 2 个")
    mails = [{"state": state, "words": "250 OK"} for state in ("sent", "no_address", "sent", "ready")]
    assert packages.sent_words({"mail": {"mails": mails}}) == "邮件 4 封：已发出 2、没有地址 1、待发 1。"
    assert packages.sent_words({"packages": [], "mail": {"mails": mails[:1]}}).endswith("邮件 1 封：已发出 1。")
    assert (packages.to_send({"mail": {"mails": mails}}), packages.to_send({})) == (1, 0)
    told = {"state": "no_address", "words": "没有地址", "answer": "250 OK"}
    assert packages.mail_rows({"mail": {"mails": mails}})[1] == told


def test_what_went_back_is_said_and_listed() -> None:
    assert correction.made_words({"projects": []}) == "没有要退回的问题。"
    two = [{"unit": "甲局"}, {"unit": "甲局"}]
    assert correction.made_words({"projects": two}).startswith("已为 1 个单位的 2 个项目")
    line = {"sheet": "资金情况", "cell": "C8", "code": "FUND-01", "title": "超付"}
    assert correction.shown_line(line) == line | {"place": "资金情况 C8", "asked": "FUND-01 超付"}


def test_branches_of_the_scheme_are_worth_what_hangs_on_them() -> None:
    rows = [
        {"dimension": "决策", "group": "立项", "full_mark": "2.5"},
        {"dimension": "决策", "group": "目标", "full_mark": "4"},
        {"dimension": "", "group": "", "full_mark": "1"},
    ]
    assert indicators.totals(rows) == {("决策",): "6.5", ("决策", "立项"): "2.5", ("决策", "目标"): "4"}
    halves = [{"dimension": "过程", "full_mark": "2.5"}, {"dimension": "过程", "full_mark": "7.5"}]
    assert indicators.totals(halves) == {("过程",): "10"}


def test_projects_whose_grade_changes_come_first() -> None:
    def row(name: str, grade: str, difference: str) -> dict[str, object]:
        return {"id": name, "grade_before": "良", "grade_after": grade, "rank_before": 1, "rank_after": 1, "moved": 0,
                "difference": difference}  # fmt: skip

    rows = changed_first([row("1", "良", "0"), row("2", "良", "0.5"), row("3", "优", "0")])
    assert [shown["id"] for shown in rows] == ["3", "2", "1"]


def test_an_archive_is_remembered_while_it_is_there(tmp_path: Path) -> None:
    archived, zipped = Archived(tmp_path / "设置" / "已归档.json"), tmp_path / "归档.zip"
    assert archived.last("评价") == ""
    zipped.touch()
    archived.note("评价", str(zipped))
    assert archived.last("评价") == str(zipped)
    zipped.unlink()
    assert archived.last("评价") == ""
    archived.file.write_text("[1]", encoding="utf-8")
    assert archived.last("评价") == ""
    (tmp_path / "占用").write_text("")
    Archived(tmp_path / "占用" / "已归档.json").note("评价", "x")
