"""Names that are right but for what they end in, or for one character: 某某服务系统 of 某某服务平台, 华兴 of 华信."""

from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.outline import prose
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import PROJECTS, of_columns, plain_name
from toolkit.text.patterns import Pattern

_KIND = Pattern("(?P<stem>.{4,})(?P<kind>系统|平台|工程|网站|小程序|中心)$")
_KINDS = ("系统", "平台", "工程", "网站", "小程序", "中心")
_COMPANY = Pattern(
    r"[\u4e00-\u9fff（）()]{4,24}?(?:有限(?:责任)?公司|股份公司|事务所|研究院|设计院)(?:（[\u4e00-\u9fff]+）)?"
)
_LEAD = Pattern(
    r"^.*(?:委托|聘请|由|与|和|及|为|是|向|对|经|受|同|被|中标人|供应商|单位|机构|公司|事务所|研究院)(?=[\u4e00-\u9fff]{4})"
)
_NAMED_AS = Pattern(r"(?:机构|单位|公司)[：:]\s*$")
_LONG = 8
_LIKE = "一二三四五六七八九十甲乙丙丁东南西北"
"""Names that differ in one of these are of two companies."""


@rule(
    "name.kind",
    group=Group.NAMES,
    title="项目名称的平台、系统没有写混",
    good=(
        "智慧养老服务平台注册3.96万人，智慧水务系统已上线。\n项目名称\t金额\n智慧养老服务平台\t10\n智慧水务系统\t20\n数据中心\t1",
    ),
    bad=("智慧养老服务系统注册3.96万人。\n项目名称\t金额\n智慧养老服务平台\t10\n智慧水务系统\t20\n数据中心\t1",),
)
def kinds(report: Report) -> Iterator[Result]:
    """The name of a project with another word for what it is, where the tables have no such name."""
    names = of_columns(report, PROJECTS)
    stems = {match["stem"]: (plain, match["kind"]) for plain in names if (match := _KIND.match(plain))}
    for place, printed in prose(report.document) if stems else ():
        text = plain_name(printed)
        for stem, (plain, kind) in stems.items():
            for other in _KINDS:
                variant = f"{stem}{other}"
                if other != kind and variant in text and not any(variant in name for name in names):
                    message = f"“{variant}”在表中是“{names[plain].text}”，请核对名称"
                    yield doubtful(place, variant, names[plain].text, message, related=(names[plain].place,))


@rule(
    "name.company",
    group=Group.NAMES,
    title="公司、机构名称前后一致",
    good=("核查机构：华信工程咨询有限公司\n华信工程咨询有限公司开展核查，华信工程监理有限公司参加。",),
    bad=("核查机构：华信工程咨询有限公司\n华兴工程咨询有限公司开展核查。华信工程咨询有限公司出具报告。",),
)
def companies(report: Report) -> Iterator[Result]:
    """A company written once that differs in one character from one that is written more often."""
    told = [
        (_LEAD.sub("", match[0]), place, bool(_NAMED_AS.search(text[: match.start()])))
        for place, text in report.document.texts_with(_COMPANY)
        for match in _COMPANY.finditer(text)
    ]
    names = Counter(name for name, _, _ in told)
    covers = {name for name, _, cover in told if cover}
    for name, place, cover in told:
        if names[name] > 1 or len(name) < _LONG or cover:
            continue
        near = next(
            (other for other in names if (names[other] > 1 or other in covers) and _one_apart(name, other)), None
        )
        if near is not None:
            message = f"“{name}”与别处的“{near}”只差一个字，请核对名称"
            yield doubtful(place, name, near, message)


def _one_apart(name: str, other: str) -> bool:
    if len(name) != len(other) or Levenshtein.distance(name, other, score_cutoff=1) != 1:
        return False
    left, right = next(pair for pair in zip(name, other, strict=True) if pair[0] != pair[1])
    return not (left in _LIKE and right in _LIKE)
