"""Harrow's drawing and its register part company in one place each: a rule must catch it, before anything is proven."""

import pytest
from mutations import Mutation, limit, no_field, prop, without
from play import shipped
from test_register import in_register

from engine.pathway.rules import check_files

OWN = "bpmn/harrow/escalation-duties.toml"
MUTATIONS = [
    prop("Stage2_ConsultRaising", "side", "both"),
    prop("Stage4_ReferReceiving", "side", "both"),
    prop("Stage5_RepresentationRaising", "side", "both"),
    without("Stage3_ConsultReceiving"),
    limit("Stage2_LeadRaising", "working_days: 2", "working_days: 3"),
    limit("Stage5_HearOver", "working_days: 2", "working_days: 4"),
    limit("Decided_Report", "months: 3", "months: 4"),
    prop("Risk_Told", "to", "both"),
    prop("Stage5_BoardTold", "to", "both"),
    prop("Agency_Finding", "alert", None),
    prop("Risk_CloseByLead", "side", "receiving"),
    no_field("lead-acts", "standards_mended"),
    in_register("HAR-5.0", "local = ", "asks2 = ", OWN),
    in_register("HAR-3.1", 'who = ["each", "both"]', 'who = ["both"]', OWN),
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_what_the_drawing_says_otherwise_than_the_register_is_caught(mutation: Mutation) -> None:
    """By the rule that holds the two against each other; one slip in the register makes it unreadable."""
    _, found = check_files(mutation.of(shipped("harrow")), "harrow", "escalation")
    assert {finding.rule for finding in found} & {"duty", "settings"}
