"""What the directory calls its days and its changes; knows no request."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine import Offices
from web.wording import role_words


def day_words(day: date | str) -> str:
    """Give a day as people write it."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return found.strftime("%-d %B %Y")


def change_words(kind: str, data: Mapping[str, Any], offices: Offices) -> str:
    """Give a recorded change of the directory in words."""
    name = str(data.get("name") or data.get("person") or "")
    before: Mapping[str, Any] = data.get("before") or {}
    words = kind
    match kind:
        case "AgencyAdded":
            words = f"{name} was added: {_kind(data, offices)}"
        case "AgencyChanged":
            words = _changed(
                name,
                [("name", before.get("name"), name), ("kind", _kind(before, offices), _kind(data, offices))],
                before,
            )
        case "PersonAdded":
            words = f"{name} was added at {data['agency_name']}: {_roles(data['roles'], offices)}"
        case "PersonChanged":
            told = [
                ("name", before.get("name"), name),
                ("agency", before.get("agency_name"), data.get("agency_name")),
                ("roles", _roles(before.get("roles", ()), offices), _roles(data.get("roles", ()), offices)),
                ("e-mail", before.get("email"), data.get("email")),
                ("telephone", before.get("telephone", ""), data.get("telephone", "")),
                ("team", before.get("team", ""), data.get("team", "")),
            ]
            words = _changed(name, told, before)
        case "PasswordChanged":
            words = f"{name} was given a new password"
        case "AbsenceNoted" | "CoverAccepted" | "CoverRefused" | "AbsenceEnded":
            words = _absence(kind, name, data)
        case "ClosureAdded":
            words = f"{day_words(data['day'])} is a closure day: {data['reason']}"
    return words


def _changed(name: str, told: Iterable[tuple[str, Any, Any]], before: Mapping[str, Any]) -> str:
    if not before:
        return f"{name} was entered"
    differ = [f"{what} “{new or 'none'}” instead of “{old or 'none'}”" for what, old, new in told if old != new]
    return f"{name} was changed: {'; '.join(differ)}" if differ else f"{name} was saved without a change"


def _absence(kind: str, name: str, data: Mapping[str, Any]) -> str:
    days, cover = f"from {day_words(data['first'])} to {day_words(data['last'])}", data.get("cover_name")
    match kind:
        case "CoverAccepted":
            return f"{cover} covers for {name} {days}"
        case "CoverRefused":
            return f"{cover} does not cover for {name} {days}"
        case "AbsenceEnded":
            return f"The absence of {name} {days} was ended"
    return f"{name} is absent {days}" + (f"; {cover} is asked to cover" if cover else "")


def _kind(data: Mapping[str, Any], offices: Offices) -> str:
    return offices.kind(str(data.get("kind"))).lower()


def _roles(roles: Iterable[str], offices: Offices) -> str:
    return role_words(roles, offices) or "no role"
