"""One small evaluation, built from plain values: for every test that needs a scheme, projects or what units type.

``SMALL_SCHEME`` has 15 fields, 8 indicators of different kinds, one table, 3 cross-checks and 3 evidence items;
``PROJECTS`` are three projects of two units (one joint); ``TYPED`` is what the first project's unit types, all right.
"""

from datetime import date
from decimal import Decimal

from toolkit.model import (
    CrossCheck,
    EvidenceItem,
    Field,
    FieldType,
    GradeBand,
    Indicator,
    IndicatorInput,
    NotApplicable,
    Project,
    Roster,
    Scheme,
    ScoredObject,
    Severity,
    Timetable,
)

BASICS, CONTRACTS, FUNDS = "项目基本信息", "立项与采购合同", "资金情况"
_A, _D, _T = FieldType.AMOUNT, FieldType.DATE, FieldType.TEXT

FIELDS = (
    Field("项目负责人", "项目负责人", BASICS, _T, required=True, help="填写本单位该项目的主管处室负责人姓名。"),
    Field("立项日期", "立项批复日期", BASICS, _D, required=True, help="以立项批复文件落款日期为准。"),
    Field("建设内容", "主要建设内容", BASICS, _T, required=True, help="用一段话概括，不超过二百字。"),
    Field(
        "采购方式",
        "采购方式",
        CONTRACTS,
        FieldType.CHOICE,
        required=True,
        choices="采购方式",
        help="按中标通知书填。",
    ),
    Field(
        "合同金额",
        "合同金额",
        CONTRACTS,
        _A,
        "万元",
        required=True,
        prefill="合同金额",
        help="已预填，请核对。",
    ),
    Field("审计核减后合同金额", "审计核减后合同金额", CONTRACTS, _A, "万元", help="没有审计结果的不填。"),
    Field("预算资金", "预算资金", FUNDS, _A, "万元", required=True, help="经批复的项目预算。"),
    Field("实际到位资金", "实际到位资金", FUNDS, _A, "万元", required=True, help="截至数据截止日实际到位的财政资金。"),
    Field("实际支出资金", "实际支出资金", FUNDS, _A, "万元", required=True, help="截至数据截止日实际支付的资金。"),
    Field("累计支付金额", "累计支付金额", FUNDS, _A, "万元", required=True, help="合同项下历年支付之和。"),
    Field(
        "资金到位率",
        "资金到位率",
        FUNDS,
        FieldType.RATE,
        "%",
        formula='=IF(N(预算资金)=0,"",ROUND(实际到位资金/预算资金,4))',
    ),
    Field(
        "预算执行率",
        "预算执行率",
        FUNDS,
        FieldType.RATE,
        "%",
        formula='=IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4))',
    ),
    Field("支付日期", "支付日期", FUNDS, _D, table="支付明细"),
    Field("支付摘要", "支付摘要", FUNDS, _T, table="支付明细"),
    Field("支付金额", "支付金额", FUNDS, _A, "万元", table="支付明细"),
)


def _input(code: str, local: str, label: str, kind: FieldType, **more: object) -> IndicatorInput:
    return IndicatorInput(local, f"{local}_{code}", label, kind, **more)  # type: ignore[arg-type]


def _indicator(
    code: str, place: str, mark: str, formula: str, inputs: tuple[IndicatorInput, ...], standard: str
) -> Indicator:
    dimension, group, name = place.split("/")
    bound = formula.replace("分值", f"分值_{code}")
    for one in inputs:
        bound = bound.replace(one.local, one.key)
    return Indicator(
        code=code,
        dimension=dimension,
        group=group,
        name=name,
        full_mark=Decimal(mark),
        rule_kind="discretionary" if any(one.by_evaluator for one in inputs) else "rate_proportional",
        rule_parameters=(),
        formula=formula,
        bound_formula=bound,
        inputs=inputs,
        standard=standard,
        target="100%",
        explanation=f"考察{name}方面的实际情况，用以反映项目{dimension}水平。",
        evidence=("E01",) if code < "B" else ("E02", "E03"),
        source="财预〔2020〕10号",
    )


