"""Codes of what can be wrong with a scheme or a roster, and the one way to say it."""

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from toolkit.excel.table import TableRow
from toolkit.model import CellRef, Content, Finding, Sentence, Severity

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "SCHEME-01": "必须填写的内容缺失",
        "SCHEME-02": "内容不合要求",
        "SCHEME-03": "编号或名称重复",
        "SCHEME-04": "名称不能用作Excel名称",
        "SCHEME-05": "没有评分规则或规则名不认识",
        "SCHEME-06": "规则参数有误",
        "SCHEME-07": "公式写法有误",
        "SCHEME-08": "公式引用了不存在的字段",
        "SCHEME-09": "公式循环引用",
        "SCHEME-10": "引用了不存在的选项或佐证",
        "SCHEME-11": "有不认识的列",
        "SCHEME-12": "公式用了不能用的函数或写法",
        "SCHEME-20": "分值合计与总分不一致",
        "SCHEME-21": "分值小数位多于得分小数位",
        "SCHEME-22": "绩效等级有空档或重叠",
        "SCHEME-23": "产出与效益占比偏低",
        "SCHEME-24": "佐证没有指标引用",
        "SCHEME-25": "满意度指标归类可疑",
        "SCHEME-26": "反向指标没有上限",
        "SCHEME-27": "选项没有字段使用",
        "SCHEME-28": "期间或日期先后颠倒",
        "SCHEME-29": "算例有误",
        "SCHEME-30": "算例与规则不符",
        "SCHEME-31": "上级分值与下级合计不一致",
        "SCHEME-32": "核查设置有误",
        "SCHEME-33": "同级分值不是等分",
        "SCHEME-34": "方案还没有填写完",
        "SCHEME-35": "适用条件或勾稽不是条件",
        "SCHEME-36": "工作表的名称不认识",
        "SCHEME-37": "问题与建议有误",
        "SCHEME-38": "结果应用规则有误",
        "SCHEME-39": "采集了但没有用处的字段",
        "SCHEME-40": "自评表格式不认识或填不全",
        "SCHEME-41": "依据的文件已废止或文号有误",
        "SCHEME-45": "问卷有误",
        "SCHEME-46": "问卷题目有误",
        "SCHEME-47": "金额字段的单位与方案的金额单位不同",
        "SCHEME-48": "绩效等级的下限不像百分制",
        "ROSTER-01": "必须填写的内容缺失",
        "ROSTER-02": "内容不合要求",
        "ROSTER-03": "序号重复",
        "ROSTER-04": "合计与明细不一致",
        "ROSTER-05": "合计经四舍五入",
        "ROSTER-06": "同一单位的项目名称重复",
        "ROSTER-07": "项目适用的指标分值合计不等于总分",
        "ROSTER-09": "责任单位可能有两种写法",
        "ROSTER-08": "适用条件引用了项目清单没有的列",
        "ROSTER-10": "整体核查清单：责任单位不是整体核查单位",
        "ROSTER-11": "整体核查清单：同一项目列了两次",
        "ROSTER-12": "整体核查清单：与参评项目的对应不明确",
        "ROSTER-13": "整体核查清单：金额与项目清单或采集表不一致",
        "ROSTER-14": "整体核查清单：完成日期不在评价年度",
        "ROSTER-15": "整体核查清单：没有写整体核查单位",
        "ROSTER-16": "整体核查清单：金额的大小关系不合常理",
    }
)
"""Stable codes with their titles, for the manual."""


def say(  # noqa: PLR0913  (a finding has this many parts)
    code: str,
    at: CellRef,
    message: str | Sentence,
    hint: str = "",
    *,
    severity: Severity = Severity.ERROR,
    about: str = "",
    found: Content = "",
    expected: Content = "",
) -> Finding:
    """A finding about a scheme or roster cell; ``about`` is the field key or indicator code."""
    return Finding(code, severity, at, message, hint, indicator=about, found=found, expected=expected)


def about_cell(
    code: str,
    row: TableRow,
    heading: str,
    message: str | Sentence,
    hint: str = "",
    *,
    severity: Severity = Severity.ERROR,
    about: str = "",
) -> Finding:
    """A finding about the cell under a heading, with what stands there."""
    return say(code, row.at(heading), message, hint, severity=severity, about=about, found=row.text(heading))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """``是否想写“…”？`` when a known word is near, else ``otherwise``."""
    near = nearest(word, known)
    return f"是否想写“{near}”？" if near else otherwise


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to what was written; "" when none is near."""
    cutoff = 0.5 if len(word) <= 2 else 0.6
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")
