"""The stages of the shipped diagram that others are copied from, and where each stage of a new one stands."""

from dataclasses import dataclass

from engine.pathway.starter.description import REFERS, Stage

TOP, LEFT = 80, 565
"""Where the first lane begins, and the first stage."""
MANY, STEP, NARROW = 4, 64, 40
"""From more stages than so many on, the staircase's steps are narrower."""
LAST, LOWEST, ANY = 1157, 1390, 1611
"""Where three lanes of the shipped diagram begin: its last stage's, whoever decides's, and that for any time."""
ABOVE, BELOW, MORE = 6, 50, 12
"""What is left free in a lane above a stage, and needed below it; in the last stage's lane for a line more."""


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A stage of the shipped diagram: where it begins, and how high and wide its box is.

    `without` stands in it and is not copied: what led there leads to `instead`, and what stands right of `cut` moves to
    the left by `closer`.
    """

    stage: str
    top: int
    high: int
    left: int
    wide: int
    without: frozenset[str] = frozenset()
    instead: str = ""
    cut: int = 0
    closer: int = 0

    def leaves_out(self, key: str) -> bool:
        """Whether something is not copied: it is left out, or leads on from what is."""
        return key in self.without or key.partition("_to_")[0] in self.without


PLAIN = Pattern(
    stage="Stage2", top=526, high=156, left=629, wide=672,
    without=frozenset({"Stage2_TakeToLead", "Stage2_LeadsGoOn"}), instead="Stage2_Resolve", cut=880, closer=196,
)  # fmt: skip
REFERRED = Pattern(stage="Stage2", top=526, high=156, left=629, wide=672)
EACH = Pattern(
    stage="Stage4", top=1163, high=164, left=757, wide=1302,
    without=frozenset({"Stage4_Write", "Stage4_MeetAllTheSame"}), instead="Stage4_Meet", cut=1660, closer=197,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A stage of the new diagram: its number, its pattern, where its lane begins and ends, and its own left edge."""

    number: int
    stage: Stage
    pattern: Pattern
    top: int
    bottom: int
    left: int

    @property
    def key(self) -> str:
        """Its id, and how those of what stands in and on it begin."""
        return f"Stage{self.number}"

    @property
    def begins(self) -> int:
        """Where its box begins, below the edge of its lane."""
        return self.top + ABOVE

    @property
    def ends(self) -> int:
        """Where its box ends."""
        return self.begins + self.pattern.high

    @property
    def right(self) -> int:
        """Where its box ends on the right."""
        return self.left + self.pattern.wide - self.pattern.closer

    def renamed(self, key: str) -> str:
        """An id of the pattern's as this stage's, leading past what is not copied."""
        source, arrow, target = key.partition("_to_")
        target = self.pattern.instead if target in self.pattern.without else target
        return f"{source}{arrow}{target}".replace(self.pattern.stage, self.key)


def placed(stages: tuple[Stage, ...]) -> tuple[Placed, ...]:
    """Each stage in a lane of its own, every one further to the right than the one before."""
    found: list[Placed] = []
    step, top = STEP if len(stages) <= MANY else NARROW, TOP
    for number, stage in enumerate(stages, 1):
        pattern = PLAIN if stage.before is None else REFERRED if stage.before == REFERS else EACH
        bottom = top + ABOVE + pattern.high + BELOW + (MORE if number == len(stages) else 0)
        left = LEFT + step * (number - 1)
        found.append(Placed(number=number, stage=stage, pattern=pattern, top=top, bottom=bottom, left=left))
        top = bottom
    return tuple(found)
