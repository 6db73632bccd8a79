"""What each change of the directory asks for, in the words of its page; knows no request."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import Field, Form

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page that asks for a change: its titles for something new and something known, and what is said when done."""

    add: str
    change: str = ""
    lead: str
    button: str
    done: str
    form: Form


def day_of(value: Any) -> date:
    """Give the day of a date that was validated."""
    return date.fromisoformat(str(value))


def _text(key: str, label: str, description: str = "", *, required: bool = True) -> Field:
    return Field(key=key, type="textfield", label=label, description=description, required=required, max_length=LONGEST)


def _day(key: str, label: str, description: str = "For example, 27 3 2027.") -> Field:
    return Field(key=key, type="datetime", subtype="date", label=label, description=description, required=True)


AGENCY = Asked(
    add="Add an agency",
    change="Change an agency",
    lead="Its kind decides who acts for it at each tier, by the pathway’s table.",
    button="Save",
    done="{name} is saved.",
    form=Form(
        id="agency",
        name="agency",
        fields=(
            _text("name", "Name"),
            Field(key="kind", type="select", label="What kind of agency is it?", options_from="kinds", required=True),
        ),
    ),
)
PERSON = Asked(
    add="Add a person",
    change="Change a person",
    lead="Their roles decide whose tasks they can do, from now on, in disputes that are running too.",
    button="Save",
    done="{name} is saved.",
    form=Form(
        id="person",
        name="person",
        fields=(
            _text("name", "Name"),
            Field(key="agency", type="select", label="Agency", options_from="agencies", required=True),
            Field(
                key="roles",
                type="checklist",
                label="Roles",
                description="Choose all that they hold. The last ones are for the partnership’s own office.",
                options_from="roles",
                required=True,
            ),
            _text("team", "Team", "For example, Assessment Team 2.", required=False),
            _text(
                "telephone",
                "Telephone",
                "Where the other side reaches them, with an extension if need be.",
                required=False,
            ),
            _text("email", "E-mail", required=False),
        ),
    ),
)
ABSENCE = Asked(
    add="Note an absence of {who}",
    lead="While somebody is absent they hold no tier. Tasks that only they could do are shown as a gap, unless a "
    "colleague covers: they are asked, and do once they have said so.",
    button="Note the absence",
    done="The absence of {name} is noted.",
    form=Form(
        id="absence",
        name="absence",
        fields=(
            _day("first", "First day of the absence"),
            _day("last", "Last day of the absence"),
            Field(key="cover", type="select", label="Who covers for them?", options_from="colleagues"),
        ),
    ),
)
CLOSURE = Asked(
    add="Add a closure day",
    lead="It counts as no working day for what begins from now on. Deadlines that are running stay as they are "
    "until they are recalculated in their dispute. It never lengthens anything about risk.",
    button="Add the closure day",
    done="The closure day is added: {name}.",
    form=Form(
        id="closure", name="closure", fields=(_day("day", "Which day?"), _text("reason", "Why is it no working day?"))
    ),
)
