"""A database with every kind of row in it: what the tests of verifying begin with."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from town import BPMN, MONDAY, OPERATOR, Town, command
from town import closed as hung_up

from engine import Agency, SetClock, add_person, claim, collect, make_checkpoint, new_key, note_look, open_concord
from engine.calendar import london
from engine.commands import directing
from engine.commands.publishing import publish_files
from engine.commands.tasks import save_draft


@contextmanager
def lived_in(request: pytest.FixtureRequest, folder: Path, database: str) -> Iterator[Town]:
    """Tasks open, overdue, taken on and over, absences, closures, passwords, looks, one that is set aside."""
    server = name = None
    if database == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "concord.db")
        url = f"sqlite:///{folder / 'concord.db'}"
    else:
        server = request.getfixturevalue("postgresql")
        name = server.create(request.getfixturevalue("postgresql_template"))
        url = server.at(name)
    town = Town(open_concord(url, SetClock(MONDAY)))
    live_through(town, folder / "key.pem")
    yield town
    hung_up(town.concord)
    if server:
        server.drop(name)


def live_through(town: Town, key: Path) -> None:
    """Leave a row of every kind."""
    new_key(key)
    concord = town.concord
    publish_files(concord, OPERATOR, collect(BPMN / "harrow", demo=True), "harrow", "escalation")
    add_person(concord, OPERATOR, town["school-practitioner"], "a long password", replace=True)
    directing.add_agency(
        concord, OPERATOR, Agency(id="school", partnership="birmingham", name="The School", kind="school"), replace=True
    )
    directing.add_absence(
        concord, OPERATOR, "police-practitioner", london("2026-03-02").date(), london("2026-03-09").date()
    )
    directing.add_closure(concord, OPERATOR, "birmingham", london("2026-04-07").date(), "Training")
    first, second = town.raises(children=2, risk=True), town.raises()
    note_look(concord, town["school-practitioner"], first, "page")
    referral = next(task for task in town.dispute(first).tasks if task.stage is None)
    who = town[town.who(town.dispute(first), referral)]
    claim(concord, who, first, referral.key, command())
    save_draft(concord, who, first, referral.key, {})
    town.move("2026-03-03T09:00")
    make_checkpoint(concord, key)
    town.completes("school-practitioner", first, "Stage1_Discuss")
    town.move("2026-03-11T12:00")
    make_checkpoint(concord, key)
    note_look(concord, town["council-practitioner"], first, "page")
    town.move("2026-03-11T15:00")
    with concord.store.begin() as tx:
        tx.settings.set("kept", "value")
        tx.timers.set_aside(second, "It failed.")
