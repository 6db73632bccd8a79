"""Disputes walked by what their pages show: a viewer sends a form that is shown, and tries whatever is not shown."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attack import rows
from flask.testing import FlaskClient
from lxml import html
from routes import addresses
from town import BPMN, OPERATOR, Town, filled, wall
from werkzeug.test import TestResponse

from engine import (
    Child,
    Concord,
    DisputePage,
    Field,
    Form,
    Option,
    Person,
    SetClock,
    act_choices,
    add_person,
    collect,
    dispute_page,
    paperwork_page,
    raise_dispute,
    raise_page,
    signed_in,
    sweep,
    task_form,
)
from engine.cast import cast_of
from engine.commands.publishing import publish_files
from engine.demo import people
from engine.proof import Proof
from web import Config, create_app
from web.act_forms import ACTS, CONTRADICTION, risk_form
from web.tasks import TRIED

DO = {"record.erase_typed": ("", "confirm", "call-off"), "tasks.send": ("complete", "draft")}
"""What the button of a form says, where one address takes several."""
OWN = frozenset({"disputes.keep_in_view"})
"""Whoever sees a dispute follows it, or not: it changes nothing for anybody else."""
WHOSE = {"tasks.take", "tasks.tried", "tasks.pass_on"}
"""Who may do a task takes it on, tries it and hands it on as often as they like; pages show what changes something."""
LEADS_ON = re.compile("/(claim|tried|hand-on)$")
"""What is sent to an address of its own from a task's page."""
REFUSED = {403, 404, 409}
NOTHING = "nothing is offered"
"""What is sent where there is nothing to choose from: no value would do."""
TRIES = 60
STRANGER = "solihull-business_manager"
NUMBERS = count(1)
LEAPS_UNTIL = 2100
"""No leap over the years that a dispute is kept from this year on: a form takes no date after 2199."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing that a form does: where it is sent, and by which of its buttons."""

    endpoint: str
    path: str
    do: str = ""

    @property
    def name(self) -> str:
        """What it is counted as, whatever the dispute and task."""
        act = self.path.rpartition("/")[2] if self.endpoint == "acts.act" else ""
        return " ".join(filter(None, (self.endpoint, act, self.do)))


def unproven(concord: Concord) -> Concord:
    """The same without the proof: what ships is proven elsewhere, and these tests are of people."""
    return Concord(
        store=concord.store, clock=concord.clock, compiler=concord.compiler,
        prover=lambda pathway: Proof(pathway=pathway.name, states=0, steps=0, dates=0, broken=()),
    )  # fmt: skip


