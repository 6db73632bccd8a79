"""Whether the offices that settings list can be told apart, and those that Concord itself knows stay what they are."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from engine.bounds import shortened
from engine.pathway.offices import CONCORDS_OWN, OTHER_KIND, OWN_KIND
from engine.pathway.properties import NOTIFIED, SIDES
from engine.pathway.rules.drawing import Finding

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
TAKEN = frozenset({*SIDES, *NOTIFIED, "all", "addressee", "raiser"})
"""What a notice can name beside roles."""


def offices(settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Each role and kind has a key that can be written in a diagram, and a name of its own."""
    roles, kinds = settings.get("roles"), settings.get("kinds")
    if isinstance(roles, Mapping):
        yield from _roles({str(k): each for k, each in roles.items() if isinstance(each, Mapping)})
    if isinstance(kinds, Mapping):
        yield from _keys("kinds", kinds)
        yield from _names("kinds", {k: words for k, words in kinds.items() if isinstance(words, str)})
        if not kinds.keys() - {OWN_KIND, OTHER_KIND}:
            yield _wrong("kinds", "[kinds] lists no kind of agency. List those of your partnership, or remove it.")


def _roles(roles: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    yield from _keys("roles", roles)
    yield from _names("roles", {key: str(told.get("name") or "") for key, told in roles.items()})
    for key, told in roles.items():
        if key in TAKEN:
            where = f"[roles] {key} has the name of a side, or of somebody else whom a notice can go to"
            yield _wrong("roles", f"{where}. Choose another.")
        if key in CONCORDS_OWN:
            yield _wrong("roles", f"[roles] {key} is there in every partnership, by its own name. Remove it here.")
        elif told.get("office") is True and told.get("senior") is True:
            where = f"[roles] {key} belongs to the partnership’s office, which has no seniors"
            yield _wrong("roles", f"{where}. Remove one of the two.")
    if all(told.get("office") for told in roles.values()):
        yield _wrong("roles", "[roles] lists nobody who acts for an agency. List them, or remove it.")


def _keys(table: str, listed: Mapping[str, Any]) -> Iterator[Finding]:
    for key in listed:
        if not KEY.fullmatch(str(key)):
            means = f"“{shortened(str(key))}” under [{table}] in partnership.toml can’t be written in a diagram"
            yield _wrong(table, f"{means}. Use small letters, digits and _, like housing_officer; its name is free.")


def _names(table: str, names: Mapping[str, str]) -> Iterator[Finding]:
    """Each has a name, and no two the same: people choose from a list of them."""
    for key in (key for key, name in names.items() if not name.strip()):
        yield _wrong(table, f"[{table}] {shortened(str(key))} in partnership.toml has no name. Give it one.")
    for name, times in Counter(name.strip().casefold() for name in names.values() if name.strip()).items():
        if times > 1:
            yield _wrong(table, f"Several of [{table}] are called “{shortened(name)}”. Give each its own name.")


def _wrong(table: str, message: str) -> Finding:
    return Finding(rule="settings", element=table, message=message)
