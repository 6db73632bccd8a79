"""The addresses of an application, from its own route map: a new route is in every test that asks here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter

READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, kw_only=True)
class Address:
    """One address with a method; `rule` as the application spells it."""

    endpoint: str
    method: str
    rule: str
    path: str


def addresses(app: Flask, values: Mapping[str, str], *, having: str = "") -> Iterator[Address]:
    """Every address that the application answers to; `values` fill its parts, `having` names a part it must have."""
    for rule in app.url_map.iter_rules():
        if having and having not in rule.arguments:
            continue
        names = sorted(rule.arguments)
        choices = [_choices(rule._converters[name], values[name]) for name in names]
        for chosen in product(*choices):
            path = _filled(rule.rule, dict(zip(names, chosen, strict=True)))
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                yield Address(endpoint=rule.endpoint, method=method, rule=rule.rule, path=path)


def _choices(converter: Any, value: str) -> list[str]:
    return sorted(converter.items) if isinstance(converter, AnyConverter) else [value]


def _filled(rule: str, values: Mapping[str, str]) -> str:
    """An address put together by hand: werkzeug's own would refuse what a visitor may well send."""
    parts = []
    for part in rule.split("/"):
        name = part.strip("<>").rpartition(":")[2] if part.startswith("<") else ""
        parts.append(values[name] if name else part)
    return "/".join(parts)
