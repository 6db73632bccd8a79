"""What a row of a protocol's sheet says, as it is typed by hand, so that nothing here knows a register."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a sheet.

    `who` is bound by it, `limit` the protocol's own words for how long there is, `cum` the last working day, `told` who
    hears of it by a notice, `local` whether something of it is no word of the protocol, `reading` whether the text can
    be read in two ways, `may` whether it is left to whoever may do it, `changed` whether the sheet marks it ◆.
    """

    who: tuple[str, ...] = ()
    limit: str = ""
    cum: int | None = None
    told: tuple[str, ...] = ()
    local: bool = False
    reading: bool = False
    may: bool = False
    changed: bool = False


ALWAYS_OPEN = ("S2", "S4", "R3", "E4")
"""Shared rules whose duties no time ends: the questions about risk, the referral, the record, the exceptional step."""
