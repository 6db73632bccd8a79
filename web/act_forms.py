"""What each act at any time asks for, in the words of its page, and the use case that carries it out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine import (
    AT_RISK,
    Child,
    Field,
    Form,
    Option,
    Right,
    ahead,
    bar,
    escalate,
    london,
    object_to_bar,
    object_to_end,
    protective_ahead,
    readdress,
    recalculate,
    record_undone,
    risk_over,
    say_resolved,
    set_protective,
    take_up_again,
    undo_protective,
    withdraw,
)
from web.act import Act, foreseen, reasoned
from web.wording import child_words

MOST = 4000
SEEN = "seen"
"""The visit of the stage that somebody looked at as they decided, by its key."""
YES_NO = (Option(value="yes", label="Yes"), Option(value="no", label="No"))


def _reason(label: str, description: str = "") -> Field:
    return Field(key="reason", type="textarea", label=label, description=description, required=True, max_length=MOST)


def _form(name: str, *fields: Field) -> Form:
    return Form(id=name, name=name, fields=fields)


def _until(description: str, *, key: str = "until", required: bool = True) -> Field:
    return Field(
        key=key, type="datetime", subtype="datetime", label="By when must it be resolved?", description=description,
        required=required,
    )  # fmt: skip


def protective_field(key: str) -> Field:
    """Ask for a protective timescale when a dispute is raised; it may be left empty (T10)."""
    words = "Only where the usual times are too long to keep the child safe. Leave it empty otherwise."
    return _until(words, key=key, required=False)


def risk_form(children: Sequence[Child]) -> Form:
    """Ask which children a report of risk concerns, and what was seen."""
    options = tuple(Option(value=str(n), label=child_words(child)) for n, child in enumerate(children))
    which = Field(key="children", type="checklist", label="Which children are at risk?", options=options, required=True)
    what = Field(
        key="what", type="textarea", label="What have you seen or heard? You can leave this empty.",
        description="Do not wait to write: report first.", max_length=MOST,
    )  # fmt: skip
    return _form("risk", which, what)


def correction_form(answer: Field | None = None) -> Form:
    """Ask what is right in place of an answer, and why; or of an entry as a whole."""
    stays = "What was written stays in the record; this stands beside it."
    if answer is None:
        return _form("correction", _reason("What is right?", stays))
    asked = replace(answer, label=f"What is right: {answer.label}")
    return _form("correction", asked, _reason("Why was it wrong?", stays))


def _whom(values: Mapping[str, Any]) -> tuple[str, str]:
    """Whom somebody chose to bar, and from which tier."""
    person, _, tier = str(values["whom"]).rpartition("|")
    return person, tier


CONTRADICTION = _form(
    "contradiction", _reason("What do you say against it?", "What they said stays as it is; this stands beside it.")
)
ACTS: Mapping[str, Act] = {
    "agreed": Act(
        link="We have agreed",
        title="Say that you have agreed",
        lead="The agency whose word is wanting is asked. Until then the time goes on running.",
        right=Right.SAY_RESOLVED,
        button="Say that we have agreed",
        done="That you have agreed is recorded. The agency whose word is wanting is asked.",
        form=_form("agreed", _reason("What have you agreed, with whom and when?")),
        carry_out=reasoned(say_resolved),
        ahead=foreseen(Right.SAY_RESOLVED),
    ),
    "escalate": Act(
        link="Escalate now",
        title="Escalate now",
        lead="It moves on at once, without waiting for the deadline. Nothing that was written is lost.",
        right=Right.ESCALATE,
        button="Escalate now",
        done="It has moved to the next stage.",
        form=_form("escalate", _reason("Why can it not wait?", "Say what the risk to the child is, and its impact.")),
        carry_out=lambda office, by, ref, command, v: escalate(
            office, by, ref, command, str(v["reason"]), v[SEEN] or None
        ),
        ahead=foreseen(Right.ESCALATE),
    ),
    "protective": Act(
        link="Set a time that protects the child",
        title="Set a time that protects the child",
        lead="The whole disagreement must then be resolved by that time. Running deadlines move at once. "
        "You see first what each stage’s deadline becomes.",
        right=Right.PROTECT,
        button="Set this time",
        done="The time is set, and the deadlines have moved.",
        form=_form(
            "protective",
            Field(
                key=AT_RISK,
                type="radio",
                label="Is a child at risk of significant harm now?",
                required=True,
                description="If so, that is reported beside it: you are asked for it next.",
                options=YES_NO,
            ),
            _until("London time. A later time than before can only be set by the raising side or the partnership."),
            _reason("Why is the child not safe for longer?"),
        ),
        carry_out=lambda office, by, ref, command, v: set_protective(
            office, by, ref, command, london(str(v["until"])), str(v["reason"])
        ),
        ahead=lambda office, by, ref, v: protective_ahead(office, by, ref, london(str(v["until"]))),
    ),
    "risk-over": Act(
        link="The risk is over",
        title="The risk is no longer believed",
        lead="While a child is believed to be at risk, the stages end sooner. Each side that reported a risk records "
        "this for itself, after what the front door has answered. "
        "This gives the stages their own time again; a referral that is open stays open.",
        right=Right.SAY_RISK_OVER,
        button="Record that the risk is over",
        done="It is recorded that the risk is no longer believed.",
        form=_form("risk-over", _reason("Why is the child no longer at risk of significant harm?")),
        carry_out=reasoned(risk_over),
    ),
    "withdraw": Act(
        link="Withdraw it",
        title="Withdraw the disagreement",
        lead="A safeguarding lead of your agency who is no party is asked to countersign, and may refuse.",
        right=Right.WITHDRAW,
        button="Withdraw it",
        done="A safeguarding lead of your agency is asked to countersign the withdrawal.",
        form=_form("withdraw", _reason("Why do you withdraw it?", "Say also whether the child is safe.")),
        carry_out=reasoned(withdraw),
        ahead=foreseen(Right.WITHDRAW),
    ),
    "object": Act(
        link="Object to its end",
        title="Object to its end",
        lead="You raised it, and somebody else of your agency asks for its end. The business manager is told that you "
        "object, and the safeguarding lead who countersigns reads why. The time goes on running.",
        right=Right.OBJECT,
        button="Object",
        done="That you object is recorded. The business manager is told.",
        form=_form("object", _reason("Why should it go on?", "Say what the risk to the child is.")),
        carry_out=reasoned(object_to_end),
    ),
    "object-to-bar": Act(
        link="Object to being barred",
        title="Object to being barred",
        lead="You were barred from some tasks of this disagreement. The business manager is told that you object.",
        right=Right.OBJECT_TO_BAR,
        button="Object",
        done="That you object is recorded. The business manager is told.",
        form=_form("object-to-bar", _reason("Why is there no conflict of interest?")),
        carry_out=reasoned(object_to_bar),
    ),
    "undo-protective": Act(
        link="Take back the time that they have set",
        title="Take back the time that protects the child",
        lead="The receiving side has set it. The stages have their own times again.",
        right=Right.UNDO_PROTECTIVE,
        button="Take it back",
        done="It is taken back, and the deadlines have moved.",
        form=_form("undo-protective", _reason("Why is the child safe without it?")),
        carry_out=reasoned(undo_protective),
        ahead=foreseen(Right.UNDO_PROTECTIVE),
    ),
    "bar": Act(
        link="Bar somebody with a conflict of interest",
        title="Bar somebody with a conflict of interest",
        lead="They can still read the dispute, but not do the tasks of that tier.",
        right=Right.BAR,
        button="Bar them",
        done="They are barred from the tasks of that tier.",
        form=_form(
            "bar",
            Field(
                key="whom", type="select", label="Who, and from whose tasks?", options_from="barrable", required=True
            ),
            _reason("What is the conflict of interest?"),
        ),
        carry_out=lambda office, by, ref, command, v: bar(office, by, ref, command, *_whom(v), str(v["reason"])),
        ahead=lambda office, by, ref, v: ahead(
            office, by, ref, Right.BAR, dict(zip(("person", "tier"), _whom(v), strict=True))
        ),
    ),
    "readdress": Act(
        link="Say whose decision it was",
        title="Say whose decision it was",
        lead="The first stage is asked of that worker or team of your agency, and stands on their lists alone. "
        "They are told at once.",
        right=Right.READDRESS,
        button="Address it to them",
        done="It is addressed to them, and they are told.",
        form=_form(
            "readdress",
            Field(
                key="to", type="select", label="Which worker or team decided?", options_from="addressees", required=True
            ),
        ),
        carry_out=lambda office, by, ref, command, v: readdress(office, by, ref, command, str(v["to"])),
    ),
    "not-done": Act(
        link="Record something as not done",
        title="Record something as not done",
        lead="It has been overdue for five working days or more. It is recorded as not done, and no longer holds the "
        "dispute open. A referral can never be recorded so.",
        right=Right.RECORD_UNDONE,
        button="Record it as not done",
        done="It is recorded as not done.",
        form=_form(
            "not-done",
            Field(key="task", type="select", label="What was not done?", options_from="undone", required=True),
            _reason("Why not?"),
            replace(_reason("Who was told that it was not done?"), key="told"),
        ),
        carry_out=lambda office, by, ref, command, v: record_undone(
            office, by, ref, command, str(v["task"]), str(v["reason"]), str(v["told"])
        ),
    ),
    "recalculate": Act(
        link="Recalculate the deadlines",
        title="Recalculate the deadlines",
        lead="Use this after a bank holiday or closure day was added: running deadlines are worked out again.",
        right=Right.RECALCULATE,
        button="Recalculate",
        done="The deadlines are worked out again.",
        form=_form("recalculate", _reason("Why?")),
        carry_out=reasoned(recalculate),
        ahead=foreseen(Right.RECALCULATE),
    ),
    "again": Act(
        link="Take it up again",
        title="Take it up again",
        lead="What was agreed did not happen, or did not help. It begins again at the stage where it was resolved, "
        "under a new reference linked to this one.",
        right=Right.TAKE_UP_AGAIN,
        button="Take it up again",
        done="It is taken up again, under a reference of its own.",
        form=_form("again", _reason("What failed?", "Say what the risk to the child is now, and its impact.")),
        carry_out=reasoned(take_up_again),
    ),
}
