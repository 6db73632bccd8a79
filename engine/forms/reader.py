"""Reads the form-js schema, a strict subset: what would not be honoured is refused; knows nothing of answers."""

import codecs
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

from engine.feel import Expression, FeelError, parse
from engine.forms.bounds import oversized
from engine.forms.schema import CHOICE_TYPES, Field, Form, FormUnsupported, Option, Rule

_LARGEST, _LONGEST = 262_144, {"textfield": 200, "textarea": 4_000}
_TOP = frozenset(
    {"type", "id", "schemaVersion", "components", "properties", "exporter", "executionPlatform",
     "executionPlatformVersion"}
)  # fmt: skip
_EVERYWHERE = frozenset({"type", "id", "key", "label", "description", "conditional", "layout", "properties"})
_ALSO: Mapping[str, frozenset[str]] = {
    "text": frozenset({"text"}),
    "textfield": frozenset({"validate"}),
    "textarea": frozenset({"validate"}),
    "number": frozenset({"validate", "decimalDigits", "increment"}),
    "checkbox": frozenset({"validate"}),
    "radio": frozenset({"validate", "values", "valuesKey"}),
    "select": frozenset({"validate", "values", "valuesKey", "searchable"}),
    "checklist": frozenset({"validate", "values", "valuesKey"}),
    "datetime": frozenset(
        {"validate", "subtype", "dateLabel", "timeLabel", "timeInterval", "timeSerializingFormat", "use24h"}
    ),
}
_LIMITS: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({"minLength", "maxLength", "pattern"}),
    "textarea": frozenset({"minLength", "maxLength"}),
    "number": frozenset({"min", "max"}),
}
_NOW = "now"
_REMEDY = "Take them out (Custom properties); a date may have “latest”: “now”, and like a text or a choice “begins”"
_OWN = dict.fromkeys(("textfield", "textarea", "radio", "select"), ("begins",)) | {"datetime": ("latest", "begins")}
_HARMLESS_LIMITS = frozenset({"required", "validationType"})
_RULE = re.compile(r"rule_(\d+)")
_REPEATED_GROUP = re.compile(r"\)\s*[*+{]|\\[1-9]|\(\?(?!:)")


@lru_cache(maxsize=256)  # a folder is read again at each check, publication and start
def read_form(data: bytes | str, name: str, *, strict: bool = False) -> Form:
    """Read a form as Camunda Modeler writes it; FormUnsupported names the component and what to do about it.

    What is checked and published is read strictly: no more than is ruled in bounded time, and all of it.
    """
    return _Reader(name, strict=strict).form(data)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


