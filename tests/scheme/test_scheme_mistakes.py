"""Break one thing: exactly that code fires, at that cell, with words that help."""

import pytest
from small_workbook import TEXT, broken, read

from toolkit.excel.md_table import md_to_xlsx
from toolkit.model import Sentence, Severity
from toolkit.scheme import read_scheme

CARD = "## 佐证"
CARDS = "## 算例\n| 指标编号 | 取值 | 应得分 | 说明 |\n|---|---|---|---|\n"
TWICE = "| 合同金额 | | 资金情况 | 金额 | | 否 | | | | | | | 合同 |\n"
RATE = '=IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4))'
_BEFORE = ("100%", "≤3秒", "提升", "≥90%")
"""Targets of the indicators that name E02."""
MISTAKES = [
    ("SCHEME-01", "指标!D4", "“三级指标”没有填写", ("立项程序规范性", "")),
    ("SCHEME-01", "方案!", "《方案》缺少“评价名称”", ("评价名称", "评价主题")),
    ("SCHEME-01", "字段!H4", "没有写选项名", ("| 是 | | 采购方式 |", "| 是 | | |")),
    ("SCHEME-02", "指标!E5", "“五”不是数", ("预算执行率 | 5 |", "预算执行率 | 五 |")),
    (
        "SCHEME-02",
        "字段!D6",
        "是否想写“金额”？",
        ("实际到位资金 | | 资金情况 | 金额 |", "实际到位资金 | | 资金情况 | 金颔 |"),
    ),
    ("SCHEME-02", "方案!B8", "没有这一天", ("2024-09-30", "2024-09-31")),
    ("SCHEME-02", "方案!B10", "应大于0", ("| 总分 | 20 |", "| 总分 | 0 |")),
    (
        "SCHEME-02",
        "方案!B13",
        "“产出效益最低占比”：“多数”不是数",
        ("整体核查单位 | 某市大数据局", "产出效益最低占比 | 多数"),
    ),
    ("SCHEME-02", "方案!B13", "“打分容差”：“一成”不是数", ("整体核查单位 | 某市大数据局", "打分容差 | 一成")),
    ("SCHEME-02", "方案!B13", "是否想写“截尾平均”？", ("整体核查单位 | 某市大数据局", "打分取值 | 截尾均值")),
    (
        "SCHEME-02",
        "方案!B13",
        "“合同规模分档”：“大中小”里没有金额",
        ("整体核查单位 | 某市大数据局", "合同规模分档 | 大中小"),
    ),
    ("SCHEME-02", "方案!B13", "应在0%–100%之间", ("整体核查单位 | 某市大数据局", "打分容差 | 1000%")),
    ("SCHEME-02", "方案!B13", "应在0%–10000%之间", ("整体核查单位 | 某市大数据局", "年度变动提示 | -5%")),
    ("SCHEME-34", "方案!B4", "还写着“（请填写）”", ("某市2024年度", "（请填写）")),
    ("SCHEME-34", "方案!B13", "单位收到通知函后找不到人问", ("整体核查单位 | 某市大数据局", "联系人 | ")),
    ("SCHEME-02", "勾稽!C4", "应为：须更正、请核实、提示", ("须更正", "严重")),
    ("SCHEME-03", "指标!A5", "指标编号“a101”重复：A4已经用过", ("| B101 |", "| a101 |")),
    ("SCHEME-03", "字段!A9", "字段名“合同金额”重复：A5已经用过", ("| 支付金额 | |", f"{TWICE}| 支付金额 | |")),
    ("SCHEME-03", "字段!A4", "与指标B101的单元格名称相同", ("| 采购方式 | |", "| 自评分_B101 | |")),
    ("SCHEME-03", "佐证!A5", "佐证编号“E01”重复", ("| E02 | 支付凭证", "| E01 | 合同 | 否 | |\n| E02 | 支付凭证")),
    ("SCHEME-03", "指标!A6", "“预算执行率”与指标B101同名", ("| 接口响应时间 |", "| 预算执行率 |")),
    ("SCHEME-04", "字段!A4", "含有不能用的字符：“（”、“）”", ("| 采购方式 | |", "| 采购（方式） | |")),
    ("SCHEME-04", "字段!A4", "会被Excel当作单元格地址", ("| 采购方式 | |", "| AB12 | |")),
    ("SCHEME-04", "字段!A4", "会被Excel当作单元格地址", ("| 采购方式 | |", "| R1C1 | |")),
    ("SCHEME-04", "字段!A4", "含有不能用的字符：空格", ("| 采购方式 | |", "| 采购 方式 | |")),
    ("SCHEME-04", "字段!A4", "要以汉字、字母或下划线开头", ("| 采购方式 | |", "| 2采购 | |")),
    ("SCHEME-04", "字段!A4", "含有工作表名不能用的字符：“/”", ("| 立项与采购合同 | 选项", "| 立项/采购 | 选项")),
    ("SCHEME-04", "指标!A4", "含有不能用的字符：“-”", ("| A101 |", "| A-101 |")),
    (
        "SCHEME-50",
        "指标!A8",
        "是总分20分以外的加分项（5分）",
        (
            "| D201 | 效益 | 满意度 |",
            "| E101 | 加分项 | 获奖 | 省级表彰 | 5 | 酌情评分 | | | 有 | | E02 | |\n| D201 | 效益 | 满意度 |",
        ),
    ),
    ("SCHEME-05", "指标!F5", "是否想写“百分点扣分”？", ("百分点扣分", "百分点扣")),
    ("SCHEME-05", "指标!F5", "没有评分规则", ("百分点扣分", "")),
    ("SCHEME-06", "指标!G6", "缺少参数“目标”", ("目标=3；上限倍数=3", "上限倍数=3")),
    ("SCHEME-06", "指标!G6", "不应小于0", ("目标=3；上限倍数=3", "目标=-1；上限倍数=3")),
    ("SCHEME-06", "指标!G5", "是否想写“先取整”", ("先取整=是", "先取正=是")),
    ("SCHEME-06", "指标!H4", "各要点分值合计1.5分，与指标分值2分不一致", ("经评审（1分）", "经评审（0.5分）")),
    ("SCHEME-07", "勾稽!B4", "公式写法有误", ("=实际支出资金<=实际到位资金", "=(实际支出资金<=实际到位资金")),
    ("SCHEME-07", "指标!L6", "公式写法有误", ('=项目类型="新建"', '=项目类型="新建')),
    ("SCHEME-07", "勾稽!B4", "ROUND 的参数应有 2 个，现在写了 1 个", ("=实际支出资金<=", "=ROUND(实际支出资金)<=")),
    ("SCHEME-12", "勾稽!B4", "是否想写“ROUNDUP”？", ("=实际支出资金<=", "=ROUNDUPS(实际支出资金,2)<=")),
    ("SCHEME-12", "指标!G5", "不支持的函数 UNICODE", ("完成值=预算执行率", '完成值=VALUE(UNICODE("1"))')),
    ("SCHEME-12", "勾稽!B4", "逐格计算“支付金额”", ("=实际支出资金<=", "=SUM(IF(支付金额>0,支付金额))<=")),
    ("SCHEME-12", "指标!L6", "每天会算出不同的结果", ('=项目类型="新建"', "=立项年度<YEAR(TODAY())")),
    (
        "SCHEME-47",
        "字段!A6",
        "实际到位资金的单位是“元”，《方案》的金额单位是“万元”",
        ("实际到位资金 | | 资金情况 | 金额 | |", "实际到位资金 | | 资金情况 | 金额 | 元 |"),
    ),
    ("SCHEME-08", "勾稽!B4", "公式引用了单元格“$A$1:$B$2”", ("=实际支出资金<=", "=SUM($A$1:$B$2)<=")),
    ("SCHEME-08", "勾稽!B4", "是否想写“实际到位资金”？", ("<=实际到位资金", "<=实际到账资金")),
    ("SCHEME-08", "指标!G5", "公式引用了“执行比率”", ("完成值=预算执行率", "完成值=执行比率")),
    ("SCHEME-09", "字段!G8", "公式循环引用：预算执行率→预算执行率", (RATE, "=预算执行率+1")),
    ("SCHEME-10", "字段!H4", "《选项》表中没有“采购形式”", ("| 是 | | 采购方式 |", "| 是 | | 采购形式 |")),
    ("SCHEME-10", "指标!K4", "《佐证》表中没有编号“E11”", ("规范 | | E01 |", "规范 | | E01、E11 |")),
    ("SCHEME-10", "方案!B12", "是否想写“支付明细”？", ("支付明细=6", "支付名细=6")),
    ("SCHEME-11", "方案!A13", "是否想写“整体核查单位”？", ("整体核查单位", "整体核查单为")),
    ("SCHEME-20", "指标!A4", "各指标分值合计19分", ("用户活跃度 | 5 |", "用户活跃度 | 4 |")),
    (
        "SCHEME-22",
        "方案!B14",
        "“良”与“优”之间有空档：89分与90分之间没有等级",
        ("优≥90；良≥80；中≥60；差≥0", "优90-100；良80-89；中60-79；差0-59"),
    ),
    ("SCHEME-22", "方案!B14", "低于60分没有等级", ("中≥60；差≥0", "中≥60")),
    (
        "SCHEME-48",
        "方案!",
        "“优≥18”像是按总分20分写的",
        ("优≥90；良≥80；中≥60；差≥0", "优≥18；良≥16；中≥12；差≥0"),
    ),
    ("SCHEME-23", "指标!A4", "占40.00%，低于60%", ("效益 | 社会效益", "过程 | 社会效益")),
    ("SCHEME-24", "佐证!A4", "没有任何指标引用", ("规范 | | E01 |", "规范 | | E02 |")),
    ("SCHEME-25", "指标!A7", "不是满意度指标", ("效益 | 社会效益", "效益 | 满意度")),
    ("SCHEME-26", "指标!A6", "没有写上限倍数", ("目标=3；上限倍数=3", "目标=3")),
    (
        "SCHEME-49",
        "指标!A7",
        "早于评价期间起2023年10月1日",
        ("用户活跃度 | 5 | 酌情评分 | |", "用户活跃度 | 5 | 时限计分 | 止=2023-09 |"),
    ),
    ("SCHEME-27", "选项!", "没有字段使用", ("| 采购方式 | 单一来源 |", "| 是否上云 | 是 |")),
    ("SCHEME-29", "算例!A4", "指标编号“B102”不存在", (CARD, f"{CARDS}| B102 | 完成值=1 | 1 | |\n")),
    ("SCHEME-29", "算例!B4", "可用的取值项：完成值", (CARD, f"{CARDS}| B101 | 扣分=1 | 1 | |\n")),
    ("SCHEME-29", "算例!C4", "“满分”不是数", (CARD, f"{CARDS}| B101 | 完成值=1 | 满分 | |\n")),
    ("SCHEME-30", "算例!C4", "应得3分，按规则算得3.50分", (CARD, f"{CARDS}| B101 | 完成值=93.97% | 3 | |\n")),
    ("SCHEME-28", "方案!B8", "早于评价期间起", ("2024-09-30", "2022-09-30")),
    ("SCHEME-02", "方案!B16", "没有这一天", ("2024年12月20日", "2025-02-30")),
    ("SCHEME-02", "方案!B16", "“2月底前”不是日期", ("2024年12月20日", "2月底前")),
    ("SCHEME-02", "方案!B15", "应写成 2024-09-30", ("| 2024-11-20 |", "| 十一月 |")),
    ("SCHEME-28", "方案!B16", "报送截止日2024-10-20早于发函日期2024-11-20", ("2024年12月20日", "2024-10-20")),
    (
        "SCHEME-28",
        "方案!B18",
        "报告日期2025-05-30早于整改截止日2025-06-01",
        ("整改截止日 | |", "整改截止日 | 2025-06-01 |"),
    ),
    ("SCHEME-28", "方案!B18", "报告日期2024-12-01早于报送截止日2024-12-20", ("2025-05-30", "2024-12-01")),
    ("SCHEME-28", "方案!B16", "早于数据截止日2024-12-31", ("2024.9.30", "2024.12.31")),
    ("SCHEME-35", "指标!L6", '是否想写 =项目类型="新建"？', ('=项目类型="新建"', "新建")),
    ("SCHEME-35", "指标!L6", '是否想写 =采购方式="公开招标"？', ('=项目类型="新建"', "公开招标")),
    ("SCHEME-35", "指标!L6", '是否想写 =采购方式="单一来源"？', ('=项目类型="新建"', "=采购方式=单一来源")),
    ("SCHEME-35", "指标!L6", '是否想写 =项目类型="新建"？', ('=项目类型="新建"', "=项目类型=新建")),
    ("SCHEME-35", "指标!L6", "写成能成立或不成立的式子", ('=项目类型="新建"', "=合同金额+1")),
    ("SCHEME-34", "方案!B16", "下发时会停下来", ("2024年12月20日", "")),
    ("SCHEME-34", "方案!", "下发时会停下来", ("| 报送截止日 | 2024年12月20日 | |\n", "")),
]
"""code, where, words in message or hint, the change."""


