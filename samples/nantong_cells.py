"""Profile of a Nantong project → what its unit types, cell by cell: key of the cell → text as typed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from nantong_profile import CUTOFF, PERIOD_START, Dates, Money, Profile, cents, choose, dates_of, money_of, pick

# By level 优 良 中 差: lowest and highest value typed, in the last decimal given by the scale.
_TYPED = {
    "完成值_B203": (1, "", (0, 1), (0, 2), (1, 3), (3, 4)),
    "完成值_B204": (1, "%", (94, 100), (83, 97), (74, 90), (64, 69)),
    "完成值_C103": (1, "%", (92, 100), (82, 97), (72, 88), (60, 70)),
    "完成值_C104": (1, "%", (92, 100), (81, 95), (74, 88), (62, 70)),
    "完成值_C202": (10, "", (870, 945), (775, 905), (735, 845), (680, 735)),
    "完成值_C204": (10, "", (14, 32), (22, 42), (30, 50), (45, 70)),
    "完成值_C205": (100, "%", (9984, 9998), (9952, 9989), (9935, 9972), (9905, 9935)),
    "完成值_C206": (2, "", (0, 8), (2, 11), (5, 14), (12, 20)),
    "完成值_D103": (1, "%", (97, 122), (89, 108), (84, 97), (76, 84)),
    "完成值_D302": (1, "", (3, 3), (2, 3), (1, 3), (1, 1)),
    "完成值_D303": (1, "", (0, 0), (0, 1), (0, 1), (1, 2)),
    "完成值_D304": (1, "%", (88, 100), (72, 95), (60, 80), (40, 60)),
}
_DEGREES = ((91, 99), (80, 93), (68, 82), (52, 66))
_DONE = ((98, 100), (90, 99), (86, 94), (76, 84))
_ACTIVE = ((55, 82), (43, 66), (32, 48), (18, 28))
_DELIGHTED = ((62, 78), (46, 62), (32, 46), (18, 28))
_MISSED_OF_TEN = (0, 3, 6, 10)
_GRADES = (("好",), ("好", "较好"), ("较好",), ("一般",))
_EXCUSES = (
    "与上级系统联调用时超出预期",
    "设备到货时间推迟",
    "业务需求在建设中有调整",
    "数据迁移核对用时较长",
    "机房和网络条件准备滞后",
)
_UNPAID = (
    "为合同质保金，质保期满后支付",
    "为主合同尾款，结算审计完成后支付",
    "为主合同尾款和监理尾款，按合同在下一季度支付",
    "其中一部分为质保金，其余待遗留问题整改后支付",
)
_AMENDS = ("已列入整改计划", "相关材料正在补充", "按评价意见在年底前完善", "后续项目将按规定办理")


def cells_of(
    one: Profile, indicators: Sequence[Mapping[str, str]], evidence: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Everything the unit types for one project; the other two are the rows of sheets 指标 and 佐证 by heading."""
    money, dates = money_of(one), dates_of(one)
    return {
        **_basics(one, dates),
        **_outputs(one),
        **_contracts(one, money, dates),
        **_funds(one, money, dates),
        **_measures(one),
        **_checkpoints(one, indicators),
        **_explanations(one),
        **_evidence(one, evidence),
    }


def _basics(one: Profile, dates: Dates) -> dict[str, str]:
    safety = "未定级" if one.deployment == "不涉及" else "第三级" if one.contract > 150 and not one.exempt else "第二级"
    return {
        "建设内容": _content(one),
        "绩效目标": one.goal,
        "承建单位": _contractor(one),
        "监理单位": _supervisor(one),
        "项目负责人": f"样例负责人{int(one.number):02d}",
        "部署方式": one.deployment,
        "运维单位": _contractor(one),
        "安全保护等级": safety,
        "开工日期": dates.start.isoformat(),
        "计划初验日期": dates.planned.isoformat(),
        "初验日期": dates.first.isoformat(),
        "终验日期": dates.final.isoformat(),
    }


