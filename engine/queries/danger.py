"""Whom to call now: 999 first, then the number for this hour (S5, S6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.pathway import Pathway


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to call, as set in the pathway; `local` where the protocol gives no number."""

    name: str
    telephone: str
    note: str


@dataclass(frozen=True, kw_only=True)
class RiskAdvice:
    """Immediate danger first, then the front door for this hour (S5, S6); `doctors`: doctors out of hours (BAR-H2)."""

    immediate: str
    now: Contact
    other: Contact
    in_hours: bool
    doctors: Contact | None = None


def advice(pathway: Pathway, at: datetime) -> RiskAdvice:
    """Whom to call now: 999 first, then the front door or the out-of-hours number (S5, S6)."""
    door, night = (contact_of(pathway.settings.get(name, {})) for name in ("front_door", "out_of_hours"))
    hours = days.in_working_hours(at, pathway.calendar(at))
    immediate = str(pathway.settings.get("partnership", {}).get("immediate_danger", "999"))
    doctors = pathway.settings.get("out_of_hours_paediatrics")
    return RiskAdvice(
        immediate=immediate,
        now=door if hours else night,
        other=night if hours else door,
        in_hours=hours,
        doctors=contact_of(doctors) if doctors and not hours else None,
    )


def contact_of(settings: Mapping[str, Any]) -> Contact:
    """A contact as the settings name it."""
    return Contact(
        name=str(settings.get("name", "")),
        telephone=str(settings.get("telephone", "")),
        note=str(settings.get("note", "")),
    )
