"""Terms with one character taken for another that looks or sounds like it: 予算, 拔付, 满义度; none of them is a word."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_PLAIN = {
    "绩郊": "绩效", "成郊": "成效", "时郊": "时效", "实郊": "实效", "郊益": "效益", "郊率": "效率",
    "拔款": "拨款", "划拔": "划拨", "核拔": "核拨", "下拔": "下拨", "支负": "支付", "支咐": "支付",
    "验受": "验收", "验牧": "验收", "覆约": "履约", "覆行": "履行", "覆职": "履职", "挪甩": "挪用",
    "部份": "部分", "按排": "安排", "做为": "作为", "布署": "部署", "部暑": "部署", "陪训": "培训", "培川": "培训",
    "陪养": "培养", "委拖": "委托", "依拖": "依托", "祥细": "详细", "既时": "即时", "竟争": "竞争", "协义": "协议",
    "缺泛": "缺乏", "广乏": "广泛", "措拖": "措施", "错施": "措施", "申计": "审计", "登计": "登记", "伸请": "申请",
    "伸报": "申报", "导至": "导致", "甚致": "甚至", "致少": "至少", "致今": "至今", "巩因": "巩固", "监侧": "监测",
    "帐户": "账户", "帐目": "账目", "帐面": "账面", "台帐": "台账", "记帐": "记账", "报帐": "报账", "结帐": "结账",
    "对帐": "对账", "帐务": "账务", "贵任": "责任", "管埋": "管理", "处埋": "处理", "治埋": "治理", "受埋": "受理",
    "办埋": "办理", "清埋": "清理", "年渡": "年度", "制渡": "制度", "季渡": "季度", "进渡": "进度", "额渡": "额度",
    "满义度": "满意度", "满意渡": "满意度", "杈重": "权重", "挡案": "档案", "归挡": "归档", "存挡": "存档",
    "左证": "佐证", "问券": "问卷", "坊谈": "访谈", "走坊": "走访", "访淡": "访谈", "座淡": "座谈", "信熄": "信息",
    "网洛": "网络", "唯护": "维护", "运唯": "运维", "密玛": "密码", "应甩": "应用", "使甩": "使用",
    "满份": "满分", "咨金": "资金", "咨产": "资产", "贯策": "贯彻", "惯彻": "贯彻", "评佔": "评估", "绩校": "绩效",
    "评介等级": "评价等级", "评介指标": "评价指标", "评介工作": "评价工作", "评介结果": "评价结果", "绩效评介": "绩效评价",
    "木报告": "本报告", "木次评价": "本次评价", "木项目": "本项目", "基木情况": "基本情况", "成木节约": "成本节约",
    "编织预算": "编制预算", "预算编织": "预算编制", "编织方案": "编制方案", "方案编织": "方案编制",
}  # fmt: skip
_GUARDED = (
    (r"(?<![选提])拔付", "拨付"),
    (r"(?<![给授赋准寄])予(?P<rest>算|计|期|留|付|警|案)(?!力|以)", r"预\g<rest>"),
    (r"(?<![自知利彼为律])己(?P<rest>完成|经|建成|支付|验收|到位|落实|整改|拨付|通过|达到)", r"已\g<rest>"),
    (
        r"(?<![年月期季周本始岁学粉旬])(?<!季度)(?<!年度)末(?P<rest>完成|达到|达标|按|能|经|发现|及时|支付|验收|落实|建立|制定|取得|满足|报送|列入|超过)",
        r"未\g<rest>",
    ),
    (r"(?<![投融出物合])资全(?P<rest>投入|使用|到位|支付|拨付|来源|管理)", r"资金\g<rest>"),
    (r"(?<![恢批回])复盖", "覆盖"),
    (r"(?<!包)[含函]盖(?!章)", "涵盖"),
    (r"(?<!共)建[义意](?!务|乌|识|见|向)", "建议"),
    (r"(?<![\d.])分折(?!算|合|旧|扣)", "分析"),
    (r"(?<![屋楼山头])顶目(?!前|标|的)", "项目"),
    (r"(?<![消])减化(?!肥|学|石|工)", "简化"),
    (r"(?<!顺)延申(?!请|报)", "延伸"),
)
_ALL = Pattern(
    "|".join(
        (
            *map(re.escape, sorted(_PLAIN, key=len, reverse=True)),
            *(re.sub(r"\?P<rest>", "?:", pattern) for pattern, _ in _GUARDED),
        )
    )
)
_EACH = tuple((Pattern(pattern), right) for pattern, right in _GUARDED)


@rule(
    "words.misspelled",
    group=Group.PUNCTUATION,
    title="没有形近、同音的错字",
    good=(
        "本年度预算已完成，资金拨付及时，给予算力支持，年末完成验收，自己完成归档，投资全部到位，按3分折算。",
        "屋顶目前已加固，削减化肥用量，恢复盖板，共建义务林。",
        "三季度末支付进度低于时序进度。",
    ),
    bad=(
        "年初予算86.40万元。",
        "资金拔付及时。",
        "项目己完成，资料末归档，末按期完成。",
        "服务对象满义度90%。",
        "结果分折不够。",
    ),
)
def misspelled(report: Report) -> Iterator[Result]:
    """Writings that are no words, wherever they stand."""
    for place, text in report.document.texts_with(_ALL, least=2):
        for match in _ALL.finditer(text):
            right = _PLAIN.get(match[0]) or _right(text, match)
            shown = text[max(0, match.start() - 6) : match.end() + 6]
            yield doubtful(place, match[0], right, f"“{match[0]}”应为“{right}”：…{shown}…")


def _right(text: str, match: re.Match[str]) -> str:
    """What a guarded writing should be."""
    for pattern, right in _EACH:
        found = pattern.match(text, match.start())
        if found is not None:
            return found.expand(right)
    return ""