@pytest.mark.parametrize(("code", "where", "words", "change"), MISTAKES, ids=[f"{m[0]}-{m[1]}" for m in MISTAKES])
def test_one_mistake_one_code(code, where, words, change):
    found = broken((change[0], change[1] + (f"\n{CARD}" if change[0] == CARD else "")))
    assert {one.code for one in found} == {code}, found
    first = found[0]
    sheet, _, cell = where.partition("!")
    assert (first.at.workbook, first.at.sheet) == ("方案.xlsx", sheet)
    assert first.at.cell == cell
    assert any(words in one.message + one.hint for one in found), found
    assert all(one.hint or one.severity is Severity.NOTE for one in found)


@pytest.mark.parametrize(
    "code", ["SCHEME-20", "SCHEME-24", "SCHEME-25", "SCHEME-26", "SCHEME-27", "SCHEME-47", "SCHEME-48"]
)
def test_a_lint_states_its_words_as_values(code):
    """The template is the program's own; what people wrote and what was counted are its words."""
    change = next(change for known, _, _, change in MISTAKES if known == code)
    (found,) = (finding for finding in broken(change) if finding.code == code)
    assert isinstance(found.told, Sentence)
    assert found.told.words
    assert str(found.told) == found.message


def test_a_scheme_whose_indicators_name_no_evidence_at_all_is_told_once():
    blank = [("规范 | | E01 |", "规范 | | |"), *((f"{before} | | E02 |", f"{before} | | |") for before in _BEFORE)]
    (found,) = (finding for finding in broken(*blank) if finding.code == "SCHEME-24")
    assert (found.at.sheet, found.severity) == ("指标", Severity.WARNING)
    assert "2项佐证材料都没有指标引用" in found.message


