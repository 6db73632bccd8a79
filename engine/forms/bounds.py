"""Whether a form is small enough to be read and shown (D13). Knows the schema's names, not what they mean."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import bounds
from engine.bounds import shortened

LONGEST: Mapping[str, int] = {
    "id": bounds.LONGEST_ID,
    "key": bounds.LONGEST_ID,
    "valuesKey": bounds.LONGEST_ID,
    "value": bounds.LONGEST_NAME,
    "label": bounds.LONGEST_VALUE,
    "dateLabel": bounds.LONGEST_VALUE,
    "description": bounds.LONGEST_WORDS,
    "text": bounds.LONGEST_WORDS,
}
"""How many characters each text may have; expressions have a bound of their own."""
Excess = tuple[str, str, str]


def oversized(schema: Mapping[str, Any]) -> Excess | None:
    """What is too large, how, and what to do; none where the form can be read."""
    components = [each for each in schema["components"] if isinstance(each, dict)]
    properties = schema.get("properties") if isinstance(schema.get("properties"), dict) else {}
    written = _written(components, properties or {})
    counted = (
        ("the form", "components", len(schema["components"]), bounds.MOST_COMPONENTS, "Ask less, or in two tasks"),
        ("the form", "properties", len(properties or ()), 2 * bounds.MOST_RULES, "Take some out"),
        ("the form", "characters of expressions", written, bounds.MOST_EXPRESSION, "Shorten them"),
        *((_called(c), "values", _length(c.get("values")), bounds.MOST_OPTIONS, "Offer less") for c in components),
    )
    for where, what, found, most, remedy in counted:
        if found > most:
            return where, f"has {found:,} {what}; at most {most:,} are read", remedy
    return next(_long(components), None)


def _long(components: list[dict[str, Any]]) -> Iterator[Excess]:
    for component in components:
        listed = component.get("values")
        inside = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        for name, most in LONGEST.items():
            if (found := max(map(_length, (each.get(name) for each in (component, *inside))))) > most:
                has = f"has a {name} of {found:,} characters; at most {most:,} are read"
                yield _called(component), has, "Shorten it"


def _called(component: Mapping[str, Any]) -> str:
    return f"the component “{shortened(str(component.get('key') or component.get('label') or component.get('type')))}”"


def _length(value: Any) -> int:
    return len(value) if isinstance(value, (str, list)) else 0


def _written(components: list[dict[str, Any]], properties: Mapping[str, Any]) -> int:
    conditions = [each["conditional"] for each in components if isinstance(each.get("conditional"), dict)]
    return sum(map(_length, [*(each.get("hide") for each in conditions), *properties.values()]))
