"""An office with made-up people, and visitors who use its pages as a browser without JavaScript does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from compiled import compiled_once
from jinja2.bccache import Bucket, BytecodeCache
from lxml import html

from engine import (
    Actor,
    Agency,
    Child,
    Person,
    SetClock,
    add_agency,
    add_person,
    london,
    open_concord,
    person_named,
    publish_folder,
    raise_dispute,
    step_until,
    sweep,
    worklist,
)
from web import Config, create_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from engine import TaskLine

BY = Actor(id="setup", name="Set-up", agency="", role="")
AGENCIES = {
    "school": ("Made-up School", "school"),
    "council": ("Children's Services", "local_authority"),
    "health": ("Valley Health Trust", "health"),
    "office": ("Partnership office", "partnership"),
}
PEOPLE = (
    ("teacher", "Terry Teacher", "school", ("practitioner",)),
    ("other_teacher", "Tilly Teacher", "school", ("practitioner",)),
    ("head", "Hollis Head-Teacher", "school", ("head_teacher", "safeguarding_lead", "line_manager", "senior_manager")),
    ("worker", "Wren Worker", "council", ("practitioner",)),
    ("lead", "Lane Safeguarding-Lead", "council", ("safeguarding_lead", "line_manager")),
    ("nurse", "Nat Nurse", "health", ("practitioner",)),
    ("manager", "Bo Business-Manager", "office", ("business_manager",)),
)
PASSWORD = "seven green bicycles"
ANSWERS: Mapping[str, Any] = {
    "reasons": ["level_of_risk"],
    "disagreement": "We see the risk as high.",
    "evidence": "Three referrals in a month.",
    "risk_to_child": "Injury at home.",
    "lead_told": "no",
}
TALKED = {
    "result": "not_agreed",
    "discussed_at": ["23", "11", "2026"],
    "discussed_at-time": "11:00",
    "other_side": "Wren Worker",
    "reasons_given": "They see it differently.",
    "risk_now": "As before.",
}
REF = "BIR-2026-0001"


NOON = london("2026-11-23T12:00")


def furnish(file: Path, bpmn: Path) -> None:
    """A database with Birmingham published, and the agencies and people in it."""
    concord = open_concord(f"sqlite:///{file}", SetClock(NOON))
    publish_folder(concord, BY, bpmn / "birmingham", demo=True)
    for id_, (name, kind) in AGENCIES.items():
        add_agency(concord, BY, Agency(id=id_, partnership="birmingham", name=name, kind=kind))
    for id_, name, agency, roles in PEOPLE:
        about = AGENCIES[agency]
        person = Person(
            id=id_, partnership="birmingham", name=name, agency=agency, agency_name=about[0], agency_kind=about[1],
            roles=roles,
        )  # fmt: skip
        add_person(concord, BY, person, PASSWORD)
    concord.store.close()  # type: ignore[attr-defined]


@cache
def furnished(bpmn: Path) -> bytes:
    """Such a database, made once."""
    with TemporaryDirectory() as folder:
        furnish(Path(folder) / "office.sqlite", bpmn)
        return (Path(folder) / "office.sqlite").read_bytes()


class Compiled(BytecodeCache):
    """The templates as an earlier office has compiled them."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template."""
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


class Office:
    """Concord on a database of its own, its clock standing at a Monday's 12:00."""

    def __init__(self, folder: Path, bpmn: Path, *, demo: bool = True) -> None:
        """Move into a copy of the furnished database."""
        self.bpmn = bpmn
        self.clock = SetClock(NOON)
        file = folder / "office.sqlite"
        file.write_bytes(furnished(bpmn))
        file.chmod(0o600)
        self.concord = open_concord(f"sqlite:///{file}", self.clock)
        self.concord.compiler = compiled_once
        config = Config(secret_key=b"for tests", demo=demo, move_clock=self.move if demo else None)
        self.app = create_app(self.concord, config)
        self.app.jinja_env.bytecode_cache = COMPILED

    def move(self, until: Any) -> None:
        """Move the clock on; what is due on the way fires."""
        step_until(self.concord, until, self.clock.set)
        sweep(self.concord)

    def raised(self, *, risk: bool = False, children: int = 1, answers: Mapping[str, Any] = ANSWERS) -> str:
        """Raise a dispute of the school with the council."""
        named = [Child(case_reference=f"CR-{n}", initials=f"A{n}") for n in range(1, children + 1)]
        teacher = person_named(self.concord, "teacher")
        outcome = raise_dispute(
            self.concord, teacher, f"raise {risk} {children}", pathway="birmingham", receiving="council",
            answers=answers, children=named, risk=risk,
        )  # fmt: skip
        return outcome.ref

    def task(self, person: str, title: str = "Discuss the difference") -> str:
        """Give the address of a task that is this person's to do."""
        line = next(each for each in self.tasks(person) if each.title.startswith(title))
        return f"/disputes/{line.ref}/tasks/{line.key}"

    def tasks(self, person: str) -> list[TaskLine]:
        """What is somebody's to do, in the order of their page."""
        return [
            line for card in worklist(self.concord, person_named(self.concord, person)).cards for line in card.lines
        ]

    def visitor(self, person: str | None = None) -> Visitor:
        """Give somebody at a browser of their own, signed in where named."""
        return Visitor(self.app.test_client(), person)

    def close(self) -> None:
        """Close the database."""
        self.concord.store.close()  # type: ignore[attr-defined]


class Visitor:
    """Somebody at a browser without JavaScript."""

    def __init__(self, client: FlaskClient, person: str | None) -> None:
        """Sign in as a person of the demonstration, or as nobody."""
        self.client = client
        if person:
            assert self.submit("/sign-in", {"person": person}).status_code == 302

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def page(self, path: str, status: int = 200) -> html.HtmlElement:
        """Open a page that answers with a status."""
        answer = self.get(path)
        assert answer.status_code == status, answer.text
        return html.fromstring(answer.text)

    def token(self) -> str:
        """Give the token that this visitor's forms carry."""
        found = html.fromstring(self.get("/sign-in").text).xpath("string(//input[@name='csrf_token']/@value)")
        return str(found)

    def hidden(self, path: str, action: str = "") -> dict[str, str]:
        """Give the hidden values of a form on a page."""
        form = next(
            form
            for form in self.page(path).forms
            if form.get("action", "").split("?")[0] == (action or path).split("?")[0]
        )
        return {each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")}

    def submit(self, path: str, data: Mapping[str, Any], action: str = "") -> TestResponse:
        """Fill in the form on a page and send it."""
        return self.client.post(action or path, data={**self.hidden(path, action), **data})

    def follow(self, answer: TestResponse) -> str:
        """Give the words of the page that an answer leads to."""
        assert answer.status_code == 302, answer.text
        return words(self.page(answer.location))


def words(page: html.HtmlElement | str) -> str:
    """Give what a page says, with single spaces."""
    element = html.fromstring(page) if isinstance(page, str) else page
    return " ".join(element.text_content().split())
