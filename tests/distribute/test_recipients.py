"""Whose address is whose: the unit register alone decides, and a joint project's partner gets no guess."""

import pytest

from toolkit.distribute import Recipient, is_address, recipients
from toolkit.model import Project, Roster

DATA, INDUSTRY = "市大数据管理中心", "市工业和信息化局"


def project(number: int, units: tuple[str, ...], email: str) -> Project:
    return Project(str(number), 2024, "、".join(units), units, f"项目{number}", None, email=email)


def register(*projects: Project) -> dict[str, Recipient]:
    return recipients(Roster(projects))


def test_a_unit_is_mailed_at_all_its_addresses_once() -> None:
    known = register(project(1, (DATA,), "a@x.cn"), project(2, (DATA,), "A@X.CN；b@x.cn\nc@x.cn"))
    assert known[DATA] == Recipient(DATA, ("a@x.cn", "b@x.cn", "c@x.cn"))


@pytest.mark.parametrize(
    ("email", "lead", "partner"),
    [
        ("a@x.cn、b@y.cn", ("a@x.cn",), ("b@y.cn",)),
        ("a@x.cn", ("a@x.cn",), ()),
        ("a@x.cn、b@y.cn、c@z.cn", ("a@x.cn", "b@y.cn", "c@z.cn"), ()),
    ],
)
def test_a_joint_project_names_an_address_for_each_unit_or_for_the_lead(
    email: str, lead: tuple[str, ...], partner: tuple[str, ...]
) -> None:
    known = register(project(1, (DATA, INDUSTRY), email))
    assert (known[DATA].addresses, known[INDUSTRY].addresses) == (lead, partner)
    assert bool(known[INDUSTRY].problem) == (not partner)


def test_what_is_no_address_is_named_and_the_good_one_is_used() -> None:
    known = register(project(1, (DATA,), "张三，a@x.cn，b＠x.cn"))[DATA]
    assert known.addresses == ("a@x.cn",)
    assert "“张三”“b＠x.cn”不是邮箱地址" in known.problem
    assert register(project(1, (DATA,), ""))[DATA].problem == "项目清单没有登记邮箱"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "a b@x.cn", "a@x.cn\n", "a@x.cn>", "<a@x.cn>", "a..b@x.cn", ".a@x.cn", "甲@x.cn", "a@-x.cn"],
)
def test_only_plain_addresses_are_addresses(text: str) -> None:
    assert not is_address(text)
    assert is_address("zhang.san+pj@mail.nantong.gov.cn")
