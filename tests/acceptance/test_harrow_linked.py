"""Harrow: a dissent whose decision puts the child at risk starts the main pathway, and the two are linked (HAR-C6)."""

import pytest
from agencies import CLERK, Agencies
from clauses import clause
from mutations import prop
from play import Play

import engine
from engine.commands.publishing import publish_files
from engine.forms import FormInvalid

CONFERENCE = ("harrow/conference-dissent",)
DAY_0 = "Mon 2 Mar 2026 10:00"
QUESTION, START = "AtRisk_Question.1", "AtRisk_StartMain.1"
HEARD = {"main_reference": "har-2026-0001 ", "main_raised_at": "2026-03-02T10:00"}


def dissenting(play: Play) -> tuple[Agencies, str]:
    """An office in which the main pathway is published too, and a dissent whose decision is believed to be a risk."""
    agencies = Agencies(play, DAY_0)
    publish_files(agencies.concord, CLERK, Play("harrow").files(demo=True), "harrow", "escalation")
    ref = agencies.raised()
    agencies.completes(
        "raising", ref, QUESTION, Play(play.partnership).raised(DAY_0).filled("AtRisk_Question", decision_risk="yes")
    )
    return agencies, ref


def main_raised(
    agencies: Agencies, link: engine.Link | None = None, who: str = "raising", pathway: str = "harrow"
) -> str:
    """Raise the same matter by the main pathway, or another one."""
    answers = Play(pathway).raised(DAY_0).filled("Raised")
    return engine.raise_dispute(
        agencies.concord, agencies.people[who], next(agencies.commands), pathway=pathway, receiving="receiving",
        answers=answers, risk=False, children=[engine.Child(case_reference="CASE-1", initials="AB")], link=link,
    ).ref  # fmt: skip


@clause("HAR-C6", partnerships=CONFERENCE, takes=[prop("AtRisk_StartMain", "links", None)])
def test_HAR_C6_raising_the_main_pathway_from_the_dissent_links_the_two_and_does_the_task(play: Play) -> None:
    """Both journals name the other; the dissent goes on."""
    agencies, ref = dissenting(play)
    page = engine.raise_page(agencies.concord, agencies.people["raising"], "harrow", engine.Link(ref=ref, task=START))
    assert ([c.case_reference for c in page.children], page.receiving) == (["CASE-1"], "receiving")
    assert engine.task_page(agencies.concord, agencies.people["raising"], ref, START).links == "harrow"
    main = main_raised(agencies, engine.Link(ref=ref, task=START))
    assert agencies.dispute(ref).links == (main,)
    assert agencies.dispute(main).links == (ref,)
    assert agencies.dispute(ref).task(START) is None
    assert agencies.dispute(ref).closed is None
    assert not [v.fault for v in engine.verify(agencies.concord) if v.fault]


@clause("HAR-C6", partnerships=CONFERENCE, takes=[prop("AtRisk_StartMain", "links", None)])
def test_HAR_C6_one_that_was_raised_before_is_linked_by_its_reference(play: Play) -> None:
    """A reference that is not the main pathway's, or another agency's, is refused and changes nothing."""
    agencies, ref = dissenting(play)
    main = main_raised(agencies)
    for wrong in (ref, "HAR-2026-0999"):
        with pytest.raises(FormInvalid) as refused:
            agencies.completes("raising", ref, START, HEARD | {"main_reference": wrong})
        assert set(refused.value.errors) == {"main_reference"}
    theirs = main_raised(agencies, who="third")
    with pytest.raises(FormInvalid):
        agencies.completes("raising", ref, START, HEARD | {"main_reference": theirs})
    agencies.completes("raising", ref, START, HEARD | {"main_reference": f" {main.lower()} "})
    assert (agencies.dispute(ref).links, agencies.dispute(main).links) == ((main,), (ref,))
    assert not [v.fault for v in engine.verify(agencies.concord) if v.fault]


@clause("HAR-C6", partnerships=CONFERENCE)
def test_HAR_C6_what_was_typed_is_raised_even_where_the_task_is_done_already(play: Play) -> None:
    """A child may be at risk: it is raised all the same, and linked; nobody else's dispute can be linked to."""
    agencies, ref = dissenting(play)
    first, second = (main_raised(agencies, engine.Link(ref=ref, task=START)) for _ in range(2))
    assert agencies.dispute(ref).links == (first, second)
    with pytest.raises(engine.NotYours):
        main_raised(agencies, engine.Link(ref=ref, task=START), who="third")


@clause("HAR-C6", partnerships=CONFERENCE)
@pytest.mark.parametrize(("task", "pathway"), [("another", "harrow"), (START, "harrow/conference-dissent")])
def test_HAR_C6_only_the_task_that_asks_for_it_is_done_by_raising(play: Play, task: str, pathway: str) -> None:
    """Another task of the dissent's, or another pathway than the main one: the two are linked, and no task is done."""
    agencies, ref = dissenting(play)
    before = {each.key for each in agencies.dispute(ref).tasks}
    other = next(key for key in sorted(before) if key != START)
    link = engine.Link(ref=ref, task=other if task == "another" else task)
    new = main_raised(agencies, link, pathway=pathway)
    assert agencies.dispute(ref).links == (new,)
    assert {each.key for each in agencies.dispute(ref).tasks} == before
