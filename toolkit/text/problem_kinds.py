"""Kinds of problems: the master counts findings by them, reports say why they matter and what to do about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.model import Finding, Scheme, Severity


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem.

    Attributes:
        name: a word or two, as it stands in the master. title: heading of the problem.
        codes: beginnings of the finding codes that belong to it.
        cause: what the findings of this kind directly show; nothing about motives.
        advice: heading of the recommendation and its text.
    """

    name: str
    title: str
    codes: tuple[str, ...]
    cause: str
    advice: tuple[str, str]


NOT_RETURNED = ProblemKind(
    "未报送",
    "部分项目未报送可用的采集表",
    ("BATCH-01", "COLLECT-"),
    "没有可读取的采集表，无据可评的不予评分，补报后再行评价。",
    (
        "落实报送责任，补齐项目数据",
        "请相关责任单位在规定期限内按下发的表样补报，由专人核对文件能够正常打开后再报送；补报后应重新核查、评分。",
    ),
)
FUNDS = ProblemKind(
    "资金数据",
    "资金数据存在超限额或前后不一致",
    ("FUND-", "MAGN-", "DATE-04"),
    "支付、到位与合同、预算之间的关系不成立，需要以合同、审计结论和支付凭证为准逐笔核对。",
    (
        "加强合同支付控制，核实资金数据",
        "请相关责任单位对照合同和支付凭证逐笔核对；监理、测评等费用与主合同分开列示，确有超额支付的，说明依据并完善手续。",
    ),
)
CROSS_CHECKS = ProblemKind(
    "勾稽不符",
    "填报数据之间勾稽不符",
    ("DATE-", "TEXT-"),
    "同一项目不同栏目的数据相互矛盾，至少有一处与原始资料不符。",
    (
        "统一取数口径，保证数据前后一致",
        "请相关责任单位明确年度数与累计数、主合同与其他费用的口径，填报后对照填报自检页逐条消除不符事项。",
    ),
)
RATES = ProblemKind(
    "比率计算",
    "资金到位率、预算执行率等计算结果不准确",
    ("RATE-",),
    "表内计算结果与按填报数据重算的结果不一致，或者分母缺失导致比率没有意义。",
    (
        "规范比率计算，不直接修改计算结果",
        "请相关责任单位恢复采集表原有公式；基础数据有误的更正基础数据，不直接改写比率。",
    ),
)
INCOMPLETE = ProblemKind(
    "填报不完整",
    "采集表填报不完整",
    ("MISS-", "EVID-"),
    "必填内容、指标完成值或佐证材料缺失，且没有说明原因。",
    (
        "补充必填内容和佐证材料",
        "请相关责任单位逐项补填；确实没有的内容填写“不适用”并说明原因，佐证材料按清单编号补充提供。",
    ),
)
ALTERED = ProblemKind(
    "采集表被改动",
    "采集表公式、固定内容或标识被改动",
    ("FORM-", "IDENT-", "ROUND-"),
    "表内公式、标准或预填内容与下发时不一致，影响计算结果和口径统一。",
    (
        "保持采集表结构和公式不变",
        "请相关责任单位用下发的原表重新填报或恢复被改动的单元格；对指标和标准有意见的写在说明栏。",
    ),
)
FORMAT = ProblemKind(
    "填报格式",
    "填报格式不规范",
    ("READ-",),
    "数值、日期的写法不符合填报要求，需要转换或退回确认后才能使用。",
    (
        "按规定格式填报",
        "请相关责任单位只在数字单元格中填写数字，按规定单位和日期格式填报，需要说明的写在说明栏。",
    ),
)
SELF_SCORES = ProblemKind(
    "自评分",
    "自评分不符合评分规则",
    ("SELF-",),
    "自评分超出分值范围或与评分规则不符。",
    ("提高自评质量", "请相关责任单位对照评分标准重新自评，自评分与填报的完成值保持一致。"),
)
REPEATED = ProblemKind(
    "项目间重复或异常",
    "不同项目之间的填报内容重复或者差异明显",
    ("BATCH-",),
    "几个项目的金额、文字、佐证文件或比率重复、混用或者明显偏离，需要逐项核对原始资料。",
    (
        "核对项目之间重复和异常的数据",
        "请相关责任单位逐项核对，分别提供各项目自己的数据和佐证材料；确属共用或者特殊情形的，书面说明。",
    ),
)
LAST_YEAR = ProblemKind(
    "年度对比异常",
    "与上年数据相同或者相差较大",
    ("YEAR-",),
    "本年填报的数字与上年全部相同，或者同一指标与上年相差较大，需要核实口径和填报时点。",
    (
        "核实与上年数据的差异",
        "请相关责任单位逐项核实本年数据；确与上年相同或者变动属实的，书面说明原因，沿用上年数据未更新的予以更正。",
    ),
)
OTHER = ProblemKind(
    "其他",
    "其他需要核实的事项",
    (),
    "核查中发现的其他疑点，需要逐项核实。",
    ("逐项核实其他疑点", "请相关责任单位按核查问题清单逐项核实、更正或者说明。"),
)
KINDS: Sequence[ProblemKind] = (
    NOT_RETURNED,
    FUNDS,
    CROSS_CHECKS,
    RATES,
    INCOMPLETE,
    ALTERED,
    FORMAT,
    SELF_SCORES,
    REPEATED,
    LAST_YEAR,
    OTHER,
)
OF_THE_PLAN = ("ROSTER-", "SCHEME-", "REVIEW-", "TEMPLATE-", "PRIOR-")
"""Beginnings of the codes of what is no unit's problem."""


def of_the_plan(finding: Finding) -> bool:
    """It is about scheme, roster, template or opinions, not about what a unit sent."""
    return finding.code.startswith(OF_THE_PLAN)


def kind_of(finding: Finding, scheme: Scheme) -> ProblemKind | None:
    """The kind a finding belongs to; None for notes and for what is no unit's problem (scheme, roster, review)."""
    if finding.severity is Severity.NOTE:
        return None
    if any(finding.code == cross_check.code for cross_check in scheme.cross_checks):
        return CROSS_CHECKS
    return kind_of_code(finding.code)


@cache
def kind_of_code(code: str) -> ProblemKind | None:
    """The kind findings of a code belong to; None for what is no unit's problem."""
    if code.startswith(OF_THE_PLAN):
        return None
    return next((kind for kind in KINDS if kind.codes and code.startswith(kind.codes)), OTHER)
