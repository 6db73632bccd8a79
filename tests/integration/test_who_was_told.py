"""A notice names the people whom it went to, or says that nobody holds that role now (R1, T6, S3)."""

from datetime import date

from town import Town

from engine import bar, dispute_page, escalate, hand_on, messages, replay_page, report_risk
from engine.dispute import GENESIS, About, Effect, Input, record
from engine.dispute.about import Addressed
from engine.replay.wording import sentence


def told(town: Town, ref: str) -> dict[str, Addressed]:
    """To whom each notice went, by its message; the last of each."""
    entries = town.journal(ref)
    about = About(entries)
    return {e.data["message"]: about.told[e.seq] for e in entries if e.kind == "NoticeQueued"}


def names(found: Addressed) -> set[str]:
    """Who was told."""
    return {person.id for person in found.people}


def test_a_report_of_risk_tells_both_sides_leads_and_the_partnerships_people_at_once(town: Town) -> None:
    """S3: raising with risk, and each report later; the child is named by initials."""
    ref = town.raises(risk=True)
    first = told(town, ref)
    (message,) = [each for each in first if each.startswith("Risk of significant harm reported for ")]
    everybody = {"school-safeguarding_lead", "council-safeguarding_lead", "business_manager", "co_chair"}
    assert names(first[message]) == everybody
    quiet = town.raises(receiving="health")
    assert not any("Risk of significant harm" in message for message in told(town, quiet))
    report_risk(town.concord, town["health-practitioner"], quiet, "reported")
    leads = {"school-safeguarding_lead", "health-safeguarding_lead", "business_manager", "co_chair"}
    assert names(told(town, quiet)[message]) == leads
    words = [line.words for line in dispute_page(town.concord, town["co_chair"], quiet).lines]
    initials = town.dispute(quiet).children[0].initials
    assert f"Risk of significant harm reported for {initials}" in words
    assert f"Referral opened for {initials}" in words
    town.verify(ref)
    town.verify(quiet)


def test_what_nobody_holds_is_said_and_nobody_is_claimed_to_have_been_told(town: Town) -> None:
    """T6: “the deputy and the out-of-hours route” stood where neither was there; a number is rung, not told."""
    ref = town.raises(risk=True)
    town.move("2026-03-02T11:00")
    found = told(town, ref)
    overdue = next(each for message, each in found.items() if message.startswith("Overdue") and each.ring)
    assert names(overdue) == {"school-safeguarding_lead"}
    assert overdue.nobody == (("deputy", "School"),)
    notices = [n.words for n in dispute_page(town.concord, town["co_chair"], ref).notices]
    words = next(each for each in notices if "To be rung" in each)
    assert "Told School Safeguarding Lead (safeguarding lead): Overdue" in words
    assert "Nobody is deputy safeguarding lead of School" in words
    assert f"To be rung out of hours: {overdue.ring}" in words


def test_S6_out_of_hours_whoever_is_on_call_for_their_agency_is_told_too(town: Town) -> None:
    """T6: with the number of that route; by day it is the lead's alone, and their page says the same."""
    town.joins("school-on-call", "school-practitioner", roles=("on_call",))
    by_day, by_night = town.raises(risk=True), town.raises(receiving="health")
    town.move("2026-03-02T11:00")
    town.move("2026-03-02T20:00")
    report_risk(town.concord, town["school-practitioner"], by_night, "report")
    town.move("2026-03-02T21:00")
    for ref, who in ((by_day, set()), (by_night, {"school-on-call"})):
        alerts = [each for message, each in told(town, ref).items() if message.startswith("Overdue") and each.ring]
        assert {name for each in alerts for name in names(each)} - {"school-safeguarding_lead"} == who
    read = messages(town.concord, town["school-on-call"])
    assert {each.ref for each in read if each.words.startswith("Overdue: Call CASS")} == {by_night}


def test_whoever_is_barred_or_handed_a_task_is_named(town: Town) -> None:
    """“Hollis was barred”, not “somebody”: as they were called then."""
    ref = town.raises()
    town.joins("second", "school-practitioner")
    bar(town.concord, town["school-head_teacher"], ref, "bar", "school-practitioner", "practitioners", "Her sister.")
    key = town.task(ref, "Stage1_Discuss").key
    hand_on(town.concord, town["council-practitioner"], ref, key, "on", "council-practitioner")
    words = [line.words for line in dispute_page(town.concord, town["co_chair"], ref).lines]
    assert any(said.startswith("School Practitioner was barred from the tasks of ") for said in words)
    assert any(said.endswith("handed on to Council Practitioner") for said in words)
    frames = [step.frame.words for step in replay_page(town.concord, town["co_chair"], ref).steps]
    assert any(said.startswith("School Practitioner was barred") for said in frames)


def test_whoever_is_away_is_named_as_away(town: Town) -> None:
    """E8: that a lead was told who was not there must show."""
    with town.concord.store.begin() as tx:
        tx.directory.add_absence("school-safeguarding_lead", date(2026, 3, 1), date(2026, 3, 9))
    ref = town.raises(risk=True)
    (found,) = [each for message, each in told(town, ref).items() if message.startswith("Risk of")]
    assert {person.id: person.away for person in found.people}["school-safeguarding_lead"] == "2026-03-09"
    assert any("away until 2026-03-09" in n.words for n in dispute_page(town.concord, town["co_chair"], ref).notices)


def test_each_notice_is_addressed_in_the_turn_that_queued_it(town: Town) -> None:
    """In one transaction, chained like all else; the journal still gives the state."""
    ref = town.raises()
    escalate(town.concord, town["school-practitioner"], ref, "sooner", "It can not wait.")
    town.move("2026-03-20T12:00")
    entries = town.verify(ref)
    queued = {e.seq for e in entries if e.kind == "NoticeQueued"}
    assert queued
    assert About(entries).told.keys() == queued
    for entry in entries:
        if entry.kind == "NoticesAddressed":
            assert all(notice["entry"] < entry.seq for notice in entry.data["notices"])
            assert entry.actor["id"] == "clock"


def test_a_notice_from_before_names_were_kept_says_so(town: Town) -> None:
    """To the role, and no more is claimed."""
    pathway = town.work(town.raises()).version.pathway
    given = Input(kind="Withdrawn", at=town.now, actor=town["co_chair"].actor, v=1)
    effect = Effect(kind="NoticeQueued", data={"message": "Overdue: it", "to": "safeguarding_lead,deputy"})
    entries, _ = record("B", GENESIS, 1, given, [effect])
    said = sentence(entries[1], pathway, About(entries))
    assert said == "To the safeguarding lead and their deputy: Overdue: it (recorded before names were kept)"
