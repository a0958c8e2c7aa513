"""Offices under two names: with and without 管理, 办公厅 and 办公室 of one government, 局 for 委员会."""

import re
from collections import Counter
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_MANAGING = Pattern(r"[\u4e00-\u9fff]{2}[省市县区](?P<what>[\u4e00-\u9fff]{2,8})管理(?P<sort>局|委员会|办公室|中心)")
_SEAT = Pattern(r"(?P<of>(?:人民)?政府|市委|县委|区委|省委)办公(?P<sort>厅|室)(?!公)")
_OFFICE = Pattern("(?P<stem>[\u4e00-\u9fff]{5,}?)(?P<kind>委员会|办公室|管理局|委|局|厅|中心)$")
_KINDS = ("委员会", "局", "厅", "中心", "办公室")
_OF_COVER = Pattern(r"^\s*[\u4e00-\u9fff]{0,4}(?:单位|部门|机构)[：:]\s*(?P<name>[\u4e00-\u9fff]{6,20})\s*$")
_STEM = 6
"""A shorter beginning is that of many offices."""


@rule(
    "name.office",
    group=Group.NAMES,
    title="同一机关名称前后一致",
    good=(
        "安平市数据资源管理局（以下简称“数据资源局”）负责。市数据资源局牵头。",
        "省政府办公厅印发通知，市政府办公室转发。市政府办公室负责，原市政府办公厅的系统停用。",
    ),
    bad=(
        "安平市数据资源管理局负责。安平市数据资源管理局牵头。\n安平市数据资源局严格落实办法。",
        "在市政府办公厅系统基础上升级，市政府办公厅验收。\n市政府办公室的办公系统迁移完成。",
    ),
)
def offices(report: Report) -> Iterator[Result]:
    """The place and the name of an office without its 管理; 办公室 where the same government has 办公厅."""
    texts = report.document.texts()
    names = Counter(match[0] for _, text in report.document.texts_with(_MANAGING) for match in _MANAGING.finditer(text))
    for name in names:
        short = name.replace("管理", "", 1)
        for place, text in texts:
            if short in text and f"称“{short}”" not in text and short not in names:
                yield doubtful(place, short, name, f"“{short}”与“{name}”可能是同一单位，少“管理”二字")
                break
    yield from _seats(report)


def _seats(report: Report) -> Iterator[Result]:
    """The rarer of the two, once, where both are of the same government."""
    found: dict[str, dict[str, list[Place]]] = {}
    for place, text in report.document.texts_with(_SEAT, least=5):
        for match in _SEAT.finditer(text):
            rank = text[match.start() - 1 : match.start()] if match["of"].endswith("政府") else match["of"][0]
            former = re.search("原[省市县区]?$", text[: match.start()])
            if rank in "省市县区" and rank and not former:
                found.setdefault(f"{rank}{match['of'][-2:]}", {}).setdefault(match["sort"], []).append(place)
    for owner, sorts in found.items():
        if len(sorts) > 1:
            rare, usual = sorted(sorts, key=lambda sort: len(sorts[sort]))
            message = f"有的写“{owner}办公{rare}”（{len(sorts[rare])}处），有的写“{owner}办公{usual}”，请核对名称"
            place = sorts[rare][0]
            yield doubtful(place, f"{owner}办公{rare}", f"{owner}办公{usual}", message, related=(sorts[usual][0],))


@rule(
    "name.office_kind",
    group=Group.NAMES,
    title="单位名称的局、委员会没有写混",
    good=("项目单位：平湖市卫生健康委员会\n由平湖市卫生健康委组织实施，平湖市卫生健康委员会负责。",),
    bad=("项目单位：平湖市卫生健康委员会\n由平湖市卫生健康局组织实施，平湖市卫生健康委员会负责。",),
)
def kinds(report: Report) -> Iterator[Result]:
    """The name of an office that the cover gives, with another word for what it is, where it stands once."""
    texts = report.document.texts()
    covers = [
        (place, match["name"])
        for place, text in report.document.texts_with(_OF_COVER)
        if (match := _OF_COVER.match(text))
    ]
    for cover, name in covers:
        office = _OFFICE.match(name)
        if office is None or len(office["stem"]) < _STEM:
            continue
        for other in _KINDS:
            variant = f"{office['stem']}{other}"
            if variant[: len(name)] == name or name.startswith(variant) or any(variant == known for _, known in covers):
                continue
            places = [place for place, text in texts if variant in text]
            if len(places) == 1:
                message = f"“{variant}”在前面是“{name}”，请核对单位名称"
                yield doubtful(places[0], variant, name, message, related=(cover,))
