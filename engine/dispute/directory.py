"""Agencies, people, and the roles that act at a tier. Knows no database and no dispute's course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.dispute.model import Actor
from engine.dmn import DecisionGap, DecisionTable
from engine.errors import ConcordError
from engine.pathway import AUDITOR, OWN_KIND, usual_offices


class KindUnknown(ConcordError):
    """“{kind}” is no kind of agency. Use one of: {known}."""


class RoleUnknown(ConcordError):
    """“{role}” is no role. Use one of: {known}."""


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency of a partnership; its `kind` decides who acts at a tier."""

    id: str
    partnership: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Covered:
    """Somebody who is away, whom a colleague has agreed to cover for."""

    name: str
    agency: str
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who acts for an agency, or (business manager, chairs) for the partnership itself.

    `covers` are those whose roles they hold beside their own while those are away (E8).
    """

    id: str
    partnership: str
    name: str
    agency: str
    agency_name: str
    agency_kind: str
    roles: tuple[str, ...]
    email: str = ""
    telephone: str = ""
    team: str = ""
    absent_until: date | None = None
    covers: tuple[str, ...] = ()

    @property
    def actor(self) -> Actor:
        """The person as the journal names them."""
        acts_as = self._of_office or self.roles
        return Actor(id=self.id, name=self.name, agency=self.agency, role=acts_as[0] if acts_as else "")

    @property
    def of_partnership(self) -> bool:
        """Whether they act for the partnership rather than for an agency."""
        return bool(self._of_office)

    @property
    def _of_office(self) -> tuple[str, ...]:
        """The roles in which they act for the partnership: any but the auditor's, of who is of its own office.

        Who holds one of the usual ones does whatever agency employs them: a council's business manager is one.
        """
        own = self.roles if self.agency_kind == OWN_KIND else usual_offices().of_office
        return tuple(role for role in self.roles if role in own and role != AUDITOR)

    @property
    def oversees(self) -> bool:
        """Whether they see every dispute of their partnership: its own people, and its auditors."""
        return self.of_partnership or AUDITOR in self.roles


def covering(person: Person, covered: Iterable[Covered]) -> Person:
    """The person with the roles of those of their agency whom they cover as well.

    No office comes by it: nobody of an agency acts for the partnership because a colleague does, and no auditor acts.
    """
    own = [each for each in covered if each.agency == person.agency]
    held = dict.fromkeys(role for each in own for role in each.roles if role not in person.roles and role != AUDITOR)
    more = [role for role in held if replace(person, roles=(role,)).of_partnership <= person.of_partnership]
    return replace(person, roles=(*person.roles, *more), covers=tuple(each.name for each in own)) if own else person


def acting(tables: Mapping[str, DecisionTable], tier: str, agency_kind: str) -> tuple[tuple[str, ...], str]:
    """The roles that may act at a tier for an agency of that kind, and their title; the tier's key without a table."""
    table = tables.get("who_acts")
    if table is None:
        return (tier,), tier
    found = table.decide({"tier": tier, "agency_kind": agency_kind})
    return tuple(role.strip() for role in str(found["role"]).split(",")), str(found["title"])


def roles_at(tables: Mapping[str, DecisionTable], tier: str, agency_kind: str) -> tuple[str, ...]:
    """The roles that may act at a tier for an agency of that kind; none where no row says who."""
    try:
        return acting(tables, tier, agency_kind)[0]
    except DecisionGap:
        return ()


def holds(person: Person, tables: Mapping[str, DecisionTable], tier: str) -> bool:
    """Whether a person holds a tier for their agency; nobody does of a kind for which no row says who."""
    return tier == "any" or any(role in person.roles for role in roles_at(tables, tier, person.agency_kind))


def is_tier(tables: Mapping[str, DecisionTable], name: str) -> bool:
    """Whether a name is that of a tier which somebody acts at, as the table of who acts declares them."""
    table = tables.get("who_acts")
    columns = table.inputs if table else ()
    return name != "any" and any(name in column.values for column in columns if column.name == "tier")


def holders(people: Iterable[Person], tables: Mapping[str, DecisionTable], tier: str, agency: str) -> list[Person]:
    """Those of an agency who hold a tier and are not absent."""
    return [p for p in people if p.agency == agency and p.absent_until is None and holds(p, tables, tier)]
