"""Which answers are an attempt at a task, and leave it open: nobody was reached (S4). Knows no dispute and no store."""

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.dispute.events import Kind
from engine.forms import Form

UNSAID: Mapping[str, feel.Expression] = {"risk-tell-lead": feel.parse('lead_reached = "no"')}
"""By form: the answer that is an attempt in versions that were published before a form could say so itself.

Those forms are part of their version and can't be changed; each dispute that runs on one has the duty all the same.
"""


def attempt_of(form: Form | None) -> feel.Expression | None:
    """What is an attempt on this form: by what it says, else by what is known of forms that could not say; or none."""
    told = (form.attempt or UNSAID.get(form.id)) if form else None
    return told if form and told and told.names <= form.closed_names else None


def kind_of(form: Form | None, answers: Mapping[str, Any]) -> str:
    """The kind of the input that these answers to a task are."""
    told = attempt_of(form)
    tried = told is not None and told.holds({name: answers.get(name) for name in told.names})
    return Kind.TASK_ATTEMPTED if tried else Kind.TASK_COMPLETED
