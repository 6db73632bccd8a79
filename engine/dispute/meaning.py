"""What a kind of event means for people: its sentence, its mark, its weight. Knows no kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STAGE_BEGAN, ESCALATION, MISSED, RISK, ENDED = "stage", "escalation", "missed", "risk", "end"


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an event means.

    `says` is its sentence, by names that `engine/replay/wording.py` fills in; none where another event says it. `data`
    is what it carries, by type; of `may` some lack some. `mark` is what it is on the way of a dispute, where its data
    have one of the values `where`. `loud` stands by itself in a history, `quick` is passed over when a replay is
    played, and what is not `framed` is no step of one. `activity` is its name in an event log, as what people did.
    """

    says: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    may: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""
    where: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    loud: bool = False
    quick: bool = False
    framed: bool = True
    activity: str = ""

    def marked(self, data: Mapping[str, Any]) -> str:
        """The mark of one with these data, or none."""
        return self.mark if all(data.get(name) in values for name, values in self.where.items()) else ""
