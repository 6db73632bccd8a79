"""Taking up again a resolved dispute whose agreed actions failed: where it was resolved, not from stage 1 (E7)."""

from datetime import datetime

from engine.application import Concord, NotYours, Outcome, Right, Transaction, Work, allow, calendar_json
from engine.commands.interventions import reasoned
from engine.commands.raising import begun, once
from engine.dispute import Input, Kind, Person, may_see, to_json
from engine.pathway import ESCALATED_EARLY

WHY = "Taken up again at the stage where it was resolved."
COUNTED = "disagreement_at"


def take_up_again(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Raise a resolved dispute's matter again, linked to it, and bring it to the stage where it was resolved (E7).

    Raises NotNow where it was not resolved, TakenUpBefore, or SideWrong for anybody but the raising side.
    """
    why = reasoned(reason)

    def act(tx: Transaction, at: datetime) -> str:
        old = Work(concord, tx, tx.disputes.get(ref, lock=True), at)
        if not may_see(by, old.dispute, old.record.partnership):
            raise NotYours(ref=ref)
        allow(old, by, Right.TAKE_UP_AGAIN)
        new = begun(concord, tx, old.version, old.record.partnership, _opening(old, by, why))
        _walk_to(new, by, old.dispute.ending.stage if old.dispute.ending else None)
        new.save()
        old.apply(
            Input(kind=Kind.TAKEN_UP_AGAIN, at=at, actor=by.actor, data={"as": new.record.ref}, texts={"reason": why})
        )
        old.save()
        return new.record.ref

    return once(concord, command_id, act)


def _opening(old: Work, by: Person, why: str) -> Input:
    """The input that begins it: same version, sides, children and answers; time counts from now.

    What the form of raising asks in words is taken from wherever it was said first: with a child at risk, soon after.
    """
    dispute, form = old.dispute, old.version.pathway.form_of(old.version.pathway.start.id)
    asked, typed = form.text_names if form else frozenset[str](), dict[str, str]()
    for (seq, name), text in sorted(old.tx.journal.texts(old.record.ref).items()):
        if seq == 1 or name in asked:
            typed.setdefault(name, text.text)
    data = {
        "answers": {k: v for k, v in dispute.answers.items() if k != COUNTED},
        "children": to_json(list(dispute.children)),
        "risk": False,
        "parties": to_json(list(dispute.parties)),
        "calendar": calendar_json(old.tx, old.record.partnership, old.at, old.version),
        "protective": None,
        "taken_up_from": old.record.ref,
    }
    start = old.version.pathway.start.id
    return Input(
        kind=Kind.RAISED, at=old.at, actor=by.actor, element=start, data=data, texts={**typed, "taken_up_because": why}
    )


def _walk_to(new: Work, by: Person, stage: str | None) -> None:
    """Escalate to the stage at the same instant; before an exceptional step its question is asked (E4)."""
    for _ in new.version.pathway.stages if stage is not None else ():
        visit = new.dispute.visit
        if visit is None or visit.stage == stage or not new.course.run.hears(ESCALATED_EARLY):
            return
        given = Input(
            kind=Kind.ESCALATED_EARLY,
            at=new.at,
            actor=by.actor,
            element=visit.stage,
            data={"taken_up": True},
            texts={"reason": WHY},
        )
        new.apply(given)
