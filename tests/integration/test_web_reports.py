"""A report of risk on the pages: those who hold it are offered what they may do, the other side is offered nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from web_office import REF, Office, words

from engine import dispute_page, person_named

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED: Mapping[str, Mapping[str, Any]] = {
    "Risk_TellLead": {
        "lead_reached": "yes", "lead_name": "Hollis Head-Teacher", "lead_told_by": "Terry Teacher",
        "lead_told_at": ["23", "11", "2026"], "lead_told_at-time": "11:50",
    },
    "Risk_Refer": {"outcome": "mistake", "closed_because": "Another child was meant."},
    "Risk_CloseByLead": {"close_reason": "Another child was meant.", "close_checked": "y"},
}  # fmt: skip
POSTS = ("", "/claim", "/tried", "/hand-on")


def reports(office: Office) -> list[str]:
    """The addresses of the open tasks of the report."""
    dispute = dispute_page(office.concord, person_named(office.concord, "manager"), REF).dispute
    return [f"/disputes/{REF}/tasks/{task.key}" for task in dispute.tasks if dispute.referral(task.group)]


def element(address: str) -> str:
    """The element whose task it is."""
    return address.rsplit("/", 1)[1].rsplit(".", 1)[0]


def offered(office: Office, person: str, address: str) -> list[str]:
    """The actions of the task that its page offers somebody."""
    forms = office.visitor(person).page(address).forms
    return [form.get("action") for form in forms if str(form.get("action")).startswith(address)]


def test_the_challenged_agency_is_offered_nothing_and_refused_at_each_task_of_the_report(office: Office) -> None:
    """S3, S4: at the call, at telling the lead, and at closing it as reported by mistake; they can report too."""
    office.raised(risk=True)
    teacher = office.visitor("teacher")
    for _ in range(2):
        for address in reports(office):
            for person in ("worker", "lead", "manager"):
                if (person, element(address)) == ("manager", "Risk_CloseByLead"):
                    continue
                visitor = office.visitor(person)
                assert offered(office, person, address) == []
                data = {**ASKED[element(address)], **visitor.hidden("/", "/sign-out"), "command_id": "x", "to": "lead"}
                data |= {"tried_to_reach": "CASS, by telephone."}
                for end in POSTS:
                    answer = visitor.client.post(f"{address}{end}", data={**data, "do": "complete"})
                    assert answer.status_code == 403, f"{person} at {address}{end}"
                assert visitor.client.post(address, data={**data, "do": "draft"}).status_code == 403
        if refer := [address for address in reports(office) if element(address) == "Risk_Refer"]:
            teacher.submit(refer[0], {**ASKED["Risk_Refer"], "do": "complete"})
    said = words(office.visitor("lead").page(f"/disputes/{REF}"))
    assert "A report belongs to the agency that made it" in said
    assert "do this now" not in said.lower()
    assert office.visitor("lead").page(f"/disputes/{REF}/risk").forms


def test_whatever_a_page_of_a_report_offers_is_accepted_from_who_sees_it(office: Office) -> None:
    """S3, S4: taking on, handing on, keeping and sending; by the reporter, by their lead, and closing by their lead."""
    office.raised(risk=True)
    does = (("teacher", "Risk_Refer"), ("head", "Risk_TellLead"), ("head", "Risk_CloseByLead"))
    for person, asked in does:
        visitor = office.visitor(person)
        address = next(each for each in reports(office) if element(each) == asked)
        actions = offered(office, person, address)
        assert address in actions
        assert f"{address}/claim" in actions
        sent = [(action, {"tried_to_reach": "CASS, by telephone."}) for action in actions if action != address]
        sent += [(address, {**ASKED[asked], "do": do}) for do in ("draft", "complete")]
        for action, given in sent:
            answer = visitor.submit(address, given, action=action)
            assert answer.status_code == 302, f"{person} at {action} {given}: {words(answer.text)[-400:]}"
    assert not reports(office)


def test_who_reached_nobody_is_told_what_happens_next_and_the_task_stays(office: Office) -> None:
    """S4, BIR-R2: tried so far, when others are alerted, and that the referral does not wait."""
    office.raised(risk=True)
    visitor = office.visitor("teacher")
    address = next(each for each in reports(office) if element(each) == "Risk_TellLead")
    answer = visitor.submit(address, {"lead_reached": "no", "lead_tried": "Rang twice.", "do": "complete"})
    assert answer.location.endswith(address)
    said = visitor.follow(answer)
    told = ("This is still to be done", "Tried so far", "Terry Teacher", "Rang twice.", "Do not wait with the referral")
    for expected in (*told, "Others are alerted Monday 23 November 2026 at 13:00"):
        assert expected in said, expected
    assert "nobody was reached" in words(visitor.page(f"/disputes/{REF}"))
    assert address in reports(office)
    assert visitor.submit(address, {**ASKED["Risk_TellLead"], "do": "complete"}).status_code == 302
    assert address not in reports(office)
