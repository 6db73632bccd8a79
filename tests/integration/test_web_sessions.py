"""Sessions in a browser: how they begin, and everything that ends them, on every device."""

from datetime import timedelta

import pytest
from web_office import BY, PASSWORD, Office, Visitor, words

from engine import Person, add_person, change_password
from web import Config, create_app


def signed_in(office: Office, person: str = "teacher") -> Visitor:
    """Somebody who signed in with a password, at a browser of their own."""
    visitor = office.visitor()
    assert visitor.submit("/sign-in", {"person": person, "password": PASSWORD}).status_code == 302
    return visitor


def is_in(visitor: Visitor) -> bool:
    """Whether a browser is signed in."""
    return visitor.get("/").status_code == 200


def test_signing_out_ends_every_session_of_a_person(real_office: Office) -> None:
    """On the other device too, and with a cookie that somebody kept; nobody else is signed out."""
    one, other, colleague = (signed_in(real_office, who) for who in ("teacher", "teacher", "other_teacher"))
    kept = other.client.get_cookie("concord")
    assert kept is not None
    assert one.submit("/", {}, action="/sign-out").status_code == 302
    other.client.set_cookie("concord", kept.value)
    assert (is_in(one), is_in(other), is_in(colleague)) == (False, False, True)
    assert is_in(signed_in(real_office))


def test_what_is_sent_after_that_is_refused_and_shown(real_office: Office) -> None:
    """Nothing that was typed is lost."""
    ref = real_office.raised()
    one, other = signed_in(real_office), signed_in(real_office)
    token = other.hidden(f"/disputes/{ref}/escalate")
    one.submit("/", {}, action="/sign-out")
    answer = other.client.post(f"/disputes/{ref}/escalate", data={**token, "reason": "It can't wait."})
    assert (answer.status_code, "It can&#39;t wait." in answer.text) == (401, True)


@pytest.mark.parametrize("what", ["a new password", "another agency", "roles lost"])
def test_what_changes_about_a_person_ends_their_sessions(real_office: Office, what: str) -> None:
    """They sign in again, as who they are now."""
    visitor, colleague = signed_in(real_office), signed_in(real_office, "other_teacher")
    told = {"id": "teacher", "partnership": "birmingham", "name": "Terry Teacher"}
    school = {"agency": "school", "agency_name": "Made-up School", "agency_kind": "school"}
    match what:
        case "a new password":
            change_password(real_office.concord, BY, "teacher", "another one")
        case "another agency":
            away = {"agency": "health", "agency_name": "Valley Health Trust", "agency_kind": "health"}
            add_person(real_office.concord, BY, Person(**told, **away, roles=("practitioner",)), replace=True)
        case _:
            add_person(real_office.concord, BY, Person(**told, **school, roles=()), replace=True)
    assert (is_in(visitor), is_in(colleague)) == (False, True)


def test_a_session_ends_when_it_is_not_used_and_after_a_day_of_work_whatever_happens(real_office: Office) -> None:
    """Two hours without a request, twelve in all, unless the installation says otherwise."""
    clock = [1_000_000.0]
    settings = Config(secret_key=b"for tests", idle=timedelta(hours=2), lifetime=timedelta(hours=12),
                      seconds=lambda: clock[0])  # fmt: skip
    real_office.app = create_app(real_office.concord, settings)
    idle = signed_in(real_office)
    clock[0] += 2 * 3600 + 1
    assert not is_in(idle)
    used = signed_in(real_office)
    stays = []
    for _ in range(13):
        clock[0] += 3600
        stays.append(is_in(used))
    assert stays == [True] * 12 + [False]


def test_signing_in_begins_a_session_of_its_own(real_office: Office) -> None:
    """What stood in the browser before is gone: nobody is led into a session that another prepared."""
    visitor = real_office.visitor()
    before = visitor.token()
    planted = visitor.client.get_cookie("concord")
    visitor.submit("/sign-in", {"person": "teacher", "password": PASSWORD})
    assert visitor.client.get_cookie("concord") != planted
    assert visitor.hidden("/", "/sign-out")["csrf_token"] != before


def test_who_tries_too_often_is_told_when_to_try_again(real_office: Office) -> None:
    """The page says in how many seconds; so does the header."""
    visitor = real_office.visitor()
    answers = [visitor.submit("/sign-in", {"person": "teacher", "password": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Too many wrong passwords. Try again in 15 seconds" in words(answers[-1].text)
    assert answers[-1].headers["Retry-After"] == "15"
    assert visitor.submit("/sign-in", {"person": "teacher", "password": PASSWORD}).status_code == 429


def test_a_demonstration_ends_sessions_too(office: Office) -> None:
    """There are no passwords in it, and signing out is signing out."""
    one, other = office.visitor("teacher"), office.visitor("teacher")
    one.submit("/", {}, action="/sign-out")
    assert (is_in(one), is_in(other)) == (False, False)
