"""The form for raising: the partnership's own questions, and ours around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from engine import Child, Field, Form, FormInvalid, Option, RaisePage, cleaned, entered_twice, london, validate
from web.act_forms import YES_NO, protective_field

FEWEST, MOST = 4, 20
RECEIVING, PROTECTIVE, DECIDED = "receiving-agency", "protective-until", "who-decided"
RISK = Form(
    id="risk",
    name="risk",
    fields=(
        Field(
            key="risk", type="radio", label="Is a child at risk of significant harm?", required=True,
            options=YES_NO,
        ),
    ),
)  # fmt: skip
DECIDED_FIELD = Field(
    key=DECIDED, type="textfield", label="Who there decided?", max_length=200,
    description="A worker or a team, with a telephone number if you have one. If you do not know, leave it empty: "
    "their safeguarding lead is asked whose it is.",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Raising:
    """What was asked for when raising, read."""

    children: tuple[Child, ...]
    receiving: str
    decided: str
    protective: datetime | None
    answers: Mapping[str, Any]
    unsent: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class RaisingForm:
    """The partnership's form with our questions around it; `waits` is what is not asked before a risk is reported."""

    all: Form
    own: Form
    theirs: Form
    waits: Form
    known: Mapping[str, Any]
    rows: int
    choices: Mapping[str, Sequence[Option]]

    @property
    def rows_named(self) -> frozenset[str]:
        """What asks for a child: the first is needed, whatever else of them."""
        return frozenset(f"{what}-{n}" for what in ("case", "initials") for n in range(1, self.rows + 1))

    def read(self, answers: Mapping[str, Any], typed: Mapping[str, Any]) -> Raising:
        """Give what was answered, and `typed` of what waits; raises FormInvalid with all there is to put right."""
        answers = {**typed, **answers}
        errors: dict[str, str] = {}
        own, theirs = (self._values(form, answers, errors) for form in (self.own, self.theirs))
        children = self._children(answers, errors)
        if errors:
            raise FormInvalid(errors=errors)
        until = own[PROTECTIVE]
        kept = {key: value for key, value in theirs.items() if value is not None}
        return Raising(
            children=children, receiving=own[RECEIVING], decided=own[DECIDED] or "",
            protective=london(until) if until else None, answers=kept,
            unsent={key: value for key, value in typed.items() if value and key != DECIDED},
        )  # fmt: skip

    def _values(self, form: Form, answers: Mapping[str, Any], errors: dict[str, str]) -> dict[str, Any]:
        keys = {field.key for field in form.inputs}
        given = {key: value for key, value in answers.items() if key in keys}
        try:
            return validate(form, given, self.choices, self.known)
        except FormInvalid as wrong:
            errors.update(wrong.errors)
            return dict.fromkeys(keys)

    def _children(self, answers: Mapping[str, Any], errors: dict[str, str]) -> tuple[Child, ...]:
        children = []
        for n in range(1, self.rows + 1):
            case, initials = (cleaned(str(answers.get(f"{what}-{n}", ""))) for what in ("case", "initials"))
            if case and initials:
                children.append(Child(case_reference=case, initials=initials))
            elif case or initials or n == 1:
                missing, words = ("case", "the case reference") if not case else ("initials", "the initials")
                errors.setdefault(f"{missing}-{n}", f"Enter {words} of {'the child' if n == 1 else f'child {n}'}")
        twice = entered_twice([child.case_reference for child in children])
        if twice is not None:
            errors.setdefault(f"case-{twice + 1}", "You have entered this child twice")
        return tuple(children)


def raising_form(page: RaisePage, rows: int) -> RaisingForm:
    """Put together what is asked, with room for so many children."""
    children = tuple(field for n in range(1, rows + 1) for field in _child_fields(n))
    agency = Field(
        key=RECEIVING, type="select", label="Which agency do you disagree with?", options_from="agencies", required=True
    )
    whom = (agency,) if page.hurries else (agency, DECIDED_FIELD)
    own = Form(id="own", name="own", fields=(*children, agency, DECIDED_FIELD, protective_field(PROTECTIVE)))
    asked = page.form.where(page.known).fields
    waits = [field for field in (DECIDED_FIELD, *page.form.inputs) if field.key not in {f.key for f in (*whom, *asked)}]
    every = (*children, *whom, *asked, protective_field(PROTECTIVE))
    choices = {"agencies": [Option(value=each.id, label=each.name) for each in page.agencies]}
    return RaisingForm(
        all=Form(id="raise", name="raise", fields=every), own=own, theirs=page.form,
        waits=Form(id="waits", name="waits", fields=tuple(waits)), known=page.known, rows=rows, choices=choices,
    )  # fmt: skip


def begun_with(page: RaisePage) -> dict[str, str]:
    """Give what a form begins with that is raised from another dispute: its children and its other side."""
    rows = [(f"{what}-{n}", value) for n, child in enumerate(page.children, 1)
            for what, value in (("case", child.case_reference), ("initials", child.initials))]  # fmt: skip
    return dict(rows) | ({RECEIVING: page.receiving} if page.receiving else {})


def rows_sent(values: MultiDict[str, str], *, more: bool) -> int:
    """Give how many children there is room for: as many as before, one more where that was asked for."""
    given = values.get("rows", "")
    before = int(given) if given.isdecimal() and len(given) < 3 else FEWEST
    return max(FEWEST, min(MOST, before + more))


def rows_filled(values: MultiDict[str, str]) -> int:
    """Give how many children there must be room for, by what was typed before."""
    filled = [n for n in range(1, MOST + 1) if values.get(f"case-{n}") or values.get(f"initials-{n}")]
    return max(FEWEST, *filled, 0)


def _child_fields(n: int) -> tuple[Field, Field]:
    which = "" if n == 1 else f" of child {n}"
    return (
        Field(key=f"case-{n}", type="textfield", label=f"Case reference{which}", max_length=60),
        Field(key=f"initials-{n}", type="textfield", label=f"Initials{which}", max_length=10),
    )
