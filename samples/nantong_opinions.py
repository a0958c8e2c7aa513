"""Profile of a Nantong project → the evaluators' opinions on it, each with a reason from its facts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nantong_profile import Profile, choose, pick

from toolkit.demo_data.mistakes import NOT_A_WORKBOOK

Row = tuple[str, str, str, str, str, str, str, str]
"""项目序号, 指标编号, 取值项, 核定值, 理由, 佐证, 评价人, 复核人."""

# (deduction, reason) by level 优 良 中 差; {words in braces} are filled with the project's facts.
_EXECUTION = (
    (
        ("0", "抽查的监理月报、例会纪要与进度计划一致，归档手续齐全，不扣分"),
        ("0.2", "终验意见中有1条文档修改建议，整改记录比要求晚{days}天，扣0.2分"),
        ("0.3", "{month}月的监理月报缺失，其余过程资料完整，扣0.3分"),
        ("0", "任务书、周报、测试报告能够相互印证，没有发现执行偏差，不扣分"),
        ("0.2", "用户试运行意见中有{count}条只有口头答复，没有书面记录，扣0.2分"),
        ("0", "现场核对{count}个里程碑的交付物，日期、签字和内容一致，不扣分"),
        ("0.3", "第{count}次进度例会议定的事项没有写明责任人，扣0.3分"),
        ("0", "{month}月的质量抽检记录、整改单和复查单能够闭环，不扣分"),
        ("0.1", "测试用例编号与需求编号有{count}处没有对应，扣0.1分"),
    ),
    (
        ("0.5", "质量检查发现的{count}个问题中有1个没有闭环记录，扣0.5分"),
        ("0.4", "抽查的{count}次项目例会中有2次没有签到记录，扣0.4分"),
        ("0.8", "监理日志与施工日志有{count}处日期对不上，扣0.8分"),
        ("0.3", "试运行报告没有写明{count}项遗留问题的处理期限，扣0.3分"),
        ("0.6", "需求变更评审表缺少业务处室签字，涉及{count}个功能点，扣0.6分"),
        ("0.5", "测试问题清单中有{count}条优先级被下调，没有说明理由，扣0.5分"),
        ("0.7", "监理单位更换总监理工程师后{days}天才报备，扣0.7分"),
        ("0.4", "{month}月的进度款审核表缺少工程量确认单，扣0.4分"),
        ("0.6", "培训记录与签到表相差{count}人次，没有说明原因，扣0.6分"),
        ("0.8", "初验提出的{count}项整改在终验前才补交材料，扣0.8分"),
    ),
    (
        ("1", "初验比合同约定晚{delay}天，延期申请在到期之后才补办，扣1分"),
        ("1.2", "有变更先实施后审批，且监理单位没有签署意见，扣1.2分"),
        ("1.5", "项目负责人更换后没有交接记录，缺少{count}份过程文档，扣1.5分"),
        ("1.2", "进度计划调整{count}次，都没有报主管部门备案，扣1.2分"),
    ),
    (("2", "初验比合同约定晚{delay}天，没有办理延期手续，缺少{count}份监理文件，违约责任也没有追究，扣2分"),),
)
_THRIFT = {
    "市政务云": (
        ("0", "部署在市政务云，复用统一身份认证和短信通道，没有另购服务器，不扣分"),
        ("0.3", "云主机申请量偏大，抽查时段平均利用率为{use}%，扣0.3分"),
        ("0.5", "自行采购的消息推送服务与市级公共能力重复，扣0.5分"),
        ("0.2", "地图服务没有使用市级公共底图，另付了年度授权费，扣0.2分"),
        ("0", "接口全部经市级共享平台提供，节省了{count}条专线，不扣分"),
        ("0.4", "申请的{count}台云主机在试运行后没有缩减配置，扣0.4分"),
        ("0.1", "利用市级电子证照和身份认证能力，仅报表工具单独采购，扣0.1分"),
    ),
    "混合部署": (
        ("0.4", "本单位前置服务器{count}台，平均利用率为{use}%，扣0.4分"),
        ("0.2", "测试环境在终验后仍占用云资源，没有及时释放，扣0.2分"),
        ("0", "业务前置部分因专网要求留在本地，其余使用市政务云，配置合理，不扣分"),
        ("0.1", "共用上级部门的统一平台，本地只保留必要的前置设备，日志存储略有富余，扣0.1分"),
        ("0.3", "本地与云上各保留一套备份，其中{count}个数据库重复备份，扣0.3分"),
        ("0.6", "单独采购了数据库授权{count}套，没有论证使用公共数据库服务的可行性，扣0.6分"),
    ),
    "自建机房": (
        ("0.3", "设备清单中有{count}台备用设备尚未上架使用，扣0.3分"),
        ("0", "自建设施有专网和安全要求作依据，设备利用充分，不扣分"),
        ("0.5", "机柜使用率为{use}%，容量规划偏大，扣0.5分"),
        ("0.2", "利旧设备{count}台，替换下来的设备没有及时办理资产处置，扣0.2分"),
        ("0.1", "采用框架协议采购，单价低于同期市场询价，仅备件库存偏多，扣0.1分"),
    ),
    "不涉及": (
        ("0.3", "有{count}套设备到货后超过两个月才安装，占用了资金，扣0.3分"),
        ("0.5", "分批采购的同型号设备单价相差{count}%，没有统一议价，扣0.5分"),
    ),
}
_LEVEL_THRIFT = (Decimal(0), Decimal(0), Decimal("0.5"), Decimal("1.2"))
_EFFECT = (
    "对照绩效目标（{goal}），抽查的{total}项证明材料中有{proved}项能够直接证明，评定为{degree}",
    "绩效目标是{goal}；业务台账与系统日志抽样{total}份，{proved}份相符，评定为{degree}",
    "访谈使用人员{total}名，{proved}名认为办事环节或时间有改善，结合绩效目标（{goal}）评定为{degree}",
)
_TOGETHER = {
    "好": (
        "与{count}个部门建立了稳定的数据交换，接口调用记录完整",
        "{count}个协同事项全部在线流转，没有线下重复报送",
        "数据目录按季更新，{count}个部门在评价期内实际调用过数据",
        "上下级系统已经贯通，{month}月抽查的协同单全部按时办结",
        "向{count}个部门开放接口，问题反馈平均{days}小时内答复",
        "{count}个部门共用同一套数据口径，统计结果可以相互核对",
    ),
    "较好": (
        "与{count}个部门联通，其中1个仍靠人工导入数据",
        "{count}类协同事项在线办理，其中1类的回执反馈偏慢",
        "与{count}个部门共享数据，更新比约定晚{days}天",
        "协同流程已上线，抽查{days}件中有1件仍线下流转",
        "已接入{count}个部门的数据，{month}月以后才稳定更新",
    ),
    "一般": ("只与{count}个部门联通，数据更新以月为周期", "协同功能已开通，{month}月以来只发生{count}笔协同业务"),
    "较差": ("与其他部门的接口尚未正式启用，协同基本靠线下",),
}
_EXEMPLARY = ("6", "17", "27", "33", "35")
"""Projects whose way of working together an evaluator marks as a practice others can learn from."""
_SLIPS = {
    "元当万元": "填报数按元填写，依据结算材料核定为{value}万元",
    "数字格写文字": "填报内容不是数值，依据适配清单核定为{value}",
}
_GRADES = (("好",), ("好", "较好", "较好"), ("一般",), ("较差",))
_ALLOCATION = {
    "好": (
        "软件、设备、服务的资金比例与建设内容相称，年度安排与进度一致",
        "各分项资金有测算依据，没有发现明显偏高或偏低",
        "抽查{count}个分项，测算数量和单价都能对应到建设方案",
        "服务费、设备费分开测算，{month}月的调整有依据、有审批",
        "资金向核心功能倾斜，培训和测评费用控制在合理范围",
        "分{count}期安排资金，各期额度与合同付款节点一致",
    ),
    "较好": (
        "设备部分占比略高，测算依据基本充分",
        "年度资金安排与实际进度相差一个季度，其余合理",
        "{count}个分项中有1个的单价依据不足，其余合理",
        "运维类费用的测算口径没有写明，其他{count}个分项依据充分",
        "硬件选型余量约{use}%，略高于实际需要，其他分项合理",
    ),
    "一般": ("服务类资金没有细分到任务，难以判断是否相称", "首年安排偏多，造成资金沉淀"),
    "较差": ("分项资金没有测算依据，年度安排与进度脱节",),
}
_VERIFIED_GRADES = (("好",), ("好", "较好"), ("一般", "较好"), ("较差",))


def opinions_of(one: Profile, typed: Mapping[str, str]) -> list[Row]:
    """All opinions on one project, in the order of the indicators; ``typed`` is what the unit meant to type, by key.

    None on a project whose file is no workbook: nothing came that could be judged.
    """
    if one.mistake == NOT_A_WORKBOOK:
        return []
    rows = [
        *(_allocation(one), _execution(one), _effect(one), _together(one), _thrift(one)),
        *_exemption(one),
        *_corrections(one, typed),
        *_unreadable(one, typed),
    ]
    return sorted(rows, key=lambda row: (row[1], row[2]))


def _opinion(one: Profile, code: str, item: str, verified: str, reason: str, evidence: str) -> Row:
    pairs = (("评价员A", "复核员B"), ("评价员C", "复核员B"), ("评价员D", "复核员E"))
    evaluator, reviewer = pairs[choose(one.unit, "evaluators", 0, len(pairs) - 1)]
    return (one.number, code, item, verified, reason, evidence, evaluator, reviewer)


def _facts(one: Profile, code: str) -> dict[str, object]:
    return {
        "count": choose(one.number, f"{code} count", 2, 6),
        "days": choose(one.number, f"{code} days", 4, 15),
        "month": choose(one.number, f"{code} month", 2, 11),
        "use": choose(one.number, f"{code} use", 14, 38),
        "delay": one.delay,
        "goal": one.goal,
    }


def _execution(one: Profile) -> Row:
    bank = _EXECUTION[one.level]
    deducted, reason = bank[choose(one.number, "B202", 0, len(bank) - 1)]
    return _opinion(one, "B202", "扣分", deducted, reason.format_map(_facts(one, "B202")), "E07、E08")


def _thrift(one: Profile) -> Row:
    bank = _THRIFT[one.deployment]
    deducted, reason = bank[choose(one.number, "D201", 0, len(bank) - 1)]
    more, words = _LEVEL_THRIFT[one.level], reason.format_map(_facts(one, "D201"))
    total = Decimal(deducted) + more
    if more:
        main = words.rpartition("，")[0]
        words = f"{main}；预算执行率偏低，结余资金没有及时统筹使用，合计扣{total}分"
    return _opinion(one, "D201", "扣分", str(total), words, "E05、E11")


def _effect(one: Profile) -> Row:
    total = choose(one.number, "D101 total", 10, 16)
    share = choose(one.number, "D101", *((87, 97), (74, 88), (60, 74), (42, 54))[one.level])
    proved = round(total * share / 100)
    degree = f"{round(100 * proved / total)}%"
    reason = pick(one.number, "D101 words", _EFFECT)
    words = reason.format(goal=one.goal, total=total, proved=proved, degree=degree)
    return _opinion(one, "D101", "完成值", degree, words, "E11")


def _together(one: Profile) -> Row:
    grade = pick(one.number, "D104", _GRADES[one.level])
    reason = pick(one.number, "D104 words", _TOGETHER[grade]).format_map(_facts(one, "D104"))
    if one.number in _EXEMPLARY and grade == "好":
        reason = f"经验做法：{reason}，可供同类项目参考"
    return _opinion(one, "D104", "评价等级", grade, f"{reason}，评为“{grade}”", "E11")


def _allocation(one: Profile) -> Row:
    grade = pick(one.number, "A302 verified", _VERIFIED_GRADES[one.level])
    reason = pick(one.number, "A302 words", _ALLOCATION[grade]).format_map(_facts(one, "A302"))
    return _opinion(one, "A302", "评价等级", grade, f"{reason}，核定为“{grade}”", "E03")


def _exemption(one: Profile) -> list[Row]:
    if not one.exempt:
        return []
    reason = "项目以网络、设备和场所设施为主，没有应评估的重要信息系统，本指标不适用"
    return [_opinion(one, "C203", "完成值", "不适用", reason, "E09")]


def _corrections(one: Profile, typed: Mapping[str, str]) -> list[Row]:
    """Where the evaluator sees something else than the unit reported."""
    if one.level < 2:
        return []
    rate = f"{int(typed['完成值_C104'].removesuffix('%')) - choose(one.number, 'C104 verified', 4, 9)}%"
    faults = str(int(typed["完成值_B203"]) + 1)
    reasons = {
        "完成值_C104": (rate, f"培训签到表去除重复人员后，覆盖率为{rate}"),
        "要点2_B201": ("不符合", "信息安全和运维管理制度沿用上级文件，没有结合本项目制定"),
        "完成值_B203": (faults, "采购档案中有合同签订超过法定期限、履约验收单缺签等情况，按实际项数核定"),
    }
    key = pick(one.number, "correction", [name for name in reasons if name not in one.failing])
    item, _, code = key.partition("_")
    evidence = {"C104": "E11", "B201": "E07", "B203": "E04"}[code]
    return [_opinion(one, code, item, *reasons[key], evidence)]


def _unreadable(one: Profile, typed: Mapping[str, str]) -> list[Row]:
    """Where the unit's slip leaves no usable value, the evaluator takes it from the papers."""
    if one.mistake not in _SLIPS:
        return []
    value = typed[one.mistake_at]
    local, _, code = one.mistake_at.partition("_")
    return [_opinion(one, code, local, value, _SLIPS[one.mistake].format(value=value), "E11" if code else "E05")]


def opinion_rows(profiles: Sequence[Profile], typed: Sequence[Mapping[str, str]]) -> list[Row]:
    """Opinions on all projects, in roster order."""
    return [row for one, cells in zip(profiles, typed, strict=True) for row in opinions_of(one, cells)]
