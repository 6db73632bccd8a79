"""A demonstration's own: its clock on every page, moved on by anybody, and the quick change of person."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, request
from werkzeug.wrappers import Response

from engine import (
    ClockTurnedBack,
    InstantUnreadable,
    WallTimeMissing,
    clock_choices,
    london,
    offices_everywhere,
    sign_in_people,
)
from web.current import concord, config, desk
from web.session import own_address
from web.wording import clock_words, role_words

FARTHEST = timedelta(days=400)

blueprint = Blueprint("demo", __name__)


def banner() -> dict[str, Any]:
    """Give every page of a demonstration its clock and its people."""
    person = desk().person
    if not config().demo or person is None:
        return {}
    choices = clock_choices(concord())
    people = sorted(sign_in_people(concord()), key=lambda each: (each.partnership, each.agency_name, each.name))
    return {
        "demonstration": {
            "clock": clock_words(choices.now),
            "movable": config().move_clock is not None,
            "next_due": clock_words(max(choices.next_due, choices.now)) if choices.next_due else "",
            "people": [(name, list(each)) for name, each in groupby(people, key=lambda each: each.agency_name)],
            "me": person.id,
            "offices": offices_everywhere(concord()),
            "here": own_address(request.full_path.rstrip("?")) if request.method == "GET" else "/",
        },
        "role_words": role_words,
    }


@blueprint.post("/demo/clock")
def move() -> Response:
    """Move the demonstration's clock on; what is due on the way fires, each at its instant."""
    mover = config().move_clock
    if not config().demo or mover is None:
        abort(404)
    try:
        until = _chosen(request.form.get("to", ""), request.form.get("at", ""))
        mover(until)
        flash(f"The clock now shows {clock_words(until)}.", "success")
    except (ClockTurnedBack, InstantUnreadable, WallTimeMissing) as wrong:
        flash(str(wrong), "error")
    return redirect(own_address(request.form.get("next", "")))


def _chosen(to: str, at: str) -> datetime:
    choices = clock_choices(concord())
    if to == "hour":
        return choices.now + timedelta(hours=1)
    if to == "day":
        return choices.next_working_day
    if to == "next":
        return max(choices.next_due or choices.now, choices.now)
    until = london(at.strip().replace(" ", "T")).astimezone(UTC)
    if until < choices.now:
        raise ClockTurnedBack(now=clock_words(choices.now), at=clock_words(until))
    if until > choices.now + FARTHEST:
        raise InstantUnreadable(text=at)
    return until
