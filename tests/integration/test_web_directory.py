"""The directory's pages: everybody of a partnership reads them, its business manager changes what they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from web_office import BY, PASSWORD, Office, words

from engine import (
    AbsenceOver,
    Agency,
    DirectoryNotYours,
    Person,
    add_agency,
    add_person,
    close_day,
    directory_page,
    end_absence,
    keep_agency,
    keep_person,
    note_absence,
    person_named,
    publish_folder,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from town import Town

BPMN = Path(__file__).parents[2] / "bpmn"
NURSE = {"name": "Noa  Nurse", "agency": "health", "roles": ["practitioner"], "email": "noa@health.example",
         "telephone": "01632 960 199 ext 12", "team": "School nursing"}  # fmt: skip
AWAY = {"first": ["23", "11", "2026"], "last": ["27", "11", "2026"]}
CLOSED = {"day": ["24", "12", "2026"], "reason": "The offices are shut"}
CHANGES: Mapping[str, Mapping[str, Any]] = {
    "/directory/agencies/new": {"name": "Made-up Police", "kind": "police"},
    "/directory/agencies/school": {"name": "Renamed School", "kind": "school"},
    "/directory/people/new": NURSE,
    "/directory/people/nurse": NURSE,
    "/directory/people/nurse/absence": AWAY,
    "/directory/closures/new": CLOSED,
}


@pytest.fixture
def neighbour(office: Office) -> Office:
    """A second partnership beside the first, with an agency and a business manager of its own."""
    publish_folder(office.concord, BY, BPMN / "wolverhampton", demo=True)
    add_agency(
        office.concord, BY, Agency(id="wol", partnership="wolverhampton", name="Wulf Office", kind="partnership")
    )
    person = Person(
        id="wulf", partnership="wolverhampton", name="Wulf Manager", agency="wol", agency_name="Wulf Office",
        agency_kind="partnership", roles=("business_manager",),
    )  # fmt: skip
    add_person(office.concord, BY, person)
    return office


def said(office: Office, who: str = "manager") -> str:
    """What the directory says to somebody."""
    return words(office.visitor(who).page("/directory").get_element_by_id("main-content"))


@pytest.mark.parametrize("who", ["teacher", "manager"])
def test_everybody_of_the_partnership_reads_it(office: Office, who: str) -> None:
    """Agencies with their kind, people with their roles, whom to call, closure days."""
    text = said(office, who)
    for part in ("Made-up School", "Local authority", "Wren Worker", "Safeguarding lead, line manager", "0121 303 1888",
                 "None beside weekends", "Latest changes"):  # fmt: skip
        assert part in text, part
    assert "Directory" in words(office.visitor(who).page("/"))


def test_e8_a_tier_that_nobody_holds_is_shown(office: Office) -> None:
    """E8: the council has no senior manager; the school's head teacher holds the tier by the pathway's table."""
    gaps = words(office.visitor("teacher").page("/directory").get_element_by_id("gaps"))
    assert "Children's Services: Head of service" in gaps
    assert "Made-up School: Head teacher or principal (Safeguarding" not in gaps


def test_e8_a_tier_of_one_side_is_no_gap_where_some_agency_holds_it(office: Office) -> None:
    """E8: a conference's chair is asked of the agency it was raised with; nobody misses one in a school."""
    publish_folder(office.concord, BY, BPMN / "harrow", demo=True)
    chair = ("child_protection_chair",)
    for id_, kind, roles in (("hc", "local_authority", chair), ("hs", "school", ()), ("ho", "partnership", ("chair",))):
        add_agency(office.concord, BY, Agency(id=id_, partnership="harrow", name=id_, kind=kind))
        person = Person(
            id=f"p-{id_}", partnership="harrow", name=id_, agency=id_, agency_name=id_, agency_kind=kind, roles=roles
        )
        add_person(office.concord, BY, person)
    gaps = {(line.agency.id, tier.key) for line, tier in directory_page(office.concord, person).gaps}
    assert ("hs", "conference_chair") not in gaps
    assert {("hs", "reviewing_officer"), ("hs", "practitioners")} <= gaps


