"""Errors in dates, laws, names of others, punctuation and leftovers."""

import re
from datetime import date, timedelta
from random import Random

from tests.proof.harness.injection import Injection, in_paragraph, kind
from tests.proof.harness.paper import Paper
from tests.proof.harness.synthetic import CITIES

_DAY = r"(20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)"
_PAIRS = {"（": "）", "《": "》", "“": "”"}


@kind("不存在的日期")
def impossible_day(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str:
        year = match[1][:4]
        return random.choice(
            (f"{year}年2月30日", f"{year}年11月31日", f"{year}年4月31日", f"{year}年13月5日", f"{year}年9月32日")
        )

    return in_paragraph(paper, random, _DAY, change)


@kind("日期先后颠倒")
def days_out_of_order(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: "成立工作组" in text)
    if not places:
        return None
    text = paper.parts[places[0]].text
    days = re.findall(_DAY, text)
    first = random.randrange(len(days) - 1)
    wrong = text.replace(days[first], "\0").replace(days[first + 1], days[first]).replace("\0", days[first + 1])
    return Injection(paper.with_text(places[0], wrong), (places[0],), days[first])


@kind("期间起止颠倒")
def period_turned(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.search(_DAY + "至" + _DAY, text))
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text
    wrong = re.sub(_DAY + "至" + _DAY, r"\2至\1", text, count=1)
    return Injection(paper.with_text(place, wrong), (place,), "至")


@kind("评价期间前后不一")
def another_period(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.search("评价期间为" + _DAY + "至" + _DAY, text))
    if not places:
        return None
    day = re.search("评价期间为" + _DAY, paper.parts[places[0]].text)
    assert day
    text = f"评价期间为{int(day[1][:4]) - 1}{day[1][4:]}至{day[1]}。"
    at = random.choice(
        [place for place in paper.paragraphs() if place > places[0] + 3 and len(paper.parts[place].text) > 30]
    )
    return Injection(paper.with_text(at, paper.parts[at].text + text), (at, places[0]), text)


@kind("上年年份残留")
def last_year(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(20[0-9]{2})(?=年度(?:信息化|数字政府|城市智脑))", lambda match: str(int(match[1]) - 1)
    )


@kind("报告日期早于评价期末")
def report_too_early(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.fullmatch(_DAY, text.strip()))
    if not places:
        return None
    wrong = f"20{random.choice((22, 21))}年{random.randint(1, 12)}月{random.randint(1, 28)}日"
    return Injection(paper.with_text(places[-1], wrong), (places[-1],), wrong)


@kind("法规文号错")
def law_number(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"》（(?:财预|国办发|国发|财监)〔[0-9]{4}〕([0-9]+)(?=号）)",
        lambda match: str(int(match[1]) + random.choice((1, 2, 10))),
    )  # fmt: skip


@kind("法规文号年份错")
def law_year(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper,
        random,
        r"》（(?:财预|国办发|国发|财监)〔([0-9]{4})(?=〕[0-9]+号）)",
        lambda match: str(int(match[1]) - 1),
    )


@kind("法规名称错")
def law_name(paper: Paper, random: Random) -> Injection | None:
    wrong = {"项目支出绩效评价管理办法": "财政支出绩效评价管理办法"}
    return in_paragraph(
        paper, random, r"《([^《》]+)》（(?:财预|国办发|国发|财监)〔[0-9]{4}〕[0-9]+号）",
        lambda match: wrong.get(match[1]) or re.sub("管理办法|指导意见", "实施细则", match[1]),
    )  # fmt: skip


@kind("引用已废止的文件")
def repealed_law(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(《项目支出绩效评价管理办法》（财预〔2020〕10号）)",
        lambda match: "《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）",
    )  # fmt: skip


@kind("文号括号用错")
def law_brackets(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(〔[0-9]{4}〕)(?=[0-9]+号)", lambda match: random.choice(("[", "（")) + match[1][1:5] + "］"
    )


@kind("模板占位残留")
def template_residue(paper: Paper, random: Random) -> Injection | None:
    marks = (
        "XX项目",
        "××单位",
        "{{项目名称}}",
        "（此处填写实施情况）",
        "【待补充】",
        "____万元",
        "XXX万元",
        "（请填写）",
    )
    places = [place for place in paper.paragraphs() if len(paper.parts[place].text) > 20]
    place, mark = random.choice(places), random.choice(marks)
    text = paper.parts[place].text
    spot = text.find("，") + 1
    return Injection(paper.with_text(place, text[:spot] + mark + text[spot:]), (place,), mark)


@kind("别的委托方残留")
def other_client(paper: Paper, random: Random) -> Injection | None:
    mine = re.match(r"(..)市", paper.parts[0].text)
    if mine is None:
        return None
    other = random.choice([city for city in CITIES if city != mine[1]])
    places = [place for place in paper.paragraphs(lambda text: f"{mine[1]}市" in text) if place]
    if not places:
        return None
    place = random.choice(places)
    wrong = paper.parts[place].text.replace(f"{mine[1]}市", f"{other}市", 1)
    return Injection(paper.with_text(place, wrong), (place,), f"{other}市")


def _unpaired(paper: Paper, random: Random, opening: str) -> Injection | None:
    closing = _PAIRS[opening]
    places = paper.paragraphs(lambda text: opening in text and closing in text)
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text
    mark = random.choice((opening, closing))
    spots = [spot for spot, char in enumerate(text) if char == mark]
    spot = random.choice(spots)
    return Injection(paper.with_text(place, text[:spot] + text[spot + 1 :]), (place,), mark)


@kind("括号不成对")
def bracket(paper: Paper, random: Random) -> Injection | None:
    return _unpaired(paper, random, "（")


@kind("书名号不成对")
def title_mark(paper: Paper, random: Random) -> Injection | None:
    return _unpaired(paper, random, "《")


@kind("引号不成对")
def quotation(paper: Paper, random: Random) -> Injection | None:
    return _unpaired(paper, random, "“")


@kind("标点重复")
def doubled_mark(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"([，。；])", lambda match: match[1] + random.choice("，。；"))


@kind("段落没有句末标点")
def no_full_stop(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: text.endswith("。") and text.count("。") > 1)
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text[:-1] + random.choice(("，", "、", "；"))
    return Injection(paper.with_text(place, text), (place,), text[-1])


@kind("词语重复")
def doubled_word(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(项目|资金|评价|绩效|支付|单位)(?=[^项资评绩支单])", lambda match: match[1] * 2
    )


@kind("落款日期与正文不一致")
def later_than_signed(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.fullmatch(_DAY, text.strip()))
    process = paper.paragraphs(lambda text: "成立工作组" in text)
    if not places or not process:
        return None
    days = [int(part) for part in re.findall("[0-9]+", paper.parts[places[-1]].text)]
    before = date(days[0], days[1], days[2]) - timedelta(days=random.randint(40, 60))
    wrong = f"{before.year}年{before.month}月{before.day}日"
    return Injection(paper.with_text(places[-1], wrong), (places[-1], process[0]), wrong)
