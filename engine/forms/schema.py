"""A form and its fields as values; knows nothing of how they are written down or shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from engine.errors import ConcordError
from engine.feel import Expression

TEXT_TYPES = frozenset({"textfield", "textarea"})
CHOICE_TYPES = frozenset({"radio", "select", "checklist"})
CLOSED_TYPES = CHOICE_TYPES | {"number", "checkbox", "datetime"}


class FormUnsupported(ConcordError):
    """The form {form} cannot be used: {component} {wrong}. {remedy}."""

    form: str
    component: str
    wrong: str
    remedy: str


class FormInvalid(ConcordError):
    """Some answers need attention: {summary}."""

    errors: dict[str, str]

    def __init__(self, *, errors: dict[str, str]) -> None:
        """Keep what to do about each field, by its key; "" where it concerns the form as a whole."""
        super().__init__(errors=errors, summary="; ".join(errors.values()))


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of the answers that a choice offers."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What must be true of several answers together, and what to say where it is not."""

    expression: Expression
    message: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One component of a form: a question, or static text.

    `options_from` names a list of options that the caller hands in; `decimals` is how many decimal places a number may
    have, None for any; `past` says that a date or time lies in the past, since it asks what has happened (S4); `begins`
    names earlier answers with the latest of which it begins, to be completed and not typed again (E5).
    """

    key: str
    type: str
    label: str
    description: str = ""
    required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    min: int | float | None = None
    max: int | float | None = None
    decimals: int | None = None
    pattern: str | None = None
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    hide: Expression | None = None
    text: str = ""
    subtype: str | None = None
    past: bool = False
    begins: tuple[str, ...] = ()

    @property
    def is_input(self) -> bool:
        """Whether it takes an answer."""
        return self.type != "text"

    @property
    def empty(self) -> bool | None:
        """What stands for it where it was not answered, or is hidden."""
        return False if self.type == "checkbox" else None

    @property
    def closed(self) -> bool:
        """Whether its answers come from a closed set, so that expressions may read them."""
        return self.type in CLOSED_TYPES


@dataclass(frozen=True, kw_only=True)
class Form:
    """The fields of a form in their order, the rules across them, and which answers are an `attempt` (S4)."""

    id: str
    name: str
    title: str = ""
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = field(default=())
    attempt: Expression | None = None

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """The fields that take an answer."""
        return tuple(item for item in self.fields if item.is_input)

    @cached_property
    def closed_names(self) -> frozenset[str]:
        """The keys that expressions may read."""
        return frozenset(item.key for item in self.inputs if item.closed)

    @cached_property
    def text_names(self) -> frozenset[str]:
        """The keys of free text."""
        return frozenset(item.key for item in self.inputs if not item.closed)

    @cached_property
    def names_read(self) -> frozenset[str]:
        """Every name that a condition or a rule of the form reads, its own keys among them."""
        expressions = [item.hide for item in self.fields if item.hide] + [rule.expression for rule in self.rules]
        expressions += [self.attempt] if self.attempt else []
        return frozenset(name for expression in expressions for name in expression.names)

    def where(self, known: Mapping[str, Any]) -> "Form":
        """The form as it is shown where names are known that are no questions of its own: without what they hide."""
        names, shown = dict(known), []
        for item in self.fields:
            if item.hide is None or not item.hide.names <= names.keys():
                shown.append(item)
            elif not item.hide.holds(names):
                shown.append(replace(item, hide=None))
            elif item.is_input:
                names[item.key] = item.empty
        return replace(self, fields=tuple(shown))

    def field_named(self, key: str) -> Field | None:
        """Give the field that takes an answer under a key."""
        return next((item for item in self.inputs if item.key == key), None)
