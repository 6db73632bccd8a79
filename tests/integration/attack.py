"""A scripted attack over every address of the application: whatever is sent, by whomever, in whatever form.

The application's own route map is the list; a seed gives the same requests again.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from routes import addresses
from sqlalchemy import func, select
from town import Town, filled
from werkzeug.test import TestResponse

from engine import Child, Concord, raise_dispute, save_draft, signed_in
from engine.store import tables as t
from web import Config, create_app

NOWHERE = "BIR-2026-9999"
SCRIPT = "<script>zqx()</script>"
STRANGE = (
    "", " ", "\u202e\u2066", "🙂" * 40, "e\u0301" * 50, "x" * 40_000, "9" * 5000,
    "-1", "1e309", "NaN", "٣", "' OR 1=1 --", '"; DROP TABLE entries; --', "{0.__class__}", "%s%n", "{{7*7}}", SCRIPT,
    "../../etc/passwd", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:zqx()", "\r\nX-Zqx: 1",
    "null", "[]", '{"a": 1}', "yes", "no", "true", "0", "1", "2026-13-45", "31", "2", "24:61", "2026-03-03", "11:00",
)  # fmt: skip
UNKEEPABLE = ("\x00", "a\x00b", "\x1b[2J", "\ufffe", "\uffff", "\x0b")
NAMES = (
    "reason", "what", "children", "result", "person", "tier", "until", "until-time", "to", "do", "next", "risk", "rows",
    "pathway", "linked", "task", "receiving-agency", "case-1", "initials-1", "case-2", "protective-until", "name",
    "kind", "agency", "roles", "email", "first", "last", "day", "password", "page", "step", "case", "reference",
    "stage", "end", "version", "raised-from-day", "command_id", "at", "raised", "x" * 3000, "[]", "csrf_token",
)  # fmt: skip
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
TRICKS = (
    "/..%2f..%2frun.py", "/assets/..%2f..%2frun.py", "/assets/%2e%2e/%2e%2e/run.py", "//evil.example/%2e%2e",
    "/disputes/{ref}/../{other}", "/disputes/{ref}%2f..%2f{other}", "/disputes/{ref};jsessionid=1", "/DISPUTES/{ref}",
    "/disputes/{ref}/", "/disputes//{ref}", "/disputes/%00", "/disputes/%ff%fe", "/disputes/%ed%a0%80", "/%2e%2e/{ref}",
    "/disputes/{ref}%20", "/disputes/{ref}%0a", "/disputes/{ref}/tasks/%252e%252e", "/find?%00=%ff&case=%ed%a0%80",
    "/sign-in?next=//evil.example", "/sign-in?next=/%5cevil.example", "/sign-in?next=%0d%0aX-Zqx:%201",
    "/?" + "a=1&" * 500,
    "/" + "a" * 8000, "/disputes/" + "{ref}" * 40, "/.git/config", "/robots.txt", "/healthz/", "/%",
)  # fmt: skip
BROKEN = b'--b\r\nContent-Disposition: form-data; name="x\xff"\r\n\r\n\xed\xa0\x80\r\n'
OUTSIDE = {"looks", "attempts", "sessions", "workers"}
ENDLESS = count(1)


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """A dispute, what stands in it that nobody else may read, and who may."""

    ref: str
    words: tuple[str, ...]
    seen_by: frozenset[str]


@dataclass(kw_only=True)
class Visit:
    """Somebody at a browser: who they are, or were."""

    who: str
    person: str | None
    client: FlaskClient
    tokens: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One request, as it was sent."""

    number: int
    who: str
    method: str
    path: str
    body: bytes
    kind: str
    headers: Mapping[str, str]

    def holds(self, words: str) -> bool:
        """Whether the visitor sent these words, so that an answer may say them again."""
        return words in self.path or words.encode() in self.body

    def __str__(self) -> str:
        return f"{self.number}: {self.who} {self.method} {self.path[:300]!r} {self.kind} {self.body[:300]!r}"


