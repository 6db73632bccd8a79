"""Forms: what is asked, read from a form-js file, and whether the answers will do; knows no web and no task."""

from engine.forms.made_up import MADE_UP, filled
from engine.forms.reader import read_form
from engine.forms.schema import Field, Form, FormInvalid, FormUnsupported, Option
from engine.forms.typed import cleaned, with_plain_breaks
from engine.forms.validation import split, validate

__all__ = [
    "MADE_UP",
    "Field",
    "Form",
    "FormInvalid",
    "FormUnsupported",
    "Option",
    "cleaned",
    "filled",
    "read_form",
    "split",
    "validate",
    "with_plain_breaks",
]
