"""A journal as frames: what each step tells, where the token goes, how deadlines ran; old journals break nothing."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from engine import run_scenario, version_from
from engine.course import fold
from engine.dispute import CLOCK, Effect, Entry, Input, Text, record
from engine.proof.simulation import Simulation
from engine.replay import MISSED, Frame, Timer, frames
from engine.replay.timers import FIRED, KEPT, LAPSED, RUNNING

VERSION = version_from(Path(__file__).parents[2] / "bpmn", "birmingham")
PATHWAY = VERSION.pathway
FRIDAY, MONDAY, TUESDAY = "2026-11-06T16:00", "2026-11-09", "2026-11-10"
DISCUSSED = {"do": "complete", "task": "Stage1_Discuss", "side": "raising", "check": False}
NOT_AGREED = {"result": "not_agreed", "reasons_given": "They see it differently."}
CALLED = {"do": "complete", "task": "Risk_Refer.1", "side": "receiving", "check": False, "answers": {"outcome": "no"}}


def lived(*steps: dict[str, Any], raised: str = FRIDAY, **start: Any) -> Simulation:
    """A dispute raised on a Friday at 16:00, and what happened then."""
    return run_scenario(VERSION, {"raised": raised, "start": start, "steps": list(steps)})


def told(simulation: Simulation, texts: dict[tuple[int, str], Text] | None = None) -> list[Frame]:
    """Its frames; the last one is as the dispute is."""
    found = frames(PATHWAY, simulation.entries, texts or {})
    assert fold(PATHWAY, simulation.entries) == simulation.course.dispute
    return found


@cache
def two_children() -> Simulation:
    """Two children at risk, one called about after 20 minutes, the other never; no one does anything about Stage 1."""
    return lived(
        {"at": f"{MONDAY}T10:00", **DISCUSSED, "answers": NOT_AGREED},
        {"at": f"{MONDAY}T10:20", "do": "report_risk"},
        {"at": f"{MONDAY}T10:40", **CALLED},
        {"at": "2026-11-13T18:30", "do": "wait"},
        children=2,
    )


def one(found: list[Frame], words: str) -> Frame:
    """The first frame whose words begin so."""
    return next(frame for frame in found if frame.words.startswith(words))


def limits(simulation: Simulation) -> dict[str, Timer]:
    """Its limits by key."""
    return {limit.key: limit for limit in told(simulation)[-1].state.limits}


OWED = (
    ("Tell own lead (raising side)", "Monday 9 November 2026", "Begun_TellLeadRaising", "Begun_LeadTold"),
    ("Tell own lead (receiving side)", "Monday 9 November 2026", "Begun_TellLeadReceiving", "Begun_Fork"),
    ("Write down actions (raising side)", "Tuesday 10 November 2026", "Begun_ActionsRaising", "Begun_Fork"),
    ("Write down actions (receiving side)", "Tuesday 10 November 2026", "Begun_ActionsReceiving", "Begun_Fork"),
    ("Say what else is known", "Monday 9 November 2026", "Details_Say", "Details_Asked"),
)
"""What is owed from the raising on, beside the stages."""


def test_a_beginning_is_told_step_by_step_along_the_flows() -> None:
    """R1: what, where, and by which flow."""
    found = told(lived())
    assert [(f.words, f.element, f.flows) for f in found] == [
        ("Raised by Raising agency with Receiving agency", "Raised", ()),
        ("Is a child at risk of significant harm? no", "Raised_Risk", ("Raised_to_Raised_Risk",)),
        ("Signal: both agencies told", "Raised_Begun", ("Raised_Risk_to_Raised_Begun",)),
        ("“What each agency owes from the raising on” begins: raised", "Begun_Raised", ()),
        ("From here on, side by side", "Begun_Fork", ("Begun_Raised_to_Begun_Fork",)),
        ("Lead told? no", "Begun_LeadTold", ("Begun_Fork_to_Begun_LeadTold",)),
        ("“What else is known” begins: raised", "Details_Asked", ()),
        ("Into “Stage 1: practitioners talk”", "Stage1_Begins", ("Raised_Begun_to_Stage1",)),
        ("Into “First part: talk”", "Stage1_FirstBegins", ("Stage1_Begins_to_Stage1_First",)),
        ("Stage 1: practitioners talk began", "Stage1", ()),
        ("Stage 1: practitioners talk: deadline set for Friday 13 November 2026 at 17:00", "Stage1_Deadline", ()),
        ("Stage 1: practitioners talk: reminder set for Thursday 12 November 2026 at 17:00", "Stage1_Reminder", ()),
        ("“First part: talk”: deadline set for Tuesday 10 November 2026 at 17:00", "Stage1_FirstOver", ()),
        (
            "To do: “Discuss the difference”, due Monday 9 November 2026 at 17:00",
            "Stage1_Discuss",
            ("Stage1_FirstBegins_to_Stage1_Discuss",),
        ),
        *((f"To do: “{name}”, due {day} at 17:00", task, (f"{source}_to_{task}",)) for name, day, task, source in OWED),
    ]
    assert [f.n for f in found] == list(range(1, len(found) + 1))
    assert {(f.who, f.agency) for f in found} == {("Raising side", "Raising agency")}


def test_a_gateway_says_which_way_was_taken_and_a_task_what_was_decided() -> None:
    """R1: answers by their labels, the way by its name."""
    found = told(two_children())
    discussed = one(found, "“Discuss the difference” completed for the raising side")
    assert ("What came of it?", "Not agreed") in [
        (label, text) for label, text in discussed.answers
    ] or discussed.answers
    gateway = found[discussed.n]
    assert gateway.element == "Stage1_Discussed"
    assert gateway.words.startswith("Agreed?")
    assert gateway.flows == ("Stage1_Discuss_to_Stage1_Discussed",)


def test_what_was_typed_is_told_by_its_label_and_an_erased_text_says_so() -> None:
    """Decision 7: the frame stays when the words are gone."""
    simulation = lived({"at": f"{MONDAY}T10:00", **DISCUSSED, "answers": NOT_AGREED})
    entry = next(e for e in simulation.entries if e.kind == "TaskCompleted")
    kept = {(entry.seq, "reasons_given"): Text(name="reasons_given", salt="s", text="They see it differently.")}
    assert "They see it differently." in dict(one(told(simulation, kept), "“Discuss").texts).values()
    assert list(dict(one(told(simulation), "“Discuss").texts).values()) == ["(erased)"]


def test_time_between_steps_is_told_as_it_passed_and_as_working_time() -> None:
    """T2: from Friday 16:00 to Monday 10:00 are two days and eighteen hours, two working hours of them."""
    found = told(lived({"at": f"{MONDAY}T10:00", **DISCUSSED, "answers": NOT_AGREED}))
    reminded, discussed = one(found, "Reminder time"), one(found, "“Discuss the difference” completed")
    assert (reminded.since.waited, reminded.since.worked) == ("1 day 12 hours", "1 hour")
    assert (discussed.since.waited, discussed.since.worked) == ("1 day 5 hours", "1 hour")
    assert not found[discussed.n].since


def test_inaction_is_told_when_a_timer_fires() -> None:
    """R1: that nobody did anything is what an auditor looks for; once for each instant."""
    found = told(two_children())
    deadline = one(found, "The deadline “5 working days” passed")
    assert deadline.idle is not None
    assert deadline.idle.short == "4 working days 6 hours"
    at_nine = [f for f in found if f.kind == "TimerFired" and (f.at.day, f.at.hour) == (11, 9)]
    assert len(at_nine) > 1
    assert [bool(f.idle) for f in at_nine] == [True] + [False] * (len(at_nine) - 1)
    assert one(found, "“Discuss the difference” completed").idle is None


def test_a_deadline_is_passed_on_the_edge_of_its_stage_and_leads_to_the_next() -> None:
    """E1: from the stage to its timer, out, and into the next stage."""
    found = told(two_children())
    fired = one(found, "The deadline “5 working days” passed")
    after = [(f.element, f.source) for f in found[fired.n - 1 : fired.n + 7] if f.token and f.token.branch == "main"]
    assert after == [
        ("Stage1_Deadline", "Stage1"),
        ("Stage1_Over", "Stage1_Deadline"),
        ("Stage2_Begins", "Stage1_Over"),
    ]
    assert one(found, "Into “Stage 2").flows == ("Stage1_Over_to_Stage2",)


def test_each_referral_is_a_token_of_its_own_and_so_is_each_childs() -> None:
    """S3: a run of the risk branch, and its calls about each child."""
    simulation = lived(
        {"at": f"{MONDAY}T10:20", "do": "report_risk"},
        {"at": f"{MONDAY}T10:25", "do": "report_risk", "children": [1]},
        children=2,
    )
    tokens = told(simulation)[-1].state.tokens
    assert [(t.id, t.element, t.branch, t.number, t.child) for t in tokens] == [
        ("main", "Stage1_Discuss", "main", 0, None),
        ("Risk.1", "Risk_TellLead", "referral", 1, None),
        ("Risk.2", "Risk_TellLead", "referral", 2, None),
        ("Risk.1/0", "Risk_Refer", "child", 1, 0),
        ("Risk.1/1", "Risk_Refer", "child", 1, 1),
        ("Risk.2/1", "Risk_Refer", "child", 2, 1),
        *((task.split("_")[0], task, "beside", 0, None) for _, _, task, _ in OWED),
    ]


def test_a_childs_task_names_the_child() -> None:
    """R4: by initials and case reference."""
    assert one(told(two_children()), "To do: “Call CASS").words.endswith("– AB (CASE-1)")
    assert "– AB (CASE-2)" in one(told(two_children())[18:], "Reminder time for “Call CASS").words


def test_deadlines_are_told_as_they_ran() -> None:
    """T12: kept, missed, at once, fallen away, and by how much."""
    ran = limits(two_children())
    assert {key: limit.outcome for key, limit in ran.items()} == {
        "Stage1_Deadline.1": MISSED,
        "Stage1_Discuss.1": KEPT,
        "Stage1_FirstOver.1": FIRED,
        "Stage1_Meeting.1": LAPSED,
        "Stage1_ReviewsOver.1": FIRED,
        "Stage1_TalkAgain.1": MISSED,
        "Stage1_ReviewRaising.1": MISSED,
        "Stage1_ReviewReceiving.1": MISSED,
        **{f"{task}.1": MISSED for _, _, task, _ in OWED},
        "Risk_TellLead.1": MISSED,
        "Risk_Refer.1": KEPT,
        "Risk_Refer.2": MISSED,
        "Stage2_Deadline.1": RUNNING,
        "Stage2_TakeToLead.1": RUNNING,
        "Stage2_LeadsGoOn.1": RUNNING,
        **{f"StageEnd_RiskQuestion{side}.1": MISSED for side in ("Raising", "Receiving")},
        **{f"StageEnd_Record{side}.{n}": RUNNING for side in ("Raising", "Receiving") for n in (1, 2)},
    }
    assert str(ran["Stage1_Discuss.1"].by) == "7:00:00"
    assert ran["Risk_Refer.1"].at_once
    assert ran["Stage1_ReviewRaising.1"].undone


def test_a_deadline_that_is_moved_keeps_what_it_was() -> None:
    """T10, T12: and one whose stage ends early falls away."""
    ran = limits(
        lived(
            {"at": f"{MONDAY}T12:00", "do": "shorten", "to": "2026-11-16T12:00"},
            {"at": f"{TUESDAY}T12:00", "do": "escalate", "reason": "It cannot wait."},
        )
    )
    moved = ran["Stage1_Deadline.1"]
    assert [f"{was:%a %H:%M}" for _, was in moved.moved] == ["Fri 17:00"]
    assert moved.due < moved.moved[0][1]
    assert moved.outcome == LAPSED
    assert ran["protective"].outcome == RUNNING


def test_a_task_done_late_was_missed_and_says_by_how_much() -> None:
    """T9: overdue by its timer, and done after that."""
    ran = limits(lived({"at": f"{TUESDAY}T10:00", **DISCUSSED, "answers": NOT_AGREED}))["Stage1_Discuss.1"]
    assert (ran.outcome, str(ran.by)) == (MISSED, "-1 day, 7:00:00")


def test_a_protective_timescale_is_a_limit_too() -> None:
    """T10: set with the raising, passed without the dispute ending."""
    ran = limits(lived({"at": "2026-11-12T10:00", "do": "wait"}, protective=f"{TUESDAY}T12:00"))["protective"]
    assert (ran.outcome, ran.ended) == (MISSED, None)


def test_a_pause_that_a_pathway_draws_is_over_when_its_timer_fires() -> None:
    """No pathway that ships has one, another may."""
    simulation = lived()
    last, due = simulation.entries[-1], "2026-11-09T09:00:00Z"
    pause = Effect(
        kind="DeadlineSet", element="Raised_Risk", data={"key": "Raised_Risk.1", "what": "deadline", "due": due}
    )
    given = Input(
        kind="TaskClaimed", at=simulation.at, actor=CLOCK, element="Stage1_Discuss", data={"task": "x", "to": "y"}
    )
    more, _ = record("SIMULATED", last.hash, last.seq + 1, given, [pause])
    fired = Input(kind="TimerFired", at=simulation.at, actor=CLOCK, element="Raised_Risk", data={**pause.data})
    again, _ = record("SIMULATED", more[-1].hash, more[-1].seq + 1, fired, [])
    found = frames(PATHWAY, [*simulation.entries, *more, *again], {})
    waited = next(x for x in found[-1].state.limits if x.key == "Raised_Risk.1")
    assert (waited.what, waited.outcome) == ("wait", "fired")


def test_marks_stand_where_an_auditor_looks() -> None:
    """Stages, escalations, missed deadlines, risk."""
    marks = [(f.mark, f.kind) for f in told(two_children()) if f.mark]
    assert marks[:3] == [("stage", "StageEntered"), ("risk", "RiskReported"), ("risk", "ReferralOpened")]
    assert {("missed", "TaskOverdue"), ("missed", "TimerFired"), ("escalation", "StageLeft")} <= set(marks)


def test_an_end_is_told_and_its_token_stays() -> None:
    """C1."""
    found = told(
        lived(
            {"at": f"{MONDAY}T10:00", "do": "withdraw", "reason": "The plan was changed."},
            {
                "at": f"{MONDAY}T11:00",
                "do": "complete",
                "task": "Withdrawal_Countersign",
                "answers": {"countersigned": "yes", "risk_now": "None that we know of"},
            },
        )
    )
    end = next(f for f in found if f.kind == "EndReached")
    assert end.words.startswith("Withdrawn")
    over = next(f for f in found if f.kind == "DisputeEnded")
    assert (over.mark, over.words.startswith("The disagreement ended: Withdrawn")) == ("end", True)
    assert ("main", end.element) in [(t.id, t.element) for t in found[-1].state.tokens]


def test_what_this_version_does_not_know_is_told_as_such_and_breaks_nothing() -> None:
    """Decision 1: old and new entries stay readable for ever."""
    simulation = lived()
    last = simulation.entries[-1]
    odd = Input(kind="Foretold", at=simulation.at, actor=CLOCK, element="Gone", data={"children": 3})
    effects = [
        Effect(kind="Whispered", element="Stage1"),
        Effect(kind="TaskOpened", element="Gone", data={"task": "Gone.1"}),
    ]
    more, _ = record("SIMULATED", last.hash, last.seq + 1, odd, effects)
    strange = replace(more[0], kind="TimerFired", data={"what": "eclipse", "key": "x"})
    found = frames(PATHWAY, [*simulation.entries, *more, strange], {})
    assert "An entry of the kind Foretold, which this version of Concord has no words for" in [f.words for f in found]
    assert "An entry of the kind Whispered, which this version of Concord has no words for" in [f.words for f in found]
    assert found[-1].element is None


def test_a_journal_that_does_not_begin_with_a_raising_has_no_frames() -> None:
    """It can't be told."""
    assert frames(PATHWAY, [], {}) == []
    assert frames(PATHWAY, lived().entries[1:], {}) == []


def test_corrections_and_notes_are_steps_of_their_own() -> None:
    """R2: each entry that matters by itself."""
    simulation = lived()
    last = simulation.entries[-1]
    given = Input(
        kind="Corrected", at=simulation.at, actor=CLOCK, data={"corrects": 1}, texts={"correction": "Not so."}
    )
    more, texts = record("SIMULATED", last.hash, last.seq + 1, given, [])
    found = frames(PATHWAY, [*simulation.entries, *more], {(seq, t.name): t for seq, t in texts})
    assert (found[-1].words, found[-1].texts) == ("Correction of entry 1", (("Correction", "Not so."),))
    assert found[-1].state == found[-2].state


def entries_of(simulation: Simulation, kind: str) -> list[Entry]:
    """Its entries of a kind."""
    return [entry for entry in simulation.entries if entry.kind == kind]


def test_every_notice_and_every_deadline_has_a_frame() -> None:
    """R1: none is lost between the steps."""
    simulation = two_children()
    seqs = {f.seq for f in told(simulation)}
    for kind in ("NoticeQueued", "DeadlineSet", "TimerFired", "TaskOverdue", "StageLeft", "TaskInterrupted"):
        assert {entry.seq for entry in entries_of(simulation, kind)} <= seqs