class Attack:
    """The application with two disputes in it, those who come to it, and dice."""

    def __init__(self, concord: Concord, seed: int) -> None:
        self.concord, self.town, self.dice = concord, Town(concord), random.Random(seed)  # noqa: S311 - a test's dice
        self.hidden = [
            self._dispute("school-practitioner", "council", "zqone"),
            self._dispute("health-practitioner", "police", "zqtwo"),
        ]
        self.app = create_app(concord, Config(secret_key=b"for tests"))
        self.app.testing = False
        names = ("school-practitioner", "council-practitioner", "health-practitioner", "police-safeguarding_lead",
                 "business_manager", "solihull-school-practitioner", "solihull-business_manager")  # fmt: skip
        self.visits = [self._visit(name, name) for name in names]
        self.visits += [self._visit("nobody", None), self._gone("school-safeguarding_lead")]
        self.keys = [task.key for each in self.hidden for task in self.town.dispute(each.ref).tasks]
        self.own: list[str] = []
        self.targets = list(addresses(self.app, dict.fromkeys(_parts(self.app), "{}")))

    def _dispute(self, by: str, receiving: str, word: str) -> Hidden:
        """Raise a dispute in which every text, case reference and draft says a word of its own."""
        town = self.town
        with self.concord.store.begin(write=False) as tx:
            pathway = self.concord.version(tx, tx.versions.current("birmingham")).pathway
        form = pathway.form_of(pathway.start.id)
        assert form is not None
        typed = dict.fromkeys(("disagreement", "evidence", "risk_to_child"), f"{word} text")
        ref = raise_dispute(
            self.concord, town[by], f"raise {word}", pathway="birmingham", receiving=receiving, risk=False,
            answers=filled(form, town.now, typed), children=[Child(case_reference=f"{word}-case", initials="ZQ")],
        ).ref  # fmt: skip
        key = town.task(ref, "Stage1_Discuss").key
        save_draft(self.concord, town[by], ref, key, {"other_side": f"{word} draft"})
        sides = {by.split("-", maxsplit=1)[0], receiving}
        own = [person for person in town.people.values() if person.partnership == "birmingham"]
        people = frozenset(person.id for person in own if person.agency in sides or person.oversees)
        return Hidden(ref=ref, words=(f"{word} text", f"{word}-case", f"{word} draft"), seen_by=people)

    def _visit(self, who: str, person: str | None) -> Visit:
        client = self.app.test_client()
        if person:
            mark = signed_in(self.concord, person).mark
            with client.session_transaction() as session:
                now = self.app.extensions["concord_config"].seconds()
                session.update({"person": person, "mark": mark, "began": now, "seen": now})
        visit = Visit(who=who, person=person, client=client)
        page = html.fromstring(client.get("/sign-in").text)
        visit.tokens.append(str(page.xpath("string(//input[@name='csrf_token']/@value)")))
        return visit

    def _gone(self, person: str) -> Visit:
        """Somebody who was signed in and signed out since, with the cookie kept."""
        visit = self._visit(f"{person}, signed out since", person)
        with self.concord.store.begin() as tx:
            tx.sessions.end(person)
        visit.person = None
        return visit

    def requests(self, most: int) -> Iterator[tuple[Visit, Sent, TestResponse]]:
        """Send so many requests, every address among them; gives each with its answer."""
        dice = self.dice
        writes = [target for target in self.targets if target.method == "POST"]
        order = [dice.choice(writes if dice.random() < 0.5 else self.targets) for _ in range(most)]
        for place, target in zip(dice.sample(range(most), min(most, len(self.targets))), self.targets, strict=False):
            order[place] = target
        for number, target in enumerate(order):
            visit = dice.choice(self.visits)
            self.own = [each.ref for each in self.hidden if visit.person in each.seen_by]
            path = dice.choice(TRICKS) if dice.random() < 0.1 else self._path(target.path)
            path = path.replace("{ref}", self._ref()).replace("{other}", self._ref())
            method = target.method if dice.random() < 0.8 else dice.choice(METHODS)
            sent = self._sent(number, visit, method, path)
            answer = visit.client.open(
                sent.path, method=method, data=sent.body, content_type=sent.kind, headers=dict(sent.headers)
            )
            yield visit, sent, answer
            if visit.person and (answer.status_code == 401 or "/sign-in" in str(answer.location)):
                again = self._visit(visit.who, visit.person)  # one of them signed out, which ends every session
                visit.client, visit.tokens = again.client, again.tokens

    def _ref(self) -> str:
        if self.own and self.dice.random() < 0.7:
            return self.dice.choice(self.own)
        return self.dice.choice([*(each.ref for each in self.hidden), NOWHERE])

    def _path(self, rule: str) -> str:
        """Fill the parts of an address: mostly with what exists, sometimes with what is strange."""
        parts = rule.split("{}")
        filled = parts[0]
        for part in parts[1:]:
            value = self._ref() if filled.endswith("/disputes/") else self.dice.choice([*self.keys, "1", "pdf", "7"])
            if self.dice.random() < 0.08:
                value = quote(self.dice.choice(STRANGE)[:3000], safe="") or "x"
            filled += value + part
        if self.dice.random() < 0.3:
            filled += "?" + urlencode(self._fields(3), errors="surrogatepass")
        return filled

    def _fields(self, most: int) -> list[tuple[str, str]]:
        people = ["school", "council", "council-practitioner", "birmingham", *self.keys, self._ref(), "not_agreed"]
        dice, values = self.dice, [*STRANGE, *people]
        chosen = [(dice.choice(NAMES), dice.choice(values)) for _ in range(dice.randint(0, most))]
        if chosen and dice.random() < 0.1:
            place, odd = dice.randrange(len(chosen)), dice.choice(UNKEEPABLE)
            chosen[place] = dice.choice([(odd, "1"), (chosen[place][0], odd)])
        return chosen * 2 if dice.random() < 0.1 else chosen

    def _filled_in(self, visit: Visit, path: str) -> list[tuple[str, str]]:
        """Fill in the form of the page itself, as far as the visitor is shown one; then spoil it a little."""
        dice = self.dice
        shown = visit.client.get(path, headers={"Cookie": ""} if dice.random() < 0.05 else {})
        if shown.mimetype != "text/html":
            return []
        forms = [form for form in html.fromstring(shown.text).forms if form.get("action") in {None, "", path}]
        fields = [one for form in forms[:1] for one in self._answers(form)]
        fields = [one for one in fields if dice.random() < 0.99]
        if fields and dice.random() < 0.4:
            place = dice.randrange(len(fields))
            fields[place] = (fields[place][0], dice.choice(STRANGE))
        return fields

    def _answers(self, form: html.FormElement) -> Iterator[tuple[str, str]]:
        """What somebody might answer."""
        dice = self.dice
        usual = ("2", "3", "2026", "11:00", "It was said.", "AB", "CASE-7", "a@example.org")
        for name in dict.fromkeys(form.inputs.keys()):
            found = form.xpath(".//*[@name=$name]", name=name)
            if name == "csrf_token":
                continue
            if name == "do":
                yield name, dice.choice(["complete", "draft", "anyway", "back", "add"])
                continue
            if found[0].tag == "select" or found[0].get("type") in {"radio", "checkbox"}:
                offered = form.xpath(".//*[@name=$name]//option/@value | .//input[@name=$name]/@value", name=name)
                yield name, dice.choice([*offered, ""])
            elif found[0].get("type") == "hidden":
                yield name, found[0].get("value", "")
            elif len(found) == 3:
                yield from ((name, part) for part in ("2", "3", "2026"))
            else:
                yield name, "11:00" if name.endswith("-time") else dice.choice(usual)

    def _sent(self, number: int, visit: Visit, method: str, path: str) -> Sent:
        dice = self.dice
        token = dice.choice([visit.tokens[0]] * 8 + [None, "forged", dice.choice(self.visits).tokens[0]])
        filled_in = self._filled_in(visit, path) if method == "POST" and dice.random() < 0.8 else []
        fields = [("command_id", f"attack-{next(ENDLESS)}"), *filled_in, *([] if filled_in else self._fields(9))]
        fields += [("csrf_token", token)] if token is not None else []
        body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        match dice.randint(0, 29):
            case 0:
                body, kind = json.dumps(dict(fields)).encode(), "application/json"
            case 1:
                body, kind = BROKEN, "multipart/form-data; boundary=b"
            case 2:
                body += b"&reason=" + quote_from_bytes(b"\xed\xa0\x80\xff\xc0").encode() + b"&what=\xff\xfe"
            case 3:
                kind = dice.choice(["application/x-www-form-urlencoded; charset=utf-16", "text/plain", "", "zqx"])
            case 4:
                kind = "multipart/form-data"
        strange = {
            "Referer": "https://evil.example/", "X-Forwarded-For": "zqx", "Cookie": "concord=zqx", "Accept": "\xff",
            "Accept-Encoding": "x;q=zq", "Range": "bytes=0-1", "If-Modified-Since": "zqx", "Content-Length": "5",
            "X-HTTP-Method-Override": "DELETE", "Authorization": "Basic zqx", "Accept-Language": "x" * 3000,
        }  # fmt: skip
        names = [name for name in strange if dice.random() < 0.03]
        return Sent(
            number=number, who=visit.who, method=method, path=path, body=body, kind=kind,
            headers={name: strange[name] for name in names},
        )  # fmt: skip

    def rows(self) -> dict[str, Any]:
        """How many rows each table of the record has, and how often disputes were changed."""
        return rows(self.concord)


def rows(concord: Concord) -> dict[str, Any]:
    """How many rows each table of the record has, and how often disputes were changed."""
    with concord.store.begin(write=False) as tx:
        wanted = [table for table in t.metadata.sorted_tables if table.name not in OUTSIDE]
        each = [select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in wanted]
        changed = select(func.sum(t.disputes.c.revision)).scalar_subquery().label("revisions")
        return dict(tx.connection.execute(select(*each, changed)).one()._mapping)


def _parts(app: Flask) -> set[str]:
    return {name for rule in app.url_map.iter_rules() for name in rule.arguments}
