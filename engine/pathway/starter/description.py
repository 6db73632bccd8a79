"""What a protocol is begun from: its names, its stages with who acts and by when, and who decides in the end."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import msgspec

from engine.errors import ConcordError
from engine.pathway.offices import CONCORDS_OWN, Offices, offices_of

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[^\n]*$")]
Key = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=120)]
Hour = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
FEWEST, MOST, SHORTEST = 2, 7, 3
REFERS, EACH_REFERS, EACH_REVIEWS = "raising refers", "each refers", "each reviews"


class DescriptionUnfit(ConcordError):
    """{file} can't be drawn: {why}"""


class Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A limit: working days, or hours."""

    working_days: Number | None = None
    hours: Number | None = None

    @property
    def said(self) -> str:
        """As an expression's argument: `working_days: 2`."""
        return f"hours: {self.hours}" if self.hours else f"working_days: {self.working_days}"

    @property
    def words(self) -> str:
        """As a label says it: 2 working days."""
        number, unit = (self.hours, "hour") if self.hours else (self.working_days, "working day")
        return f"{number} {unit}{'' if number == 1 else 's'}"

    @property
    def table(self) -> str:
        """As the register has it: `working_days = 2`."""
        return self.said.replace(":", " =")


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom to ring; an empty number is filled in before it is published."""

    name: Text
    telephone: str = ""


class Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A level of management: its key, what its lane is called, the roles that act there, and how long they have."""

    title: Line
    tier: Key
    called: Line
    roles: Annotated[tuple[Key, ...], msgspec.Meta(min_length=1)]
    limit: Time
    stands: str = ""


class Final(Tier, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who decides in the end: whether both sides are heard in writing first, and whether those involved may be met."""

    hears: bool = True
    meets: bool = True


class Stage(Tier, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A stage; `before` is what one or each does there before they talk, within `before_limit`."""

    before: Literal["raising refers", "each refers", "each reviews"] | None = None
    before_limit: Time | None = None


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A protocol in a few facts."""

    name: Text
    title: Text
    protocol: Text = "Resolution and Escalation Protocol"
    reference: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    front_door: Contact
    out_of_hours: Contact
    hours: dict[Literal["start", "end"], Hour] = {}
    roles: dict[str, dict[str, Any]] = {}
    kinds: dict[str, str] = {}
    stage: Annotated[tuple[Stage, ...], msgspec.Meta(min_length=FEWEST, max_length=MOST)]
    final: Final

    @property
    def offices(self) -> Offices:
        """The roles and kinds of agencies that it lists, or the usual ones."""
        return offices_of({"roles": self.roles, "kinds": self.kinds})

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers from top to bottom."""
        return (*self.stage, self.final)


def read_description(data: bytes, file: str) -> Description:
    """Read a description from a file of TOML; raises DescriptionUnfit with what to put right."""
    try:
        values = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DescriptionUnfit(
            file=file, why=f"{error}. Write it in TOML, as docs/process-owners.md has it."
        ) from error
    return described(values, file)


def described(values: Mapping[str, Any], file: str) -> Description:
    """A protocol as these values describe it; raises DescriptionUnfit with what to put right."""
    try:
        given = msgspec.convert(values, Description)
    except msgspec.ValidationError as error:
        raise DescriptionUnfit(file=file, why=f"{error}. Correct it, as docs/process-owners.md has it.") from error
    for why in _wrong(given):
        raise DescriptionUnfit(file=file, why=why)
    return given


def parts(days: int) -> tuple[int, int]:
    """The working days of the final time in which the sides are heard, and in which it is chosen whether to meet."""
    return (2, 3) if days >= 5 else (1, 2)


def _wrong(given: Description) -> Iterator[str]:
    """What of it does not fit together."""
    if taken := sorted(set(given.roles) & set(CONCORDS_OWN)):
        yield f"{', '.join(taken)} is there always, by that name. Leave it out of [roles], and use it."
    keys = [tier.tier for tier in given.tiers]
    if twice := next((key for key in keys if keys.count(key) > 1 or key == "any"), ""):
        yield f"“{twice}” is the tier of two stages, or taken. Give each stage a tier of its own."
    for number, tier in enumerate(given.tiers, 1):
        if (tier.limit.hours is None) == (tier.limit.working_days is None):
            yield f"The limit of stage {number} must be either working_days or hours."
        yield from _strangers(given, tier)
    for number, stage in enumerate(given.stage, 1):
        yield from _first_part(number, stage)
    if (given.final.limit.working_days or 0) < SHORTEST:
        yield f"The final decision’s limit must be in working_days, {SHORTEST} at least: it is heard and read before."
    names = [given.name, given.title, *(text for tier in given.tiers for text in (tier.title, tier.called))]
    if any(mark in text for text in names for mark in '"\\{}'):
        yield "Names can’t have quotation marks, braces or \\ in them. Leave them out."


def _strangers(given: Description, tier: Tier) -> Iterator[str]:
    """Roles that nobody could hold there."""
    offices, own = given.offices, tier is given.final
    able = [role for role in offices.acting if (role in offices.of_office) == own]
    for role in [role for role in tier.roles if role not in able][:1]:
        where = "the partnership’s own office" if own else "an agency"
        yield f"“{role}” at {tier.tier} is no role of {where}. Use some of {', '.join(able)}, or list it in [roles]."


def _first_part(number: int, stage: Stage) -> Iterator[str]:
    """What is done before the talk."""
    if (stage.before is None) != (stage.before_limit is None):
        yield f"Stage {number} needs both before and before_limit, or neither."
    elif stage.before_limit and (stage.before_limit.hours is None) == (stage.before_limit.working_days is None):
        yield f"The before_limit of stage {number} must be either working_days or hours."
    elif stage.before_limit and not _shorter(stage.before_limit, stage.limit):
        yield f"What comes before the talk at stage {number} must end before the stage does."
    if stage.before in {REFERS, EACH_REFERS} and number == 1:
        yield f"Nobody refers to stage 1. Its before can be “{EACH_REVIEWS}”, or be left out."


def _shorter(inner: Time, whole: Time) -> bool:
    """Whether one ends before the other, where both are counted the same way; an hour limit ends before two days do."""
    if inner.hours and whole.hours:
        return inner.hours < whole.hours
    if inner.working_days and whole.working_days:
        return inner.working_days < whole.working_days
    return bool(inner.hours and whole.working_days and whole.working_days > 1 + inner.hours // 24)
