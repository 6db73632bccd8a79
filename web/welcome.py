"""How a demonstration welcomes: ten people to be, with what each sees, and the first five minutes of three of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import Person

MOST_FOUND = 40
SEES = {
    "Terry Teacher": "raised the disagreements, and talks first with the council’s worker",
    "Lee Safeguarding-Lead": "is told of each of them, countersigns a withdrawal, and meets the other leads at stage 2",
    "Hollis Head-Teacher": "acts for the school at the later stages, and confirms what was agreed",
    "Wren Worker of the council": "made the decisions that are disputed, and answers them",
    "Lane Safeguarding-Lead of the council": "meets the school’s lead at stage 2",
    "Sidney Senior-Manager of the council": "meets the head teacher at stage 3",
    "Devon Director of the council": "is asked last, at stage 4",
    "Bo Business-Manager": "sees all of it, hears what is overdue, and keeps the directory",
    "Charlie Co-Chair": "decides where nobody could agree",
    "Ash Auditor": "reads everything, changes nothing, and verifies the record",
}
"""Ten of that partnership, in the order in which a disagreement comes to them, with what each does."""
FIRST = "birmingham"


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """What somebody does first who tries it as one of the three who use it."""

    who: str
    be: str
    steps: tuple[str, ...]


FIRST_MINUTES = (
    Minutes(
        who="As a practitioner",
        be="Terry Teacher",
        steps=(
            "“Your tasks” has a card for each disagreement, the most urgent first. Open it, and do what it asks.",
            "“Raise a disagreement” about a made-up child with the council.",
            "“Move the clock on” by a working day, and another: what nobody did moves on by itself.",
            "Be Wren Worker of the council: the same disagreement from the other side.",
        ),
    ),
    Minutes(
        who="As a process owner",
        be="Bo Business-Manager",
        steps=(
            "Open a disagreement and “Replay the path it took”: each step on the diagram that decides.",
            "“What the protocol asks, and what was done” says which duty each step answers.",
            "Change the diagram in a modeller, as docs/process-owners.md says: “check” tells what is wrong.",
        ),
    ),
    Minutes(
        who="As an auditor",
        be="Ash Auditor",
        steps=(
            "“Find” a disagreement in which a deadline was missed.",
            "“Replay the path it took”, then “Verify the record”: it is executed again from its journal, and compared.",
            "“Save as a bundle”, and check it on another machine, as docs/auditors.md says.",
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """The people to begin with, each with what they do; how many others there are, and those that were looked for."""

    ten: tuple[tuple[Person, str], ...]
    others: int
    found: tuple[Person, ...]
    more: int


def welcome(people: Sequence[Person], sought: str) -> Welcome:
    """Sort a demonstration's people; where it has not the ten, it welcomes none of them."""
    ten = [(p, words) for name, words in SEES.items() for p in people if (p.partnership, p.name) == (FIRST, name)]
    asked = sought.casefold().split()
    found = [p for p in people if asked and all(word in _about(p) for word in asked)]
    return Welcome(
        ten=tuple(ten) if len(ten) == len(SEES) else (),
        others=len(people) - len(ten),
        found=tuple(found[:MOST_FOUND]),
        more=max(0, len(found) - MOST_FOUND),
    )


def _about(person: Person) -> str:
    roles = " ".join(person.roles).replace("_", " ")
    return f"{person.name} {person.agency_name} {person.partnership} {roles}".casefold()
