"""Forms: what is asked, read from a form-js file, and whether the answers will do; knows no web and no task."""

from engine.answers import split, validate
from engine.form_fields import Field, Form, FormInvalid, FormUnsupported, Option, Rule
from engine.form_reader import read_form

__all__ = ["Field", "Form", "FormInvalid", "FormUnsupported", "Option", "Rule", "read_form", "split", "validate"]
