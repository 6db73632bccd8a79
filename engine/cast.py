"""The made-up agencies and people of a demonstration: those of a partnership's folder, or the usual ones."""

from pathlib import Path
from typing import Annotated

import msgspec

from engine.dispute import KindUnknown, RoleUnknown
from engine.errors import ConcordError
from engine.pathway import CAST, Offices

USUAL = Path(__file__).with_name("cast.toml")


class CastUnreadable(ConcordError):
    """{file} can't be read: {why} Correct it; without it the usual people are there."""


class Player(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody made up."""

    id: str
    name: str
    roles: tuple[str, ...]


class Troupe(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A made-up agency, with its people."""

    id: str
    name: str
    kind: str
    people: tuple[Player, ...]


class Cast(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everybody of a partnership; who raises what is disputed, with which agency, who speaks for that."""

    raises: str
    receives: str
    answers: str
    disputed: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    agency: tuple[Troupe, ...]


def cast_of(folder: Path) -> Cast:
    """The people of a partnership's demonstration; raises CastUnreadable."""
    file = folder / CAST if (folder / CAST).is_file() else USUAL
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Cast)
    except (msgspec.MsgspecError, ValueError, OSError) as error:
        raise CastUnreadable(file=file, why=f"{error}.") from error


def cast_faults(folder: Path, offices: Offices) -> list[str]:
    """Why the demonstration of a partnership would not begin: people whom nobody could be, or who are not there."""
    try:
        cast = cast_of(folder)
    except CastUnreadable as error:
        return [str(error)]
    agencies = {each.id for each in cast.agency}
    people = {f"{each.id}-{player.id}" for each in cast.agency for player in each.people}
    known = ", ".join(offices.kinds), ", ".join(offices.roles)
    faults = [f"{a.id}: {KindUnknown(kind=a.kind, known=known[0])}" for a in cast.agency if a.kind not in offices.kinds]
    faults += [
        f"{each.id}, {player.id}: {RoleUnknown(role=role, known=known[1])}"
        for each in cast.agency
        for player in each.people
        for role in player.roles
        if role not in offices.roles
    ]
    named = (("raises", cast.raises, people), ("answers", cast.answers, people), ("receives", cast.receives, agencies))
    faults += [f"{key} is “{said}”, who is not among them." for key, said, there in named if said not in there]
    return [f"{CAST}: {fault}" for fault in faults]