def _content(one: Profile) -> str:
    counted = "套设备" if one.deployment == "不涉及" else "个功能点"
    numbers = _outputs(one)
    scale = f"分{numbers['计划产出数']}项任务、{numbers['计划功能点数']}{counted}建设"
    where = {"市政务云": "部署在市政务云", "混合部署": "政务云与本地机房混合部署", "自建机房": "部署在本单位机房"}
    return "，".join([one.content, scale, *filter(None, [where.get(one.deployment)])])


def _outputs(one: Profile) -> dict[str, str]:
    tasks = choose(one.number, "tasks", 12, 28)
    done = tasks - choose(one.number, "undone", *((0, 0), (0, 1), (1, 2), (3, 4))[one.level])
    points = choose(one.number, "points", 40, 160)
    live = points * choose(one.number, "live", *_DONE[one.level]) // 100
    users = choose(one.number, "users", 20, 900) * 10
    changes = choose(one.number, "changes", 0, 3)
    return {
        "计划产出数": str(tasks),
        "实际产出数": str(done),
        "质量达标产出数": str(done - (0, choose(one.number, "poor", 0, 1), 1, 2)[one.level]),
        "计划功能点数": str(points),
        "上线功能点数": str(live),
        "注册用户数": str(users),
        "月活跃用户数": str(users * choose(one.number, "active", *_ACTIVE[one.level]) // 100),
        "项目变更数": str(changes),
        "手续完备变更数": str(max(0, changes - _missed(one, "paperwork"))),
    }


def _contracts(one: Profile, money: Money, dates: Dates) -> dict[str, str]:
    way = "公开招标" if one.contract >= 400 else pick(one.number, "way", ("竞争性磋商", "竞争性谈判", "公开招标"))
    rows = [(f"{one.name}合同", _contractor(one), dates.contract, one.contract, "主合同")]
    testing = cents(money.fee * Decimal("0.4"))
    rows.append(("系统测评服务合同", "测评单位（样例）01", dates.contract + timedelta(60), testing, "测评合同"))
    rows.append(("监理服务合同", _supervisor(one), dates.contract + timedelta(5), money.fee - testing, "监理合同"))
    cells = {
        "立项批复文号": f"样例批复〔{one.year}〕{int(one.number)}号",
        "立项日期": dates.approval.isoformat(),
        "批复投资": str(money.approved),
        "采购方式": way,
        "审计核减后合同金额": str(money.audited or ""),
        "主合同签订日期": dates.contract.isoformat(),
    }
    for number, (name, party, day, price, kind) in enumerate(rows, 1):
        cells |= {f"合同名称_{number}": name, f"合同对方_{number}": party, f"合同签订日期_{number}": day.isoformat()}
        cells |= {f"合同价款_{number}": str(price), f"合同类型_{number}": kind}
    return cells


def _funds(one: Profile, money: Money, dates: Dates) -> dict[str, str]:
    payments = _payments(one, money, dates)
    cells = {
        "年初预算数": str(one.contract + money.fee),
        "调整数": str(money.adjustment),
        "实际到位资金": str(money.arrived),
        "实际支出资金": str(money.spent),
        "累计支付金额": str(money.paid),
        "本年支付金额": str(sum((amount for day, amount, _ in payments if day >= PERIOD_START), Decimal(0))),
        "第三方服务费": str(money.fee),
        "备注": f"未支出的{money.arrived - money.spent}万元{pick(one.number, 'rest', _UNPAID)}",
        "计划成本": str(money.plan_cost),
        "实际成本": str(money.actual_cost),
    }
    for number, (day, amount, kind) in enumerate(payments, 1):
        cells |= {f"支付日期_{number}": day.isoformat(), f"支付摘要_{number}": f"支付主合同{kind}"}
        cells |= {f"收款单位_{number}": _contractor(one), f"支付金额_{number}": str(amount), f"款项性质_{number}": kind}
    return cells


def _payments(one: Profile, money: Money, dates: Dates) -> list[tuple[date, Decimal, str]]:
    shares = pick(one.number, "shares", ("30 40 25", "30 30 35", "40 30 20"))
    amounts = [cents(money.paid * int(share) / 100) for share in shares.split()]
    amounts.append(money.paid - sum(amounts))
    middle = dates.contract + (dates.first - dates.contract) / 2
    days = [dates.contract + timedelta(20), middle, dates.first + timedelta(18), dates.final + timedelta(15)]
    kinds = ("预付款", "进度款", "验收款", "尾款")
    return [(min(day, CUTOFF), amount, kind) for day, amount, kind in zip(days, amounts, kinds, strict=True)]


def _measures(one: Profile) -> dict[str, str]:
    cells = {}
    for key, (scale, sign, *ranges) in _TYPED.items():
        number = Decimal(choose(one.number, key, *ranges[one.level])) / scale
        cells[key] = f"{number.normalize():f}{sign}"
    if one.kind == "基础设施":
        del cells["完成值_C103"]
    for key, blocked in (("完成值_C203", one.exempt), ("完成值_C303", False)):
        cells[key] = "否" if blocked or _missed(one, key) else "是"
    cells |= {
        "完成值_D401": f"{one.satisfaction * 100:.0f}%",
        "评价等级_A302": pick(one.number, "A302", _GRADES[one.level]),
    }
    return {**cells, **_questionnaire(one)}


def _questionnaire(one: Profile) -> dict[str, str]:
    sheets = choose(one.number, "sheets", 90, 240)
    content = round(sheets * one.satisfaction)
    delighted = content * choose(one.number, "delighted", *_DELIGHTED[one.level]) // 100
    rest = sheets - content
    poor = rest // 4
    counts = (delighted, content - delighted, rest - poor, poor, 0)
    names = ("很满意", "满意", "一般", "不满意", "很不满意")
    return {f"{name}_D402": str(count) for name, count in zip(names, counts, strict=True)}


def _checkpoints(one: Profile, indicators: Sequence[Mapping[str, str]]) -> dict[str, str]:
    cells = {}
    for row in indicators:
        for number, _ in enumerate(filter(None, row["评价要点"].split("\n")), 1):
            key = f"要点{number}_{row['编号']}"
            missed = key in one.failing
            if row["评分规则"] == "要点分档":
                cells[key] = f"{choose(one.number, key, *((55, 68) if missed else _DEGREES[one.level]))}%"
            else:
                cells[key] = "不符合" if missed else "符合"
    return cells


def _explanations(one: Profile) -> dict[str, str]:
    codes = sorted({key.partition("_")[2] for key in one.failing})
    cells = {f"说明_{code}": pick(one.number, code, _AMENDS) for code in codes}
    if one.delay:
        cells["说明_C301"] = f"{pick(one.number, 'excuse', _EXCUSES)}，初验推迟{one.delay}天"
    if one.exempt:
        cells["说明_C203"] = "本项目没有应评估的信息系统，不涉及商用密码应用安全性评估"
    if one.arrival < 1:
        cells["说明_B101"] = "其余资金财政安排在下一年度拨付"
    return cells


def _evidence(one: Profile, evidence: Sequence[Mapping[str, str]]) -> dict[str, str]:
    cells, page = {}, 1
    for row in evidence:
        code = row["编号"]
        given = "不适用" if code == "E05" and not one.audit_cut else "已提供"
        cells[f"佐证提供_{code}"] = given
        if given == "已提供":
            last = page + choose(one.number, code, 3, 18)
            cells |= {f"佐证页码_{code}": f"第{page}至{last}页", f"佐证文件名_{code}": f"{code}{row['材料名称']}.pdf"}
            page = last + 1
    return cells


def _contractor(one: Profile) -> str:
    return f"承建单位（样例）{choose(one.number, 'contractor', 1, 24):02d}"


def _supervisor(one: Profile) -> str:
    return f"监理单位（样例）{choose(one.number, 'supervisor', 1, 6):02d}"


def _missed(one: Profile, about: str) -> int:
    """1 where this unit fell short of a yes/no requirement: never for 优, always for 差."""
    return int(choose(one.number, about, 0, 9) < _MISSED_OF_TEN[one.level])
