"""Shows a form as GOV.UK fields and reads what was posted to it; whether the answers will do is the engine's to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import wtforms
from govuk_frontend_wtf import wtforms_widgets as govuk
from wtforms.fields.choices import SelectChoice

from web.date_parts import joined, taken_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from datetime import datetime

    from werkzeug.datastructures import MultiDict

    from engine import Field, Form, Option

LONDON = ZoneInfo("Europe/London")
AS_BEFORE = "As it was last answered."
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
_TIME_PART = ("time", "Time, like 14:30", 5)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a page's form: a field, or paragraphs between fields; `hide` is the condition that hides it.

    `now` is London's time as the page is made, in ISO form, where the field asks when something happened.
    """

    field: Any = None
    paragraphs: tuple[str, ...] = ()
    hide: str = ""
    now: str = ""
    prefix: str = ""


@dataclass(frozen=True, kw_only=True)
class PageForm:
    """A form ready to be rendered by macros/form.html: its parts, and its errors for the summary above the page."""

    wtform: Any
    parts: tuple[Part, ...]
    error_list: tuple[Mapping[str, str], ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something is to be put right; the page's title then begins with "Error"."""
        return bool(self.error_list)


def page_form(
    form: Form,
    answers: Mapping[str, Any] = _NOTHING,
    choices: Mapping[str, Sequence[Option]] = _NOTHING,
    errors: Mapping[str, str] = _NOTHING,
    now: datetime | None = None,
    prefix: str = "",
    unmarked: Container[str] = (),
    begins: Mapping[str, Any] = _NOTHING,
) -> PageForm:
    """Lay out a form with the answers so far, the lists its fields draw on, and what is wrong with each answer.

    With the instant at which it is shown, it offers "now" to whatever asks when something happened. Several forms of a
    page have a prefix each. What may be left empty says so where anything may not, but for what is `unmarked`; a choice
    that stands as the form `begins` says so.
    """
    asked = any(field.required for field in form.inputs)
    marked = (_marked(field) if asked and field.key not in unmarked else field for field in form.fields)
    form = replace(form, fields=tuple(_begun(field, answers, begins) for field in marked))
    unbound = {field.key: _field(field, answers.get(field.key), choices, errors, prefix) for field in form.inputs}
    wtform = wtforms.form.BaseForm(unbound, prefix=prefix)
    wtform.process(data={field.key: _shown(field, answers.get(field.key)) for field in form.inputs})
    for key, message in errors.items():
        if key in wtform:
            wtform[key].errors = [message]
    parts = tuple(
        Part(
            field=wtform[field.key] if field.is_input else None,
            paragraphs=tuple(filter(None, map(str.strip, field.text.split("\n")))),
            hide=field.hide.text if field.hide else "",
            now=_now(field, now),
            prefix=prefix,
        )
        for field in form.fields
    )
    return PageForm(wtform=wtform, parts=parts, error_list=tuple(_summary(form, errors, prefix)))


def _marked(field: Field) -> Field:
    optional = field.is_input and not field.required and field.type != "checkbox"
    return replace(field, label=f"{field.label} (optional)") if optional else field


def _begun(field: Field, answers: Mapping[str, Any], begins: Mapping[str, Any]) -> Field:
    same = field.options and field.key in begins and answers.get(field.key) == begins[field.key]
    return replace(field, description=f"{field.description} {AS_BEFORE}".strip()) if same else field


def _now(field: Field, now: datetime | None) -> str:
    if not field.past or now is None:
        return ""
    return now.astimezone(LONDON).strftime("%Y-%m-%d" if field.subtype == "date" else "%Y-%m-%dT%H:%M")


def posted(form: Form, values: MultiDict[str, str], prefix: str = "") -> dict[str, Any]:
    """Give what a browser posted as answers: lists for checklists, ISO text for dates; what is no field is left out."""
    return {field.key: _posted(field, values, prefix + field.key) for field in form.inputs}


def _posted(field: Field, values: MultiDict[str, str], name: str) -> Any:
    given = values.getlist(name)
    if field.type == "checklist":
        return given
    if field.type == "checkbox":
        return bool(given and given[0])
    if field.type == "datetime" and len(given) == len(_DATE_PARTS):
        return joined(given, values.get(f"{name}-time", ""))
    return given[0] if given else ""


def _shown(field: Field, answer: Any) -> Any:
    if field.type == "datetime" or answer is None:
        return None
    if field.type == "checklist":
        return [answer] if isinstance(answer, str) else list(answer)
    return answer if field.type == "checkbox" else str(answer)


def _field(
    field: Field, answer: Any, choices: Mapping[str, Sequence[Option]], errors: Mapping[str, str], prefix: str
) -> wtforms.fields.core.UnboundField:
    common = {"label": field.label, "description": field.description}
    build = _BUILDERS.get(field.type)
    if build is not None:
        return build(field, common)
    if field.type == "datetime":
        items = _date_items(field, "" if answer is None else str(answer), prefix + field.key, wrong=field.key in errors)
        return wtforms.StringField(
            **common, widget=govuk.GovDateInput(), render_kw=_params(field, fieldset=_legend(field), items=items)
        )
    offered = choices.get(field.options_from, ()) if field.options_from else field.options
    return _choice(field, common, [SelectChoice(option.value, option.label) for option in offered])


def _choice(field: Field, common: Mapping[str, Any], offered: list[SelectChoice]) -> wtforms.fields.core.UnboundField:
    common = {**common, "validate_choice": False}
    if field.type == "select":
        offered = [SelectChoice("", "Select one"), *offered]
        return wtforms.SelectField(**common, choices=offered, widget=govuk.GovSelect(), render_kw=_text(field))
    kind, widget = {
        "radio": (wtforms.RadioField, govuk.GovRadioInput),
        "checklist": (wtforms.SelectMultipleField, govuk.GovCheckboxesInput),
    }[field.type]
    short = field.type == "radio" and len(offered) == 2 and all(len(option.label) <= 12 for option in offered)
    inline = {"classes": "govuk-radios--inline"} if short else {}
    return kind(**common, choices=offered, widget=widget(), render_kw=_params(field, fieldset=_legend(field), **inline))


def _text_field(field: Field, common: Mapping[str, str]) -> wtforms.fields.core.UnboundField:
    return wtforms.StringField(**common, widget=govuk.GovTextInput(), render_kw=_text(field))


def _number(field: Field, common: Mapping[str, str]) -> wtforms.fields.core.UnboundField:
    inputmode = "numeric" if field.decimals == 0 else "decimal"
    kw = _text(field, classes="govuk-input--width-5", inputmode=inputmode, spellcheck=False)
    return wtforms.StringField(**common, widget=govuk.GovTextInput(), render_kw=kw)


def _textarea(field: Field, common: Mapping[str, str]) -> wtforms.fields.core.UnboundField:
    if field.max_length is None:
        return wtforms.TextAreaField(**common, widget=govuk.GovTextArea(), render_kw=_text(field, rows=5))
    limits = _text(field, rows=5, maxlength=field.max_length, threshold=75)
    return wtforms.TextAreaField(**common, widget=govuk.GovCharacterCount(), render_kw=limits)


def _checkbox(field: Field, common: Mapping[str, str]) -> wtforms.fields.core.UnboundField:
    return wtforms.BooleanField(**common, widget=govuk.GovCheckboxInput(), render_kw=_params(field))


_BUILDERS: Mapping[str, Callable[[Field, Mapping[str, str]], Any]] = {
    "textfield": _text_field,
    "number": _number,
    "textarea": _textarea,
    "checkbox": _checkbox,
}


def _text(field: Field, **params: Any) -> dict[str, Any]:
    return _params(field, label={"classes": "govuk-label--s"}, **params)


def _legend(field: Field) -> dict[str, Any]:
    return {"legend": {"text": field.label, "classes": "govuk-fieldset__legend--s"}}


def _params(field: Field, **params: Any) -> dict[str, Any]:
    """Give a widget its parameters; a hint without words would be read out as nothing, so there is none."""
    return {"params": {**params, **({} if field.description else {"hint": None})}}


def _date_items(field: Field, answer: str, named: str, *, wrong: bool) -> list[dict[str, Any]]:
    typed = taken_apart(answer)
    error = " govuk-input--error" if wrong else ""
    items = [
        {
            "label": label,
            "id": f"{named}-{name}",
            "name": f"{named}-time" if name == "time" else named,
            "classes": f"govuk-input--width-{width}{error}",
            "value": value,
            "inputmode": "text" if name == "time" else "numeric",
        }
        for (name, label, width), value in zip((*_DATE_PARTS, _TIME_PART), typed, strict=True)
    ]
    return items if field.subtype == "datetime" else items[:-1]


def _summary(form: Form, errors: Mapping[str, str], prefix: str) -> list[dict[str, str]]:
    order = {field.key: place for place, field in enumerate(form.inputs)}
    listed = sorted(errors.items(), key=lambda item: order.get(item[0], len(order)))
    return [
        {"text": message, **({"href": f"#{prefix}{_first_input(form, key)}"} if key in order else {})}
        for key, message in listed
    ]


def _first_input(form: Form, key: str) -> str:
    field = form.field_named(key)
    return f"{key}-day" if field and field.type == "datetime" else key
