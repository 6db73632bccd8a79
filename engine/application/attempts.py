"""How wrong passwords are slowed: how long somebody waits after how many. Knows no store and no password.

By person at one address: five tries are free, then each wrong one doubles the wait. Only those free tries count
further, for the person at any address and for the address, so that a person at home is not kept out by whoever tries
their name elsewhere, nor an office by a colleague who has forgotten a password.
"""

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)
HERE, PERSON, ADDRESS = "person here", "person", "address"
FREE: Mapping[str, int] = {HERE: 5, PERSON: 20, ADDRESS: 50}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How often something was tried in vain, and when last."""

    count: int
    last: datetime


def keys(person_id: str, address: str) -> dict[str, str]:
    """What is counted at a try, each under a digest: what is typed as a name may be a password."""
    net = _net(address)
    told = {HERE: f"{net} {person_id}", PERSON: person_id, ADDRESS: net}
    return {what: hashlib.sha256(f"{what} {value}".encode()).hexdigest() for what, value in told.items()}


def waits_until(what: str, tried: Tried, at: datetime) -> datetime | None:
    """The instant before which it can't be tried again; none where it can."""
    over = standing(tried, at) - FREE[what]
    if over < 0:
        return None
    until = tried.last + min(FIRST_WAIT * 2 ** min(over, 20), LONGEST_WAIT)
    return until if until > at else None


def standing(tried: Tried, at: datetime) -> int:
    """How often it was tried in vain, as far as that is not forgotten."""
    return tried.count if tried.last > at - FORGOTTEN else 0


def _net(address: str) -> str:
    """An address as one that somebody has: of IPv6 everybody has as many as they like."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
