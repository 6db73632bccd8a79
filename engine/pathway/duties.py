"""The register of duties: what a protocol asks of whom, by when, and what holds while it is not done. Knows no diagram.

One stands beside each diagram (`escalation-duties.toml`), one of the rules that all pathways share beside their
folders (`shared-duties.toml`). Both are part of a version.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

import msgspec

from engine import feel
from engine.errors import ConcordError
from engine.feel import FeelError
from engine.pathway.settings_reader import SettingsUnreadable, read_settings

REGISTER = "-duties.toml"
SHARED = f"bpmn/shared{REGISTER}"
STAYS, GOES_ON = "stays open", "goes on, recorded as not done"
EACH, EITHER, CONCORD = "each", "either", "Concord"
Who = Literal["raising", "receiving", "each", "either", "both", "reporter", "partnership", "Concord"]
Whole = Annotated[int, msgspec.Meta(ge=1, le=720)]
ONE_LENGTH = "a limit says exactly one of working_days, hours, months, immediately, same_working_day"
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z]*[0-9]+[a-z]?(\.[0-9]+)?)?[a-z]?$")]


SINCE = {
    "stage": "from the stage's beginning", "first_part": "from the end of the first part",
    "agreement": "from the agreement", "meeting": "from the meeting",
    "raised": "from raising", "disagreement": "from the disagreement",
}  # fmt: skip


class RegisterUnreadable(ConcordError):
    """{file} can't be read: {why}"""


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"since": "from"}):
    """How long there is for it, and from which moment: as `due(…)` says it in a diagram."""

    working_days: Whole | None = None
    hours: Whole | None = None
    months: Whole | None = None
    immediately: Literal[True] | None = None
    same_working_day: Literal[True] | None = None
    at_least: Whole | None = None
    since: Literal["task", "stage", "first_part", "agreement", "meeting", "raised", "disagreement"] = "task"

    def __post_init__(self) -> None:
        """Refuse what says no length of time, or two."""
        lengths = (self.working_days, self.hours, self.months, self.immediately, self.same_working_day)
        if sum(length is not None for length in lengths) != 1:
            raise ValueError(ONE_LENGTH)

    @property
    def given(self) -> Mapping[str, object]:
        """The arguments of `due(…)` or `deadline(…)` that mean the same."""
        return dict(msgspec.to_builtins(self))

    def says(self, given: Mapping[str, object]) -> bool:
        """Whether the arguments of a limit in a diagram are the same."""
        told = {name: value for name, value in given.items() if name != "cumulative"}
        return dict(self.given) == {name: value for name, value in told.items() if (name, value) != ("from", "task")}

    @property
    def words(self) -> str:
        """How long it is, for people."""
        if self.immediately or self.same_working_day:
            return "immediately" if self.immediately else "the same working day"
        number, unit = next((n, u) for n, u in self._counted if n is not None)
        since = "" if self.since == "task" else f" {SINCE[self.since]}"
        return f"{number} {unit}{'' if number == 1 else 's'}{since}"

    @property
    def _counted(self) -> tuple[tuple[int | None, str], ...]:
        return (self.working_days, "working day"), (self.hours, "hour"), (self.months, "month")

    @property
    def spelled(self) -> str:
        """How it is written in a diagram."""
        words = [f'{k}: "{v}"' if isinstance(v, str) else f"{k}: {str(v).lower()}" for k, v in self.given.items()]
        return f"due({', '.join(words)})"


class Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that a protocol asks.

    `stands` is where it is in the source, `asks` what it asks, in words of our own. `who` is bound by it: each is both
    sides, neither for the other; either is whichever side acts; both is one meeting; Concord is what the diagram does
    by itself. `role` is the office that its tasks are for within a side, `alerts` who is told every working day while
    it is overdue. `limit` is the protocol's, `set_locally` one that the partnership set where the protocol has none or
    within its own; `cumulative` counts working days. `told` are recipients as notices name them, `records` fields of
    forms. `local` says what of it is no word of the protocol, `reading` which of two readings is taken and `or_else`
    what the other would be. `kept_by` is what keeps it beside the diagram, `to_come` that nothing does yet. What stays
    open and `lapses` may be recorded as not done by the business manager, once it is long overdue (C2).
    """

    id: Id
    stands: str = ""
    asks: Text
    who: tuple[Who, ...] = ()
    tier: str = ""
    role: str = ""
    alerts: str = ""
    limit: Limit | None = None
    set_locally: tuple[Limit, ...] = ()
    cumulative: Whole | None = None
    told: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    may: bool = False
    local: str = ""
    reading: str = ""
    or_else: str = ""
    unanswered: Literal["stays open", "goes on, recorded as not done"] | None = None
    kept_by: str = ""
    to_come: bool = False
    lapses: bool = False

    @property
    def shared(self) -> bool:
        """Whether it is a rule of all pathways, not a row of this protocol."""
        return "-" not in self.id

    def set_here(self, due: str) -> bool:
        """Whether a limit in the diagram is one that the partnership has set, and not the protocol's."""
        given = arguments(due, "due")
        if given is None or not (self.limit or self.set_locally):
            return False
        return self.limit is None or not self.limit.says(given)

    @property
    def reference(self) -> str:
        """Where it stands, for people: “Protocol, section 4, stage 2”; set locally where it stands in none."""
        return f"Protocol, {self.stands}" if self.stands else "Set locally"


def arguments(text: str | None, function: str) -> Mapping[str, Any] | None:
    """The arguments of `due(…)` or `deadline(…)`; none where a text is not that, which a rule of the drawing says."""
    try:
        return next((given for name, given in feel.parse(text or "null").calls if name == function), None)
    except FeelError:
        return None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    duty: list[Duty] = msgspec.field(default_factory=list)


class Register(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The duties of one pathway: its protocol's own, in their order, and the shared rules that it keeps."""

    duties: tuple[Duty, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Duty]:
        """Each duty by its id."""
        return {duty.id: duty for duty in self.duties}

    @property
    def own(self) -> tuple[Duty, ...]:
        """The protocol's own duties."""
        return tuple(duty for duty in self.duties if not duty.shared)

    def of(self, ids: Iterable[str]) -> tuple[Duty, ...]:
        """The duties of these ids, in their order; an id that is none is left out."""
        return tuple(self.by_id[each] for each in ids if each in self.by_id)


def read_register(files: Iterable[tuple[str, bytes]]) -> Register:
    """The register that these files hold together, a rule that several have as the first has it.

    So a protocol's own file says where a shared rule stands in it. Raises RegisterUnreadable, which says what to do.
    """
    found: dict[str, Duty] = {}
    for file, data in files:
        there = _duties(file, data)
        counted = Counter(duty.id for duty in there)
        if twice := next((each for each, times in counted.items() if times > 1), None):
            raise RegisterUnreadable(file=file, why=f"{twice} stands there twice. Keep one of the two.")
        found = {duty.id: duty for duty in there} | found
    return Register(duties=tuple(sorted(found.values(), key=lambda duty: duty.shared)))


def _duties(file: str, data: bytes) -> list[Duty]:
    try:
        return msgspec.convert(read_settings(data, file), _File).duty
    except SettingsUnreadable as error:
        raise RegisterUnreadable(file=file, why=f"{error.why}.") from error
    except msgspec.ValidationError as error:
        raise RegisterUnreadable(file=file, why=f"{error}. Correct that entry.") from error