class Walk:
    """One dispute on a pathway, with everybody who could open a page of it."""

    def __init__(self, concord: Concord, pathway: str, seed: int, done: Counter[str], bpmn: Path = BPMN) -> None:
        self.concord, self.dice, self.done = unproven(concord), random.Random(seed), done  # noqa: S311 - a test's dice
        self.note = f"{pathway}, seed {seed}"
        partnership, _, name = pathway.partition("/")
        main = ("escalation", *([name] if name else ()))
        for each in main:
            publish_files(self.concord, OPERATOR, collect(bpmn / partnership, each, demo=True), partnership, each)
        self.cast = cast_of(bpmn / partnership)
        people(self.concord, partnership, self.cast)
        self._colleagues(partnership)
        with self.concord.store.begin(write=False) as tx:
            everybody = [p for p in tx.directory.people(partnership) if p.id.startswith(f"{partnership}-")]
        self.people = {p.id: p for p in (*everybody, Town(self.concord)[STRANGER])}
        self.manager = self.people[f"{partnership}-partnership-manager"]
        self.app = create_app(self.concord, Config(secret_key=b"for tests"))
        self.clients: dict[str, tuple[FlaskClient, str]] = {}
        self.ref = self._raised(self.people[f"{partnership}-{self.cast.raises}"], pathway)
        self.said: list[str] = []

    def _colleagues(self, partnership: str) -> None:
        """Let there be somebody else in place of a worker: the last who holds a tier is not barred from it."""
        with self.concord.store.begin(write=False) as tx:
            workers = [tx.directory.person(f"{partnership}-{who}") for who in (self.cast.raises, self.cast.answers)]
        for each in workers:
            name = f"Colleague of {each.name}"
            add_person(self.concord, OPERATOR, replace(each, id=f"{each.id}-2", name=name, email=""))

    def _raised(self, by: Person, pathway: str) -> str:
        page = raise_page(self.concord, by, pathway)
        children = [Child(case_reference=f"WALK-{n}", initials="AB") for n in range(self.dice.choice((1, 2)))]
        decided = self.dice.choice((None, "nobody that they know", *(p.name for p in self._council(by))))
        self.risk, other = self.dice.random() < 0.4, f"{by.partnership}-{self.cast.receives}"
        return raise_dispute(
            self.concord, by, f"walk-{next(NUMBERS)}", pathway=pathway, receiving=other,
            answers=filled(page.form, self.now, {}), children=children, risk=self.risk,
            decided=decided,
        ).ref  # fmt: skip

    def _council(self, by: Person) -> list[Person]:
        return [p for p in self.people.values() if p.agency == f"{by.partnership}-{self.cast.receives}"]

    @property
    def now(self) -> Any:
        """What the clock says."""
        return self.concord.clock.now()

    @property
    def page(self) -> DisputePage:
        """The dispute as the business manager sees it."""
        return dispute_page(self.concord, self.manager, self.ref)

    def visitor(self, person: Person) -> tuple[FlaskClient, str]:
        """Somebody's browser, signed in, with the token of its forms."""
        if person.id not in self.clients:
            client = self.app.test_client()
            now = self.app.extensions["concord_config"].seconds()
            with client.session_transaction() as session:
                mark = signed_in(self.concord, person.id).mark
                session.update({"person": person.id, "mark": mark, "began": now, "seen": now})
            token = html.fromstring(client.get("/sign-in").text).xpath("string(//input[@name='csrf_token']/@value)")
            self.clients[person.id] = client, str(token)
        return self.clients[person.id]

    def everything(self) -> set[Action]:
        """Whatever can be sent to the dispute and to its open tasks, shown or not."""
        page = self.page
        seqs = [line.seq for line in page.lines if line.said or self.dice.random() < 0.2]
        parts = {"ref": self.ref, "seq": str(self.dice.choice(seqs)), "as_": "pdf", "name": ""}
        keys = [task.key for task in page.dispute.tasks] or ["none.1"]
        found = set()
        for key in self.dice.sample(keys, min(2, len(keys))):
            for each in addresses(self.app, {**parts, "key": key}, having="ref"):
                if (
                    each.method == "POST"
                    and each.endpoint not in OWN
                    and (page.dispute.tasks or each.endpoint.partition(".")[0] != "tasks")
                ):
                    dos = DO.get(each.endpoint, ("",))
                    found |= {Action(endpoint=each.endpoint, path=each.path, do=do) for do in dos}
        return found

    def shown(self, person: Person, every: set[Action]) -> set[Action]:
        """Those that a page shows this person as a form."""
        client, _ = self.visitor(person)
        sent = set()
        for path in {LEADS_ON.sub("", each.path) for each in every}:
            answer = client.get(path)
            assert answer.status_code in {200, *REFUSED}, f"{self.note}: {path} answers {answer.status_code}"
            sent |= set(_sends(answer)) if answer.status_code == 200 else set()
        return {each for each in every if (each.path, each.do) in sent}

    def goes(self, steps: int, on: int = 60) -> None:
        """Go so many steps as it comes, then on to the end by doing what is to do, then some more when it is closed."""
        for _ in range(steps):
            self.step(self.dice.choice(list(self.people.values())))
        for _ in range(on):
            if self.page.dispute.closed:
                break
            self.goes_on()
        keepers = [p for p in self.people.values() if p.of_partnership]
        for _ in range(steps if self.page.dispute.closed else 0):
            self.step(self.dice.choice([*keepers, self.dice.choice(list(self.people.values()))]))

    def goes_on(self) -> None:
        """Somebody completes a task that is shown to them as theirs; where nobody can, time passes."""
        sweep(self.concord)
        for person in self.dice.sample(list(self.people.values()), len(self.people)):
            mine = (
                [t for t in dispute_page(self.concord, person, self.ref).tasks if t.mine] if self.sees(person) else []
            )
            for task in mine[:1]:
                path = f"/disputes/{self.ref}/tasks/{task.key}"
                action = Action(endpoint="tasks.send", path=path, do="complete")
                if action in self.shown(person, {action}):
                    return self.accepted(person, action)
        return self.wait()

    def sees(self, person: Person) -> bool:
        """Whether somebody can open it."""
        parties = {party.agency for party in self.page.dispute.parties}
        return person.partnership == self.manager.partnership and (person.oversees or person.agency in parties)

    def step(self, person: Person) -> None:
        """Somebody looks; what they are not shown is refused and changes nothing, one thing that is shown is done."""
        sweep(self.concord)
        every = self.everything()
        shown = self.shown(person, every)
        hidden = sorted(every - shown, key=lambda each: (each.path, each.do))
        for action in self.dice.sample(hidden, min(4, len(hidden))):
            self.refused(person, action, shown)
        if shown:
            ordered = sorted(shown, key=lambda each: (each.path, each.do))
            weights = [1 / (1 + self.done[each.name]) for each in ordered]
            self.accepted(person, self.dice.choices(ordered, weights)[0])
        if self.dice.random() < 0.4:
            self.wait()

    def wait(self) -> None:
        """Let time pass: hours, or up to the next deadline; once it is closed a day, or all the years it is kept."""
        dispute, clock = self.page.dispute, self.concord.clock
        assert isinstance(clock, SetClock)
        hours = timedelta(hours=self.dice.randint(1, 30))
        if dispute.closed:
            years = self.dice.random() < 0.1 and clock.now().year < LEAPS_UNTIL
            hours = timedelta(days=26 * 366) if years else timedelta(days=1)
        elif dispute.next_due and self.dice.random() < 0.6:
            hours = max(timedelta(), dispute.next_due - clock.now())
        clock.advance(hours)

    def refused(self, person: Person, action: Action, shown: set[Action]) -> None:
        """What is not shown is refused when it is sent with values that would do, and nothing is changed."""
        if action.endpoint in WHOSE and any(each.endpoint == "tasks.send" for each in shown):
            return
        before = rows(self.concord)
        answer = self.send(person, action)
        told = self.told(person, action, answer)
        offered = self.values(person, action).values()
        assert answer.status_code in REFUSED | ({422} if NOTHING in offered else set()), f"{told}, which was not shown"
        assert rows(self.concord) == before, f"{told}, and something is changed"
        self.done[f"{action.name} refused"] += 1

    def accepted(self, person: Person, action: Action) -> None:
        """What is shown is accepted; tried again where the values that chance made are what is refused."""
        for _ in range(TRIES):
            answer = self.send(person, action)
            wrong = answer.status_code == 422 or (answer.status_code == 409 and "timescale" in answer.text)
            if not wrong:
                break
        told = self.told(person, action, answer)
        assert answer.status_code in {200, 302}, f"{told}, which was shown to them"
        assert "/sign-in" not in str(answer.location), told
        self.said.append(told)
        self.done[action.name] += 1

    def told(self, person: Person, action: Action, answer: TestResponse) -> str:
        """What was sent, with what was done before and what was answered."""
        text = " ".join(html.fromstring(answer.text).text_content().split())[-500:] if answer.status_code > 302 else ""
        last = f"{person.id} sends {action.name} ({action.path}): {answer.status_code} {text}"
        return "\n".join((self.note, *self.said[-12:], last)) if text else last

    def send(self, person: Person, action: Action) -> TestResponse:
        """Send a form, filled in."""
        client, token = self.visitor(person)
        values = {"csrf_token": token, "command_id": f"walk-{next(NUMBERS)}", **self.values(person, action)}
        return client.post(action.path, data={**values, **({"do": action.do} if action.do else {})})

    def values(self, person: Person, action: Action) -> dict[str, Any]:
        """Values that would do, as a browser sends them."""
        page = self.page
        match action.endpoint:
            case "paperwork.send":
                return self._paperwork(person)
            case "acts.act":
                form = ACTS[action.path.rpartition("/")[2]].form
            case "acts.report":
                form = risk_form(page.dispute.children)
            case "tasks.send":
                key = action.path.rpartition("/")[2]
                form = task_form(self.concord, self.manager, self.ref, key) or Form(id="none", name="none", fields=())
            case "tasks.tried":
                form = TRIED
            case _:
                form = CONTRADICTION  # all others ask for a reason, or for nothing
        return self._filled(person, form)

    def _paperwork(self, person: Person) -> dict[str, Any]:
        """Some of what is somebody's to file and to answer; what is another's where nothing is."""
        sections = paperwork_page(self.concord, person, self.ref).sections if self.sees(person) else ()
        keys = (
            [section.line.key for section in sections] or [task.key for task in self.page.dispute.tasks] or ["none.1"]
        )
        chosen = self.dice.sample(keys, self.dice.randint(1, len(keys)))
        sent: dict[str, Any] = {"task": chosen}
        for key in chosen:
            form = task_form(self.concord, self.manager, self.ref, key)
            given = self._filled(person, form) if form else {}
            sent |= {f"{key}-{name}": value for name, value in given.items()} or {f"{key}-done": "yes"}
        return sent

    def _filled(self, person: Person, form: Form) -> dict[str, Any]:
        page = self.page
        choices = act_choices(self.concord, person if self.sees(person) else self.manager, self.ref)
        agencies = [Option(value=a, label=a) for a in sorted({p.agency for p in self.people.values()})]
        given = {f.key: self._chosen(f, page, {**choices, "agencies": agencies}) for f in form.inputs}
        known = {key: value for key, value in given.items() if value is not None}
        answers = filled(form, self.now, known, risk=self.risk)
        return dict(pair for field in form.inputs for pair in _sent(field, answers.get(field.key)))

    def _chosen(self, field: Field, page: DisputePage, choices: dict[str, list[Option]]) -> Any:
        options = choices.get(field.options_from, ()) if field.options_from else field.options
        if field.type in {"radio", "select"}:
            return self.dice.choice(options).value if options else NOTHING
        if field.type == "checklist":
            return [option.value for option in self.dice.sample(list(options), self.dice.randint(1, len(options)))]
        if field.key == "agreed_working_days":
            return self.dice.randint(1, 30)
        if field.key == "until":
            current = page.dispute.protective
            later = current if current and current > self.now else self.now + timedelta(days=9)
            return wall(self.now + (later - self.now) * 0.75)
        return None


def _sends(answer: TestResponse) -> Iterator[tuple[str, str]]:
    """Where each form of a page is sent, by which button; one that asks for another dispute is left out."""
    for form in html.fromstring(answer.text).forms:
        if form.method != "POST":
            continue
        dos = form.xpath(".//*[@name='do']/@value") or [""]
        dos += [""] if "look" in dos else []  # what a look gives is this form with the button that does it
        linked = "main_reference" in form.inputs.keys()  # noqa: SIM118 - lxml's inputs are no mapping
        path = urlsplit(form.get("action") or "").path
        yield from ((path, do) for do in dos if not (linked and do == "complete"))


def _sent(field: Field, answer: Any) -> Iterator[tuple[str, Any]]:
    """An answer as a browser sends it."""
    if answer is None or answer is False:
        return
    if field.type == "datetime":
        date, _, time = str(answer).partition("T")
        yield field.key, list(reversed(date.split("-")))
        if time:
            yield f"{field.key}-time", time
    else:
        yield field.key, answer if isinstance(answer, list) else "y" if answer is True else str(answer)
