"""Years of documents' numbers: against the year of issue that is told, against the report's own; numbers without one."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_ISSUED = Pattern(
    r"(?P<year>20[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[，,]?[^。；0-9]{0,40}?(?:印发|出台|发布|颁布|制定|下发|联合发布|公布|批准|批复|立项)[^。；〔]{0,60}$"
)
_NUMBER_YEAR = Pattern(r"[〔\[［(（](?P<year>\d{4})[〕\]］)）]")


@rule(
    "law.dated",
    group=Group.LAWS,
    title="文号的年份与写出的发布年份相符",
    good=("2021年，宿州市发布了《政务数据资源管理实施细则》（宿数资〔2021〕11号）。",),
    bad=("2021年，宿州市发布了《政务数据资源管理实施细则》（宿数资〔2019〕11号）。",),
)
def dated(report: Report) -> Iterator[Result]:
    """2021年，某市发布了《…》（…〔2021〕11号）: a number is given in the year of issue, at most in the one before."""
    for sentence in report.prose:
        numbers = [fact for fact in sentence.facts if fact.kind is FactKind.DOCUMENT]
        for at, fact in enumerate(numbers):
            start = numbers[at - 1].end - sentence.start if at else 0
            match = _ISSUED.search(sentence.text[start : fact.start - sentence.start])
            year = _NUMBER_YEAR.search(fact.text)
            if match is None or year is None:
                continue
            if int(match["year"]) - int(year["year"]) in (0, 1):
                yield agrees(fact)
            else:
                message = f"写{match['year']}年发布，文号的年份是{year['year']}"
                yield doubtful(sentence.place, fact.text, f"{match['year']}年", message, facts=(fact,))


_YEAR_OF_DATE = Pattern(r"(?:19|20)[0-9]{2}")
_NO_YEAR = Pattern(r"(?![核风火水发供])[\u4e00-\u9fff]电[0-9]{1,4}号$")
_BEFORE_IT = Pattern(r"号?[、和及]\s*$")


@rule(
    "law.year",
    group=Group.LAWS,
    title="文号有年份，不晚于报告写到的年份",
    good=(
        "根据《绩效管理办法》（某财办〔2020〕44号）开展2022年评价。",
        "转发皖数江办〔2021〕1号、2号文，2023年评价。核电3号机组投产。",
    ),
    bad=(
        "根据《绩效管理办法》（某财办〔2026〕44号）开展2022年评价。",
        "根据《疫情防控工作的通知》（皖卫电76号）开展2022年评价。",
    ),
)
def years(report: Report) -> Iterator[Result]:
    """A document cannot be younger than the latest year of the report, the next one spared; a number has its year."""
    written = [fact.text for fact in report.facts if fact.kind is FactKind.DATE]
    latest = max((int(year) for text in written for year in _YEAR_OF_DATE.findall(text)), default=0)
    for sentence in report.sentences if latest else ():
        for fact in (fact for fact in sentence.facts if fact.kind is FactKind.DOCUMENT):
            yield from _of_number(fact, latest, sentence.text[: fact.start - sentence.start])


def _of_number(fact: Fact, latest: int, before: str) -> Iterator[Result]:
    year = _NUMBER_YEAR.search(fact.text)
    if year is not None and int(year["year"]) <= latest + 1:
        yield agrees(fact)
    elif year is not None:
        message = f"文号的年份{year['year']}晚于报告写到的最晚年份{latest}"
        yield doubtful(fact.place, fact.text, f"不晚于{latest}年", message, facts=(fact,))
    elif _NO_YEAR.search(fact.text):
        message = f"文号“{fact.text}”没有年份，应为“…〔年份〕…号”"
        yield doubtful(fact.place, fact.text, "", message, facts=(fact,))
    elif fact.text.endswith("号文") and _BEFORE_IT.search(before):
        yield agrees(fact)  # 〔2021〕1号、2号文: the year is that of the number before
