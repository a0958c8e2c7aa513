"""Sheets 问题与建议 and 结果应用: rows become values, and every mistake is told at its cell."""

import pytest
from small_workbook import TEXT, broken, read

from toolkit.model import Consequence, KeyKind, ProblemClass, Severity
from toolkit.scheme import unknown_checks

HEADINGS = (
    "编号", "启用", "键", "类别", "适用条件", "成立条件", "数额", "数额单位", "问题表述", "汇总表述",
    "原因", "建议", "责任", "期限", "结果应用",
)  # fmt: skip
RIGHT = {
    "编号": "P1",
    "键": "A101要点2",
    "类别": "合规底线",
    "适用条件": '=采购方式<>"单一来源"',
    "成立条件": '=要点2="不符合"',
    "数额": "=实际到位资金-实际支出资金",
    "数额单位": "万元",
    "问题表述": "{项目}未经评审，得{得分_A101}，余{数额}",
    "汇总表述": "{m}个项目中{n}个未经评审（{名单}），共{合计}",
    "原因": "时间紧、不了解程序",
    "建议": "补办评审",
    "责任": "责任单位",
    "期限": "1个月",
    "结果应用": "整改后安排",
}
RULES = "\n## 结果应用\n| 等级 | 问题类别 | 结果应用 | 措施 |\n|---|---|---|---|\n"


def sheet(*rows: dict[str, str]) -> str:
    lines = ["", "## 问题与建议", f"| {' | '.join(HEADINGS)} |", "|" + "---|" * len(HEADINGS)]
    return "\n".join([*lines, *(f"| {' | '.join(row.get(name, '') for name in HEADINGS)} |" for row in rows), ""])


def findings(extra: str):
    return broken(("## 佐证", f"{extra}\n## 佐证"))


def test_a_row_becomes_a_value() -> None:
    (row,) = read(TEXT + sheet(RIGHT)).scheme.problems
    assert (row.code, row.kind, row.key, row.indicator) == ("P1", KeyKind.CHECKPOINT, "要点2_A101", "A101")
    assert (row.problem_class, row.consequence) == (ProblemClass.COMPLIANCE, Consequence.AFTER_CORRECTION)
    assert (row.causes, row.amount_unit) == (("时间紧", "不了解程序"), "万元")
    assert (row.origin.sheet, row.origin.cell) == ("问题与建议", "C4")


@pytest.mark.parametrize(
    ("key", "kind", "full", "indicator"),
    [
        ("A101", KeyKind.INDICATOR, "A101", "A101"),
        ("立项程序规范性", KeyKind.INDICATOR, "A101", "A101"),
        ("要点1_A101", KeyKind.CHECKPOINT, "要点1_A101", "A101"),
        ("立项程序规范性 要点1", KeyKind.CHECKPOINT, "要点1_A101", "A101"),
        ("J02", KeyKind.CHECK, "J02", ""),
        ("FUND-01", KeyKind.CHECK, "FUND-01", ""),
        ("=实际支出资金<实际到位资金", KeyKind.CONDITION, "", ""),
    ],
)
def test_what_a_key_may_be(key: str, kind: KeyKind, full: str, indicator: str) -> None:
    row = {"编号": "P1", "键": key, "类别": "管理", "问题表述": "有问题"}
    reading = read(TEXT + sheet(row))
    assert reading.findings == ()
    (found,) = reading.scheme.problems
    assert (found.kind, found.key, found.indicator) == (kind, full, indicator)
    assert found.condition == (key if kind is KeyKind.CONDITION else "")


def test_a_row_of_a_checkpoint_can_say_it_in_the_schemes_own_words() -> None:
    """The library said 信息安全 of a scheme whose checkpoint asks for 数据安全."""
    said = {**RIGHT, "问题表述": "不符合“{要点}”", "汇总表述": "{n}个项目不符合“{要点}”：{名单}"}
    reading = read(TEXT + sheet(said))
    assert reading.findings == ()
    (row,) = reading.scheme.problems
    label = next(asked.label for asked in reading.scheme.indicator("A101").inputs if asked.local == "要点2")
    assert label.endswith("分）")
    words = label.partition("（")[0]
    assert (row.statement, row.summary) == (f"不符合“{words}”", f"{{n}}个项目不符合“{words}”：{{名单}}")