class _Reader:
    """Reads one form; keeps its name for what has to be refused."""

    def __init__(self, name: str, *, strict: bool) -> None:
        self.name = name
        self.strict = strict

    def refuse(self, component: str, wrong: str, remedy: str) -> NoReturn:
        raise FormUnsupported(form=self.name, component=component, wrong=wrong, remedy=remedy) from None

    def form(self, data: bytes | str) -> Form:
        schema = self.schema(data)
        if schema.get("type") != "default":
            self.refuse("the file", "is no form of form-js", "Save it as a form in the modeller")
        for unknown in sorted(schema.keys() - _TOP):
            self.refuse("the form", f"uses “{unknown}”, which is not supported", "Take it out")
        components = schema.get("components")
        if not isinstance(components, list):
            self.refuse("the form", "has no list of components", "Add one")
        if self.strict and (too := oversized(schema)):
            self.refuse(*too)
        fields: list[Field] = []
        for place, component in enumerate(components, start=1):
            fields.append(self.component(component, place, fields))
        self.check_conditions(fields)
        properties = self.mapping(schema, "properties", "the form")
        return Form(
            id=self.string(schema, "id", "the form") or self.name,
            name=self.name,
            title=self.string(properties, "title", "the form"),
            fields=tuple(fields),
            rules=self.rules(properties, fields),
            attempt=self.attempt(properties, fields),
        )

    def schema(self, data: bytes | str) -> Mapping[str, Any]:
        if len(data) > _LARGEST:
            self.refuse("the file", f"is larger than {_LARGEST:,} bytes", "Make the form smaller")
        if self.strict and isinstance(data, bytes):
            data = data.removeprefix(codecs.BOM_UTF8)  # editors put one before it
        try:
            schema = json.loads(data, object_pairs_hook=_unique, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            self.refuse("the file", f"is not readable JSON ({error})", "Save it again in the modeller")
        if not isinstance(schema, dict):
            self.refuse("the file", "holds no form", "Save it again in the modeller")
        return schema

    def component(self, component: Any, place: int, above: list[Field]) -> Field:
        if not isinstance(component, dict):
            self.refuse(f"component {place}", "is malformed", "Remove it and add it again")
        kind = component.get("type")
        where = f"component {place}, “{component.get('key') or component.get('label') or kind}”,"
        if not isinstance(kind, str) or kind not in _ALSO:
            self.refuse(where, f"is of the type “{kind}”, which is not supported", f"Use one of {', '.join(_ALSO)}")
        for unknown in sorted(component.keys() - _EVERYWHERE - _ALSO[kind]):
            self.refuse(where, f"uses “{unknown}”, which is not supported for a {kind}", "Take it out")
        own, hide = self.own(component, kind, where), self.hide(component, where)
        if kind == "text":
            text = self.plain(component, "text", where)
            return Field(key="", type=kind, label="", text=text, hide=hide)
        limits = self.limits(component, kind, where)
        return Field(
            key=self.key(component, where, above),
            type=kind,
            label=self.label(component, where),
            description=self.plain(component, "description", where),
            required=limits.get("required", False) is True,
            min_length=self.whole(limits, "minLength", where),
            max_length=self.whole(limits, "maxLength", where) or _LONGEST.get(kind),
            min=self.number(limits, "min", where),
            max=self.number(limits, "max", where),
            decimals=self.whole(component, "decimalDigits", where),
            pattern=self.pattern(limits, where),
            options=self.options(component, kind, where),
            options_from=self.string(component, "valuesKey", where) or None,
            hide=hide,
            subtype=self.subtype(component, kind, where),
            past=own.get("latest") == _NOW,
            begins=tuple(own.get("begins", "").split()),
        )

    def key(self, component: Mapping[str, Any], where: str, above: list[Field]) -> str:
        key = self.string(component, "key", where)
        try:
            usable = parse(key).names == {key}
        except FeelError:
            usable = False
        if not usable:
            self.refuse(where, "has no usable key", "Give it one of letters, digits and _, that is no word of FEEL")
        if any(field.key == key for field in above):
            self.refuse(where, "has the key of a component above", "Give it a key of its own")
        return key

    def label(self, component: Mapping[str, Any], where: str) -> str:
        label = self.plain(component, "label", where) or self.plain(component, "dateLabel", where)
        return label or self.refuse(where, "has no label", "Write one: people cannot answer without")

    def hide(self, component: Mapping[str, Any], where: str) -> Expression | None:
        conditional = self.mapping(component, "conditional", where)
        if conditional.keys() - {"hide"}:
            self.refuse(where, "has a condition other than “hide”", "Use “hide”")
        text = self.string(conditional, "hide", where)
        return self.feel(text, where) if text else None

    def check_conditions(self, fields: list[Field]) -> None:
        for place, field in enumerate(fields):
            where = f"component {place + 1}, “{field.key or field.type}”,"
            names = field.hide.names if field.hide else frozenset()
            self.check_closed(names, fields, where)
            for name in sorted(names & {other.key for other in fields[place:] if other.is_input}):
                self.refuse(where, f"is hidden by “{name}”, which is not above it", "Move it below what it depends on")

    def check_closed(self, names: frozenset[str], fields: list[Field], where: str) -> None:
        for name in sorted(names & {field.key for field in fields if field.is_input and not field.closed}):
            self.refuse(where, f"reads the free text “{name}”", "Read choices, dates, numbers and checkboxes only")

    def limits(self, component: Mapping[str, Any], kind: str, where: str) -> Mapping[str, Any]:
        limits = self.mapping(component, "validate", where)
        for unknown in sorted(limits.keys() - _HARMLESS_LIMITS - _LIMITS.get(kind, frozenset())):
            self.refuse(where, f"has the limit “{unknown}”, which is not supported for a {kind}", "Take it out")
        if not isinstance(limits.get("required", False), bool):
            self.refuse(where, "has a “required” that is neither true nor false", "Set it again")
        if limits.get("validationType", "custom") not in ("custom", ""):
            self.refuse(where, "has a ready-made validation pattern", "Write the pattern itself, as “custom”")
        return limits

    def pattern(self, limits: Mapping[str, Any], where: str) -> str | None:
        pattern = self.string(limits, "pattern", where)
        if not pattern:
            return None
        if len(pattern) > 200 or _REPEATED_GROUP.search(pattern) or len(re.findall(r"(?<!\\)[*+]", pattern)) > 2:
            self.refuse(
                where, "has a pattern that could take for ever", "Repeat no groups, and use * and + at most twice"
            )
        try:
            re.compile(pattern, re.ASCII)
        except re.error:
            self.refuse(where, "has a pattern that is no regular expression", "Correct it")
        return pattern

    def options(self, component: Mapping[str, Any], kind: str, where: str) -> tuple[Option, ...]:
        listed = component.get("values", [])
        if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
            self.refuse(where, "has a malformed list of values", "Enter its values again")
        for unknown in sorted({name for item in listed for name in item} - {"value", "label"} if self.strict else ()):
            self.refuse(where, f"uses “{unknown}” with a value, which is not supported", "Take it out")
        options = tuple(
            Option(value=self.string(item, "value", where), label=self.plain(item, "label", where)) for item in listed
        )
        if kind in CHOICE_TYPES and bool(options) == bool(component.get("valuesKey")):
            self.refuse(where, "must have either values or a key of values", "Give it one of the two")
        if not all(option.value and option.label for option in options):
            self.refuse(where, "has a value without a label, or a label without a value", "Write both")
        if len({option.value for option in options}) < len(options):
            self.refuse(where, "has one value twice", "Make its values different")
        return options

    def subtype(self, component: Mapping[str, Any], kind: str, where: str) -> str | None:
        if kind != "datetime":
            return None
        subtype = component.get("subtype", "date")
        if subtype not in ("date", "datetime"):
            self.refuse(where, f"asks for “{subtype}”", "Ask for a date, or a date with a time")
        return str(subtype)

    def own(self, component: Mapping[str, Any], kind: str, where: str) -> Mapping[str, str]:
        properties = self.mapping(component, "properties", where)
        known = {name: str(value) for name, value in properties.items() if name in _OWN.get(kind, ())}
        if self.strict and (known != properties or known.get("latest", _NOW) != _NOW):
            self.refuse(where, "has properties of its own, which mean nothing here", _REMEDY)
        return known

    def rules(self, properties: Mapping[str, Any], fields: list[Field]) -> tuple[Rule, ...]:
        numbers = sorted(int(match[1]) for match in map(_RULE.fullmatch, properties) if match)
        expected = {f"rule_{n}{ending}" for n in numbers for ending in ("", "_message")} | {"title", "attempt"}
        for unknown in sorted(properties.keys() - expected):
            self.refuse("the form", f"has the property “{unknown}”, which means nothing", "Take it out, or correct it")
        rules = []
        for number in numbers:
            where = f"the rule rule_{number}"
            message = self.plain(properties, f"rule_{number}_message", where)
            if not message:
                self.refuse(where, "has no message", f"Say what to do in rule_{number}_message")
            expression = self.feel(self.string(properties, f"rule_{number}", where), where)
            self.check_closed(expression.names, fields, where)
            rules.append(Rule(expression=expression, message=message))
        return tuple(rules)

    def attempt(self, properties: Mapping[str, Any], fields: list[Field]) -> Expression | None:
        where = "the property attempt"
        if "attempt" not in properties:
            return None
        expression = self.feel(self.string(properties, "attempt", where), where)
        self.check_closed(expression.names, fields, where)
        for unknown in sorted(expression.names - {field.key for field in fields}):
            self.refuse(where, f"reads “{unknown}”, which is no question of the form", "Name one of its questions")
        return expression

    def feel(self, text: str, where: str) -> Expression:
        try:
            expression = parse(text)
        except FeelError as error:
            self.refuse(where, f"has an expression that does not work. {error}", "Correct it")
        for function in sorted(expression.functions):
            self.refuse(where, f"calls “{function}”, which forms do not have", "Do without it")
        return expression

    def plain(self, source: Mapping[str, Any], name: str, where: str) -> str:
        text = self.string(source, name, where)
        if text.startswith("=") or "{{" in text:
            self.refuse(where, f"has a {name} that is calculated", "Write it as plain text")
        return text

    def string(self, source: Mapping[str, Any], name: str, where: str) -> str:
        value = source.get(name, "")
        return (
            value.strip() if isinstance(value, str) else self.refuse(where, f"has a malformed “{name}”", "Set it again")
        )

    def mapping(self, source: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
        value = source.get(name, {})
        return value if isinstance(value, dict) else self.refuse(where, f"has a malformed “{name}”", "Set it again")

    def whole(self, source: Mapping[str, Any], name: str, where: str) -> int | None:
        value = source.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000):
            return value
        return self.refuse(where, f"has a “{name}” that is no whole number up to 100,000", "Set it again")

    def number(self, source: Mapping[str, Any], name: str, where: str) -> int | float | None:
        value = source.get(name)
        if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15):
            return value
        return self.refuse(where, f"has a “{name}” that is no number", "Write a number")
