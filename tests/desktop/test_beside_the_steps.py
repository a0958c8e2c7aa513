"""校核, 设置 and the mail accounts without Qt."""

from pathlib import Path

import pytest

from toolkit.desktop.state import mail_account, proofing, settings
from toolkit.desktop.state.pending import CannotDecide


def proofed() -> proofing.Proofed:
    found = {"kind": "sum", "verdict": "不一致", "file": "甲.docx", "place": "第1段", "found": "1", "expected": "2",
             "message": "合计不等", "related": ["表1第2行"], "mark": "abc"}  # fmt: skip
    refused = {**found, "file": "乙.pdf", "verdict": "未能核", "related": []}
    del refused["mark"]
    made = proofing.Proofed()
    made.take({
        "files": ["甲.docx", "丙.docx"], "findings": [found, refused], "folder": "/校核结果",
        "numbers": 9, "checked": 8,
        "coverage": [{"file": "甲.docx", "coverage": "核对 9 个数"}],
        "written": ["/校核结果/甲（校核批注）.docx", "/校核结果/校核清单.xlsx"],
    })  # fmt: skip
    return made


def test_what_was_found_is_summed_up_and_copies_are_known_by_their_report() -> None:
    made = proofed()
    assert made.summary() == "1 份报告：不一致 1 处，未能核 1 处；共 9 个数字，核对了 8 个。"
    assert made.copies == {"甲.docx": "/校核结果/甲（校核批注）.docx"}
    assert made.rows[0]["words"] == "合计不等（另见：表1第2行）"
    assert "没有发现问题" in proofing.Proofed().summary()


def test_a_dismissal_needs_a_reason_and_can_be_taken_back() -> None:
    made = proofed()
    with pytest.raises(CannotDecide, match="须写明理由"):
        made.decisions(made.rows, proofing.DISMISSED, "")
    with pytest.raises(CannotDecide, match="先在表中选中"):
        made.decisions(made.rows[1:], proofing.FIXED, "")
    decisions = made.decisions(made.rows, proofing.DISMISSED, "口径不同")
    assert decisions == [{"mark": "abc", "decision": "忽略", "reason": "口径不同"}]
    made.decided(decisions)
    assert [row["decided"] for row in made.rows] == ["忽略（口径不同）", ""]
    made.decided(made.decisions(made.rows, proofing.FIXED, ""))
    assert made.rows[0]["decided"] == "已修改"
    made.decided(made.decisions(made.rows, proofing.OPEN, "x"))
    assert made.rows[0]["decided"] == ""


def test_settings_stand_in_groups_and_only_changes_are_given() -> None:
    rows = [{"name": name, "value": "1", "cell": "B1", "known": True} for name in ("备注", "报送截止日", "评价名称")]
    groups = settings.grouped(rows)
    assert {title: [row["name"] for row in found] for title, found in groups.items()} == {
        "名称": ["评价名称"], "日期": ["报送截止日"], "其他": ["备注"],
    }  # fmt: skip
    assert settings.changed(rows, {"备注": " 1 ", "评价名称": "2", "没有的": "3"}) == [
        {"name": "评价名称", "value": "2"}
    ]


def test_accounts_are_kept_without_passwords_and_given_to_the_engine(tmp_path: Path) -> None:
    accounts = mail_account.MailAccounts(tmp_path / "设置" / "邮件账户.json")
    accounts.load()
    assert accounts.environment({}) == {}
    accounts.accounts["smtp"] = {"host": "smtp.example.com", "port": "", "security": "ssl", "from": "a@example.com"}
    accounts.passwords["smtp"] = "秘密"
    assert accounts.save() == ""
    assert "秘密" not in accounts.file.read_text(encoding="utf-8")
    given = accounts.environment({"JIXIAO_SMTP_HOST": "别处"})
    assert given == {
        "JIXIAO_SMTP_SECURITY": "ssl", "JIXIAO_SMTP_FROM": "a@example.com", "JIXIAO_SMTP_PASSWORD": "秘密",
    }  # fmt: skip
    again = mail_account.MailAccounts(accounts.file)
    again.load()
    assert again.environment({})["JIXIAO_SMTP_HOST"] == "smtp.example.com"
    assert "JIXIAO_SMTP_PASSWORD" not in again.environment({})
    assert mail_account.fields_of("imap") == ("host", "port", "security", "user", "folder")


@pytest.mark.parametrize("damaged", ["坏", "3", '{"smtp": 3, "imap": {"host": 5, "x": "y"}}'])
def test_a_damaged_file_of_accounts_holds_none_and_one_that_cannot_be_kept_says_so(
    tmp_path: Path, damaged: str
) -> None:
    file = tmp_path / "邮件账户.json"
    file.write_text(damaged, encoding="utf-8")
    accounts = mail_account.MailAccounts(file)
    accounts.load()
    assert accounts.accounts == {"smtp": {}, "imap": {}}
    assert "没有保存" in mail_account.MailAccounts(file / "x.json").save()


def test_the_test_of_the_accounts_is_told_for_each() -> None:
    assert mail_account.tried_words([]) == ("还没有填写服务器。", False)
    words, is_ok = mail_account.tried_words([{"name": "发件", "fault": ""}, {"name": "收件", "fault": "拒绝登录"}])
    assert words == "发件：登录成功\n收件：拒绝登录"
    assert not is_ok
    assert mail_account.tried_words([{"name": "发件", "fault": ""}])[1]