def test_marks_of_groups_and_dimensions_where_written():
    text = TEXT.replace("| 分值 | 评分规则 |", "| 分值 | 一级分值 | 二级分值 | 评分规则 |").replace(
        "|---|\n| A101", "|---|---|---|\n| A101"
    )
    text = text.replace("| 2 | 要点计分", "| 2 | 2 | 2 | 要点计分").replace(
        "| 5 | 百分点扣分", "| 5 | 6 | | 百分点扣分"
    )
    text = text.replace("| 3 | 反向比率", "| 3 | | 多 | 反向比率").replace("| 5 | 酌情评分", "| 5 | 10 | 5 | 酌情评分")
    text = text.replace("| 5 | 问卷加权", "| 5 | | | 问卷加权")
    found = [(one.code, one.at.cell, one.message) for one in read(text).findings]
    assert found == [
        ("SCHEME-31", "F5", "“过程”的一级分值为6，下级指标分值合计5"),
        ("SCHEME-02", "G6", "“二级分值”：“多”不是数"),
    ]


def test_right_cards_say_nothing():
    cards = "| B101 | 完成值=93.97% | 3.5 | 取整为94% |\n| A101 | 要点1=符合；要点2=不符合 | 1 | |\n"
    assert broken((CARD, f"{CARDS}{cards}\n{CARD}")) == []


