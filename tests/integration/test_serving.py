"""`run.py serve` and `run.py worker` as processes: what they say, how they begin, and how they end."""

import json
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from serving import Caller, Running
from sqlalchemy import create_engine, text
from town import OPERATOR, Town, closed

from engine import Concord, SystemClock, add_person, open_concord

PASSWORD = "seven green bicycles"
MARKER = "zq7marker"
TALK = {
    "result": "not_agreed", "discussed_at": ["2", "3", "2026"], "discussed_at-time": "11:00", "other_side": MARKER,
    "reasons_given": MARKER, "risk_now": MARKER,
}  # fmt: skip


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Start processes that end with the test."""
    begun: list[Running] = []

    def started(*words: str, **settings: str) -> Running:
        begun.append(Running(*words, **settings))
        return begun[-1]

    yield started
    for each in begun:
        each.close()


@pytest.fixture
def ready(database_url: str) -> Iterator[tuple[Concord, str]]:
    """The town, where some can sign in, as it is today."""
    concord = open_concord(database_url, SystemClock())
    people = Town(concord).people
    for name in ("school-practitioner", "council-practitioner", "police-practitioner", "business_manager"):
        add_person(concord, OPERATOR, people[name], PASSWORD, replace=True)
    yield concord, database_url
    closed(concord)


def spoil(url: str, *statements: str) -> None:
    """Change a database behind Concord's back."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_nothing_secret_stands_in_the_log_and_every_line_is_json(
    ready: tuple[Concord, str], start: Callable[..., Running]
) -> None:
    """Under success, refusals, a database that refuses a row, and an error of ours: who, what and from where, no more.

    A marker stands in every field, in a password, in the address and in headers; the salt and hash of a password and
    the salts of what was typed are looked for as well.
    """
    concord, url = ready
    town = Town(concord)
    ref = town.raises()
    running = start("serve", "--port", "0", url=url)
    teacher = Caller(running.address)
    assert teacher.signs_in("school-practitioner", PASSWORD + MARKER) == 422
    assert Caller(running.address).signs_in(MARKER, PASSWORD) == 422
    assert teacher.signs_in("school-practitioner", PASSWORD) == 302
    address = f"/disputes/{ref}/tasks/{town.task(ref, 'Stage1_Discuss').key}"
    token = teacher.hidden("/", "/sign-out")
    assert teacher.ask(address, {**token, **TALK, "do": "draft"})[0] == 302
    assert teacher.ask(f"/disputes/{ref}/escalate", {**token, "reason": ""})[0] == 422
    assert teacher.ask(f"/disputes/{MARKER}?q={MARKER}", headers={"User-Agent": MARKER})[0] == 404
    assert teacher.ask(f"/disputes/{ref}/risk", {**token, "what": f"{MARKER}\0", "children": "0"})[0] == 400
    if url.startswith("sqlite"):
        spoil(url, "CREATE TRIGGER no BEFORE INSERT ON texts BEGIN SELECT RAISE(ABORT, 'no'); END")
    else:
        spoil(url, f"ALTER TABLE texts ADD CONSTRAINT no CHECK (text NOT LIKE '%{MARKER}%')")
    assert teacher.ask(f"/disputes/{ref}/escalate", {**token, "reason": MARKER})[0] == 500
    spoil(url, "DROP TRIGGER no" if url.startswith("sqlite") else "ALTER TABLE texts DROP CONSTRAINT no")
    assert teacher.ask(f"/disputes/{ref}/escalate", {**token, "reason": MARKER})[0] == 302
    spoil(url, f"UPDATE people SET roles = '{MARKER}' WHERE id = 'council-practitioner'")
    assert teacher.ask("/directory")[0] == 500
    assert teacher.ask("/sign-out", token)[0] == 302
    running.terminate()
    assert running.ended() == 0
    told = running.told()
    with concord.store.begin(write=False) as tx:
        stored = tx.sessions.password_hash("school-practitioner") or ""
        secret = [MARKER, PASSWORD, *stored.split("$")[1:], *(each.salt for each in tx.journal.texts(ref).values())]
    assert not [line for line in running.lines if any(word in line for word in secret)]
    events = [line["event"] for line in told]
    assert {"sign-in failed", "signed in", "signed out", "changed", "refused", "failed", "stopped"} <= {*events}
    (changed,) = [line for line in told if line["event"] == "changed" and line["what"] == "acts.act"]
    named = {"person": "school-practitioner", "remote": "127.0.0.1", "ref": ref, "act": "escalate"}
    assert named.items() <= changed.items()
    failed = [line for line in told if line["event"] == "failed"]
    assert len(failed) == 2
    assert all(line["traceback"][0]["at"] for line in failed)


def test_the_log_of_a_worker_is_json_and_it_ends_when_told(
    ready: tuple[Concord, str], start: Callable[..., Running]
) -> None:
    """It is told by SIGTERM, and ends with 0."""
    running = start("worker", url=ready[1])
    running.until("alembic")
    running.terminate()
    assert running.ended() == 0
    assert {"level", "event", "timestamp"} <= set(running.told()[-1])


