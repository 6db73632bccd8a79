"""What a dispute refuses at a point at which it can not be done."""

from engine.errors import ConcordError


class TaskGone(ConcordError):
    """This task is no longer open: {what}."""


class NotNow(ConcordError):
    """This can't be done at this point of the dispute: {why}"""


class InputUnknown(ConcordError):
    """The journal holds an input of the kind {kind}, which this version of Concord does not know."""
