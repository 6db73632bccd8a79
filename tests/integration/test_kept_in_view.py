"""Following a dispute: on one's own list of those, whatever one has to do in it."""

import pytest
from town import Town
from web_office import REF, Office, words

from engine import Narrowing, NotYours, dispute_page, follow, worklist


def listed(town: Town, who: str) -> list[str]:
    """What somebody's list of those that they follow has: what is theirs to do, then the rest."""
    page = worklist(town.concord, town[who], narrowing=Narrowing(followed=True))
    return [each.ref for each in (*page.cards, *page.others)]


def test_what_one_follows_is_listed_whatever_there_is_to_do_in_it(town: Town) -> None:
    """A manager who has nothing to do in it yet, and the practitioner whose it is."""
    first, second = town.raises(), town.raises()
    for who in ("school-line_manager", "school-practitioner"):
        assert listed(town, who) == []
        for _ in range(2):  # as often as one likes
            follow(town.concord, town[who], second)
        assert listed(town, who) == [second]
        assert dispute_page(town.concord, town[who], second).followed
        assert not dispute_page(town.concord, town[who], first).followed
    follow(town.concord, town["school-line_manager"], second, on=False)
    assert listed(town, "school-line_manager") == []
    assert listed(town, "school-practitioner") == [second], "it is each one's own"


def test_it_changes_nothing_of_the_record(town: Town) -> None:
    """Nor does anybody else learn of it."""
    ref = town.raises()
    before = town.dispute(ref), len(dispute_page(town.concord, town["council-practitioner"], ref).lines)
    follow(town.concord, town["school-line_manager"], ref)
    after = town.dispute(ref), len(dispute_page(town.concord, town["council-practitioner"], ref).lines)
    assert after == before
    assert not dispute_page(town.concord, town["council-practitioner"], ref).followed
    town.verify(ref)


def test_nobody_follows_what_they_may_not_see(town: Town) -> None:
    """Another agency's people, and another partnership's."""
    ref = town.raises()
    for who in ("police-practitioner", "solihull-business_manager"):
        with pytest.raises(NotYours):
            follow(town.concord, town[who], ref)
        assert listed(town, who) == []


def test_a_button_on_its_page_follows_it_and_another_stops(office: Office) -> None:
    """The list has an address of its own."""
    office.raised()
    head = office.visitor("head")
    page, action = f"/disputes/{REF}", f"/disputes/{REF}/follow"
    assert "Follow it" in words(head.page(page))
    said = head.follow(head.submit(page, {"do": "follow"}, action))
    assert f"You follow {REF}" in said
    assert "Stop following it" in said
    assert REF in words(head.page("/?followed=yes"))
    assert "see those that you follow" not in words(head.page("/?followed=yes"))
    assert f"You no longer follow {REF}" in head.follow(head.submit(page, {"do": "stop"}, action))
    assert REF not in words(head.page("/?followed=yes"))
    nurse = office.visitor("nurse")
    sent = {"csrf_token": nurse.token(), "do": "follow"}
    assert nurse.client.post(action, data=sent).status_code == 404
