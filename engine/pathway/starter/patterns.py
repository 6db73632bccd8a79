"""The stages of the shipped diagram that others are copied from, and where each stage of a new one stands."""

from dataclasses import dataclass

from engine.pathway.starter.description import REFERS, Stage

TOP, LEFT = 80, 565
"""Where the first lane begins, and the first stage."""
MANY, STEP, NARROW = 4, 64, 40
"""From more stages than so many on, the staircase's steps are narrower."""
LAST, LOWEST, ANY = 1336, 1732, 2120
"""Where three lanes of the shipped diagram begin: its last stage's, whoever decides's, and that for any time."""


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A stage of the shipped diagram: where its lane begins and how high it is, where itself begins and how wide it is.

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
    stage="Stage2", top=566, high=308, left=629, wide=497,
    without=frozenset({"Stage2_TakeToLead", "Stage2_LeadsGoOn"}), instead="Stage2_Resolve", cut=832, closer=144,
)  # fmt: skip
REFERRED = Pattern(stage="Stage2", top=566, high=308, left=629, wide=497)
EACH = Pattern(
    stage="Stage4", top=1336, high=396, left=757, wide=951,
    without=frozenset({"Stage4_Write", "Stage4_MeetAllTheSame"}), instead="Stage4_Meet", cut=1402, closer=144,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A stage of the new diagram: its number, its pattern, and where its lane and it itself begin."""

    number: int
    stage: Stage
    pattern: Pattern
    top: int
    left: int

    @property
    def key(self) -> str:
        """Its id, and how those of what stands in and on it begin."""
        return f"Stage{self.number}"

    @property
    def bottom(self) -> int:
        """Where its lane ends."""
        return self.top + self.pattern.high

    @property
    def right(self) -> int:
        """Where its box ends."""
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
        found.append(Placed(number=number, stage=stage, pattern=pattern, top=top, left=LEFT + step * (number - 1)))
        top += pattern.high
    return tuple(found)