def test_everything_is_reported_in_one_run():
    found = broken(
        ("预算执行率 | 5 |", "预算执行率 | 五 |"),
        ("<=实际到位资金", "<=实际到账资金"),
        ("目标=3；上限倍数=3", "目标=-1"),
        ("中≥60；差≥0", "中≥60"),
    )
    assert {one.code for one in found} == {"SCHEME-02", "SCHEME-06", "SCHEME-08", "SCHEME-22"}


def test_lost_rows_do_not_spoil_the_sums():
    assert {one.code for one in broken(("预算执行率 | 5 |", "预算执行率 | 五 |"))} == {"SCHEME-02"}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("SCHEME-02", ("预算执行率 | 5 |", "预算执行率 | 五 |")),
        ("SCHEME-05", ("百分点扣分", "百分点扣")),
        ("SCHEME-06", ("先取整=是", "先取正=是")),
        ("SCHEME-01", ("| E02 | 支付凭证 |", "| E02 | |")),
        ("SCHEME-01", ("| 采购方式 | 公开招标 |\n| 采购方式 | 单一来源 |", "| 采购方式 | |")),
    ],
)
def test_what_uses_a_lost_row_is_not_wrong_too(code, change):
    card = f"{CARDS}| B101 | 完成值=93.97% | 3.5 | |\n\n{CARD}"
    check = ("| J02 |", "| J03 | =自评分_B101<=分值_B101 | 请核实 | 自评分超过分值 | 核对 |\n| J02 |")
    assert broken((CARD, card), check) == []
    assert [one.code for one in broken((CARD, card), check, change)] == [code]


