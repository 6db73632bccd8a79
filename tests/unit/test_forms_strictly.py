"""A form that is checked is read by a list, like a diagram: nothing is passed over, and refusals say what to do."""

import json
from typing import Any

import pytest
from small_pathway import FORM

from engine.forms import FormUnsupported, read_form


def changed(place: int, **given: Any) -> bytes:
    """The small form with something more said of one component."""
    form = json.loads(FORM)
    form["components"][place] |= given
    return json.dumps(form).encode()


REFUSED: dict[str, tuple[bytes, str]] = {
    "properties of a component": (changed(0, properties={"role": "lead"}), "Take them out"),
    "another latest time than now": (changed(1, properties={"latest": "then"}), "Take them out"),
    "a choice of several that begins with something": (
        changed(0, type="checklist", properties={"begins": "result"}),
        "Take them out",
    ),
    "the latest time of what is no time": (changed(0, properties={"latest": "now"}), "Take them out"),
    "a value that says more": (
        changed(0, values=[{"value": "a", "label": "A", "disabled": True}]),
        "uses “disabled” with a value",
    ),
    "a label without end": (
        changed(1, label="x" * 501),
        "has a label of 501 characters; at most 500 are read. Shorten",
    ),
    "a value without end": (changed(0, values=[{"value": "a" * 201, "label": "A"}]), "at most 200 are read"),
    "values without end": (
        changed(0, values=[{"value": str(n), "label": "A"} for n in range(201)]),
        "has 201 values; at most 200 are read. Offer less",
    ),
    "a type that is not asked": (changed(1, type="button"), "Use one of"),
    "an attribute that is not read": (changed(1, appearance={}), "Take it out"),
}


@pytest.mark.parametrize(("form", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_read_is_refused_with_what_to_do(form: bytes, said: str) -> None:
    """By the component's key, in words that a person of the partnership can follow."""
    with pytest.raises(FormUnsupported) as refused:
        read_form(form, "discuss", strict=True)
    assert said in str(refused.value)
    assert str(refused.value).startswith("The form discuss cannot be used: ")


def test_a_form_that_was_published_is_read_as_it_was() -> None:
    """Strictness is for what is checked: a published version means what it meant."""
    assert read_form(changed(0, properties={"role": "lead"}), "discuss") == read_form(FORM, "discuss")
    assert read_form(changed(1, label="x" * 501), "discuss").fields[1].label == "x" * 501


def test_a_byte_order_mark_before_a_form_is_read_over() -> None:
    """Editors write one."""
    assert read_form(b"\xef\xbb\xbf" + FORM.encode(), "discuss", strict=True) == read_form(FORM, "discuss")
