"""The offices of a partnership: the roles that people hold, and the kinds of agencies. Knows no people.

Its settings list them ([roles], [kinds]); where they list none, they are those of offices.toml beside this module. What
Concord itself has to know are the four roles and the two kinds named here; whatever else a role is, its entry says.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

LEAD = "safeguarding_lead"
"""Of an agency: told of a report of risk, holds it with whoever reported, closes and countersigns (S3, S4, C1)."""
OVERSEER = "business_manager"
"""Of the partnership's own office: sees every dispute, is told what is late, keeps the directory (E4, E8, C2)."""
ON_CALL = "on_call"
"""Whoever answers for their agency out of hours: with the number of that route, they are told then (S6)."""
AUDITOR = "auditor"
"""Of the partnership's own office: looks at everything, does nothing."""
CONCORDS_OWN = (LEAD, ON_CALL, OVERSEER, AUDITOR)
OWN_KIND, OTHER_KIND = "partnership", "other"
"""The partnership's own office, and an agency of which nothing more is said."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """What people hold: what a list calls it, and what a sentence does.

    `senior`: stands in for its agency where a diagram says `seniors`. `office`: belongs to the partnership's own
    office. `told_anywhere`: hears a notice to its role whatever its agency (BRO-2.2).
    """

    key: str
    name: str
    called: str
    senior: bool = False
    office: bool = False
    told_anywhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Offices:
    """The roles and kinds of agencies of one partnership, each by its key, in their order."""

    roles: Mapping[str, Role]
    kinds: Mapping[str, str]

    @cached_property
    def of_office(self) -> frozenset[str]:
        """The roles of the partnership's own office, the auditor's among them."""
        return frozenset(role.key for role in self.roles.values() if role.office)

    @cached_property
    def acting(self) -> tuple[str, ...]:
        """The roles that have something to do: all but the auditor's."""
        return tuple(key for key in self.roles if key != AUDITOR)

    @cached_property
    def seniors(self) -> tuple[str, ...]:
        """The roles that stand in for their agency, the lowest first."""
        return tuple(role.key for role in self.roles.values() if role.senior)

    @cached_property
    def told_anywhere(self) -> frozenset[str]:
        """The roles that hear a notice whatever their agency (BRO-2.2)."""
        return frozenset(role.key for role in self.roles.values() if role.told_anywhere)

    @cached_property
    def of_sides(self) -> tuple[str, ...]:
        """The kinds of agencies that can be a side of a dispute."""
        return tuple(kind for kind in self.kinds if kind != OWN_KIND)

    def name(self, role: str) -> str:
        """What a list calls a role; its key in words where it is none of these."""
        return self.roles[role].name if role in self.roles else role.replace("_", " ")

    def called(self, role: str) -> str:
        """What a sentence calls it, in the same way."""
        return self.roles[role].called if role in self.roles else role.replace("_", " ")

    def kind(self, kind: str) -> str:
        """What a kind of agency is called, in the same way."""
        return self.kinds.get(kind, kind.replace("_", " ").capitalize())

    def joined(self, other: "Offices") -> "Offices":
        """These and those that another pathway of the partnership lists."""
        return Offices(roles=_in_order({**other.roles, **self.roles}), kinds={**other.kinds, **self.kinds})


def offices_of(settings: Mapping[str, Any]) -> Offices:
    """The offices that settings list; those that Concord itself knows are there always, as they are.

    What of it cannot be read is passed over: `rules/settings` says what is wrong with it, and a version that was
    published before these were checked goes on.
    """
    usual = usual_offices()
    own = {key: _role(key, told) for key, told in _tables(settings.get("roles")).items()}
    kinds = settings.get("kinds")
    named = {key: str(words) for key, words in kinds.items()} if isinstance(kinds, Mapping) else {}
    always = {kind: named.pop(kind, usual.kinds[kind]) for kind in (OTHER_KIND, OWN_KIND)}
    return Offices(
        roles=_in_order({**own, **{key: usual.roles[key] for key in CONCORDS_OWN}}) if own else usual.roles,
        kinds={**named, **always} if named else usual.kinds,
    )


@cache
def usual_offices() -> Offices:
    """Those of a partnership that lists none."""
    told = tomllib.loads(Path(__file__).with_name("offices.toml").read_text("utf-8"))
    return Offices(roles={key: _role(key, each) for key, each in told["roles"].items()}, kinds=told["kinds"])


def _tables(given: Any) -> dict[str, Mapping[str, Any]]:
    """What is a table of these, by key."""
    tables = given.items() if isinstance(given, Mapping) else ()
    return {str(key): told for key, told in tables if isinstance(told, Mapping)}


def _role(key: str, told: Mapping[str, Any]) -> Role:
    name = str(told.get("name") or key.replace("_", " "))
    return Role(
        key=key,
        name=name,
        called=str(told.get("called") or f"the {name}"),
        senior=told.get("senior") is True,
        office=told.get("office") is True,
        told_anywhere=told.get("told_anywhere") is True,
    )


def _in_order(roles: Mapping[str, Role]) -> dict[str, Role]:
    """The agencies' first, then those of the partnership's own office, the auditor's last."""
    order = sorted(roles.values(), key=lambda role: (role.key == AUDITOR, role.office))
    return {role.key: role for role in order}
