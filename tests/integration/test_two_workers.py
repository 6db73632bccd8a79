"""Two workers share one PostgreSQL: a thousand disputes fall due within a minute, and somebody clicks late."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest
from actors import RunningClock
from stage_hands import Hand
from town import Town, closed, command

from engine import Concord, TaskGone, complete_task, open_concord, sweep
from engine.application import DisputeRecord
from engine.calendar import working_days as days
from engine.dispute import GENESIS, Entry
from engine.dispute.journal import digest

GROUPS, EACH = 20, 50
STAGE_1 = timedelta(hours=26)
WHOLE = timedelta(hours=76)  # from Monday at ten 28 working hours, of which stage 1 has ten: until Tuesday noon
MINUTE = timedelta(minutes=1)
TWICE = 2.0


def copied(entries: Sequence[Entry], ref: str) -> Iterator[Entry]:
    """A journal as another dispute's, with a chain of its own."""
    prev = GENESIS
    for entry in entries:
        content = {**entry.content(), "ref": ref, "prev": prev}
        prev = digest(content)
        yield Entry(**content, hash=prev)


def thousand(concord: Concord, town: Town) -> dict[str, datetime]:
    """Raise disputes whose first deadlines fall within a minute, and copy each; gives when each is due."""
    raised = town.now
    refs = [town.raises(protective=raised + WHOLE + (MINUTE * n / GROUPS) * 14 / 5) for n in range(GROUPS)]
    town.concord.clock.set(raised + STAGE_1 - timedelta(seconds=5))
    sweep(concord)
    due = {ref: town.dispute(ref).visit.deadline for ref in refs}
    with concord.store.begin() as tx:
        for ref in refs:
            record, entries = tx.disputes.get(ref), tx.journal.entries(ref)
            for number in range(1, EACH):
                name = f"{ref}-{number}"
                chain = list(copied(entries, name))
                state = {**record.state, "dispute": {**record.state["dispute"], "ref": name}}
                tx.disputes.add(replace(record, ref=name, state=state, last_hash=chain[-1].hash))
                tx.journal.append(chain, ())
                due[name] = due[ref]
    assert isinstance(record, DisputeRecord)
    return due


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_workers_fire_a_thousand_timers_once_and_in_time(town: Town, database_url: str) -> None:
    """Decision 4, T9, T13: none twice, none early, none a minute late; both have worked, and late clicks were told."""
    due = thousand(town.concord, town)
    assert len(due) == GROUPS * EACH
    assert max(due.values()) - min(due.values()) < MINUTE
    clock = RunningClock(base=town.now, started=time.time() + 4, rate=TWICE)
    workers = [Hand("worker", database_url, clock) for _ in range(2)]
    racing = open_concord(database_url, clock)
    for worker in workers:
        worker.hear("ready")
    clicked = race(racing, town, dict(list(due.items())[::10]))
    wait_until_fired(racing, max(due.values()))
    told = [json.loads(worker.end()) for worker in workers]
    closed(racing)
    fired = [(e, days.london(e.at) - days.london(e.data["due"])) for ref in due for e in timers(town, ref, clock.base)]
    assert sorted(e.ref for e, _ in fired) == sorted(due), "Each deadline fires once"
    assert all(timedelta() <= late <= MINUTE for _, late in fired)
    assert len(due) - clicked <= sum(t["fired"] for t in told) <= len(due), "The rest was fired by the late clicks"
    assert all(t["fired"] > GROUPS for t in told), told
    assert [t["aside"] for t in told] == [0, 0]
    for ref in list(due)[::97]:
        town.verify(ref)


def timers(town: Town, ref: str, since: datetime) -> list[Entry]:
    """The timers that fired in the race."""
    return [e for e in town.journal(ref) if e.kind == "TimerFired" and days.london(e.at) > since]


def race(racing: Concord, town: Town, due: dict[str, datetime]) -> int:
    """Complete each one's task just when its deadline has passed; gives how many clicks that were."""
    typed = town.answers(next(iter(due)), "Stage1_Discuss", result="not_agreed")
    by = town["council-practitioner"]
    for ref, at in sorted(due.items(), key=lambda pair: pair[1]):
        Event().wait(max(0.0, (at - racing.clock.now()).total_seconds() / TWICE))
        with pytest.raises(TaskGone):
            complete_task(racing, by, ref, "Stage1_Discuss.1", command(), typed)
    return len(due)


def wait_until_fired(racing: Concord, last: datetime) -> None:
    """Until nothing is due any more, by the clock."""
    while True:
        with racing.store.begin(write=False) as tx:
            soonest = tx.timers.next_due()
        if soonest is None or soonest > last:
            return
        Event().wait(0.05)
