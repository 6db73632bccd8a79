"""A form's fields as a browser sees them and sends them back."""

import json
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from lxml import html
from werkzeug.datastructures import MultiDict

from engine.forms import FormInvalid, Option, read_form, validate
from web.fields import PageForm, page_form, posted

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
PAGE = """{% from "macros/form.html" import form_errors, whole_form %}
<main>{{ form_errors(form) }}{{ whole_form(form) }}</main>"""
YES_NO = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
COMPONENTS = [
    {"type": "text", "text": "Talk to each other first.\nWrite down what was said."},
    {"type": "textfield", "key": "title", "label": "Short title", "validate": {"required": True}},
    {"type": "textarea", "key": "account", "label": "What was said", "description": "In your own words."},
    {"type": "number", "key": "children", "label": "How many children?", "decimalDigits": 0, "validate": {"min": 1}},
    {"type": "checkbox", "key": "told", "label": "The family has been told"},
    {"type": "radio", "key": "agreed", "label": "Is it agreed?", "values": YES_NO, "validate": {"required": True}},
    {"type": "select", "key": "agency", "label": "Agency", "valuesKey": "agencies"},
    {
        "type": "checklist",
        "key": "reasons",
        "label": "Reasons",
        "values": [*YES_NO, {"value": "other", "label": "<b>"}],
    },
    {"type": "datetime", "key": "met_on", "label": "Date of the meeting", "subtype": "date"},
    {
        "type": "datetime",
        "key": "agreed_at",
        "label": "When was it agreed?",
        "subtype": "datetime",
        "conditional": {"hide": '=agreed != "yes"'},
    },
]
FORM = read_form(json.dumps({"type": "default", "id": "meeting", "components": COMPONENTS}), "meeting")
CHOICES = {"agencies": [Option(value="a1", label="Northfield School"), Option(value="a2", label="City Police")]}
TYPED = [
    ("title", "A title"),
    ("account", "We met."),
    ("children", "2"),
    ("told", "y"),
    ("agreed", "yes"),
    ("agency", "a2"),
    ("reasons", "no"),
    ("reasons", "other"),
    *[("met_on", part) for part in ("3", "Mar", "2026")],
    *[("agreed_at", part) for part in ("27", "3", "2026")],
    ("agreed_at-time", "2.30pm"),
    ("command", "not a field"),
]


@pytest.fixture(scope="module")
def app() -> Flask:
    """Give a bare application that knows where the templates are."""
    bare = Flask("bare")
    packages = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    bare.jinja_env.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader(packages)])
    return bare


def rendered(app: Flask, form: PageForm) -> html.HtmlElement:
    """Render a form as its page would."""
    with app.test_request_context():
        return html.fromstring(render_template_string(PAGE, form=form))


def sent_back(page: html.HtmlElement) -> MultiDict[str, str]:
    """Post the form as a browser would, without touching it."""
    return MultiDict(page.forms[0].form_values())


def test_what_is_posted_becomes_answers_that_the_engine_accepts() -> None:
    """Dates are joined to ISO text, checklists are lists, and what is no field is left out."""
    answers = posted(FORM, MultiDict(TYPED))
    assert answers == {
        "title": "A title",
        "account": "We met.",
        "children": "2",
        "told": True,
        "agreed": "yes",
        "agency": "a2",
        "reasons": ["no", "other"],
        "met_on": "2026-03-03",
        "agreed_at": "2026-03-27T14:30",
    }
    assert validate(FORM, answers, CHOICES)["agreed_at"] == "2026-03-27T14:30"


def test_nothing_posted_is_nothing_answered() -> None:
    """An empty page gives empty answers, never half a date."""
    with pytest.raises(FormInvalid) as refused:
        validate(FORM, posted(FORM, MultiDict([("met_on", "")] * 3)), CHOICES)
    assert set(refused.value.errors) == {"title", "agreed"}


