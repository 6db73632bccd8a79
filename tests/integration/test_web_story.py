"""A whole disagreement through the pages alone: raised, agreed, confirmed, recorded, closed, and taken up again."""

from web_office import REF, Office, words

DISPUTE = f"/disputes/{REF}"
DAY = ["23", "11", "2026"]
ANSWERS: dict[str, dict[str, object]] = {
    "Confirm the agreement": {
        "confirmed": "yes",
        "agreed_at": DAY,
        "agreed_at-time": "12:00",
        "agreement": "A visit every week.",
        "risk_now": "Lower.",
    },
    "Confirm outcome in writing": {
        "sent_at": DAY,
        "sent_at-time": "11:59",
        "sent_to": "Terry Teacher",
        "outcome_written": "A visit every week.",
        "open_issues": "None.",
    },
    "Inform the worker who raised it": {"informed_at": DAY, "informed_at-time": "11:59", "informed_how": "talk"},
    "Offer a debrief": {"debrief": "declined"},
    "Did it show a gap in policy?": {"gap": "no"},
    "Is a child at risk?": {"at_risk": "no"},
    "Say what else is known": {"child_protection_plan": "no", "looked_after": "no"},
    "Tell own lead": {"lead_name": "The lead", "lead_told_at": DAY, "lead_told_at-time": "11:59"},
    "Write down actions": {
        "actions": "A visit every week.",
        "shared_with": "Both team managers",
        "actions_on_file": "true",
    },
    "Put record on file": {"placed_at": DAY, "placed_at-time": "11:59", "shared_with_worker": "true"},
}


def do_one(office: Office, name: str) -> bool:
    """Do the first task that is open for somebody, if there is one."""
    lines = office.tasks(name)
    found = [(line, answers) for line in lines for title, answers in ANSWERS.items() if line.title.startswith(title)]
    if not found:
        return False
    line, answers = found[0]
    visitor = office.visitor(name)
    visitor.follow(visitor.submit(f"{DISPUTE}/tasks/{line.key}", {**answers, "do": "complete"}))
    return True


def test_a_disagreement_from_raising_to_closing_and_again(office: Office) -> None:
    """Agreed, confirmed and recorded it closes; what was agreed fails, and it begins again (E5, E7)."""
    office.raised()
    worker = office.visitor("worker")
    worker.follow(worker.submit(f"{DISPUTE}/agreed", {"reason": "We talked on Monday and agreed."}))
    while do_one(office, "teacher") or do_one(office, "worker"):
        pass
    teacher = office.visitor("teacher")
    page = teacher.page(DISPUTE)
    assert "Closed: resolved at Stage 1: practitioners talk" in words(page)
    assert "Resolved" in words(teacher.page("/find"))
    again = words(teacher.page(f"{DISPUTE}/again"))
    assert "under a new reference" in again
    answer = teacher.submit(f"{DISPUTE}/again", {"reason": "Nobody came."})
    assert answer.location == "/disputes/BIR-2026-0002"
    said = teacher.follow(answer)
    assert f"Taken up again from {REF}" in said
    assert "Stage 1:" in said
    assert "taken up again before, as BIR-2026-0002" in words(teacher.page(f"{DISPUTE}/again"))
    sent = {"csrf_token": teacher.token(), "command_id": "once more", "reason": "Nobody came."}
    twice = teacher.client.post(f"{DISPUTE}/again", data=sent)
    assert (twice.status_code, "BIR-2026-0002" in twice.text) == (409, True)


def test_what_was_raised_in_haste_is_told_once_it_is_written(office: Office) -> None:
    """Raised with a child at risk: whoever reads it knows why nothing stands there yet; what is written later does."""
    office.raised(risk=True)
    (talk,) = (line.key for line in office.tasks("worker") if line.title == "Discuss the difference")
    before = words(office.visitor("worker").page(f"{DISPUTE}/tasks/{talk}"))
    assert "What the disagreement is has not been written yet" in before
    about = {
        "reasons": ["level_of_risk"], "disagreement": "We see the risk as high.", "evidence": "Three referrals.",
        "risk_to_child": "Injury at home.", "child_protection_plan": "no", "looked_after": "no",
    }  # fmt: skip
    teacher = office.visitor("teacher")
    teacher.follow(teacher.submit(f"{DISPUTE}/tasks/Details_Say.1", {**about, "do": "complete"}))
    after = words(office.visitor("worker").page(f"{DISPUTE}/tasks/{talk}"))
    assert "has not been written yet" not in after
    for said in ("We see the risk as high.", "Three referrals.", "Injury at home."):
        assert said in after
