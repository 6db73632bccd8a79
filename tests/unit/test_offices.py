"""Offices as data: the roles and kinds of agencies that a partnership lists, and those that Concord itself knows."""

import re
from pathlib import Path

from small_pathway import SETTINGS, files

from engine.pathway import offices_of, usual_offices
from engine.pathway.offices import CONCORDS_OWN, OTHER_KIND, OWN_KIND
from engine.pathway.rules import check_files

ROOT = Path(__file__).parents[2]
BOARD = {
    "roles": {
        "advocate": {"name": "advocate"},
        "independent_chair": {"name": "Independent Chair", "office": True},
        "service_manager": {"name": "service manager", "senior": True},
        "director": {"name": "director of adult services", "called": "the Director", "senior": True},
        "scrutineer": {"name": "scrutineer", "told_anywhere": True},
    },
    "kinds": {"adult_social_care": "Adult social care", "housing": "Housing", "fire": "Fire and rescue"},
}


def test_a_partnership_that_lists_none_has_the_usual_offices() -> None:
    """As they were before they were data: a version that was published then reads the same."""
    usual = offices_of({})
    assert usual == usual_offices()
    assert tuple(usual.roles) == (
        "practitioner", "safeguarding_lead", "line_manager", "head_teacher", "senior_manager", "delegated_partner",
        "director", "board_representative", "child_protection_chair", "independent_reviewing_officer", "on_call",
        "business_manager", "co_chair", "chair", "auditor",
    )  # fmt: skip
    assert usual.of_office == {"business_manager", "co_chair", "chair", "auditor"}
    assert usual.seniors == (
        "line_manager", "head_teacher", "senior_manager", "delegated_partner", "director", "board_representative",
    )  # fmt: skip
    assert usual.told_anywhere == {"child_protection_chair", "independent_reviewing_officer"}
    assert usual.of_sides == (
        "local_authority", "police", "health", "school", "early_years", "probation", "voluntary", "self_employed",
        "other",
    )  # fmt: skip


def test_a_partnership_has_what_it_lists_and_what_concord_itself_knows() -> None:
    """The agencies' roles first, then those of its own office, the auditor last; seniors in the order of the list."""
    board = offices_of(BOARD)
    assert tuple(board.roles) == (
        "advocate", "service_manager", "director", "scrutineer", "safeguarding_lead", "on_call",
        "independent_chair", "business_manager", "auditor",
    )  # fmt: skip
    assert board.seniors == ("service_manager", "director")
    assert board.of_office == {"independent_chair", "business_manager", "auditor"}
    assert board.told_anywhere == {"scrutineer"}
    assert "auditor" not in board.acting
    assert tuple(board.kinds) == ("adult_social_care", "housing", "fire", OTHER_KIND, OWN_KIND)
    assert (board.name("director"), board.called("director")) == ("director of adult services", "the Director")
    assert (board.called("advocate"), board.kind("fire")) == ("the advocate", "Fire and rescue")
    assert (board.name("head_teacher"), board.kind("early_years")) == ("head teacher", "Early years")


def test_one_of_the_two_may_be_listed_alone() -> None:
    """A partnership whose roles are the usual ones, and whose agencies are not."""
    assert offices_of({"kinds": BOARD["kinds"]}).roles == usual_offices().roles
    assert offices_of({"roles": BOARD["roles"]}).kinds == usual_offices().kinds


def test_two_pathways_of_a_partnership_are_joined() -> None:
    """People are checked against all that it has published now."""
    both = offices_of(BOARD).joined(usual_offices())
    assert both.roles.keys() == offices_of(BOARD).roles.keys() | usual_offices().roles.keys()
    assert list(both.roles)[-1] == "auditor"
    assert both.name("director") == "director of adult services"


def test_settings_that_were_never_checked_are_passed_over() -> None:
    """A version that was published before they meant anything goes on as it did."""
    for given in (3, "x", [], {}, {"chair": 3}, [{"chair": {}}]):
        assert offices_of({"roles": given, "kinds": given if not isinstance(given, dict) else None}) == usual_offices()


def said(settings: str) -> str:
    """What is found of the smallest pathway with these settings beside those that must be there."""
    found = check_files(files(settings=(SETTINGS + settings).encode()), "testing", "escalation")[1]
    return " ".join(finding.message for finding in found)


def test_offices_that_can_be_told_apart_are_accepted() -> None:
    """Each with a name; whoever acts at a tier is among them."""
    assert not said('[roles]\nmanagers = { name = "managers" }\npractitioner = { name = "worker" }\n')
    assert not said('[kinds]\nhousing = "Housing"\n[roles]\nmanagers = { name = "m", senior = true }\n')


def test_offices_that_can_not_are_findings() -> None:
    """What to write instead."""
    good = 'managers = { name = "managers" }\n'
    for given, words in (
        ('[roles]\n"Head Of" = { name = "x" }', "can’t be written in a diagram"),
        ("[roles]\nmanagers = {}", "[roles] managers in partnership.toml has no name"),
        ("[roles]\nmanagers = 3", "managers under [roles] in partnership.toml stands alone"),
        (f'[roles]\n{good}one = {{ name = "Managers" }}', "Several of [roles] are called “managers”"),
        (f'[roles]\n{good}both = {{ name = "x" }}', "[roles] both has the name of a side"),
        (f'[roles]\n{good}next_tier = {{ name = "x" }}', "[roles] next_tier has the name of a side"),
        (f'[roles]\n{good}auditor = {{ name = "x" }}', "[roles] auditor is there in every partnership"),
        (f'[roles]\n{good}chair = {{ name = "x", office = true, senior = true }}', "which has no seniors"),
        ('[roles]\nchair = { name = "x", office = true }', "[roles] lists nobody who acts for an agency"),
        (f'[roles]\n{good}one = {{ name = "x", senior = "yes" }}', "It must be true or false"),
        (
            f'[roles]\n{good}one = {{ name = "x", snr = true }}',
            "snr under [roles.one] in partnership.toml means nothing",
        ),
        ("[kinds]\nhousing = 3", "It must be text"),
        ('[kinds]\nhousing = ""', "[kinds] housing in partnership.toml has no name"),
        ('[kinds]\nhousing = "Homes"\nhomes = "homes "', "Several of [kinds] are called “homes”"),
        ('[kinds]\npartnership = "Office"', "[kinds] lists no kind of agency"),
        ("[kinds]\n", "[kinds] lists no kind of agency"),
    ):
        assert words in said(given), (given, said(given))


def test_nothing_but_the_few_is_known_by_name() -> None:
    """Every other role and kind stands in a partnership's settings, or in the file of the usual ones alone."""
    usual = usual_offices()
    every = {*usual.roles, *usual.kinds} - {*CONCORDS_OWN, OWN_KIND, OTHER_KIND}
    shipped = [p for top in ("engine", "web") for ending in ("py", "html") for p in (ROOT / top).rglob(f"*.{ending}")]
    named = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in shipped
        if not {"node_modules", "migrations"} & set(path.parts)
        for word in re.findall(r"[\"']([a-z_]+)[\"']", path.read_text("utf-8"))
        if word in every
    }
    of_the_machine = {("engine/__init__.py", "health"), ("web/health.py", "health")}  # a page of that name
    assert not named - of_the_machine
