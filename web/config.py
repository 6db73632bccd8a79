"""What the web needs to be told by run.py; reads no environment itself."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine import ConcordError, Installation

YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})
MOST_PROXIES = 10


class SettingWrong(ConcordError):
    """{name} is “{value}”. Set it to {wanted}."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Settings of the web.

    `demo` lets one sign in as anybody; `move_clock` moves a demonstration's clock on and fires what is due by then.
    `trusted_proxies` is how many proxies in a row add to the forwarded headers; those of nobody else are believed.
    `installation` is for the page that says what is still to be done there; without one there is no such page.
    A session ends after `idle` without a request, and after `lifetime` whatever happens; `seconds` is their clock.
    """

    secret_key: bytes
    demo: bool = False
    move_clock: Callable[[datetime], None] | None = None
    installation: Installation | None = None
    secure_cookie: bool = False
    trusted_proxies: int = 0
    allowed_hosts: tuple[str, ...] = ()
    idle: timedelta = timedelta(hours=2)
    lifetime: timedelta = timedelta(hours=12)
    seconds: Callable[[], float] = time.time


def configured(here: Installation, *, demo: bool = False) -> Config:
    """Read the settings of an installation, by the names that docs/operators.md tells; raises SettingWrong."""
    given = here.settings
    return Config(
        secret_key=here.secret_key(),
        demo=demo,
        installation=None if demo else here,
        secure_cookie=_truth(given, "SECURE_COOKIES"),
        trusted_proxies=_number(given, "TRUSTED_PROXIES", 0, 0, MOST_PROXIES),
        allowed_hosts=tuple(host.strip() for host in given.get("ALLOWED_HOSTS", "").split(",") if host.strip()),
        idle=timedelta(minutes=_number(given, "SESSION_IDLE_MINUTES", 120, 1, 100_000)),
        lifetime=timedelta(hours=_number(given, "SESSION_HOURS", 12, 1, 10_000)),
    )


def _truth(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "").strip().lower()
    if value not in YES | NO:
        raise SettingWrong(name=name, value=value, wanted="1 or 0")
    return value in YES


def _number(given: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    value = given.get(name, "").strip()
    if not value:
        return usual
    if not value.isdecimal() or len(value) > 9 or not least <= int(value) <= most:
        raise SettingWrong(name=name, value=value, wanted=f"a whole number from {least} to {most}")
    return int(value)
