"""Decisions of several people: which files count, books that were handed back, in which order disputes are listed."""

import pytest

from tests.handover.test_one_state import START, chained
from toolkit.handover import conflicts, in_force
from toolkit.handover.decisions import Thing, agreed
from toolkit.ledger.details import Details
from toolkit.ledger.event import NewEvent
from toolkit.ledger.kinds import Action, Chosen, Resolved, RulingMade, ScorebookLocked, ScorebookUnlocked


def event(details: Details, once: str, project: str = "", subject: str = "") -> NewEvent:
    return NewEvent(details, START, once, project, "", subject)


def locked(once: str, mark: str) -> NewEvent:
    marks = (("1", "C1", "扣分", ("数", mark), "", ""),)
    return event(ScorebookLocked(file="甲.xlsx", sha256=once, marks=marks), once, subject="甲")


def resolved(project: str, value: str) -> NewEvent:
    details = Resolved(action=Action.OVERRIDE, key="预算", value=value)
    return event(details, f"{project}:{value}", project, "FUND-01")


def test_two_choices_of_one_file_agree_and_of_two_files_do_not() -> None:
    """What was chosen is the file, whatever else is told of the choice."""
    first, same, other = (
        chained([event(Chosen(file=name, by="甲", reason=name), f"{name}{sha}", "3", sha)]) for name, sha in FILES
    )
    assert conflicts([first, same]) == ()
    (conflict,) = conflicts([first, other])
    assert {decision.subject for decision in conflict.decisions} == {"a" * 64, "b" * 64}


FILES = (("1.xlsx", "a" * 64), ("2.xlsx", "a" * 64), ("3.xlsx", "b" * 64))


def test_a_book_that_was_handed_back_is_locked_no_more_until_it_comes_again() -> None:
    unlocked = event(ScorebookUnlocked(lock="first", by="乙", reason="有空白", blank=1), "unlocked", subject="甲")
    thing = Thing("scorebook_locked", "", "甲")
    assert [one.once for one in in_force([chained([locked("first", "1")])])[thing]] == ["first"]
    assert in_force([chained([locked("first", "1"), unlocked])]) == {}
    again = in_force([chained([locked("first", "1"), unlocked, locked("second", "2")])])
    assert [one.once for one in again[thing]] == ["second"]


def test_what_another_laptop_handed_back_is_locked_no_more() -> None:
    unlocked = event(ScorebookUnlocked(lock="first", by="乙", reason="有空白", blank=1), "unlocked", subject="甲")
    assert in_force([chained([locked("first", "1")]), chained([unlocked])]) == {}


def test_disputes_are_listed_by_the_number_of_their_project() -> None:
    logs = [chained([resolved(project, value) for project in ("10", "9", "100")]) for value in ("1", "2")]
    assert [conflict.thing.project for conflict in conflicts(logs)] == ["9", "10", "100"]
    assert agreed(conflicts(logs)[0].decisions) is None


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (Thing("resolved", "3", "READ-45", "实际到位资金"), "项目3的READ-45（实际到位资金）"),
        (Thing("judged", "3", "C1"), "项目3的C1"),
        (Thing("chosen", "3"), "项目3以哪份报送件为准"),
        (Thing("adjudicated", "3", "C1", "扣分"), "项目3指标C1（扣分）的差异裁定"),
        (Thing("scorebook_locked", "", "甲"), "甲的打分册"),
        (Thing("opinions_received", "", "市数据局"), "市数据局的意见回复"),
    ],
)
def test_what_is_in_dispute_is_said_in_words(thing: Thing, words: str) -> None:
    assert thing.words == words


def test_rulings_about_two_items_are_two_things() -> None:
    rulings = [
        event(RulingMade(item=("3", code, "扣分"), value=("数", "1"), reason="理由", by="丙"), code)
        for code in ("C1", "C2")
    ]
    assert set(in_force([chained(rulings)])) == {Thing("adjudicated", "3", code, "扣分") for code in ("C1", "C2")}