def test_e8_who_is_absent_holds_no_tier(office: Office) -> None:
    """E8: the only lead is away from today: a gap, with who is away; ended, it is none."""
    manager = office.visitor("manager")
    assert "Lane Safeguarding-Lead" not in words(manager.page("/directory").get_element_by_id("gaps"))
    told = manager.follow(manager.submit("/directory/people/lead/absence", AWAY))
    assert "The absence of Lane Safeguarding-Lead is noted." in told
    assert "Absent until 27 November 2026" in said(office, "teacher")
    buttons = [words(each) for each in manager.page("/directory").xpath("//main//button")]
    assert buttons == ["End the absence of Lane Safeguarding-Lead"]
    assert "Away: Lane Safeguarding-Lead" in words(manager.page("/directory").get_element_by_id("gaps"))
    action = manager.page("/directory").xpath("string(//form[contains(@action, '/absences/')]/@action)")
    told = manager.follow(manager.submit("/directory", {}, action=action))
    assert "The absence of Lane Safeguarding-Lead from 23 November 2026 to 27 November 2026 was ended" in told
    assert "Absent until" not in told
    assert manager.client.post(action, data={"csrf_token": manager.token()}).status_code == 404


def test_an_absence_that_has_begun_ends_the_day_before(office: Office) -> None:
    """What was is kept; from today on they act again."""
    manager = office.visitor("manager")
    manager.submit("/directory/people/lead/absence", {**AWAY, "first": ["2", "11", "2026"]})
    action = manager.page("/directory").xpath("string(//form[contains(@action, '/absences/')]/@action)")
    manager.submit("/directory", {}, action=action)
    with office.concord.store.begin(write=False) as tx:
        kept = tx.directory.absences("birmingham", office.clock.now().date().replace(day=1))
    assert [(each.first.day, each.last.day) for each in kept] == [(2, 22)]


def test_an_agency_is_added_and_changed(office: Office) -> None:
    """Both are recorded, with who did it and what was there before."""
    manager = office.visitor("manager")
    told = manager.follow(manager.submit("/directory/agencies/new", {"name": "Made-up Police", "kind": "police"}))
    assert "Made-up Police was added: police" in told
    address = manager.page("/directory").xpath("//a[contains(., 'Change') and contains(., 'Made-up Police')]/@href")[0]
    told = manager.follow(manager.submit(address, {"name": "Pretend Police", "kind": "police"}))
    assert "Pretend Police was changed: name “Pretend Police” instead of “Made-up Police”" in told
    assert "Monday 23 November 2026 at 12:00, Bo Business-Manager" in told


def test_a_person_is_added_and_changed(office: Office) -> None:
    """An id of their own to sign in with; roles in their order; both recorded."""
    manager = office.visitor("manager")
    told = manager.follow(manager.submit("/directory/people/new", NURSE))
    assert "signs in as noa-nurse" in told
    assert "Noa Nurse was added at Valley Health Trust: practitioner" in told
    data = {**NURSE, "roles": ["line_manager", "safeguarding_lead"]}
    told = manager.follow(manager.submit("/directory/people/noa-nurse", data))
    assert "roles “safeguarding lead, line manager” instead of “practitioner”" in told
    noa = person_named(office.concord, "noa-nurse")
    assert (noa.email, noa.telephone, noa.team) == ("noa@health.example", "01632 960 199 ext 12", "School nursing")
    told = manager.follow(manager.submit("/directory/people/noa-nurse", {**data, "telephone": "", "team": "Outreach"}))
    assert "telephone “none” instead of “01632 960 199 ext 12”; team “Outreach” instead of “School nursing”" in told
    manager.submit("/directory/people/new", NURSE)
    assert said(office).count("signs in as noa-nurse") == 2


