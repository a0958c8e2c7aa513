"""The four attributes a new member is measured by: 职务, 职称, 执业资格, 评价经历 — none lower than before.

Source: 南通市2024年度数字政府绩效评价项目需求, 六、2.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.people.team import Member
from toolkit.text import plain

_TITLES = (
    ("正高", "教授级", "研究员"),
    ("副高", "高级"),
    ("中级", "工程师", "会计师", "经济师", "审计师"),
    ("助理", "初级", "员级"),
)
"""职称 from the highest; a title is of the first line that names part of it."""
_LOWER_FIRST = ("副高", "副教授", "副研究员", "助理", "初级")
_DUTIES = (
    ("总经理", "主任会计师", "首席合伙人", "董事长", "总裁", "院长", "所长"),
    ("合伙人", "副总", "副院长", "副所长", "总监", "项目负责人", "主评人", "部门经理", "部门主任"),
    ("项目经理", "经理", "主管", "组长", "高级咨询", "主任"),
    ("咨询师", "审计员", "项目助理", "助理", "成员", "专员", "职员", "员工"),
)


@dataclass(frozen=True, slots=True)
class Lower:
    """One attribute in which the new member is (or may be) below the old one.

    ``sure`` is False where the words cannot be ranked and a person has to compare.
    """

    attribute: str
    before: str
    after: str
    sure: bool = True


def lower_attributes(before: Member, after: Member) -> Iterator[Lower]:
    """The attributes in which a new member falls short."""
    yield from _ranked("职务", before.duty, after.duty, _DUTIES)
    yield from _ranked("职称", before.title, after.title, _TITLES)
    if len(after.qualifications) < len(before.qualifications):
        yield Lower("执业资格", f"{len(before.qualifications)}项", f"{len(after.qualifications)}项")
    if before.experience is not None and (after.experience is None or after.experience < before.experience):
        yield Lower("评价经历", f"{plain(before.experience)}个", _count(after))


def _count(member: Member) -> str:
    return "未填写" if member.experience is None else f"{plain(member.experience)}个"


def _ranked(attribute: str, before: str, after: str, ranks: tuple[tuple[str, ...], ...]) -> Iterator[Lower]:
    if before == after or before in ("", "无"):
        return
    ours, theirs = _rank(before, ranks), _rank(after, ranks)
    if after in ("", "无"):
        yield Lower(attribute, before, after or "未填写")
    elif ours is None or theirs is None:
        yield Lower(attribute, before, after, sure=False)
    elif theirs > ours:
        yield Lower(attribute, before, after)


def _rank(words: str, ranks: tuple[tuple[str, ...], ...]) -> int | None:
    """0 for the highest; None for words that name no rank. 副 and 助理 before what they qualify."""
    for number, names in enumerate(ranks):
        qualified = [name for name in names if name in _LOWER_FIRST and name in words]
        if qualified:
            return number
    return next((number for number, names in enumerate(ranks) if any(name in words for name in names)), None)
