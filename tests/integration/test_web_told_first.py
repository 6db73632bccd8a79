"""What just happened is told by one rule: in the title, by an alert and where the focus is, a risk before all else."""

from lxml import html
from web_office import REF, TALKED, Office, words

REPORTED = "The risk is reported. Now call Children's Advice and Support Service (CASS): 0121 303 1888."


def test_what_came_of_a_sending_is_told_first(office: Office) -> None:
    """The page's title begins with it, its message is an alert; of a risk both give the number for this hour (S6)."""
    office.raised()
    visitor = office.visitor("teacher")
    answer = visitor.submit(f"/disputes/{REF}/risk", {"children": ["0"]})
    page = visitor.page(answer.location)
    assert page.xpath("string(//title)").startswith(f"{REPORTED[:-1]} – Call CASS and record the referral")
    assert words(page.xpath("//*[@role='alert']")[0]) == f"A child is at risk {REPORTED}"
    answer = visitor.submit(f"{office.task('teacher', 'Discuss')}", {**TALKED, "do": "complete"})
    page = visitor.page(answer.location)
    assert page.xpath("string(//title)").startswith("That is recorded: Discuss the difference – BIR-2026-0001")
    assert words(page.xpath("//*[@role='alert']")[0]) == (
        "Success That is recorded: Discuss the difference. Do this now: Call CASS and record the referral."
    )


def test_a_risk_that_was_sent_twice_is_told_with_its_number_again(office: Office) -> None:
    """Whoever presses twice reads whom to call all the same (S6)."""
    office.raised()
    visitor = office.visitor("teacher")
    data = {**visitor.hidden(f"/disputes/{REF}/risk", f"/disputes/{REF}/risk"), "children": ["0"]}
    for first in ("The risk is reported.", "You had sent this before."):
        page = visitor.page(visitor.client.post(f"/disputes/{REF}/risk", data=data).location)
        assert first in words(page.xpath("//*[@role='alert']")[0])
        assert "Now call Children's Advice and Support Service (CASS): 0121 303 1888" in page.xpath("string(//title)")


def test_that_a_child_is_at_risk_is_told_before_all_else(office: Office) -> None:
    """As it is answered while raising, and as it is raised: first in the title, and alone with the focus (S2, S6)."""
    visitor = office.visitor("teacher")
    page = visitor.page(visitor.submit("/raise", {"risk": "yes"}).location)
    assert page.xpath("string(//title)").startswith("You said that a child is at risk. Now call ")
    assert words(page.xpath("//*[@role='alert']")[0]).startswith("A child is at risk You said")


def test_of_what_is_wrong_the_title_gives_the_first_and_how_many_more(office: Office) -> None:
    """And what takes the focus has a name to be read out by."""
    visitor = office.visitor("teacher")
    page = html.fromstring(visitor.submit("/raise", {}).text)
    wrong = "Say whether a child is at risk of significant harm"
    assert page.xpath("string(//title)") == f"Error: {wrong} – Raise a disagreement – Concord"
    assert page.xpath("//*[@data-module='govuk-error-summary']/@aria-label") == ["There is a problem"]
    many = html.fromstring(visitor.submit("/raise/details?risk=no", {}).text).xpath("string(//title)")
    assert many.startswith("Error: Enter the case reference of the child, and 6 more – ")


def test_a_refusal_of_what_was_sent_is_an_alert(office: Office) -> None:
    """What was done in the meantime is said as a problem; an address that leads nowhere is only a page."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    data = {**visitor.hidden(task), **TALKED, "do": "complete"}
    visitor.follow(visitor.client.post(task, data=data))
    late = html.fromstring(visitor.client.post(task, data={**data, "command_id": "another"}).text)
    assert late.xpath("string(//title)").startswith("Error: ")
    assert words(late.xpath("//*[@role='alert']")[0]).startswith("There is a problem ")
    assert not html.fromstring(visitor.get("/nothing").text).xpath("//*[@role='alert']")