def test_answers_survive_being_shown_and_posted_again(app: Flask) -> None:
    """A page that is posted untouched posts the same answers, whether they were typed or stored."""
    answers = posted(FORM, MultiDict(TYPED))
    again = posted(FORM, sent_back(rendered(app, page_form(FORM, answers, CHOICES))))
    assert again == answers
    stored = validate(FORM, answers, CHOICES)
    assert posted(FORM, sent_back(rendered(app, page_form(FORM, stored, CHOICES)))) == answers


@pytest.mark.parametrize(
    "typed", [("31", "2", "2026", ""), ("", "March", "", ""), ("1", "13", "26", "noon"), ("", "", "", "9:99pm")]
)
def test_a_date_that_is_none_is_refused_and_kept_as_typed(app: Flask, typed: tuple[str, str, str, str]) -> None:
    """Whoever mistyped a date finds it in its boxes, with what to do about it."""
    *date, time = typed
    values = MultiDict([("title", "x"), ("agreed", "yes"), *(("agreed_at", part) for part in date)])
    values.add("agreed_at-time", time)
    answers = posted(FORM, values)
    with pytest.raises(FormInvalid) as refused:
        validate(FORM, answers, CHOICES)
    page = rendered(app, page_form(FORM, answers, CHOICES, refused.value.errors))
    again = sent_back(page)
    assert posted(FORM, again) == answers
    assert page.xpath('//a[@href="#agreed_at-day"]')
    assert page.get_element_by_id("agreed_at-error").text_content().strip().startswith("Error:")


def test_every_error_is_said_in_the_summary_and_leads_to_its_field(app: Flask) -> None:
    """The summary follows the page's order; each link's target is there; an error of the whole form is last."""
    errors = {"": "Ask one more person", "agreed": "Select it", "title": "Enter a title", "met_on": "Enter a date"}
    page = rendered(app, page_form(FORM, {}, CHOICES, errors))
    summary = page.find_class("govuk-error-summary__list")[0]
    assert [item.text_content().strip() for item in summary] == [
        "Enter a title",
        "Select it",
        "Enter a date",
        "Ask one more person",
    ]
    for link in summary.iter("a"):
        assert page.get_element_by_id(link.get("href").removeprefix("#")).tag == "input"
    assert page.get_element_by_id("title-error").text_content().strip() == "Error: Enter a title"


def test_every_input_has_a_label_and_words_between_fields_are_shown(app: Flask) -> None:
    """Nothing is asked without a name, and no id is there twice."""
    page = rendered(app, page_form(FORM, {}, CHOICES))
    assert [text.text for text in page.xpath('//p[@class="govuk-body"]')] == [
        "Talk to each other first.",
        "Write down what was said.",
    ]
    inputs = page.xpath("//input | //textarea | //select")
    assert all(page.xpath("//label[@for=$id]", id=item.get("id")) for item in inputs)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_what_people_typed_is_never_markup(app: Flask) -> None:
    """Answers and labels are text, whatever they look like."""
    page = rendered(app, page_form(FORM, {"title": '"><script>', "account": "</textarea><script>"}, CHOICES))
    assert not page.xpath("//script | //b")


def test_a_condition_travels_with_its_part(app: Flask) -> None:
    """The page says when a part is hidden, for the browser to act on; without JavaScript it is in view."""
    page = rendered(app, page_form(FORM, {}, CHOICES))
    parts = page.xpath("//*[@data-hide-when]")
    assert [part.get("data-hide-when") for part in parts] == ['=agreed != "yes"']
    assert parts[0].get("hidden") is None


def test_choices_come_from_the_list_that_the_field_names(app: Flask) -> None:
    """A list that changes from day to day is handed in."""
    page = rendered(app, page_form(FORM, {"agency": "a1"}, CHOICES))
    options = page.xpath('//select[@name="agency"]/option')
    assert [option.get("value") for option in options] == ["", "a1", "a2"]
    assert page.xpath('//select[@name="agency"]/option[@selected]/@value') == ["a1"]
