"""The dates of a dispute as a file that calendars open (iCalendar, RFC 5545)."""

from datetime import timedelta

from flask import Blueprint, Response, url_for
from icalendar import Alarm, Calendar, Event

from engine import Appointment, Exported, appointments
from web.current import concord, me
from web.exports import download

WARNING = timedelta(days=-1)

blueprint = Blueprint("calendar_file", __name__)


@blueprint.get("/disputes/<ref>/calendar.ics")
def show(ref: str) -> Response:
    """Send the dates that are still to come; a calendar warns a day before each."""
    calendar = Calendar()
    calendar.add("prodid", "-//Concord//EN")
    calendar.add("version", "2.0")
    for each in appointments(concord(), me(), ref):
        calendar.add_component(_event(ref, each))
    return download(Exported(name=f"{ref}.ics", media="text/calendar", body=calendar.to_ical()))


def _event(ref: str, each: Appointment) -> Event:
    event, alarm = Event(), Alarm()
    event.add("uid", f"{ref}/{each.key}@concord")
    event.add("dtstamp", concord().clock.now())
    event.add("dtstart", each.at)
    event.add("dtend", each.at + each.takes)
    event.add("summary", f"{ref}: {each.title}")
    event.add("url", url_for("disputes.show", ref=ref, _external=True))
    event.add("class", "CONFIDENTIAL")
    if not each.takes:
        event.add("transp", "TRANSPARENT")  # a limit takes nobody's time
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{ref}: {each.title}")
    alarm.add("trigger", WARNING)
    event.add_component(alarm)
    return event
