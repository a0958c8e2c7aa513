"""Regulations cited: name and number belong together, numbers are written as they should be, and are in force."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.text.laws import by_number, core, laws, number_key, same_name
from toolkit.text.patterns import Pattern

_NUMBER = (
    r"(?P<issuer>[\u4e00-\u9fff]{1,12}?)\s*(?P<open>[〔\[［(（【])\s*(?P<year>(?:19|20)[0-9]{2})\s*(?P<close>[〕\]］)）】])"
    r"\s*(?P<serial>[0-9]{1,5})\s*号"
)
_DECREE = r"财政部令\s*第\s*[0-9]{1,3}\s*号"
_CITED = Pattern(rf"《(?P<name>(?:[^《》]|《[^《》]*》)+)》\s*[（(]\s*(?P<number>{_NUMBER}|{_DECREE})")
_ANY = Pattern(rf"(?P<number>{_NUMBER})")
_PAST = Pattern(r"废止|原《|历史|当时|曾")
_ISSUED = Pattern(r"(?:发|字|函|办|令|预|监|库|会|建|规|知|通|政|委|局|财|数|市|绩|技|注|登|资|通信)$")


@dataclass(frozen=True, slots=True)
class _Citation:
    """A title with its number."""

    place: Place
    name: str
    number: str
    facts: tuple[Fact, ...]


def _citations(report: Report) -> Iterator[_Citation]:
    for place, text in report.document.texts_with(_CITED, least=11):
        for match in _CITED.finditer(text):
            facts = report.facts_within(place, match.start("number"), match.end("number"))
            yield _Citation(place, match["name"], match["number"], facts)


@rule(
    "law.pair",
    group=Group.LAWS,
    title="文件名称与文号相符",
    good=(
        "依据《项目支出绩效评价管理办法》（财预〔2020〕10号）评价。",
        "《国务院办公厅关于印发国家政务信息化项目建设管理办法的通知》（国办发〔2019〕57号）",
        "《某市项目支出绩效评价管理办法》（某财〔2021〕7号）",
    ),
    bad=(
        "依据《财政支出绩效评价管理暂行办法》（财预〔2020〕10号）评价。",
        "依据《项目支出绩效评价管理办法》（财预〔2020〕11号）评价。",
        "《国务院关于加强数字政府建设的实施细则》（国发〔2022〕14号）",
    ),
)
def pairs(report: Report) -> Iterator[Result]:
    """Held against the table of regulations: a number that is another title's, a title that has another number."""
    known = by_number()
    for cited in _citations(report):
        law = known.get(number_key(cited.number))
        if law and same_name(cited.name, law.name):
            if cited.facts:
                yield agrees(*cited.facts)
        elif law:
            message = f"{cited.number}是《{law.name}》，不是《{cited.name}》"
            yield differs(
                cited.place, f"《{cited.name}》（{cited.number}）", f"《{law.name}》", message, facts=cited.facts
            )
        else:
            yield from _other_number(cited)


def _other_number(cited: _Citation) -> Iterator[Result]:
    """A title of the table with a number that is not its own; a local regulation may bear a similar title."""
    named = [law for law in laws() if core(law.name) == core(cited.name) or _national(cited.name, law.name)]
    if named and _issuer(cited.number) in {_issuer(law.number) for law in named}:
        right = "、".join(law.number for law in named)
        message = f"《{cited.name}》的文号是{right}，不是{cited.number}"
        yield differs(cited.place, cited.number, right, message, facts=cited.facts)


def _national(cited: str, listed: str) -> bool:
    return cited.startswith(("国务院", "财政部", "中共中央")) and same_name(cited, listed)


def _issuer(number: str) -> str:
    return re.split("[〔第]", number_key(number))[0]


@rule(
    "law.repealed",
    group=Group.LAWS,
    title="没有引用已废止的文件",
    good=("《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）已经废止。",),
    bad=("依据《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）开展评价。",),
)
def repealed(report: Report) -> Iterator[Result]:
    """A regulation out of force named as if it were in force."""
    known = by_number()
    for sentence in report.sentences_with(_ANY):
        if _PAST.search(sentence.text):
            continue
        for match in _ANY.finditer(sentence.text):
            law = known.get(number_key(_shortest(match)))
            if law and not law.in_force:
                message = f"《{law.name}》（{law.number}）已{law.state}：{law.remark}"
                yield doubtful(sentence.place, law.number, "", message)


def _shortest(match: re.Match[str]) -> str:
    """The number without words that run into it: 依据财预〔2020〕10号."""
    known = {_issuer(law.number) for law in laws()}
    issuer = match["issuer"]
    tail = next((issuer[at:] for at in range(len(issuer)) if issuer[at:] in known), issuer)
    return f"{tail}〔{match['year']}〕{match['serial']}号"


@rule(
    "law.same",
    group=Group.LAWS,
    title="同一文件的名称、文号前后一致",
    good=("《某市项目管理办法》（某政办发〔2020〕1号）……《某市项目管理办法》（某政办发〔2020〕1号）",),
    bad=(
        "《某市信息化项目管理办法》（某政办发〔2020〕1号）印发，按《某市信息化项目管理办法》（某政办发〔2021〕1号）执行。",
    ),
)
def same_citation(report: Report) -> Iterator[Result]:
    """One title has one number in a report, one number one title."""
    numbers: dict[str, list[_Citation]] = defaultdict(list)
    names: dict[str, list[_Citation]] = defaultdict(list)
    for cited in _citations(report):
        numbers[number_key(cited.number)].append(cited)
        names[core(cited.name)].append(cited)
    for first, *others in names.values():
        yield from (
            _two_numbers(cited, first) for cited in others if number_key(cited.number) != number_key(first.number)
        )
    for first, *others in numbers.values():
        for cited in others:
            yield from _name_again(cited, first)


def _two_numbers(cited: _Citation, first: _Citation) -> Result:
    message = f"同一文件《{cited.name}》前后文号不同：{cited.number}、{first.number}"
    return doubtful(cited.place, cited.number, first.number, message, related=(first.place,), facts=cited.facts)


def _name_again(cited: _Citation, first: _Citation) -> Iterator[Result]:
    if same_name(cited.name, first.name):
        if cited.facts and first.facts:
            yield agrees(*cited.facts, *first.facts)
    elif number_key(cited.number) not in by_number():
        message = f"同一文号{cited.number}前后名称不同：《{cited.name}》《{first.name}》"
        yield doubtful(cited.place, cited.name, first.name, message, related=(first.place,), facts=cited.facts)


def misprinted_numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers of documents whose year stands in other brackets than 〔 〕."""
    for match in _ANY.finditer(text):
        if (match["open"], match["close"]) != ("〔", "〕") and _ISSUED.search(match["issuer"]):
            yield match


@rule(
    "law.brackets",
    group=Group.LAWS,
    title="文号年份用六角括号",
    good=("财预〔2020〕10号", "合同（2021）由双方签订3号楼"),
    bad=("财预[2020]10号", "国办发（2019）57号", "财预〔2020］10号"),
)
def brackets(report: Report) -> Iterator[Result]:
    """The year of a document's number stands in 〔 〕."""
    for place, text in report.document.texts(9):
        for match in misprinted_numbers(text):
            printed = f"{match['open']}{match['year']}{match['close']}"
            right = f"〔{match['year']}〕"
            yield doubtful(
                place,
                match["number"],
                match["number"].replace(printed, right),
                f"文号的年份应写作{right}：{match['number']}",
            )