def test_a_request_in_flight_is_answered_before_the_process_ends(
    ready: tuple[Concord, str], start: Callable[..., Running]
) -> None:
    """It waits for the database when SIGTERM comes; it is done, nobody new is let in, and the exit status is 0."""
    concord, url = ready
    town = Town(concord)
    ref = town.raises()
    running = start("serve", "--port", "0", url=url)
    teacher = Caller(running.address)
    teacher.signs_in("school-practitioner", PASSWORD)
    token = teacher.hidden("/", "/sign-out")
    answers: Queue[int] = Queue()
    data = {**token, "reason": "It can't wait"}

    def ask() -> None:
        answers.put(teacher.ask(f"/disputes/{ref}/escalate", data)[0])

    asking = threading.Thread(target=ask)
    with concord.store.begin() as tx:
        tx.disputes.get(ref, lock=True)
        asking.start()
        asking.join(1.0)
        running.terminate()
        refused = _refused(running.address)
    assert refused
    assert answers.get(timeout=20) == 302
    assert running.ended(20) == 0
    assert "EscalatedEarly" in town.kinds(ref) or "Escalated" in " ".join(town.kinds(ref))


def _refused(address: str) -> bool:
    """Whether nobody is let in any more, within some seconds."""
    host, port = address.removeprefix("http://").split(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), 0.2).close()
        except OSError:
            return True
        threading.Event().wait(0.02)
    return False


def test_it_waits_for_a_database_that_is_not_there_and_then_says_so(start: Callable[..., Running]) -> None:
    """A line for each try, with pauses that grow; then a clear message and exit status 1."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"postgresql://nobody@127.0.0.1:{port}/concord"
    for words in (("serve", "--port", "0"), ("worker",)):
        running = start(*words, url=url, START_PATIENCE="5")
        assert running.ended() == 1
        told = running.told()
        pauses = [line["seconds"] for line in told if line["event"] == "waiting for the database"]
        assert pauses[:2] == [0.5, 1.0]
        assert told[-1]["event"] == "ended"
        assert "The database can't be reached" in told[-1]["why"]


def test_an_address_that_is_none_is_not_waited_for(start: Callable[..., Running]) -> None:
    """It will never open."""
    running = start("serve", url="nonsense", START_PATIENCE="60")
    assert running.ended(20) == 1
    assert "DATABASE_URL is no address" in running.told()[-1]["why"]


def test_it_waits_while_another_holds_a_new_database(tmp_path: Path, start: Callable[..., Running]) -> None:
    """Its tables are to be made, and somebody holds it: it is waited for, and then served."""
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        running = start("serve", "--port", "0", url=f"sqlite:///{file}")
        running.until("waiting for the database")
        holder.execute("ROLLBACK")
    assert Caller(running.address).ask("/healthz")[0] == 200


def test_told_to_stop_while_it_waits_it_stops(start: Callable[..., Running]) -> None:
    """Nobody waits a minute for a process that is to end."""
    running = start("serve", url="postgresql://nobody@127.0.0.1:9/concord")
    running.until("waiting for the database")
    running.terminate()
    assert running.ended(20) == 0


def test_a_held_database_starves_nobody_who_only_reads(
    ready: tuple[Concord, str], start: Callable[..., Running]
) -> None:
    """Twenty people write while somebody holds the lock: each is told to try again within seconds, health at once."""
    concord, url = ready
    town = Town(concord)
    ref = town.raises()
    running = start("serve", "--port", "0", url=url)
    teacher = Caller(running.address)
    teacher.signs_in("school-practitioner", PASSWORD)
    data = {**teacher.hidden("/", "/sign-out"), "reason": "It can't wait"}
    cookie = {"Cookie": "; ".join(f"{each.name}={each.value}" for each in teacher.jar)}
    answers: Queue[tuple[int, dict[str, str], str]] = Queue()

    def ask(n: int) -> None:
        given: Any = {**data, "command_id": f"held-{n}"}
        answers.put(Caller(running.address).ask(f"/disputes/{ref}/escalate", given, cookie))

    asking = [threading.Thread(target=ask, args=(n,)) for n in range(20)]
    with concord.store.begin() as tx:
        tx.disputes.get(ref, lock=True)
        for each in asking:
            each.start()
        asking[0].join(1.5)
        for _ in range(5):
            assert Caller(running.address).ask("/healthz", seconds=2)[0] == 200
        for each in asking:
            each.join(30)
    told = [answers.get(timeout=1) for _ in asking]
    assert {status for status, _, _ in told} == {503}
    assert {headers["Retry-After"] for _, headers, _ in told} == {"5"}
    assert teacher.ask(f"/disputes/{ref}/escalate", {**data, "command_id": "free"})[0] == 302


def test_a_port_that_is_taken_is_told_in_a_line(ready: tuple[Concord, str], start: Callable[..., Running]) -> None:
    """No traceback: what to do."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        running = start("serve", "--port", str(taken.getsockname()[1]), url=ready[1])
        assert running.ended() == 1
    assert "Choose another --port" in json.loads(running.lines[-1])["why"]
