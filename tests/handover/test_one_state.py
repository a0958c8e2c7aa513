"""Twenty laptops, one state: whatever the order of merging, however often, whatever the clocks say."""

import os
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest

from toolkit.handover import Fork, conflicts, in_force, joined, outcome_of
from toolkit.ledger import Event, EventKind, Log, in_order, of_log
from toolkit.ledger.chain import GENESIS, link_hash
from toolkit.ledger.event import NewEvent
from toolkit.ledger.kinds import Action, FileReceived, Initialised, Resolved

FULL = os.environ.get("JIXIAO_FULL") == "1"
LAPTOPS, EVENTS = 20, 2_000
ORDERS = 10_000 if FULL else 150
KEY = b"key of the evaluation"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def chained(events: Sequence[NewEvent]) -> Log:
    """A log of these events."""
    before, log = GENESIS, []
    for seq, event in enumerate(events, 1):
        columns = event.columns()
        digest = link_hash(before, columns, KEY)
        log.append(Event(seq, *columns, before, digest))
        before = digest
    return of_log(log)


def work_of(laptop: int, chance: random.Random, events: int = EVENTS) -> Log:
    """What one person does: files and decisions about shared projects, with a clock that may be far off."""
    clock = START + timedelta(days=chance.choice((0, 0, 0, -365, 365)), minutes=laptop)
    done = [NewEvent(Initialised(number=str(laptop)), clock, f"initialised:{laptop}", subject="PJ")]
    for number in range(1, events):
        clock += timedelta(minutes=chance.choice((1, 2, 3, -2)))
        project = str(chance.randrange(1, 40))
        if chance.random() < 0.5:
            sha = f"{chance.randrange(5_000):064x}"
            done.append(NewEvent(FileReceived(file="1.xlsx", size=1, folder=""), clock, f"received:{sha}", subject=sha))
        else:
            details = Resolved(action=Action.OVERRIDE, key=f"字段{chance.randrange(6)}", value=chance.choice("12"))
            code = chance.choice(("FUND-01", "READ-45"))
            done.append(NewEvent(details, clock, f"{laptop}:{number}", project, "", code))
    return chained(done)


@pytest.fixture(scope="module")
def laptops() -> list[Log]:
    return [work_of(laptop, random.Random(laptop)) for laptop in range(LAPTOPS)]  # noqa: S311


def merged(known: dict[str, Log], log: Log) -> dict[str, Log]:
    """One more copy of a log, as the merging of a folder does it."""
    whole = joined(known.get(log[0].log, ()), log)
    assert not isinstance(whole, Fork)
    return {**known, log[0].log: whole}


def ends(known: dict[str, Log]) -> dict[str, tuple[int, str]]:
    return {name: (len(log), log[-1].hash) for name, log in known.items()}


def test_any_order_with_duplicates_and_old_copies_gives_one_state(laptops: list[Log]) -> None:
    whole = {log[0].log: log for log in laptops}
    state = in_order(whole.values()), in_force(whole.values())
    chance = random.Random(7)  # noqa: S311
    for order in range(ORDERS):
        copies = [*laptops, *chance.choices(laptops, k=8)]
        copies += [log[: chance.randrange(1, EVENTS)] for log in chance.choices(laptops, k=12)]
        chance.shuffle(copies)
        known = reduce(merged, copies, {})
        assert ends(known) == ends(whole)
        if order % (ORDERS // 5) == 0:
            assert (in_order(known.values()), in_force(known.values())) == state


def test_merging_is_commutative_associative_and_idempotent(laptops: list[Log]) -> None:
    one, two, three = ({log[0].log: log for log in laptops[start::3]} for start in range(3))

    def union(left: dict[str, Log], right: dict[str, Log]) -> dict[str, Log]:
        return reduce(merged, right.values(), left)

    assert ends(union(one, two)) == ends(union(two, one))
    assert ends(union(union(one, two), three)) == ends(union(one, union(two, three)))
    assert ends(union(one, one)) == ends(one)


def test_nothing_is_lost(laptops: list[Log]) -> None:
    joined_events = in_order(laptops)
    assert {event.once for event in joined_events} == {event.once for log in laptops for event in log}
    for log in laptops:
        own = [event.seq for event in joined_events if event.log == log[0].log]
        assert own == sorted(own), "events of one laptop keep their order, whatever its clock says"


def test_no_decision_is_overwritten(laptops: list[Log]) -> None:
    """Every laptop's last word on a thing is in force or in a conflict; a merge decides nothing by itself."""
    last = {}
    for log in laptops:
        for event in log:
            if event.kind == EventKind.RESOLVED:
                last[event.log, event.project, event.subject, event.says(Resolved).key] = event.hash
    standing = {event.hash for events in in_force(laptops).values() for event in events}
    assert set(last.values()) == standing
    listed = {event.hash for conflict in conflicts(laptops) for event in conflict.decisions}
    differing = [events for events in in_force(laptops).values() if len({outcome_of(event) for event in events}) > 1]
    assert listed == {event.hash for events in differing for event in events}
    assert listed


def decision(once: str, value: str, replaces: Sequence[str] = ()) -> NewEvent:
    details = Resolved(action=Action.OVERRIDE, key="预算", value=value, replaces=tuple(replaces))
    return NewEvent(details, START, once, "3", "", "FUND-01")


def test_a_decision_that_names_another_replaces_it_and_only_it() -> None:
    first = chained([decision("a", "1")])
    second = chained([decision("b", "2")])
    third = chained([decision("c", "3", [first[0].hash])])
    assert [event.says(Resolved).value for event in next(iter(in_force([first, third]).values()))] == ["3"]
    (conflict,) = conflicts([first, second, third])
    assert {event.says(Resolved).value for event in conflict.decisions} == {"2", "3"}
    settled = chained([decision("d", "2", [event.hash for event in conflict.decisions])])
    assert conflicts([first, second, third, settled]) == ()


def test_two_people_who_come_to_the_same_are_no_conflict() -> None:
    logs = [chained([decision("a", "5")]), chained([decision("b", "5")])]
    assert conflicts(logs) == ()
    assert len(next(iter(in_force(logs).values()))) == 2