def test_a_password_stays_when_a_person_is_changed(real_office: Office) -> None:
    """Changing a role signs nobody out for good."""
    manager = real_office.visitor()
    manager.submit("/sign-in", {"person": "manager", "password": PASSWORD})
    changed = {"name": "Nat Nurse", "agency": "health", "roles": ["line_manager"], "email": ""}
    assert manager.submit("/directory/people/nurse", changed).status_code == 302
    nurse = real_office.visitor().submit("/sign-in", {"person": "nurse", "password": PASSWORD})
    assert nurse.status_code == 302


def test_t2_a_closure_day_is_added_with_its_reason(office: Office) -> None:
    """T2: it is no working day for what begins from now on."""
    manager = office.visitor("manager")
    told = manager.follow(manager.submit("/directory/closures/new", CLOSED))
    assert "24 December 2026: The offices are shut" in told
    assert "24 December 2026 is a closure day: The offices are shut" in told
    with office.concord.store.begin(write=False) as tx:
        assert [day.isoformat() for day in tx.directory.closures("birmingham")] == ["2026-12-24"]


@pytest.mark.parametrize(
    ("path", "wrong", "told"),
    [
        ("/directory/agencies/new", {"name": "", "kind": "police"}, "name"),
        ("/directory/agencies/new", {"name": "made-up  SCHOOL", "kind": "school"}, "an agency of this name already"),
        ("/directory/agencies/new", {"name": "A", "kind": "circus"}, "kind"),
        ("/directory/agencies/school", {"name": "A", "kind": "partnership"}, "with people in it"),
        ("/directory/people/new", {**NURSE, "name": " "}, "name"),
        ("/directory/people/new", {**NURSE, "agency": "nowhere"}, "agency"),
        ("/directory/people/new", {**NURSE, "roles": []}, "roles"),
        ("/directory/people/new", {**NURSE, "roles": ["business_manager"]}, "the partnership’s office"),
        ("/directory/people/new", {**NURSE, "agency": "office"}, "business manager, co-chair, chair and auditor only"),
        ("/directory/people/new", {**NURSE, "email": "noa at home"}, "like name@example.org"),
        ("/directory/people/new", {**NURSE, "telephone": "at home"}, "Enter a telephone number like"),
        ("/directory/people/new", {**NURSE, "telephone": "0" * 41}, "Enter a telephone number like"),
        ("/directory/people/manager", {**NURSE, "agency": "office", "roles": ["chair"]}, "this is the only one"),
        ("/directory/people/nurse/absence", {**AWAY, "last": ["20", "11", "2026"]}, "before its first"),
        ("/directory/people/nurse/absence", {**AWAY, "last": ["31", "11", "2026"]}, "date"),
        ("/directory/people/nurse/absence", {"first": ["2", "11", "2026"], "last": ["20", "11", "2026"]}, "or later"),
        ("/directory/people/nurse/absence", {**AWAY, "last": ["27", "11", "2036"]}, "two years at most"),
        ("/directory/closures/new", {**CLOSED, "day": ["25", "12", "2026"]}, "no working day anyway"),
        ("/directory/closures/new", {**CLOSED, "day": ["24", "12", "2036"]}, "within two years"),
        ("/directory/closures/new", {**CLOSED, "reason": ""}, "Why is it no working day?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_changed(
    office: Office, path: str, wrong: dict[str, Any], told: str
) -> None:
    """422, the reason at the field and above, what was typed still there; nothing is recorded."""
    before = said(office)
    answer = office.visitor("manager").submit(path, wrong)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert "There is a problem" in answer.text
    assert said(office) == before


def test_a_day_is_closed_once(office: Office) -> None:
    """The same day again is told plainly."""
    manager = office.visitor("manager")
    manager.submit("/directory/closures/new", CLOSED)
    answer = manager.submit("/directory/closures/new", {**CLOSED, "reason": "Another"})
    assert answer.status_code == 422
    assert "a closure day already" in answer.text


@pytest.mark.parametrize("path", CHANGES)
def test_nobody_else_changes_it(office: Office, path: str) -> None:
    """A form and a change are both refused to whoever is no business manager."""
    head = office.visitor("head")
    before = said(office)
    assert head.get(path).status_code == 403
    data = {"csrf_token": head.token(), **CHANGES[path]}
    assert head.client.post(path, data=data).status_code == 403
    assert "business manager" in words(head.get(path).text)
    assert said(office) == before
    assert not head.page("/directory").xpath("//main//form")


def test_nobody_else_ends_an_absence(office: Office) -> None:
    """Nor is the button shown."""
    manager, head = office.visitor("manager"), office.visitor("head")
    manager.submit("/directory/people/lead/absence", AWAY)
    action = manager.page("/directory").xpath("string(//form[contains(@action, '/absences/')]/@action)")
    assert head.client.post(action, data={"csrf_token": head.token()}).status_code == 403
    assert "Absent until" in said(office, "head")


def test_another_partnership_sees_and_changes_nothing(neighbour: Office) -> None:
    """Its business manager reads their own directory; the other's agencies, people and absences are not there."""
    manager, wulf = neighbour.visitor("manager"), neighbour.visitor("wulf")
    manager.submit("/directory/people/lead/absence", AWAY)
    action = manager.page("/directory").xpath("string(//form[contains(@action, '/absences/')]/@action)")
    text = said(neighbour, "wulf")
    assert "Wulf Office" in text
    assert not [name for name in ("Made-up School", "Wren Worker", "Lane", "303 1888") if name in text]
    assert "Wulf" not in said(neighbour)
    before, token = said(neighbour), wulf.token()
    for path in ("/directory/agencies/school", "/directory/people/nurse", "/directory/people/nurse/absence"):
        assert wulf.get(path).status_code == 404
        assert wulf.client.post(path, data={"csrf_token": token, **CHANGES[path]}).status_code in {404, 422}
    assert wulf.client.post(action, data={"csrf_token": token}).status_code == 404
    assert wulf.submit("/directory/people/new", NURSE).status_code == 422
    assert said(neighbour) == before


def test_the_members_of_the_partnership_stand_with_what_is_to_be_verified(neighbour: Office) -> None:
    """Wolverhampton's members' directory comes from a settings file; a doubtful number is marked."""
    page = neighbour.visitor("wulf").page("/directory")
    rows = [words(row) for row in page.xpath("//tr")]
    assert sum("To be verified" in row for row in rows) == 1
    assert any("City of Wolverhampton Council" in row and "To be verified" in row for row in rows)
    assert any("CAFCASS" in row for row in rows)


def test_a_change_sent_twice_is_made_once(office: Office) -> None:
    """The command id of the form makes a double submit harmless (decision 2)."""
    manager = office.visitor("manager")
    data = {**manager.hidden("/directory/people/new"), **NURSE}
    first, second = (manager.client.post("/directory/people/new", data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    told = manager.follow(second)
    assert "recorded once" in told
    assert told.count("Noa Nurse was added") == 1


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_without_its_token_is_not_made(office: Office, path: str) -> None:
    """A request from elsewhere is refused."""
    before = said(office)
    assert office.visitor("manager").client.post(path, data=CHANGES[path]).status_code == 400
    assert said(office) == before


def test_what_is_typed_is_shown_as_text(office: Office) -> None:
    """Nobody puts markup on the page through a name or a reason."""
    manager = office.visitor("manager")
    manager.submit("/directory/people/new", {**NURSE, "name": "<script>alert(1)</script>"})
    manager.submit("/directory/closures/new", {**CLOSED, "reason": "<b>shut</b>"})
    text = manager.get("/directory").text
    assert "<script>alert(1)" not in text
    assert "<b>shut" not in text


def test_an_agency_that_there_is_not(office: Office) -> None:
    """404 for the form and for what is sent."""
    manager = office.visitor("manager")
    for path in ("/directory/agencies/none", "/directory/people/none", "/directory/people/none/absence"):
        assert manager.get(path).status_code == 404
        assert manager.client.post(path, data={"csrf_token": manager.token(), **NURSE, **AWAY}).status_code in {
            404,
            422,
        }


def test_the_clauses_of_ones_own_partnership(neighbour: Office) -> None:
    """Each clause with the elements that answer it, by name, and what is set locally; side pathways too."""
    text = words(neighbour.visitor("teacher").page("/clauses"))
    assert "BIR-3.2" in text
    assert "WOL-" not in text
    own = neighbour.visitor("wulf").page("/clauses")
    rows = {words(row[0][0]): words(row) for row in own.xpath("//tbody/tr")}
    assert "Not answered" not in words(own)
    assert "Uninvolved chair" in rows["WOL-5.3"]
    assert "Beside the diagram: the contact board" in rows["WOL-9.1"]


def test_it_is_kept_alike_on_either_database(town: Town) -> None:
    """Changes, absences and what was recorded, by the use cases themselves; nothing of the other partnership."""
    keeper, lead = town["business_manager"], "council-safeguarding_lead"
    kept = keep_agency(town.concord, keeper, "1", name='Quote " 100%_', kind="police")
    assert keep_agency(town.concord, keeper, "1", name="Other", kind="police").repeated
    keep_person(town.concord, keeper, "2", name="Åsa Ñandú", agency=kept.id, roles=("practitioner",))
    note_absence(town.concord, keeper, "3", lead, date(2026, 3, 2), date(2026, 3, 4))
    note_absence(town.concord, keeper, "4", lead, date(2026, 3, 9), date(2026, 3, 10))
    close_day(town.concord, keeper, "5", date(2026, 3, 12), "Shut")
    page = directory_page(town.concord, keeper)
    line = page.person(lead)
    assert line is not None
    assert [absence.first.day for absence in line.absences] == [2, 9]
    assert line.person.absent_until == date(2026, 3, 4)
    for number, absence in enumerate(line.absences):
        end_absence(town.concord, keeper, f"end {number}", absence.id)
    page = directory_page(town.concord, keeper)
    assert [change.kind for change in page.changes[:7]] == [
        "AbsenceEnded", "AbsenceEnded", "ClosureAdded", "AbsenceNoted", "AbsenceNoted", "PersonAdded", "AgencyAdded"
    ]  # fmt: skip
    assert {change.actor["id"] for change in page.changes[:7]} == {"business_manager"}
    assert page.person("asa-nandu") is not None
    assert {change.data["partnership"] for change in page.changes} == {"birmingham"}
    other = directory_page(town.concord, town["solihull-business_manager"])
    assert {change.data["partnership"] for change in other.changes} == {"solihull"}
    assert not other.published
    with pytest.raises(DirectoryNotYours):
        close_day(town.concord, town["council-line_manager"], "6", date(2026, 3, 13), "Shut")
    with pytest.raises(AbsenceOver):
        end_absence(town.concord, town["solihull-business_manager"], "7", line.absences[0].id)


def test_whoever_must_talk_to_the_other_side_reads_how_to_ring_them(office: Office) -> None:
    """On the card and on the task's page: with their team, the number as a link; nobody's without one."""
    office.raised()
    teacher = office.visitor("teacher")
    assert not teacher.page("/").xpath("//main//a[starts-with(@href, 'tel:')]")
    manager = office.visitor("manager")
    worker = person_named(office.concord, "worker")
    known = {"name": worker.name, "agency": worker.agency, "roles": list(worker.roles), "email": "",
             "telephone": "01632 960 177", "team": "Assessment Team 2"}  # fmt: skip
    assert manager.submit("/directory/people/worker", known).status_code == 302
    for path in ("/", office.task("teacher")):
        page = teacher.page(path)
        assert page.xpath("//main//a[@href='tel:01632960177']"), path
        assert f"{worker.name} (Assessment Team 2), 01632 960 177" in words(page)
