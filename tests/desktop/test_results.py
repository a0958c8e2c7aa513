"""Results in words, tables and files, made from their JSON."""

from toolkit.desktop.state.results import shown

FOUND = {
    "code": "TEAM-02", "severity": "error", "project": "", "workbook": "工作组.xlsx", "sheet": "成员", "cell": "B4",
    "indicator": "", "found": "", "expected": "", "message": "没有成员", "hint": "逐人填写", "explanation": "",
}  # fmt: skip


def test_findings_say_where_and_what_to_do() -> None:
    made = shown("people check", {"ok": False, "file": "/评价/工作组.xlsx", "members": 0, "findings": [FOUND]})
    assert made.words == ("成员：0",)
    assert made.files == ("/评价/工作组.xlsx",)
    (listing,) = made.listings
    assert [column.heading for column in listing.columns] == ["程度", "项目", "位置", "说明", "怎么改"]
    assert listing.rows[0]["severity"] == "须更正"
    assert listing.rows[0]["place"] == "工作组.xlsx 成员 B4"


def test_rows_have_the_columns_that_hold_something_and_files_by_their_names() -> None:
    books = [{"scorer": "张三", "file": "/评价/打分册-张三.xlsx", "items": 156, "sha256": "ab", "unknown_key": 1}]
    made = shown("scorebooks", {"folder": "C:\\评价\\12-打分册", "books": books, "findings": []})
    (listing,) = made.listings
    assert [column.heading for column in listing.columns] == ["打分人", "文件", "待打分"]
    assert listing.rows[0] == {"scorer": "张三", "file": "打分册-张三.xlsx", "items": "156"}
    assert listing.columns[2].right
    assert made.files == ("C:\\评价\\12-打分册", "/评价/打分册-张三.xlsx")
    assert made.words == ("没有发现问题",)


def test_nested_values_lists_and_states_are_told_in_chinese() -> None:
    values = {
        "agreement": {"compared": 10, "same": 8, "percent": "80%", "kappa": ""},
        "missing": ["张三", "李四"],
        "files": ["/甲.xlsx", "/乙.xlsx"],
        "masked": False,
        "units": [],
        "results": [{"state": "different", "why": "改动过"}, {"state": "identical", "why": ""}],
        "days_left": -3,
        "secret_key": "x",
    }
    made = shown("adjudicate", values)
    assert made.words == (
        "一致程度：可比项 10，完全一致 8，一致率 80%", "还缺（2）：张三、李四", "已脱敏：否", "距截止（天）：-3",
    )  # fmt: skip
    assert [row["state"] for row in made.listings[0].rows] == ["不同", "相同"]
    assert made.files == ("/甲.xlsx", "/乙.xlsx")


def test_many_values_are_a_table_few_a_line() -> None:
    made = shown("people states", {"projects": {str(number): "未评" for number in range(1, 40)}})
    assert made.words == ()
    assert made.listings[0].rows[0] == {"key": "1", "value": "未评"}
    assert shown("archive make", {"members": 3}).words == ("归档件数：3",)
    nested = shown("remind", {"units": [{"unit": "甲局", "projects": [{"id": "1", "state": "to_correct"}]}]})
    assert nested.listings[0].rows[0]["projects"] == "编号 1，状态 待更正"
    named = shown(
        "remind", {"units": [{"unit": "甲局", "projects": [{"id": "1", "name": "平台", "state": "to_correct"}]}]}
    )
    assert named.listings[0].rows[0]["projects"] == "1 平台"
    mails = shown("remind", {"mail": {"ok": True, "how": "preview", "mails": [{"unit": "甲局", "state": "ready"}]}})
    assert mails.words == ()
    assert mails.listings[0].rows == ({"unit": "甲局", "state": "待发"},)


def test_notes_of_the_review_come_first_and_what_a_final_report_waits_for_is_told() -> None:
    values = {
        "ok": True,
        "new": 1,
        "projects": {str(number): "复核中" for number in range(1, 40)},
        "notes": [{"id": "4c49e10c", "project": "1", "text": "请补充签到表", "state": "待回复"}],
        "blockers": ["项目1的复核意见4c49e10c（李四）待回复，没有关闭", "2个项目（11、12）缺质控签字"],
        "findings": [],
    }
    made = shown("people notes", values)
    assert [listing.title for listing in made.listings] == ["复核意见", "项目"]
    assert made.listings[0].columns[0].heading == "编号（回复、关闭时填写）"
    assert made.words[:2] == (
        "这次记下的意见、回复或关闭：1",
        "出终稿还差（2）：项目1的复核意见4c49e10c（李四）待回复，没有关闭；2个项目（11、12）缺质控签字",
    )
    assert shown("people sign", values).words[0] == "这次签的指标数：1"


def test_a_difference_of_marks_shows_what_each_gave_and_what_was_ruled() -> None:
    values = {
        "agreement": {"compared": 156, "same": 153, "percent": "0.9808", "kappa": "0.9582"},
        "differences": [
            {
                "project": "1",
                "indicator": "B202",
                "marks": {"张三": "0.3", "李四": "2.5"},
                "spread": "0.7333",
                "ruling": "1",
            }
        ],
    }
    made = shown("adjudicate", values)
    assert made.words == ("一致程度：可比项 156，完全一致 153，一致率 98.1%，Kappa 0.9582",)
    assert made.listings[0].rows == (
        {"project": "1", "indicator": "B202", "marks": "张三 0.3，李四 2.5", "spread": "73.3%", "ruling": "1"},
    )
