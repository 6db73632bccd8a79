"""Forms: what of the form-js schema is read, what is refused, and what becomes of answers."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import london
from engine.calendar.working_days import LONDON
from engine.feel import FeelError
from engine.forms import FormInvalid, FormUnsupported, Option, read_form, validate

SHIPPED = sorted((Path(__file__).parents[2] / "forms").rglob("*.form"))
VALUES = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
COMPONENTS: list[dict[str, Any]] = [
    {"type": "text", "text": "Talk first."},
    {"type": "radio", "key": "met", "label": "Did you meet?", "values": VALUES, "validate": {"required": True}},
    {
        "type": "datetime", "subtype": "date", "key": "met_on", "dateLabel": "Date of the meeting",
        "validate": {"required": True}, "conditional": {"hide": '=met != "yes"'},
    },
    {"type": "datetime", "subtype": "datetime", "key": "rung_at", "label": "Time of the call"},
    {"type": "textfield", "key": "who", "label": "Who was there", "validate": {"minLength": 2, "pattern": "^[A-Z]"}},
    {"type": "textarea", "key": "account", "label": "What was said"},
    {"type": "number", "key": "children", "label": "Number of children", "decimalDigits": 0,
     "validate": {"min": 1, "max": 20}},
    {"type": "number", "key": "hours", "label": "Hours"},
    {"type": "select", "key": "agency", "label": "Agency", "valuesKey": "agencies"},
    {"type": "checklist", "key": "panel", "label": "Panel", "values": [{"value": v, "label": v} for v in "abcd"]},
    {"type": "checkbox", "key": "told", "label": "The family knows"},
]  # fmt: skip
RULES = {
    "title": "A meeting",
    "rule_1": '=met = "no" or count(panel) = 3',
    "rule_1_message": "Choose exactly three for the panel",
    "rule_2": "agency = null or agency != own_agency",
    "rule_2_message": "Select another agency than your own",
}
CHOICES = {"agencies": [Option(value="police", label="Police"), Option(value="school", label="School")]}
CONTEXT = {"own_agency": "school"}


def written(*components: Any, **top: Any) -> str:
    """Write a form with these components."""
    return json.dumps({"type": "default", "id": "meeting", "components": list(components), **top})


FORM = read_form(written(*COMPONENTS, properties=RULES, schemaVersion=18), "meeting")


def answered(**answers: Any) -> dict[str, Any]:
    """Validate answers on top of the least that will do."""
    return validate(FORM, {"met": "no", **answers}, CHOICES, CONTEXT)


def refused(**answers: Any) -> dict[str, str]:
    """Validate answers that will not do, and give the messages."""
    with pytest.raises(FormInvalid) as caught:
        answered(**answers)
    return caught.value.errors


def test_a_form_is_read_with_its_fields_in_order() -> None:
    """Keys, limits, options and the default lengths of text."""
    assert (FORM.id, FORM.name, FORM.title) == ("meeting", "meeting", "A meeting")
    assert [field.key for field in FORM.inputs] == [item["key"] for item in COMPONENTS[1:]]
    assert FORM.fields[0].text == "Talk first."
    met_on, who, account = FORM.fields[2], FORM.fields[4], FORM.fields[5]
    assert (met_on.label, met_on.subtype, met_on.required) == ("Date of the meeting", "date", True)
    assert (who.min_length, who.max_length, account.max_length) == (2, 200, 4_000)
    assert FORM.fields[8].options_from == "agencies"


def test_decision_6_closed_fields_are_told_from_free_text() -> None:
    """Expressions may read the one kind and never the other."""
    assert FORM.text_names == {"who", "account"}
    assert FORM.closed_names == {field.key for field in FORM.inputs} - {"who", "account"}
    assert FORM.names_read == {"met", "panel", "agency", "own_agency"}
    assert FORM.field_named("panel") is FORM.fields[9]
    assert FORM.field_named("nothing") is None


def test_every_field_has_a_value_afterwards() -> None:
    """What is not answered is None, a checkbox False."""
    values = answered()
    assert values == dict.fromkeys((field.key for field in FORM.inputs), None) | {"met": "no", "told": False}


def test_answers_come_typed_or_as_a_browser_posts_them() -> None:
    """Both ways give the same values."""
    expected = {
        "met": "yes", "met_on": "2026-03-27", "rung_at": "2026-03-27T14:30", "who": "Ann", "account": "One\nTwo",
        "children": 2, "hours": 1.5, "agency": "police", "panel": ["a", "b", "d"], "told": True,
    }  # fmt: skip
    assert answered(**expected) == expected
    posted = {
        "rung_at": "2026-03-27 14:30:00", "who": " Ann ", "account": "One\r\nTwo\r\n", "children": "2", "hours": "1.50",
        "panel": ["d", "b", "a", "a"], "told": "on",
    }  # fmt: skip
    assert answered(**{**expected, **posted}) == expected
    assert answered(hours=Decimal("2.0"), children=3.0, panel="a")["children"] == 3


def test_what_is_hidden_is_dropped_before_validation() -> None:
    """A hidden answer is neither asked for nor kept, however wrong it is."""
    assert answered(met="no", met_on="32nd of May")["met_on"] is None
    assert "met_on" in refused(met="yes", panel=["a", "b", "c"])


def test_a_condition_sees_hidden_answers_as_null() -> None:
    """Hiding one field hides what hangs on it."""
    chain = [
        {"type": "checkbox", "key": "a", "label": "A"},
        {"type": "checkbox", "key": "b", "label": "B", "conditional": {"hide": "=not(a)"}},
        {"type": "number", "key": "c", "label": "C", "conditional": {"hide": "=not(b)"}},
    ]
    form = read_form(written(*chain), "chain")
    assert validate(form, {"a": True, "b": True, "c": 1}) == {"a": True, "b": True, "c": 1}
    assert validate(form, {"b": True, "c": 1}) == {"a": False, "b": False, "c": None}


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("met", "", "Select an answer to “Did you meet?”"),
        ("met", "perhaps", "Select an answer to “Did you meet?” from the list"),
        ("met", ["yes"], "Select an answer to “Did you meet?” from the list"),
        ("agency", "nhs", "Select agency from the list"),
        ("panel", ["a", "z"], "Select panel from the list"),
        ("panel", [["a"]], "Select panel from the list"),
        ("panel", {"a": 1}, "Select panel from the list"),
        ("who", "A", "Who was there must be 2 characters or more"),
        ("who", "A" * 201, "Who was there must be 200 characters or fewer"),
        ("who", "ann", "Who was there must be in the right format"),
        ("who", "Ann\nBob", "Who was there must be on one line"),
        ("who", "An\x00n", "Who was there must not hold control characters"),
        ("who", 5, "Who was there must be text"),
        ("account", "a\ud800b", "What was said must not hold control characters"),
        ("account", "a" * 4_001, "What was said must be 4,000 characters or fewer"),
        ("children", "two", "Number of children must be a number, like 3"),
        ("children", True, "Number of children must be a number"),
        ("children", "1.5", "Number of children must be a whole number"),
        ("children", 0, "Number of children must be 1 or more"),
        ("children", "21", "Number of children must be 20 or less"),
        ("hours", "1e3", "Hours must be a number, like 3"),
        ("hours", float("nan"), "Hours must be a number, like 3"),
        ("hours", float("inf"), "Hours must be a number, like 3"),
        ("hours", 10**400, "Hours must be a number, like 3"),
        ("hours", 1e-300, "Hours must be a number, like 3"),
        ("told", "maybe", "Tick “The family knows” or leave it empty"),
        ("told", ["on"], "Tick “The family knows” or leave it empty"),
        ("rung_at", "2026-03-27", "Time of the call must have a time as well, like 14:30"),
        ("rung_at", "26-03-27T10:00", "Time of the call must have a year of four digits, like 2026"),
        ("rung_at", "soon", "Time of the call must be a date with a time, like 2026-03-27 and 14:30"),
        ("rung_at", "2026-02-30T10:00", "Time of the call must be a real date and time"),
        ("rung_at", "2026-03-29T01:30",
         "Time of the call must be a time that exists: the clocks go forward in that hour"),
        ("rung_at", "0001-01-01T00:00Z", "Time of the call must have a year between 1900 and 2199"),
        ("other", "x", "This form has no such question"),
    ],
)  # fmt: skip
def test_an_answer_that_will_not_do_is_told_what_to_do(key: str, answer: Any, message: str) -> None:
    """One plain sentence for each field."""
    assert refused(**{key: answer}) == {key: message}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("", "Enter date of the meeting"),
        ("27/03/2026", "Date of the meeting must be a date with a day, a month and a year"),
        ("2026-02-29", "Date of the meeting must be a real date"),
        ("1026-02-20", "Date of the meeting must have a year between 1900 and 2199"),
    ],
)
def test_a_date_must_exist(answer: str, message: str) -> None:
    """The thirtieth of February does not."""
    assert refused(met="yes", met_on=answer, panel=["a", "b", "c"]) == {"met_on": message}


def test_t1_a_time_with_an_offset_becomes_london_s() -> None:
    """T1: what is kept is local time, without an offset."""
    assert answered(rung_at="2026-07-01T09:00:30Z")["rung_at"] == "2026-07-01T10:00:30"
    assert answered(rung_at="2026-10-25T01:30")["rung_at"] == "2026-10-25T01:30"


PAST = read_form(
    written(
        {"type": "datetime", "subtype": "datetime", "key": "rung_at", "label": "When was it made?",
         "properties": {"latest": "now"}},
        {"type": "datetime", "subtype": "date", "key": "seen_on", "label": "Day of the visit",
         "properties": {"latest": "now"}},
        {"type": "datetime", "subtype": "datetime", "key": "meeting_at", "label": "When will it be?"},
    ),
    "past",
    strict=True,
)  # fmt: skip
NOW = london("2026-07-01T10:00")


def test_s4_what_has_happened_has_a_time_that_lies_in_the_past() -> None:
    """S4: this minute and this day will do, the next will not; what is planned may lie ahead."""
    right = {"rung_at": "2026-07-01T10:00", "seen_on": "2026-07-01", "meeting_at": "2026-09-01T10:00"}
    assert validate(PAST, right, now=NOW) == right
    with pytest.raises(FormInvalid) as caught:
        validate(PAST, {"rung_at": "2026-07-01T10:01", "seen_on": "2026-07-02"}, now=NOW)
    assert caught.value.errors == {
        "rung_at": "Your answer to “When was it made?” must not be a time to come: it is 10:00 on 1 July now",
        "seen_on": "Day of the visit must not be a day to come",
    }


@given(minutes=st.integers(min_value=-600_000, max_value=600_000))
def test_s4_a_time_is_to_come_by_london_s_clock_summer_and_winter(minutes: int) -> None:
    """T1: across both changes of the clocks; the hour that comes twice is taken for the first of the two."""
    local = (NOW + timedelta(minutes=minutes)).astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="minutes")
    try:
        validate(PAST, {"rung_at": local}, now=NOW)
    except FormInvalid:
        assert minutes > 0
    else:
        assert minutes <= 0 or london(local) <= NOW


def test_without_an_instant_of_answering_nothing_is_to_come() -> None:
    """What people kept is read again at any time."""
    assert validate(PAST, {"rung_at": "2199-01-01T10:00"})["rung_at"] == "2199-01-01T10:00"


def test_all_errors_come_at_once() -> None:
    """Nobody has to send a form five times."""
    errors = refused(met="", children=0, hours="x", nonsense=1)
    assert errors.keys() == {"met", "children", "hours", "nonsense"}


def test_rules_across_fields_must_hold() -> None:
    """A panel of exactly three; the message stands at the last field that the rule reads."""
    assert answered(met="yes", met_on="2026-03-27", panel=["a", "b", "c"])["panel"] == ["a", "b", "c"]
    assert refused(met="yes", met_on="2026-03-27", panel=["a"]) == {"panel": "Choose exactly three for the panel"}
    assert refused(met="yes", met_on="2026-03-27") == {"panel": "Choose exactly three for the panel"}
    assert refused(agency="school") == {"agency": "Select another agency than your own"}
    with pytest.raises(FeelError, match="own_agency"):
        validate(FORM, {"met": "no"}, CHOICES)


def test_a_rule_waits_until_its_fields_are_right() -> None:
    """Nothing is said about fields together while one of them is wrong itself, or all are hidden."""
    assert refused(met="yes", met_on="2026-03-27", panel=["z"]).keys() == {"panel"}
    box = {"type": "checkbox", "key": "a", "label": "A"}
    number = {"type": "number", "key": "b", "label": "B", "conditional": {"hide": "=not(a)"}}
    form = read_form(written(box, number, properties={"rule_1": "b > 1", "rule_1_message": "More"}), "rule")
    assert validate(form, {"b": 1})["b"] is None
    with pytest.raises(FormInvalid, match="More"):
        validate(form, {"a": True})
    blank = read_form(written(box, properties={"rule_1": "ready", "rule_1_message": "Wait"}), "blank")
    with pytest.raises(FormInvalid) as caught:
        validate(blank, {}, {}, {"ready": None})
    assert caught.value.errors == {"": "Wait"}


def test_a_required_checkbox_must_be_ticked() -> None:
    """It stands for a confirmation."""
    box = {"type": "checkbox", "key": "sure", "label": "I am sure", "validate": {"required": True}}
    form = read_form(written(box), "sure")
    assert validate(form, {"sure": "true"}) == {"sure": True}
    with pytest.raises(FormInvalid, match="Tick “I am sure” to go on"):
        validate(form, {"sure": False})


BOX = {"type": "checkbox", "key": "a", "label": "A"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "not readable JSON"),
        ("[" * 100_000, "not readable JSON"),
        ('{"type": "default", "type": "default"}', "a key is there twice"),
        ('{"type": "default", "components": [], "schemaVersion": NaN}', "NaN is no number"),
        ("[]", "holds no form"),
        (" " * 300_000, "larger than"),
        (json.dumps({"components": []}), "no form of form-js"),
        (json.dumps({"type": "default"}), "no list of components"),
        (written(BOX, variables=[]), "“variables”"),
        (written(3), "malformed"),
        (written({"type": "script", "key": "a"}), "“script”"),
        (written({"type": ["text"]}), "not supported"),
        (written({**BOX, "defaultValue": True}), "“defaultValue”"),
        (written({**BOX, "disabled": True}), "“disabled”"),
        (written({**BOX, "key": "a.b"}), "usable key"),
        (written({**BOX, "key": "and"}), "usable key"),
        (written({**BOX, "key": ""}), "usable key"),
        (written({**BOX, "key": 3}), "malformed “key”"),
        (written(BOX, BOX), "key of a component above"),
        (written({**BOX, "label": ""}), "no label"),
        (written({**BOX, "label": "=a"}), "calculated"),
        (written({**BOX, "description": "{{a}}"}), "calculated"),
        (written({**BOX, "validate": {"required": "=a"}}), "neither true nor false"),
        (written({**BOX, "validate": {"min": 1}}), "the limit “min”"),
        (written({**BOX, "validate": []}), "malformed “validate”"),
        (written({**BOX, "conditional": {"show": "=b"}}), "other than “hide”"),
        (written({**BOX, "conditional": {"hide": "=b."}}), "does not work"),
        (written({**BOX, "conditional": {"hide": "=now()"}}), "calls “now”"),
        (written({**BOX, "conditional": {"hide": "=a"}}), "not above it"),
        (written({**BOX, "conditional": {"hide": "=b"}}, {**BOX, "key": "b"}), "not above it"),
        (
            written({"type": "textarea", "key": "t", "label": "T"}, {**BOX, "conditional": {"hide": '=t = "x"'}}),
            "free text “t”",
        ),
        (written({"type": "radio", "key": "r", "label": "R"}), "either values or a key"),
        (written({"type": "radio", "key": "r", "label": "R", "values": VALUES, "valuesKey": "k"}), "either values"),
        (written({"type": "radio", "key": "r", "label": "R", "values": [*VALUES, VALUES[0]]}), "twice"),
        (written({"type": "radio", "key": "r", "label": "R", "values": [{"value": "a"}]}), "without a label"),
        (written({"type": "radio", "key": "r", "label": "R", "values": "abc"}), "malformed list"),
        (written({"type": "datetime", "key": "d", "label": "D", "subtype": "time"}), "asks for “time”"),
        (written({"type": "textfield", "key": "t", "label": "T", "validate": {"pattern": "(a+)+$"}}), "for ever"),
        (written({"type": "textfield", "key": "t", "label": "T", "validate": {"pattern": "["}}), "no regular"),
        (written({"type": "textfield", "key": "t", "label": "T", "validate": {"maxLength": "9"}}), "whole number"),
        (written({"type": "textfield", "key": "t", "label": "T", "validate": {"validationType": "email"}}), "ready"),
        (written({"type": "number", "key": "n", "label": "N", "validate": {"max": "=a"}}), "no number"),
        (written(BOX, properties={"rule1": "a"}), "means nothing"),
        (written(BOX, properties={"rule_1": "a"}), "has no message"),
        (written(BOX, properties={"rule_1_message": "Tick"}), "means nothing"),
        (written(BOX, properties={"rule_1": "", "rule_1_message": "Tick"}), "nothing in it"),
    ],
)
def test_what_is_not_supported_is_refused_by_name(text: str, wrong: str) -> None:
    """Nothing in a form is silently passed over; the message says what to do."""
    with pytest.raises(FormUnsupported) as caught:
        read_form(text, "trial")
    assert wrong in str(caught.value)
    assert caught.value.form == "trial"
    assert caught.value.remedy


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*(field.key for field in FORM.inputs), "other"]), JSON))
def test_any_answers_give_values_or_messages(answers: dict[str, Any]) -> None:
    """No answer is an accident; what is taken can be given again and stays the same."""
    try:
        values = validate(FORM, answers, CHOICES, CONTEXT)
    except FormInvalid as invalid:
        assert all(invalid.errors.values())  # noqa: PT017  either outcome will do
        return
    json.dumps(values, allow_nan=False).encode()
    assert validate(FORM, values, CHOICES, CONTEXT) == values


@given(
    st.dictionaries(st.sampled_from(["type", "key", "label", "validate", "values", "conditional", "subtype"]), JSON),
    st.sampled_from([item["type"] for item in COMPONENTS]),
)
def test_any_component_is_read_or_refused(component: dict[str, Any], kind: str) -> None:
    """A malformed file never breaks the reader."""
    try:
        read_form(json.dumps({"type": "default", "components": [component, {**component, "type": kind}]}), "trial")
    except FormUnsupported as unsupported:
        assert str(unsupported)  # noqa: PT017  either outcome will do


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_form_is_read(path: Path) -> None:
    """All in forms/ stay within the subset."""
    assert read_form(path.read_bytes(), path.stem).fields