@pytest.mark.parametrize(
    ("change", "code", "cell", "words"),
    [
        ({"键": "A999"}, "SCHEME-37", "C4", "不是方案里的指标、要点或检查项"),
        ({"键": "A101要点9"}, "SCHEME-37", "C4", "不是方案里的指标、要点或检查项"),
        ({"键": "立项程序规范姓"}, "SCHEME-37", "C4", "是否想写“立项程序规范性”？"),
        ({"类别": "绩校"}, "SCHEME-02", "D4", "是否想写“绩效”？"),
        ({"类别": ""}, "SCHEME-01", "D4", "没有填写"),
        ({"键": ""}, "SCHEME-01", "C4", "没有填写"),
        ({"问题表述": ""}, "SCHEME-01", "I4", "没有填写"),
        ({"问题表述": "余{实际到账资金}"}, "SCHEME-37", "I4", "是否想写“实际到位资金”？"),
        ({"问题表述": "余{数额"}, "SCHEME-37", "I4", "花括号没有成对"),
        ({"汇总表述": "{p}个项目"}, "SCHEME-37", "J4", "{p}不是字段"),
        ({"键": "A101", "成立条件": "", "问题表述": "不符合{要点}"}, "SCHEME-37", "I4", "{要点}不是字段"),
        ({"数额": ""}, "SCHEME-37", "G4", "没有写数额的算法"),
        ({"数额单位": ""}, "SCHEME-37", "H4", "没有写数额单位"),
        ({"数额": "=实际到账资金"}, "SCHEME-08", "G4", "是否想写“实际到位资金”？"),
        ({"成立条件": "=要点2=“不符合”"}, "SCHEME-07", "F4", "请改成半角"),
        ({"成立条件": "不符合"}, "SCHEME-35", "F4", "不是条件"),
        ({"适用条件": "=采购方式=单一来源"}, "SCHEME-35", "E4", '是否想写 =采购方式="单一来源"？'),
        ({"成立条件": "=YEAR(TODAY())>2024"}, "SCHEME-12", "F4", "每天会算出不同的结果"),
        ({"结果应用": "取消"}, "SCHEME-02", "O4", "应为：支持、整改后安排、核减、暂停"),
        ({"启用": "不"}, "SCHEME-02", "B4", "写 是 或 否"),
    ],
)
def test_a_mistake_in_a_row(change: dict[str, str], code: str, cell: str, words: str) -> None:
    found = [one for one in findings(sheet({**RIGHT, **change})) if one.at.sheet == "问题与建议"]
    assert (code, cell) in {(one.code, one.at.cell) for one in found}, found
    assert any(words in one.message + one.hint for one in found), found
    assert len({one.at.cell for one in found}) == 1, found


def test_the_same_code_twice() -> None:
    (found,) = findings(sheet(RIGHT, RIGHT))
    assert (found.code, found.at.cell) == ("SCHEME-03", "A5")


def test_a_row_kept_in_reserve_is_not_looked_at() -> None:
    reserve = {**RIGHT, "编号": "P2", "键": "没有这个指标", "启用": "否"}
    assert findings(sheet(RIGHT, reserve)) == []
    assert [one.code for one in read(TEXT + sheet(RIGHT, reserve)).scheme.problems] == ["P1"]


def test_rows_that_hang_on_a_rule_that_could_not_be_built_are_not_wrong_too() -> None:
    found = broken(
        ("## 佐证", f"{sheet({**RIGHT, '键': 'B101', '成立条件': '=完成值<1'})}\n## 佐证"), ("先取整=是", "先取正=是")
    )
    assert {one.code for one in found} == {"SCHEME-06"}


def test_a_check_nobody_has() -> None:
    scheme = read(TEXT + sheet({**RIGHT, "键": "FUND-99", "成立条件": "", "问题表述": "差{差额}"})).scheme
    (found,) = unknown_checks(scheme, ["FUND-01"])
    assert (found.code, found.at.cell, found.hint) == ("SCHEME-37", "C4", "是否想写“FUND-01”？")
    assert unknown_checks(scheme, ["FUND-99"]) == []


def test_rules_of_what_follows() -> None:
    rules = "| 差 | | 暂停 | 暂停同类安排 |\n| | 合规底线 | 整改后安排 | 整改后安排 |\n"
    made = read(TEXT + RULES + rules).scheme.applications
    assert [(one.grade, one.problem_class, one.consequence) for one in made] == [
        ("差", None, Consequence.SUSPEND),
        ("", ProblemClass.COMPLIANCE, Consequence.AFTER_CORRECTION),
    ]


@pytest.mark.parametrize(
    ("rules", "code", "cell", "severity", "words"),
    [
        ("| 及格 | | 支持 | 支持 |\n", "SCHEME-38", "A4", Severity.ERROR, "没有名为“及格”的等级"),
        ("| 优 | | | 支持 |\n", "SCHEME-38", "C4", Severity.ERROR, "没有写结果应用"),
        ("| 优 | 合规 | 支持 | 支持 |\n", "SCHEME-02", "B4", Severity.ERROR, "是否想写“合规底线”？"),
        ("| | | 支持 | 支持 |\n| 差 | | 暂停 | 暂停 |\n", "SCHEME-38", "A5", Severity.WARNING, "永远用不到"),
    ],
)
def test_a_mistake_in_a_rule(rules: str, code: str, cell: str, severity: Severity, words: str) -> None:
    (found,) = findings(RULES + rules)
    assert (found.code, found.at.cell, found.severity) == (code, cell, severity)
    assert words in found.message + found.hint


def test_a_field_nobody_uses_is_told() -> None:
    row = "| 网址 | | 资金情况 | 文本 | | 是 | | | | | | | |\n| 支付金额 |"
    (found,) = broken(("| 支付金额 |", row))
    assert (found.code, found.severity, found.at.cell) == ("SCHEME-39", Severity.WARNING, "A9")
    assert "“网址”要单位填写" in found.message
    assert broken(("| 支付金额 |", row.replace("| | | |\n", "| | | 备注 |\n"))) == []
    said = sheet({**RIGHT, "问题表述": "见{网址}，余{数额}"})
    assert broken(("| 支付金额 |", row), ("## 佐证", f"{said}\n## 佐证")) == []


def test_a_role_is_one_of_the_list() -> None:
    (found,) = broken(("| 采购 |", "| 采购方 |"))
    assert (found.code, found.at.cell) == ("SCHEME-02", "M4")
    assert "是否想写“采购”？" in found.message
