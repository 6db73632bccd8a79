"""Made-up answers that a form accepts: for the demonstration, tests and measuring."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.forms.schema import Field, Form

MADE_UP = "Made up for the demonstration."


def filled(form: Form, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that a form accepts: what is given, else the first choice, else made-up words."""
    answers: dict[str, Any] = {}
    for field in form.inputs:
        if (
            field.hide is not None
            and field.hide.evaluate(answers | dict.fromkeys(form.names_read - set(answers))) is True
        ):
            continue
        answers[field.key] = given[field.key] if field.key in given else sample(field, at)
    return answers


def sample(field: Field, at: datetime) -> Any:
    """An answer to one field."""
    local = at.astimezone(days.LONDON)
    if field.type == "checklist":
        return [field.options[0].value] if field.options else []
    if field.type in {"radio", "select"}:
        return field.options[0].value if field.options else None
    if field.type == "checkbox":
        return True
    if field.type == "number":
        return int(field.min or 1)
    if field.type == "datetime":
        return local.strftime("%Y-%m-%d" if field.subtype == "date" else "%Y-%m-%dT%H:%M")
    return "Made up" if field.type == "textfield" else MADE_UP
