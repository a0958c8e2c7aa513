"""Codes of indicators, of laws and of evidence: each once, in order, listed, and the same wherever the same is told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Cell, Place
from toolkit.proof.lines import bare
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_CODE = Pattern(r"[A-Z][0-9]{2,4}")
_LEAST = 4
_OFTEN = 2
"""Where half of the codes or more are of another letter than the one before, they are excerpts: Y01, Y07, J12, Z03."""
_NOTE = Pattern(r"依据的编号为(?P<list>.+)")
_NUMBERED = Pattern(r"(?:^|；)\s*(?P<number>[0-9]{1,2})[\s　、.]")
_PROVEN = Pattern(r"(?P<fact>[^。；;]{10,60}?)（佐证(?P<codes>[A-Z][0-9]{1,3}(?:、[A-Z][0-9]{1,3})*)）")
_LISTED = Pattern(r"^\s*[0-9]{1,2}[.．、]\s*|^[^：]{2,8}：\s*[0-9]{1,2}[.．、]\s*")
_CODES = "编号\t三级指标\t分值\nA101\t立项依据\t3\nA102\t立项程序\t3\nA201\t目标合理\t2\nA202\t指标明确\t2\n"
_EXCERPTS = "编号\t来源\t意见\nY01\t家长\t延时服务。\nY07\t家长\t收费。\nJ12\t教师\t收入。\nZ03\t园长\t到账。\n"
_LAWS = "三级指标\t分值\t评分标准\t依据\n立项依据\t3\t按要点计分。\t1、2\n立项程序\t3\t按要点计分。\t2\n目标合理\t2\t分档计分。\t1\n\n\n注：依据的编号为1　《办法》；2　合同。\n"
_PROOFS = "须先说明\t1.等级保护测评87分，有待整改的问题（佐证E09）；2.没有充分利用统一平台能力（佐证E05、E11）。\n结论\t综合得分90分，等级为优。\n\n\n类别\t事实\n绩效\t等级保护测评87分，有待整改的问题（佐证E09）\n管理\t采购中有1项不规范（佐证E04）\n"


@rule(
    "code.order",
    group=Group.NUMBERING,
    title="指标编号不重复、不倒退",
    good=(_CODES, _EXCERPTS),
    bad=(_CODES.replace("A102", "A202"), _CODES.replace("A102", "A302")),
)
def order(report: Report) -> Iterator[Result]:
    """A column of codes like A101 where all but one go forward, each standing once."""
    for table in report.document.tables:
        for at, heading in enumerate(table.headings):
            cells = [row[at] for row in body_rows(table) if _CODE.fullmatch(row[at].text.strip())]
            if len(cells) >= _LEAST and bare(heading) in ("编号", "指标编号", "代码", "指标代码"):
                yield from _astray(cells)


def _astray(cells: list[Cell]) -> Iterator[Result]:
    codes = [cell.text.strip() for cell in cells]
    kinds = [code[0] for code in codes]
    of_many = sum(one != other for one, other in pairwise(kinds)) * _OFTEN >= len(kinds)
    if of_many or len({len(code) for code in codes}) != 1 or all(one < other for one, other in pairwise(codes)):
        return
    for at, (cell, code) in enumerate(zip(cells, codes, strict=True)):
        rest = codes[:at] + codes[at + 1 :]
        if all(one < other for one, other in pairwise(rest)):
            twice = Counter(codes)[code] > 1
            message = f"编号{code}{'写了两次' if twice else '不按顺序'}"
            yield doubtful(cell.place, code, "", message, confidence=80)
            return


@rule(
    "code.law_number",
    group=Group.REFERENCES,
    title="依据的编号在表注之内",
    good=(_LAWS,),
    bad=(_LAWS.replace("\t1、2\n", "\t1、14\n"),),
)
def laws(report: Report) -> Iterator[Result]:
    """Numbers in a column 依据, against the note that says which law each number stands for."""
    notes = [match for paragraph in report.document.paragraphs if (match := _NOTE.search(paragraph.text))]
    if len(notes) != 1:
        return
    known = {match["number"] for match in _NUMBERED.finditer(notes[0]["list"])}
    for table in report.document.tables:
        at = next((at for at, heading in enumerate(table.headings) if bare(heading) == "依据"), None)
        for row in body_rows(table) if at is not None and known else ():
            text = row[at].text.strip()  # type: ignore[index]
            if not re.fullmatch(r"[0-9]{1,2}(?:、[0-9]{1,2})*", text):
                continue
            for number in text.split("、"):
                if number not in known:
                    message = f"依据写{number}，表注列出的编号是{'、'.join(sorted(known, key=int))}"
                    yield differs(row[at].place, number, "", message, confidence=85)  # type: ignore[index]


@rule(
    "code.evidence",
    group=Group.REFERENCES,
    title="同一事实的佐证编号在各处相同",
    good=(_PROOFS,),
    bad=(_PROOFS.replace("E09）\n管理", "E02）\n管理"),),
)
def evidence(report: Report) -> Iterator[Result]:
    """The same words with other codes of evidence behind them, in two places."""
    found: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, text in report.document.texts_with(_PROVEN, least=16):
        for match in _PROVEN.finditer(text) if "（佐证" in text else ():
            found[_LISTED.sub("", match["fact"]).strip()].append((place, match["codes"]))
    for fact, told in found.items():
        first = told[0]
        if len({codes for _, codes in told}) > 2:
            continue  # words that are said of many things
        for place, codes in told[1:]:
            if codes != first[1] and place != first[0]:
                message = f"“{fact[:24]}”的佐证一处写{first[1]}，一处写{codes}"
                yield doubtful(place, codes, first[1], message, related=(first[0],), confidence=80)
