"""Bromley, on the pages: who is told though no party (BRO-2.2), and both cases side by side (BRO-4.4)."""

from collections.abc import Mapping

from agencies import CLERK, Agencies
from clauses import clause
from mutations import prop
from play import Play

import engine
from engine.dispute import Person

BROMLEY = "bromley"
PANEL = {"composition": "three", "panel_agencies": ["raising", "receiving", "third"], "full_members": True}
DAY_0 = "Mon 2 Mar 2026 10:00"


def conference_chair(agencies: Agencies, agency: str) -> Person:
    """Somebody of an agency who chairs Child Protection Conferences."""
    chair = Person(
        id="conference chair", partnership="bromley", name="Corin Conference-Chair", agency=agency,
        agency_name=agency.title(), agency_kind="health", roles=("child_protection_chair",),
    )  # fmt: skip
    engine.add_person(agencies.concord, CLERK, chair)
    return chair


def partnership_chair(agencies: Agencies) -> Person:
    """Somebody who chairs the partnership."""
    chair = Person(
        id="chair", partnership="bromley", name="Charlie Chair", agency="office", agency_name="Office",
        agency_kind="partnership", roles=("chair",),
    )  # fmt: skip
    engine.add_person(agencies.concord, CLERK, chair)
    return chair


@clause("BRO-2.2", partnerships=(BROMLEY,), takes=[prop("Plan_Told", "to", "raising")])
def test_BRO_2_2_a_protection_chair_of_a_third_agency_is_told_whom_it_concerns(play: Play) -> None:
    """They see the notice, the child's reference and both agencies; the dispute itself stays closed to them."""
    agencies = Agencies(play, DAY_0)
    chair = conference_chair(agencies, "third")
    ref = agencies.raised({"child_protection_plan": "yes", "looked_after": "no"})
    agencies.does("raising", engine.escalate, ref, "Nobody there can decide it.")
    told = [(message.ref, message.about) for message in engine.messages(agencies.concord, chair)]
    assert told == [(ref, "AB (CASE-1); Raising and Receiving")]
    assert engine.messages(agencies.concord, agencies.people["third"]) == []
    assert engine.worklist(agencies.concord, chair) == engine.Worklist()


WAY: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "Stage4_ConcernsPersist": ("raising", {"persists": "yes"}),
    "Stage4_Choose": ("chair", {"way": "panel"}),
    "Stage4_Convene": ("chair", PANEL),
    "Panel_RepresentationRaising": ("raising", {"representation": "made", "representation_text": "The plan stalled."}),
}


@clause("BRO-4.4", partnerships=(BROMLEY,), takes=[prop("Panel_Decide", "shows", None)])
def test_BRO_4_4_the_panel_reads_both_sides_representations_side_by_side(play: Play) -> None:
    """Both stand on the page of the panel's decision, each with its side and who gave it."""
    agencies = Agencies(play, DAY_0)
    agencies.people["chair"] = partnership_chair(agencies)
    ref = agencies.raised()
    for _ in range(4):
        agencies.does("raising", engine.escalate, ref, "Nobody there can decide it.")
    seen = play.raised(DAY_0)
    for element, (who, answers) in WAY.items():
        agencies.completes(who, ref, f"{element}.1", seen.filled(element, **answers))
    none = seen.filled("Panel_RepresentationReceiving", representation="none")
    agencies.completes("receiving", ref, "Panel_RepresentationReceiving.1", none)
    shown = engine.task_page(agencies.concord, agencies.people["chair"], ref, "Panel_Decide.1").shown[-2:]
    assert [(each.agency, each.line.who if each.line else None) for each in shown] == [
        ("Raising", "Raising Person"),
        ("Receiving", "Receiving Person"),
    ]
    assert next(words for each in shown if each.line for _, words in each.line.texts) == "The plan stalled."
