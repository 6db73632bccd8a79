"""Where a dispute stands: its stages, the time left, a sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.calendar import working_days as days
from engine.dispute import Dispute, calendar_of, ended
from engine.pathway import Pathway
from engine.replay.wording import ENDS, p_title, way_of, when

OVERDUE, TODAY, LATER = "overdue", "today", "later"


@dataclass(frozen=True, kw_only=True)
class TimeLeft:
    """How long there is until an instant: of which `kind` that is, by when, and how many working days are left.

    `moment` is the instant alone, as people call it: “tomorrow 17:00”.
    """

    kind: str
    until: str
    count: str = ""
    moment: str = ""

    @property
    def words(self) -> str:
        """All of it in words."""
        return f"overdue {self.until}" if self.kind == OVERDUE else ", ".join(filter(None, (self.count, self.until)))


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """A stage and how far the dispute has come in it: waiting, running, or done and how; `ran_out` by its deadline."""

    id: str
    title: str
    tier: str
    state: str
    entered: datetime | None
    deadline: datetime | None
    left: datetime | None
    how: str | None
    time_left: TimeLeft | None = None
    moves_on: bool = True
    ran_out: bool = False


def stages_of(pathway: Pathway, dispute: Dispute, at: datetime) -> list[StageLine]:
    """Every stage, and how far the dispute has come in it."""
    found, elements = [], pathway.diagram.elements.values()
    for stage in pathway.stages:
        visit = next((v for v in reversed(dispute.visits) if v.stage == stage.id), None)
        state = "waiting" if visit is None else "running" if visit.left is None else "done"
        found.append(
            StageLine(
                id=stage.id,
                title=stage.title,
                tier=p_title(pathway, stage.tier),
                state=state,
                entered=visit.entered if visit else None,
                deadline=visit.deadline if visit else None,
                left=visit.left if visit else None,
                how=way_of(pathway, stage.id, visit.how) if visit and visit.how else None,
                time_left=time_left(visit.deadline, at, calendar_of(dispute)) if visit and state == "running" else None,
                moves_on=any(e.attached_to == stage.id and e.timer and e.interrupting for e in elements),
                ran_out=state == "done" and visit is not None and visit.how == "deadline",
            )
        )
    return found


def end_words(dispute: Dispute) -> str:
    """When a dispute ended, and whether anything is still to be filed; empty while it runs."""
    end = ended(dispute)
    if end is None:
        return ""
    if dispute.closed is None:
        count = len(dispute.tasks)
        return f"It ended on {when(end.at)}. Still to be filed: {count} thing{'' if count == 1 else 's'}"
    filed = (
        "" if dispute.closed == end.at else f". The last of what was to be filed was filed on {when(dispute.closed)}"
    )
    return f"It ended on {when(end.at)}{filed}"


def status(pathway: Pathway, dispute: Dispute) -> str:
    """Where the dispute stands, in a sentence."""
    said = (pathway.diagram.elements[t.element].properties.get("standing") for t in dispute.tasks)
    if standing := next(filter(None, said), None):
        return standing
    if (end := ended(dispute)) is not None:
        at = f" at {pathway_title(pathway, end.stage)}" if end.stage else ""
        how = f"{ENDS.get(end.how, end.how)}{at}"
        return (
            f"Closed: {how[:1].lower()}{how[1:]}" if dispute.closed else f"{how}; what is still to be filed is listed"
        )
    elements = pathway.diagram.elements
    if (visit := dispute.visit) is not None:
        return pathway_title(pathway, visit.stage)
    waiting = next((t for t in dispute.tasks if t.group is None), None)
    return f"Waiting for: {elements[waiting.element].name}" if waiting else "Between stages"


def time_left(due: datetime | None, at: datetime, calendar: days.Calendar, *, at_once: bool = False) -> TimeLeft | None:
    """How long there is until an instant, in words and working days; none where there is no such instant.

    What was due `at_once`, in the moment that it came up, is not late yet while nobody has been alerted (T6).
    """
    if due is None:
        return None
    local, today = due.astimezone(days.LONDON), at.astimezone(days.LONDON).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    day = near.get(local.date(), local.strftime("%A %-d %B"))
    moment = f"{day} {local:%H:%M}"
    if at_once:
        return TimeLeft(kind=TODAY, until=f"to be done at once, since {moment}", moment=moment)
    if due <= at:
        return TimeLeft(kind=OVERDUE, until=f"since {moment}", moment=moment)
    kind, until = TODAY if local.date() == today else LATER, f"due {moment}"
    count = days.working_days_used(at, due, calendar)
    left = f"{count} working days left" if local.date() not in near and count > 1 else ""
    return TimeLeft(kind=kind, until=until, count=left, moment=moment)


def pathway_title(pathway: Pathway, stage: str | None) -> str:
    """A stage's title."""
    found = pathway.stage(stage or "")
    return found.title if found else ""