def test_cycles_through_several_fields_are_named():
    found = broken(
        (RATE, "=实际支出资金*2"),
        ("实际支出资金 | | 资金情况 | 金额 | | 是 | |", "实际支出资金 | | 资金情况 | 金额 | | 是 | =预算执行率/2 |"),
    )
    assert {one.code for one in found} == {"SCHEME-09"}
    assert "预算执行率" in found[0].message
    assert "实际支出资金" in found[0].message


def test_missing_sheet_and_missing_heading_are_findings():
    without_fields = TEXT[: TEXT.index("## 字段")] + TEXT[TEXT.index("## 勾稽") :]
    reading = read_scheme(md_to_xlsx(without_fields.replace("评分规则", "打分办法")), "方案.xlsx")
    assert reading.scheme is None
    assert {one.code for one in reading.findings} == {"TABLE-01", "TABLE-02"}


SHEETS = [
    ("勾稽关系", "SCHEME-36", Severity.ERROR, "是否指《勾稽》"),
    ("钩稽", "SCHEME-36", Severity.ERROR, "是否指《勾稽》"),
    ("Sheet3", "SCHEME-36", Severity.ERROR, "是否指《勾稽》"),
]


@pytest.mark.parametrize(("name", "code", "severity", "words"), SHEETS)
def test_a_renamed_sheet_is_asked_about_and_its_rows_are_looked_at(name, code, severity, words):
    text = TEXT.replace("## 勾稽", f"## {name}").replace("<=实际到位资金", "<=实际到账资金")
    reading = read_scheme(md_to_xlsx(text), "方案.xlsx")
    assert reading.scheme is None
    renamed, formula = reading.findings
    assert (renamed.code, renamed.severity, renamed.at.sheet) == (code, severity, name)
    assert words in renamed.message
    assert (formula.code, formula.at.cell) == ("SCHEME-08", "B2")


def test_a_copy_and_a_sheet_of_ones_own_are_named():
    copied = TEXT[TEXT.index("## 勾稽") : TEXT.index("## 选项")].replace("## 勾稽", "## 勾稽 (2)")
    own = "## 工作底稿\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
    reading = read_scheme(md_to_xlsx(f"{TEXT}\n{copied}\n{own}"), "方案.xlsx")
    assert reading.scheme is not None
    said = [(one.code, one.severity, one.at.sheet) for one in reading.findings]
    assert said == [("SCHEME-36", Severity.WARNING, "勾稽 (2)"), ("SCHEME-36", Severity.NOTE, "工作底稿")]


def test_a_heading_like_a_missing_one_is_not_passed_over():
    (found,) = broken(("| 必填 | 公式 |", "| 必填 | 公示 |"))
    assert (found.code, found.at.cell, found.hint) == ("SCHEME-11", "G3", "是否想写“公式”？")


