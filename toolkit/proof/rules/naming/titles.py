"""Titles of documents in 《》: one document under a longer and a shorter title, a place named twice, another object."""

import re
from collections import Counter
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import QUOTES
from toolkit.text.patterns import Pattern

_TITLE = Pattern(r"《(?P<title>[^《》]{6,60})》(?P<numbered>[（(]|\s*[\u4e00-\u9fff]{1,6}〔)?")
_ISSUER = Pattern(r"(?:[局委办厅部院府会省市县区]|指挥部|中心|公司|小组|办公室)$")
_LEAST_BEFORE, _LEAST_BEHIND, _LEAST_BETWEEN, _MOST_BETWEEN = 3, 5, 3, 10


@rule(
    "name.title",
    group=Group.NAMES,
    title="同一文件的标题前后一致",
    good=(
        "按照《“甲政通”安平市县分厅建设工作方案》建设。\n根据《“甲政通”安平市县分厅建设工作方案》验收。",
        "按照《安平市政务项目建设管理办法》和《安平市政务项目建设管理办法实施细则》管理。",
        "省指挥部《关于做好重点人群周期性核酸检测工作的通知》。市指挥部《关于做好重点人群核酸检测工作的通知》。",
    ),
    bad=("按照《“甲政通”安平市县分厅建设工作方案》建设。\n根据《“甲政通”建设工作方案》要求，升级系统。",),
)
def title_variants(report: Report) -> Iterator[Result]:
    """A title that stands once, without a number and an issuer: another one without some words in its middle."""
    found = [
        (place, match["title"], not match["numbered"] and not _ISSUER.search(text[: match.start()]))
        for place, text in report.document.texts_with(_TITLE)
        for match in _TITLE.finditer(text)
    ]
    times = Counter(_plain(title) for _, title, _ in found)
    first: dict[str, tuple[Place, str]] = {}
    for place, title, _ in found:
        first.setdefault(_plain(title), (place, title))
    for place, title, bare in found:
        longer = next((first[other] for other in times if _is_cut(_plain(title), other)), None)
        if bare and times[_plain(title)] == 1 and longer is not None:
            message = f"《{title}》与《{longer[1]}》可能是同一文件，标题写得不同"
            yield doubtful(place, f"《{title}》", f"《{longer[1]}》", message, related=(longer[0],))


def _plain(title: str) -> str:
    return title.translate(QUOTES)


def _is_cut(short: str, long: str) -> bool:
    """Whether the short title is the long one without a stretch in its middle."""
    between = len(long) - len(short)
    if not _LEAST_BETWEEN <= between <= _MOST_BETWEEN:
        return False
    return any(
        short[:at] == long[:at] and short[at:] == long[at + between :]
        for at in range(_LEAST_BEFORE, len(short) - _LEAST_BEHIND + 1)
    )


_PLACE_TWICE = Pattern(r"(?P<place>[\u4e00-\u9fff]{2}[省市县区])《(?P=place)[^《》]{2,14}")


@rule(
    "words.place",
    group=Group.PUNCTUATION,
    title="书名号前后的地名不重复",
    good=("根据《安平市项目支出绩效评价操作规程》开展评价，安平市财政局《安平市管理办法》。",),
    bad=("根据安平市《安平市项目支出绩效评价操作规程》开展评价。",),
)
def place_twice(report: Report) -> Iterator[Result]:
    """The place that begins a title stands before its mark, too."""
    for place, text in report.document.texts_with(_PLACE_TWICE, least=9):
        for match in _PLACE_TWICE.finditer(text):
            message = f"书名号前的“{match['place']}”与标题里的重复：“{match[0]}…”"
            yield doubtful(place, match[0], match[0][len(match["place"]) :], message)


_DONE = Pattern(
    r"对(?P<owner>[^，。；：《》对]{2,24}?)(?P<year>20[0-9]{2})年度?(?P<what>[^，。；：《》]{4,24}?)进行(?P<act>[\u4e00-\u9fff]{4,6})(?=[；。，])"
)
_REPORTED = Pattern(r"《(?P<owner>[^《》]{2,24}?)(?P<year>20[0-9]{2})年度?(?P<what>[^《》]{4,40})报告》")
_STATE = Pattern(r"^(?:已|所)?(?:完成|实施|建设)的?")


@rule(
    "name.object",
    group=Group.NAMES,
    title="成果报告的对象与工作内容一致",
    good=(
        "对市数据中心2024年度完成的部门预算项目进行整体核查。\n《安平市数据中心2024年部门预算项目整体核查报告》1份。",
    ),
    bad=(
        "对市数据中心2024年度完成的部门预算项目进行整体核查。\n《安平市数据中心2024年已完成信息化项目整体核查报告》1份。",
    ),
)
def objects(report: Report) -> Iterator[Result]:
    """对甲2024年度的A进行整体核查, and 《甲2024年B整体核查报告》."""
    done = [(place, match) for place, text in report.document.texts_with(_DONE) for match in _DONE.finditer(text)]
    for place, text in report.document.texts_with(_REPORTED) if done else ():
        for match in _REPORTED.finditer(text):
            alike = [item for item in done if _is_same_work(item[1], match)]
            wrong = [item for item in alike if not _is_same_object(item[1], match)]
            if alike and len(wrong) == len(alike):
                there, said = wrong[0]
                what = match["what"].removesuffix(said["act"])
                message = f"工作内容写对“{said['what']}”进行{said['act']}，成果报告写“{what}”"
                yield doubtful(place, what, said["what"], message, related=(there,))


def _is_same_work(done: re.Match[str], reported: re.Match[str]) -> bool:
    same_owner = reported["owner"].endswith(done["owner"]) or done["owner"].endswith(reported["owner"])
    return same_owner and done["year"] == reported["year"] and reported["what"].endswith(done["act"])


def _is_same_object(done: re.Match[str], reported: re.Match[str]) -> bool:
    one = _STATE.sub("", done["what"])
    other = _STATE.sub("", reported["what"].removesuffix(done["act"]))
    return one in other or other in one