_YES = ("符合", "不符合")
_GRADES = ("好", "较好", "一般", "较差", "差")
INDICATORS = (
    _indicator(
        "A101",
        "决策/项目立项/立项依据充分性",
        "10",
        '=ROUND(分值*((要点1="符合")+(要点2="符合"))/2,2)',
        (
            _input("A101", "要点1", "符合国家法律法规和发展规划", FieldType.CHOICE, choices=_YES),
            _input("A101", "要点2", "与部门职责范围相符，属于履职所需", FieldType.CHOICE, choices=_YES),
        ),
        "共两个要点，每个要点符合得一半分，不符合不得分。",
    ),
    _indicator(
        "A102",
        "决策/绩效目标/绩效目标合理性",
        "10",
        "=ROUND(MAX(0,分值-N(扣分)),2)",
        (_input("A102", "扣分", "扣分", FieldType.NUMBER, by_evaluator=True),),
        "由评价人员根据绩效目标与预算的匹配程度酌情评分，扣分须写明理由并由第二人复核。",
    ),
    _indicator(
        "B101",
        "过程/资金管理/预算执行率",
        "20",
        "=ROUND(分值*MIN(1,MAX(0,N(完成值))),2)",
        (_input("B101", "完成值", "预算执行率", FieldType.RATE, unit="%", formula="=预算执行率"),),
        "得分=预算执行率×分值，超过100%按100%计。",
    ),
    _indicator(
        "B102",
        "过程/组织实施/制度健全性",
        "10",
        '=ROUND(IF(评价等级="好",分值,IF(评价等级="较好",分值*0.8,IF(评价等级="一般",分值*0.6,分值*0.2))),2)',
        (_input("B102", "评价等级", "制度健全程度", FieldType.CHOICE, choices=_GRADES),),
        "好得100%，较好得80%，一般得60%，较差得40%，差得20%。",
    ),
    _indicator(
        "C101",
        "产出/产出数量/接入部门数",
        "15",
        "=ROUND(分值*MIN(1,N(完成值)/20),2)",
        (_input("C101", "完成值", "实际接入部门数", FieldType.NUMBER, unit="个"),),
        "目标为接入20个部门，得分=实际接入数÷20×分值，超过目标不加分。",
    ),
    _indicator(
        "C102",
        "产出/产出时效/按期完成",
        "10",
        "=ROUND(IF(N(完成日期)=0,0,IF(完成日期<=DATE(2024,9,30),分值,分值/2)),2)",
        (_input("C102", "完成日期", "竣工验收日期", FieldType.DATE),),
        "2024年9月30日前完成得满分，逾期得一半分。",
    ),
    _indicator(
        "D101",
        "效益/社会效益/系统可用率",
        "15",
        "=ROUND(分值*MIN(1,MAX(0,N(完成值))),2)",
        (_input("D101", "完成值", "系统可用率", FieldType.RATE, unit="%"),),
        "得分=系统可用率×分值。",
    ),
    _indicator(
        "D201",
        "效益/满意度/使用人员满意度",
        "10",
        "=ROUND(分值*MIN(1,MAX(0,N(完成值))),2)",
        (_input("D201", "完成值", "满意度", FieldType.RATE, unit="%"),),
        "得分=满意度×分值。",
    ),
)

SMALL_SCHEME = Scheme(
    title="江海市2024年度数字政府项目绩效评价",
    version="1.0",
    year=2024,
    client="江海市数据局",
    evaluator="评价机构（样例）",
    period_start=date(2023, 10, 1),
    period_end=date(2024, 9, 30),
    cutoff=date(2024, 9, 30),
    money_unit="万元",
    total_mark=Decimal(100),
    score_places=2,
    round_before_grading=None,
    not_applicable=NotApplicable.RENORMALISE,
    scored_object=ScoredObject.PROJECT,
    fields=FIELDS,
    indicators=INDICATORS,
    cross_checks=(
        CrossCheck(
            "X01",
            "=SUM(支付金额)=累计支付金额",
            Severity.ERROR,
            "支付明细合计应等于累计支付金额",
            "请核对支付明细各行。",
        ),
        CrossCheck(
            "X02",
            "=累计支付金额<=IF(N(审计核减后合同金额)=0,合同金额,审计核减后合同金额)",
            Severity.ERROR,
            "累计支付金额不应超过合同金额（有审计结果的，不应超过审计核减后合同金额）",
            "请核对累计支付金额是否含第三方服务费。",
        ),
        CrossCheck(
            "X03",
            "=实际支出资金<=实际到位资金",
            Severity.WARNING,
            "实际支出资金一般不超过实际到位资金",
            "请核实并说明。",
        ),
    ),
    choices={"采购方式": ("公开招标", "竞争性磋商", "单一来源")},
    evidence=(
        EvidenceItem("E01", "立项批复文件", True, "批复文件及附件扫描件"),
        EvidenceItem("E02", "支付凭证", True, "历次支付的国库集中支付凭证"),
        EvidenceItem("E03", "满意度调查报告", False, "有调查的提供"),
    ),
    grade_bands=(
        GradeBand(Decimal(90), "优"),
        GradeBand(Decimal(80), "良"),
        GradeBand(Decimal(60), "中"),
        GradeBand(Decimal(0), "差"),
    ),
    table_rows={"支付明细": 5},
    settings={
        "联系人": "张工",
        "联系电话": "0513-00000000",
        "联系邮箱": "pj@example.invalid",
    },
    timetable=Timetable(due=date(2024, 11, 15)),
    sha256="5" * 64,
)

PROJECTS = (
    Project("1", 2022, "市数据局", ("市数据局",), "政务数据共享平台（二期）", Decimal("286.5")),
    Project("2", 2023, "市数据局、市工业局", ("市数据局", "市工业局"), "惠企通<综合>服务平台", Decimal("1032.28")),
    Project("3", 2023, "市工业局", ("市工业局",), "=工业大脑", None),
)
ROSTER = Roster(PROJECTS)

TYPED: dict[str, str] = {
    "项目负责人": "王建国",
    "立项日期": "2022-03-05",
    "建设内容": "建设数据共享交换平台，接入二十个部门的数据目录，提供接口服务与运行监测。",
    "采购方式": "公开招标",
    "预算资金": "300",
    "实际到位资金": "290",
    "实际支出资金": "275.5",
    "累计支付金额": "275.5",
    "支付日期_1": "2023-01-10",
    "支付摘要_1": "首付款",
    "支付金额_1": "137.75",
    "支付日期_2": "2024-06-20",
    "支付摘要_2": "验收款",
    "支付金额_2": "137.75",
    "要点1_A101": "符合",
    "要点2_A101": "符合",
    "评价等级_B102": "较好",
    "完成值_C101": "20",
    "完成日期_C102": "2024-08-30",
    "完成值_D101": "99.95%",
    "完成值_D201": "96.5%",
}
