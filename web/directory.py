"""The directory: everybody of a partnership reads it, its business manager changes it; each change is recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    DirectoryNotYours,
    DirectoryPage,
    Kept,
    Option,
    Person,
    answer_cover,
    close_day,
    directory_page,
    end_absence,
    keep_agency,
    keep_person,
    may_keep,
    note_absence,
    validate,
)
from web.current import command_id, concord, desk, me
from web.directory_forms import ABSENCE, AGENCY, CLOSURE, PERSON, Asked, day_of
from web.directory_words import change_words, day_words
from web.fields import page_form, posted
from web.wording import REPEATED, role_words, sentence_case

Answers = Mapping[str, Any]
COVERS = "You cover for {name}. While they are away, what is theirs to do is yours too."
COVERS_NOT = "You do not cover for {name}. The business manager sees it in the directory."

blueprint = Blueprint("directory", __name__, url_prefix="/directory")


@blueprint.get("")
def show() -> str:
    """Show the directory of one's own partnership."""
    page = directory_page(concord(), me())
    return render_template(
        "directory/page.html",
        page=page,
        role_words=role_words,
        change_words=change_words,
        day_words=day_words,
        command_id=command_id(),
        bodyClasses="app-wide",
    )


@blueprint.get("/agencies/new")
@blueprint.get("/agencies/<agency>")
def agency(agency: str | None = None) -> str:
    """Ask what an agency is called and what kind it is."""
    line = _kept_page().agency(agency) if agency else None
    if agency and line is None:
        abort(404)
    return _ask(AGENCY, {"name": line.agency.name, "kind": line.agency.kind} if line else {}, {}, change=bool(line))


@blueprint.post("/agencies/new")
@blueprint.post("/agencies/<agency>")
def send_agency(agency: str | None = None) -> Response:
    """Add or change an agency."""
    if agency and _kept_page().agency(agency) is None:
        abort(404)
    return _change(
        AGENCY,
        lambda v: keep_agency(concord(), me(), command_id(), name=_line(v["name"]), kind=str(v["kind"]), agency=agency),
        change=bool(agency),
    )


@blueprint.get("/people/new")
@blueprint.get("/people/<person>")
def person(person: str | None = None) -> str:
    """Ask who somebody is, for which agency they act, and in which roles."""
    line = _kept_page().person(person) if person else None
    if person and line is None:
        abort(404)
    known = line.person if line else None
    answers: Answers = (
        {
            "name": known.name,
            "agency": known.agency,
            "roles": list(known.roles),
            "email": known.email,
            "telephone": known.telephone,
            "team": known.team,
        }
        if known
        else {"agency": request.args.get("agency", "")}
    )
    return _ask(PERSON, answers, {}, change=bool(known))


@blueprint.post("/people/new")
@blueprint.post("/people/<person>")
def send_person(person: str | None = None) -> Response:
    """Add or change a person."""
    return _change(
        PERSON,
        lambda v: keep_person(
            concord(), me(), command_id(), name=_line(v["name"]), agency=str(v["agency"]), roles=tuple(v["roles"]),
            email=str(v["email"] or "").strip(), telephone=_line(v["telephone"] or ""), team=_line(v["team"] or ""),
            person=person,
        ),
        change=bool(person),
    )  # fmt: skip


@blueprint.get("/people/<person>/absence")
def absence(person: str) -> str:
    """Ask from when to when somebody is away."""
    return _ask(ABSENCE, {}, {}, of=_of(person))


@blueprint.post("/people/<person>/absence")
def send_absence(person: str) -> Response:
    """Note an absence: who is absent holds no tier (E8)."""
    return _change(
        ABSENCE,
        lambda v: note_absence(
            concord(), me(), command_id(), person, day_of(v["first"]), day_of(v["last"]), v["cover"] or None
        ),
        of=_of(person),
    )


@blueprint.post("/absences/<int:absence>/cover")
def cover(absence: int) -> Response:
    """Say whether one covers for a colleague who is away."""
    accepted = request.form.get("do") == "accept"
    kept = answer_cover(concord(), me(), command_id(), absence, accepted=accepted)
    words = COVERS if accepted else COVERS_NOT
    flash(REPEATED if kept.repeated else words.format(name=kept.name), "success")
    return redirect(url_for("tasks.mine"))


@blueprint.post("/absences/<int:absence>/end")
def back(absence: int) -> Response:
    """End an absence, or take back one that has not begun."""
    kept = end_absence(concord(), me(), command_id(), absence)
    flash(REPEATED if kept.repeated else f"The absence of {kept.name} is ended.", "success")
    return redirect(url_for("directory.show"))


@blueprint.get("/closures/new")
def closure() -> str:
    """Ask for an extra closure day."""
    return _ask(CLOSURE, {}, {})


@blueprint.post("/closures/new")
def send_closure() -> Response:
    """Add an extra closure day with its reason (T2)."""
    return _change(CLOSURE, lambda v: close_day(concord(), me(), command_id(), day_of(v["day"]), _line(v["reason"])))


def _kept_page() -> DirectoryPage:
    """Give the directory to whoever may change it; nobody else is shown a form for that."""
    if not may_keep(me()):
        raise DirectoryNotYours(ref="")
    return directory_page(concord(), me())


def _of(person: str) -> Person:
    line = _kept_page().person(person)
    if line is None:
        abort(404)
    return line.person


def _line(value: Any) -> str:
    return " ".join(str(value).split())


def _change(
    asked: Asked, make: Callable[[Answers], Kept], *, change: bool = False, of: Person | None = None
) -> Response:
    choices, here = _choices(of), desk()
    here.form = asked.form
    answers = posted(asked.form, request.form)
    here.again = lambda errors: _ask(asked, answers, errors, change=change, of=of)
    kept = make(validate(asked.form, answers, choices))
    flash(REPEATED if kept.repeated else asked.done.format(name=kept.name), "success")
    return redirect(url_for("directory.show"))


def _choices(of: Person | None) -> dict[str, list[Option]]:
    page = _kept_page()
    line = page.agency(of.agency) if of else None
    colleagues = [each.person for each in line.people if of and each.person.id != of.id] if line else []
    return {
        "agencies": [Option(value=a.agency.id, label=a.agency.name) for a in page.agencies],
        "kinds": [Option(value=kind, label=words) for kind, words in page.offices.kinds.items()],
        "roles": [Option(value=key, label=sentence_case(role.name)) for key, role in page.offices.roles.items()],
        "colleagues": [Option(value=each.id, label=each.name) for each in colleagues],
    }


def _ask(
    asked: Asked, answers: Answers, errors: Mapping[str, str], *, change: bool = False, of: Person | None = None
) -> str:
    form = page_form(asked.form, answers, _choices(of), errors)
    return render_template(
        "directory/ask.html",
        title=(asked.change if change else asked.add).format(who=of.name if of else ""),
        asked=asked,
        form=form,
        command_id=command_id(),
        has_errors=bool(errors),
    )
