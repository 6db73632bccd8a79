"""Signing in and out, and who is signed in at each request."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from engine import Person, PersonUnknown, person_named, sign_in, sign_in_people
from web.current import PERSON, concord, config, desk, me, signed_in_as
from web.refusals import typed_texts
from web.wording import role_words

OPEN = frozenset({"session.show", "session.enter", "assets.built", "health.alive", "health.ready"})

blueprint = Blueprint("session", __name__)


def init(app: Flask) -> None:
    """Find out who is signed in before every request; whoever is not, signs in first."""
    app.before_request(_who)


def _who() -> Answer | tuple[str, int] | None:
    if request.endpoint in {"assets.built", "health.alive", "health.ready"}:
        return None
    person_id = signed_in_as()
    if person_id:
        try:
            desk().person = person_named(concord(), person_id)
        except PersonUnknown:
            session.clear()
    if desk().person is not None or request.endpoint in OPEN or request.endpoint is None:
        return None
    if request.method == "POST":
        return render_template("refusals/signed_out.html", texts=typed_texts()), 401
    return redirect(url_for("session.show", next=request.full_path.rstrip("?")))


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
def show() -> str:
    """Ask who is signing in."""
    return _page()


@blueprint.post("/sign-in")
def enter() -> Answer | tuple[str, int]:
    """Sign somebody in: anybody in a demonstration, otherwise whoever knows the password."""
    person_id = request.form.get("person", "").strip()
    person = _chosen(person_id) if config().demo else _proven(person_id)
    if person is None:
        return _page("Your name and password do not match. Try again, or ask the business manager."), 422
    session.clear()
    session[PERSON] = person.id
    return redirect(own_address(request.form.get("next", "")))


@blueprint.post("/sign-out")
def leave() -> Answer:
    """Sign out."""
    me()
    session.clear()
    return redirect(url_for("session.show"))


def own_address(address: str) -> str:
    """Give an address of this site to go on to; home for anything else."""
    parts = urlsplit(address.replace("\\", "/"))
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return (
        address if inside and parts.path != url_for("session.show") and address.isprintable() else url_for("tasks.mine")
    )


def _chosen(person_id: str) -> Person | None:
    try:
        return person_named(concord(), person_id)
    except PersonUnknown:
        return None


def _proven(person_id: str) -> Person | None:
    try:
        return sign_in(concord(), person_id, request.form.get("password", ""))
    except PersonUnknown:
        return None


def _page(wrong: str = "") -> str:
    groups: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for person in sign_in_people(concord()) if config().demo else ():
        groups[person.partnership][person.agency_name].append(person)
    return render_template(
        "sign_in/page.html",
        groups=groups,
        wrong=wrong,
        typed=request.form.get("person", ""),
        next=request.values.get("next", ""),
        role_words=role_words,
        has_errors=bool(wrong),
    )
