"""What belongs to the request at hand: the engine, the settings, who is signed in. Asks the engine for nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import cast
from uuid import uuid4

from flask import current_app, g, request, session

from engine import Concord, Form, Person
from web.characters import LONGEST_NUMBER
from web.config import Config

PERSON = "person"
LAST_PAGE = 1_000_000
NOT_TYPED = frozenset({"csrf_token", "command_id", "do", "rows", "next", "also", "task"})


@dataclass
class Desk:
    """One request's own: the person, the form that was sent, and how to show it again with what is wrong.

    `shown` is what every template of its page is given: worked out once, not for each field of a form. `refused` is
    the kind of a refusal, for the log.
    """

    person: Person | None = None
    nonce: str = field(default_factory=lambda: token_urlsafe(16))
    form: Form | None = None
    again: Callable[[Mapping[str, str]], str] | None = None
    shown: dict[str, object] | None = None
    refused: str = ""


def desk() -> Desk:
    """Give this request's desk."""
    if "desk" not in g:
        g.desk = Desk()
    return cast("Desk", g.desk)


def concord() -> Concord:
    """Give the engine that the application was made with."""
    return cast("Concord", current_app.extensions["concord"])


def config() -> Config:
    """Give the settings that the application was made with."""
    return cast("Config", current_app.extensions["concord_config"])


def me() -> Person:
    """Give the person who is signed in; pages that need no sign-in must not ask."""
    person = desk().person
    if person is None:
        raise LookupError(PERSON)
    return person


def signed_in_as() -> str | None:
    """Give the id that the session holds."""
    found = session.get(PERSON)
    return str(found) if found else None


def command_id() -> str:
    """Give the id that was sent with a form, or a new one for a form that is shown (decision 2)."""
    return (request.form.get("command_id", "") if request.method == "POST" else "")[:64] or str(uuid4())


def typed() -> dict[str, list[str]]:
    """Give everything a person typed or chose in the form that was sent, by the name of its field."""
    given = {name: [text for text in request.form.getlist(name) if text.strip()] for name in request.form}
    return {name: texts for name, texts in given.items() if texts and name not in NOT_TYPED}


def page_number() -> int:
    """Which page of a list is asked for: the first one, where it is not a number of one."""
    given = request.args.get("page", "1")
    read = given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER
    return min(max(int(given), 1), LAST_PAGE) if read else 1