def test_every_layer_speaks_in_one_run():
    """A wrong sheet name, a wrong cell, a wrong rule, a wrong formula, a wrong sum, a wrong card: one list."""
    found = broken(
        ("## 选项", "## 选择"),
        ("| 总分 | 20 |", "| 总分 | 21 |"),
        ("报送截止日 | 2024年12月20日", "报送截止日 | 2月底前"),
        ("| 采购方式 | | 立项与采购合同 | 选项 | | 是 |", "| 采购方式 | | 立项与采购合同 | 选项 | | 对 |"),
        ("先取整=是", "先取正=是"),
        ('=项目类型="新建"', "新建"),
        ("=实际支出资金<=实际到位资金", "=TODAY()-实际支出资金<=实际到账资金"),
        ("规范 | | E01 |", "规范 | | E11 |"),
        (CARD, f"{CARDS}| A101 | 要点1=符合；要点2=符合 | 1 | |\n\n{CARD}"),
    )
    assert {(one.code, one.at.sheet) for one in found} == {
        ("SCHEME-36", "选择"),
        ("SCHEME-02", "方案"),
        ("SCHEME-02", "字段"),
        ("SCHEME-06", "指标"),
        ("SCHEME-35", "指标"),
        ("SCHEME-12", "勾稽"),
        ("SCHEME-08", "勾稽"),
        ("SCHEME-10", "指标"),
        ("SCHEME-20", "指标"),
        ("SCHEME-30", "算例"),
    }


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("勾稽!B4", ("=实际支出资金<=实际到位资金", "=IF(采购方式=“公开招标”,实际支出资金<=实际到位资金,TRUE)")),
        ("字段!G8", ('=IF(N(实际到位资金)=0,"",', "=IF(N(实际到位资金)=0,“”,")),
        ("指标!L6", ('=项目类型="新建"', "=项目类型=“新建”")),
        ("指标!G5", ("完成值=预算执行率", "完成值=IF(预算执行率=“”,0,预算执行率)")),
        (
            "指标!L7",
            (
                "| D101 |",
                "| C102 | 产出 | 产出质量 | 运维响应 | 3 | 酌情评分 | | | 及时 | | E02 | =项目类型=“运维” |\n| D101 |",
            ),
        ),
    ],
)
def test_curly_quotes_in_any_formula_are_told_at_their_cell(where, change):
    found = [one for one in broken(change) if one.code == "SCHEME-07"]
    assert [f"{one.at.sheet}!{one.at.cell}" for one in found] == [where]
    assert "请改成半角" in found[0].message


def test_optional_sheets_may_be_absent():
    text = (
        TEXT[: TEXT.index("## 勾稽")]
        .replace("| E01 |", "| |")
        .replace("| E02 |", "| |")
        .replace("| 选项 | | 是 | | 采购方式", "| 文本 | | 是 | | ")
    )
    reading = read_scheme(md_to_xlsx(text), "方案.xlsx")
    assert reading.findings == ()
    assert reading.scheme.cross_checks == ()


def test_full_mark_finer_than_scores():
    found = broken(("预算执行率 | 5 |", "预算执行率 | 4.995 |"), ("用户活跃度 | 5 |", "用户活跃度 | 5.005 |"))
    assert {one.code for one in found} == {"SCHEME-21"}


def test_conditional_alternatives_may_exceed_the_total():
    row = '| C102 | 产出 | 产出质量 | 运维响应 | 3 | 酌情评分 | | | 及时 | | E02 | =项目类型="运维" |\n'
    reading = read(TEXT.replace("| D101 |", f"{row}| D101 |"))
    assert reading.scheme is not None
    assert broken() == []


@pytest.mark.parametrize(
    "text",
    [
        "优[90,100]；良[80,90)；中[60,80)；差[0,60)",
        "优90~100、良80~90、中60~80、差0~60",
        "优 >= 90;良>=80;中>=60;差>=0",
        "优≥90分；良≥80分；中≥60分；差＜60分",
        "优90分以上；良80（含）以上；中60分及以上；差60分以下",
        "优：90分-100分；良：80分-90分；中：60-80分；差低于60分",
    ],
)
def test_grade_bands_as_people_write_them(text):
    reading = read(TEXT.replace("优≥90；良≥80；中≥60；差≥0", text))
    assert reading.findings == ()
    assert [one.name for one in sorted(reading.scheme.grade_bands, reverse=True)] == ["优", "良", "中", "差"]


@pytest.mark.parametrize("text", ["优≥90；良≥80；中≥60；差<50", "优≥90；良≥80；中≥60；差70分以下"])
def test_a_lowest_grade_below_another_limit_leaves_a_gap_or_overlaps(text):
    found = read(TEXT.replace("优≥90；良≥80；中≥60；差≥0", text)).findings
    assert [one.code for one in found] == ["SCHEME-22"]


def test_a_bonus_within_the_total_is_an_indicator_like_any_other():
    """Five points called 加分 that the total counts: nothing is said. Without them it is a sum that is wrong."""
    assert broken(("用户活跃度 | 5 |", "用户活跃度加分 | 5 |")) == []
    (found,) = broken(("用户活跃度 | 5 |", "用户活跃度加分 | 6 |"))
    assert found.code == "SCHEME-20"
