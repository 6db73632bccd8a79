"""Signing in and out, and who is signed in at each request."""

from collections import defaultdict
from secrets import compare_digest
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, Flask, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from engine import (
    Concord,
    PasswordWrong,
    Person,
    PersonUnknown,
    TriedTooOften,
    offices_everywhere,
    person_named,
    sign_in,
    sign_in_people,
    sign_out,
    signed_in,
)
from web import first_steps
from web.current import PERSON, concord, config, desk, me, signed_in_as
from web.refusals import typed_texts
from web.welcome import FIRST_MINUTES, welcome
from web.wording import role_words

OPEN = frozenset({"session.show", "session.enter", "first_steps.show", "assets.built", "health.alive", "health.ready"})
MARK, BEGAN, SEEN = "mark", "began", "seen"
LONGEST_NAME = 60
A_MINUTE = 60.0  # seconds: so often a session is told that it is used
log = structlog.get_logger()

blueprint = Blueprint("session", __name__)


def init(app: Flask) -> None:
    """Find out who is signed in before every request; whoever is not, signs in first."""
    app.before_request(_who)


def _who() -> Answer | tuple[str, int] | None:
    if request.endpoint in {"assets.built", "health.alive", "health.ready"}:
        return None
    desk().person = _signed_in()
    if desk().person is not None or request.endpoint in OPEN or request.endpoint is None:
        return None
    if request.method == "POST":
        return render_template("refusals/signed_out.html", texts=typed_texts()), 401
    return redirect(url_for("session.show", next=request.full_path.rstrip("?")))


def _signed_in() -> Person | None:
    """Give who is signed in, as far as that has not ended: here or on another device, by time, or by what changed."""
    person_id = signed_in_as()
    if not person_id:
        return None
    now = config().seconds()
    began, seen = (float(session.get(name) or 0) for name in (BEGAN, SEEN))
    over = now - began > config().lifetime.total_seconds() or now - seen > config().idle.total_seconds()
    try:
        found = signed_in(concord(), person_id)
    except PersonUnknown:
        found = None
    if over or found is None or not compare_digest(found.mark, str(session.get(MARK))):
        session.clear()
        return None
    if now - seen > A_MINUTE:
        session[SEEN] = now
    return found.person


def session_of(at: Concord, person_id: str, now: float) -> dict[str, str | float]:
    """What a session that begins now holds; `now` is in seconds, as the configuration counts them."""
    return {PERSON: person_id, MARK: signed_in(at, person_id).mark, BEGAN: now, SEEN: now}


def _begin(person: Person) -> None:
    """Begin a session; what another left in this browser is gone."""
    session.clear()
    session.update(session_of(concord(), person.id, config().seconds()))
    desk().person = person
    log.info("signed in", person=person.id, remote=request.remote_addr)


def navigation(person: Person | None) -> list[dict[str, Any]]:
    """Give the links at the top of every page."""
    if person is None:
        return []
    links = [("Your tasks", "tasks.mine")]
    if not person.oversees:
        links.append(("Raise a disagreement", "raising.first"))
    links += [("Find", "finding.show"), ("Directory", "directory.show")]
    return [{"text": text, "href": url_for(name), "active": request.endpoint == name} for text, name in links]


def addresses(person: Person | None) -> dict[str, str]:
    """Give the addresses of signing in and out."""
    return {"sign_out_url": url_for("session.leave")} if person else {"sign_in_url": url_for("session.show")}


@blueprint.get("/sign-in")
def show() -> str | Answer:
    """Ask who is signing in; where nobody can yet, say what to do first."""
    if (so_far := first_steps.ahead()) and not so_far.people:
        return redirect(url_for("first_steps.show"))
    return _page()


@blueprint.post("/sign-in")
def enter() -> Answer | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Sign somebody in: anybody in a demonstration, otherwise whoever knows the password."""
    person_id = request.form.get("person", "").strip()
    try:
        person = person_named(concord(), person_id) if config().demo else _proven(person_id)
    except TriedTooOften as often:
        log.warning("sign-in refused", why="tried too often", remote=request.remote_addr)
        return _page(str(often)), 429, {"Retry-After": str(often.seconds)}
    except (PasswordWrong, PersonUnknown) as wrong:
        known = wrong.person if isinstance(wrong, PasswordWrong) else ""
        log.warning("sign-in failed", person=known or "nobody of that name", remote=request.remote_addr)
        return _page(str(PasswordWrong())), 422
    _begin(person)
    return redirect(own_address(request.form.get("next", "")))


@blueprint.post("/sign-out")
def leave() -> Answer:
    """Sign out, here and wherever else one was signed in."""
    person = me()
    session.clear()
    sign_out(concord(), person.id)
    log.info("signed out", person=person.id, remote=request.remote_addr)
    return redirect(url_for("session.show"))


def own_address(address: str) -> str:
    """Give an address of this site to go on to; home for anything else."""
    parts = urlsplit(address.replace("\\", "/"))
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return (
        address if inside and parts.path != url_for("session.show") and address.isprintable() else url_for("tasks.mine")
    )


def _proven(person_id: str) -> Person:
    return sign_in(concord(), person_id, request.form.get("password", ""), request.remote_addr or "")


def _page(wrong: str = "") -> str:
    people = sign_in_people(concord()) if config().demo else []
    sought = request.args.get("who", "").strip()[:LONGEST_NAME]
    greeted = welcome(people, sought)
    groups: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for person in greeted.found if sought or greeted.ten else people:
        groups[person.partnership][person.agency_name].append(person)
    return render_template(
        "sign_in/page.html",
        demo=bool(people),
        welcome=greeted,
        minutes=FIRST_MINUTES,
        sought=sought,
        groups=groups,
        wrong=wrong,
        typed=request.form.get("person", ""),
        next=request.values.get("next", ""),
        role_words=role_words,
        offices=offices_everywhere(concord()) if people else {},
        has_errors=bool(wrong),
        error_list=[{"text": wrong, "href": "#person"}] if wrong else [],
        first_steps=first_steps.ahead(),
    )
