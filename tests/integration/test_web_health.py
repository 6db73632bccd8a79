"""What whoever watches is told: whether the process lives, and whether the installation serves and fires."""

from web_office import Office, words

from engine import Worker


def test_a_process_that_answers_is_alive_and_not_ready_before_a_worker_turns(office: Office) -> None:
    """Nobody needs to sign in to ask; a worker's turn makes it ready."""
    visitor = office.visitor()
    assert (visitor.get("/healthz").status_code, visitor.get("/healthz").text) == (200, "ok")
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert "No worker has ever turned here" in answer.text
    Worker(concord=office.concord, tell=lambda *_: None, moment=lambda: 0.0).turn()
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")
    told = visitor.get("/readyz?json").json
    assert told["ready"]
    assert told["seconds_that_timers_are_late"] == 0
    assert [worker["lag"] for worker in told["workers"]] == [0]


def test_those_who_oversee_are_told_on_every_page_that_nothing_fires(office: Office) -> None:
    """Nobody else is: they can do nothing about it. With a worker there is nothing to tell."""
    ref = office.raised()
    for path in ("/", "/find", f"/disputes/{ref}", "/directory"):
        assert "Deadlines are not being watched" in words(office.visitor("manager").page(path)), path
        assert "Deadlines are not being watched" not in words(office.visitor("teacher").page(path)), path
    Worker(concord=office.concord, tell=lambda *_: None, moment=lambda: 0.0).turn()
    office.app.extensions.pop("concord_health")
    assert "Deadlines are not being watched" not in words(office.visitor("manager").page("/"))


def test_a_database_that_is_away_is_said_and_no_reason_to_start_the_process_anew(office: Office) -> None:
    """503 for who balances the load, with why; alive all the same."""
    office.concord.store.engine.dispose()  # type: ignore[attr-defined]
    file = office.concord.store.url.database  # type: ignore[attr-defined]
    with open(file, "r+b") as spoilt:  # noqa: PTH123 - its bytes
        spoilt.write(b"no database at all, " * 100)
    answer = office.visitor().get("/readyz")
    assert answer.status_code == 503
    assert office.visitor().get("/healthz").status_code == 200
