"""Clean reports made up from a seed: every figure in them follows from the payments and scores drawn first."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.proof.harness.paper import Paper, Part
from toolkit.text import amount, percent, plain, score

CITIES = ("安平", "临川", "云溪", "怀远", "东陵")
NAMES = (
    "政务服务一体化平台", "智慧城管监管系统", "电子证照共享平台", "不动产登记信息系统", "公安数据归集项目",
    "社会救助大数据平台", "生态环境监测系统", "医保结算联网改造项目", "人大代表履职平台", "企业开办系统升级项目",
    "城市管网监管平台", "校园基础设施升级项目", "公共信用信息平台", "应急指挥调度系统", "统计调查服务系统",
    "信访业务协同系统", "国资在线监管平台",
)  # fmt: skip
UNITS = ("市数据局", "市公安局", "市住建局", "市教育局", "市民政局", "市医保局")
LAWS = (
    "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    "《国务院办公厅关于印发国家政务信息化项目建设管理办法的通知》（国办发〔2019〕57号）",
    "《国务院关于加强数字政府建设的指导意见》（国发〔2022〕14号）",
)
INDICATORS = {
    "决策": (("立项依据充分性", 3), ("立项程序规范性", 3), ("绩效目标合理性", 4), ("绩效指标明确性", 4)),
    "过程": (("资金到位率", 4), ("预算执行率", 6), ("资金使用合规性", 6), ("制度执行有效性", 6)),
    "产出": (("建设任务完成率", 10), ("质量达标率", 10), ("完成及时性", 8), ("成本节约率", 8)),
    "效益": (("社会效益", 12), ("可持续影响", 8), ("服务对象满意度", 8)),
}
SHORTCOMINGS = (
    ("绩效目标编制不够细化", "细化绩效目标编制", "个别项目绩效指标没有量化，难以考核。", "绩效"),
    ("部分项目资金支付不及时", "加快项目资金支付进度", "两个项目的尾款未按合同约定支付。", "资金"),
    ("项目档案归档不完整", "完善项目档案归档", "个别项目缺少验收资料。", "档案"),
)
FAULTY = {"绩效目标合理性", "绩效指标明确性", "预算执行率", "制度执行有效性"}
"""Indicators that the shortcomings speak of: none of them has its full mark."""
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
_BANK = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True)
class Built:
    """A project of a made-up report. Units: 元, 分."""

    name: str
    unit: str
    contract: int
    budget: int
    arrived: int
    paid: int
    total_paid: int
    before: int
    mark: Decimal


def grade(mark: Decimal) -> str:
    """The grade of a mark in hundredths."""
    return next(name for least, name in GRADES if mark >= least)


def spelled(yuan: int) -> str:
    """An amount of whole 元 in banker's numerals: 壹佰贰拾万元整."""
    parts = [(yuan // 10**8, "亿"), (yuan // 10**4 % 10**4, "万"), (yuan % 10**4, "")]
    text = ""
    for number, mark in parts:
        if number:
            text += ("零" if text and number < 1000 else "") + _spelled_below(number) + mark
        elif text and mark == "" and not yuan % 10**4:
            continue
    return text + "元整"


def _spelled_below(number: int) -> str:
    text, gap = "", False
    for place, mark in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap else "") + _BANK[digit] + mark
            gap = False
        else:
            gap = bool(text)
    return text


def synthetic(seed: int) -> Paper:
    """A clean report of 8 to 17 projects."""
    random = Random(seed)
    city = random.choice(CITIES)
    projects = _projects(random, city)
    parts = [
        *_front(city, projects),
        *_basics(projects),
        *_work(random),
        *_results(projects),
        *_analysis(random),
        *_ending(city, projects),
    ]
    return Paper(f"虚构报告{seed}（{city}）", tuple(parts))


def wan(yuan: int) -> str:
    """An amount in 万元 with two decimals."""
    return amount(Decimal(yuan) / 10_000)


def _projects(random: Random, city: str) -> list[Built]:
    names = random.sample(NAMES, random.randint(8, len(NAMES)))
    marks = random.sample(range(5600, 9990), len(names))
    built = []
    for name, mark in zip(names, sorted(marks, reverse=True), strict=True):
        contract = random.randint(400, 15_000) * 1000
        budget = contract + random.randint(0, 40) * 1000
        arrived = budget - random.choice((0, 0, random.randint(1, 50) * 1000))
        paid = arrived * random.randint(60, 100) // 100 // 100 * 100
        total = min(contract, paid + random.randint(0, 300) * 1000)
        paid = min(paid, total)
        built.append(Built(
            f"{city}市{name}", random.choice(UNITS), contract, budget, arrived, paid, total,
            paid * random.randint(70, 95) // 100, Decimal(mark) / 100,
        ))  # fmt: skip
    return built


def _total(projects: list[Built], of: str) -> int:
    return sum(getattr(project, of) for project in projects)


def _units(projects: list[Built]) -> int:
    return len({project.unit for project in projects})


def _front(city: str, projects: list[Built]) -> list[Part]:
    titles = (
        "一、项目基本情况", "二、评价工作开展情况", "三、综合评价情况及结论", "四、评价指标分析",
        "五、存在问题", "六、有关建议", "七、其他需要说明的问题",
    )  # fmt: skip
    contents = [Part(f"{title}{'…' * 12}{number + 1}") for number, title in enumerate(titles)]
    mean = sum(project.mark for project in projects) / len(projects)
    summary = (
        f"受{city}市数据局委托，对{city}市2023年度{len(projects)}个信息化项目开展绩效评价。"
        f"{len(projects)}个项目平均得分{score(mean)}分，2023年支付{wan(_total(projects, 'paid'))}万元。"
    )
    return [
        Part(f"{city}市2023年度信息化项目绩效评价报告"), Part("目　录"), *contents, Part("摘　要"), Part(summary),
    ]  # fmt: skip


def _basics(projects: list[Built]) -> list[Part]:
    names = "、".join(project.name for project in projects)
    return [
        Part("一、项目基本情况", 1),
        Part("（一）项目背景", 2),
        Part(f"本次评价依据{'、'.join(LAWS)}等文件开展，评价期间为2023年1月1日至2023年12月31日。"),
        Part("（二）项目内容", 2),
        Part(f"本次评价对象为{names}等{len(projects)}个项目，涉及{_units(projects)}家责任单位。"),
        *[_described(project) for project in projects],
        Part("（三）资金投入和使用情况", 2),
        Part(_money(projects)),
        Part("表1 项目资金情况"),
        Part("单位：元"),
        Part(rows=_money_rows(projects)),
    ]


def _described(project: Built) -> Part:
    return Part(
        f"{project.name}，由{project.unit}建设，合同金额为{wan(project.contract)}万元，"
        f"2023年支付{wan(project.paid)}万元，累计支付{wan(project.total_paid)}万元。"
    )


def _money(projects: list[Built]) -> str:
    paid, before = _total(projects, "paid"), _total(projects, "before")
    arrived, budget = _total(projects, "arrived"), _total(projects, "budget")
    contract = _total(projects, "contract")
    first = projects[0].contract
    later = Decimal(paid * 1000 // contract) / 1000
    earlier = later - Decimal(paid % 50 + 12) / 1000
    return (
        f"合同金额合计{contract}元（大写：人民币{spelled(contract)}），"
        f"其中{projects[0].name}{first}元，其余项目{contract - first}元。"
        f"预算资金{wan(budget)}万元，实际到位资金{wan(arrived)}万元，资金到位率{percent(Decimal(arrived) / budget)}；"
        f"实际支出资金{wan(paid)}万元，预算执行率{percent(Decimal(paid) / arrived)}。"
        f"2022年支付{plain(Decimal(before) / 10_000)}万元，2023年支付{plain(Decimal(paid) / 10_000)}万元，"
        f"比上年增加{plain(Decimal(paid - before) / 10_000)}万元，同比增长{percent(Decimal(paid - before) / before)}。"
        f"2022年支付完成率{percent(earlier)}，2023年支付完成率{percent(later)}，"
        f"提高{plain((later - earlier) * 100)}个百分点。"
    )


def _money_rows(projects: list[Built]) -> tuple[tuple[str, ...], ...]:
    head = (
        "序号",
        "项目名称",
        "建设单位",
        "合同金额",
        "预算资金",
        "实际到位资金",
        "2023年支付金额",
        "累计支付金额",
        "预算执行率",
    )
    body = [
        (str(number), project.name, project.unit, f"{project.contract}", f"{project.budget}", f"{project.arrived}",
         f"{project.paid}", f"{project.total_paid}", percent(Decimal(project.paid) / project.arrived))
        for number, project in enumerate(projects, start=1)
    ]  # fmt: skip
    sums = [str(_total(projects, of)) for of in ("contract", "budget", "arrived", "paid", "total_paid")]
    rate = percent(Decimal(_total(projects, "paid")) / _total(projects, "arrived"))
    return (head, *body, ("合计", "", "", *sums, rate))


def _work(random: Random) -> list[Part]:
    sent = random.randint(200, 400)
    back = sent - random.randint(10, 60)
    content = back - random.randint(5, 30)
    return [
        Part("二、评价工作开展情况", 1),
        Part("（一）评价原则", 2),
        Part("1.科学规范。严格执行规定的程序。"),
        Part("2.公开透明。评价结果依法公开。"),
        Part("3.激励约束。评价结果与预算安排挂钩。"),
        Part("（二）评价过程", 2),
        Part("评价工作分为前期准备、评价实施、报告撰写三个阶段。"),
        Part("2024年3月5日成立工作组，2024年3月20日开展现场核查，2024年4月18日形成报告初稿，2024年5月10日定稿。"),
        Part("评价采用以下三种方法：一是资料核查法；二是比较分析法；三是问卷调查法。"),
        Part(
            f"发放问卷{sent}份，收回有效问卷{back}份，有效回收率{percent(Decimal(back) / sent)}；"
            f"其中满意{content}份，不满意{back - content}份，满意率{percent(Decimal(content) / back)}。"
        ),
        Part("指标体系详见附件1，项目得分详见附件2，资金情况见表1。"),
    ]


def _results(projects: list[Built]) -> list[Part]:
    mean = sum(project.mark for project in projects) / len(projects)
    counts = {name: sum(grade(project.mark) == name for project in projects) for _, name in GRADES}
    said = "、".join(f"“{name}”{count}个" for name, count in counts.items())
    best, worst = projects[0], projects[-1]
    shares = [(name, str(count), percent(Decimal(count) / len(projects))) for name, count in counts.items()]
    return [
        Part("三、综合评价情况及结论", 1),
        Part("（一）评分结果", 2),
        Part(
            f"{len(projects)}个项目平均得分{score(mean)}分。"
            f"最高{score(best.mark)}分，为《{best.name}》；最低{score(worst.mark)}分，为《{worst.name}》。"
            f"按绩效等级分，{said}。"
        ),
        Part("评价等级：90分（含）以上为“优”、80分（含）至90分为“良”、60分（含）至80分为“中”、60分以下为“差”。"),
        Part("表2 项目得分排名"),
        Part("单位：分"),
        Part(rows=(
            ("排名", "项目名称", "责任单位", "得分", "等级"),
            *[(str(place), project.name, project.unit, score(project.mark), grade(project.mark))
              for place, project in enumerate(projects, start=1)],
        )),
        Part("（二）等级分布", 2),
        Part("表3 绩效等级分布"),
        Part(rows=(("绩效等级", "项目数（个）", "占比"), *shares, ("合计", str(len(projects)), "100.00%"))),
    ]  # fmt: skip


def marks_of(random: Random) -> dict[str, list[tuple[str, int, Decimal]]]:
    """Marks of the indicators of a made-up report: (name, full mark, mark)."""
    lost = (Decimal("0.5"), Decimal(1), Decimal(0), Decimal(0))
    return {
        group: [(name, full, full - random.choice(lost[: 2 if name in FAULTY else 4])) for name, full in members]
        for group, members in INDICATORS.items()
    }


def _analysis(random: Random) -> list[Part]:
    marks = marks_of(random)
    full = sum(full for members in marks.values() for _, full, _ in members)
    total = sum((mark for members in marks.values() for _, _, mark in members), Decimal(0))
    rows = []
    parts = [Part("四、评价指标分析", 1)]
    for number, (group, members) in enumerate(marks.items()):
        whole = sum(full for _, full, _ in members)
        got = sum((mark for _, _, mark in members), Decimal(0))
        rows.append((group, score(Decimal(whole)), score(got), percent(got / whole)))
        parts.append(Part(f"（{'一二三四'[number]}）{group}情况", 2))
        parts.append(Part(f"“{group}”分值{whole}分，得{score(got)}分，得分率{percent(got / whole)}。"))
        parts += [Part(_judged(place, *member)) for place, member in enumerate(members, start=1)]
    rows.append(("合计", score(Decimal(full)), score(total), percent(total / full)))
    table = Part(rows=(("一级指标", "分值", "得分", "得分率"), *rows))
    lead = Part(f"整体评价得分{score(total)}分，绩效等级为“{grade(total)}”，各一级指标得分见表4。")
    return [parts[0], lead, Part("表4 一级指标得分情况"), Part("单位：分"), table, *parts[1:]]


def _judged(place: int, name: str, full: int, mark: Decimal) -> str:
    lost = full - mark
    if not lost:
        return f"{place}.{name}：工作符合要求。该指标分值{full}分，得{plain(mark)}分，满分。"
    return f"{place}.{name}：个别项目执行不到位。该指标分值{full}分，扣{plain(lost)}分，得{plain(mark)}分。"


def _ending(city: str, projects: list[Built]) -> list[Part]:
    mean = sum(project.mark for project in projects) / len(projects)
    numerals = "一二三"
    parts = [Part("五、存在问题", 1), Part("评价发现以下3个问题。")]
    for number, (title, _, text, _) in enumerate(SHORTCOMINGS):
        parts += [Part(f"（{numerals[number]}）{title}", 2), Part(text)]
    parts.append(Part("六、有关建议", 1))
    for number, (title, advice, _, _) in enumerate(SHORTCOMINGS):
        parts += [
            Part(f"（{numerals[number]}）{advice}", 2),
            Part(f"针对“{title}”的问题，由责任单位制定措施并限期整改。"),
        ]
    return [
        *parts,
        Part("七、其他需要说明的问题", 1),
        Part(f"本报告{len(projects)}个项目平均得分{score(mean)}分，各项目得分以附件2为准。"),
        Part("附件1 评价指标体系", 1),
        Part("表5 评价指标体系"),
        Part("单位：分"),
        Part(rows=_scheme_rows()),
        Part("附件2 项目得分表", 1),
        Part("表6 项目得分表"),
        Part("单位：分"),
        Part(rows=(("序号", "项目名称", "得分", "等级"), *[
            (str(number), project.name, score(project.mark), grade(project.mark))
            for number, project in enumerate(projects, start=1)
        ])),
        Part(f"{city}市绩效评价中心"),
        Part("2024年5月10日"),
    ]  # fmt: skip


def _scheme_rows() -> tuple[tuple[str, ...], ...]:
    rows = [("一级指标", "三级指标", "分值")]
    for group, members in INDICATORS.items():
        rows += [(group if not number else "", name, str(full)) for number, (name, full) in enumerate(members)]
    whole = sum(full for members in INDICATORS.values() for _, full in members)
    return (*rows, ("合计", "", str(whole)))
