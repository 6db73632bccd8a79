"""partnership.toml under an allow-list: what is read is checked, and what is not read is no setting."""

import time

import pytest
from small_pathway import SETTINGS, files

from engine.calendar import london
from engine.pathway import read_pathway
from engine.pathway.rules import Finding, check_files


def found(settings: str) -> list[Finding]:
    """What is found of the smallest pathway with these settings."""
    return check_files(files(settings=settings.encode()), "testing", "escalation")[1]


def said(settings: str) -> str:
    """The findings of settings beside those that must be there, as one text."""
    findings = found(SETTINGS + settings)
    assert all(finding.rule == "settings" and finding.blocks == "use" for finding in findings), findings
    return " ".join(finding.message for finding in findings)


def test_every_setting_that_is_read_may_be_there() -> None:
    """The whole of the allow-list at once, contacts and side pathways among it."""
    whole = SETTINGS.replace('name = "testing"', (
        'name = "testing"\ntitle = "Testing Partnership"\nprotocol = "Protocol"\nimmediate_danger = "999"\n'
        'threshold_guidance = ""\nreference = "TST"'
    )) + (
        '[out_of_hours_paediatrics]\nname = "Doctors"\ntelephone = "01632 960003"\nnote = "Acute"\n'
        '[hours]\nstart = "08:30"\nend = "16:00"\n[retention]\nyears = 7\n[risk]\nmove_up = "same_working_day"\n'
        '[contacts.chair]\nname = "Chair"\nemail = "chair@example.org"\ntelephone = ""\n'
        '[scope]\naccepted = "between_agencies"\n[clauses]\nids = ["TST-1"]\n[clauses.elsewhere]\n"TST-2" = "here"\n'
        '[clauses.side]\nids = ["TST-3"]\n[clauses.side.elsewhere]\n"TST-4" = "there"\n'
    )  # fmt: skip
    assert found(whole) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('[hours]\nstart = "9am"', "[hours] start in partnership.toml is “9am”. It must be a time of day like"),
        ('[hours]\nend = "25:99"', "“25:99”"),
        ('[hours]\nstart = "0900"', "“0900”"),
        ('[hours]\nstart = "9:00"', "“9:00”"),
        ('[hours]\nstart = "09:00:30"', "“09:00:30”"),
        ("[hours]\nstart = 9", "“9”"),
        ("[hours]\nstart = 09:00:00", "“09:00:00”"),
        ('[hours]\nstart = "17:00"\nend = "09:00"', "must start before they end: 17:00 to 09:00"),
        ('[hours]\nstart = "17:00"', "must start before they end: 17:00 to 17:00"),
        ('[hours]\nopening = "09:00"', "opening under [hours] in partnership.toml means nothing. Known"),
        ('[hours]\nstarts = "09:00"', "Did you mean start?"),
        ('[working_hours]\nstart = "09:00"', "[working_hours] in partnership.toml means nothing. Did you mean [hours]"),
        ('[Hours]\nstart = "09:00"', "Did you mean [hours]?"),
        ('[[hours]]\nstart = "09:00"', "The setting hours in partnership.toml stands alone. Put it under [hours]."),
        ("[retention]\nyears = true", "a whole number from 1 to 100"),
        ('[retention]\nyears = "25"', "a whole number from 1 to 100"),
        ("[retention]\nyears = 0", "a whole number from 1 to 100"),
        ("[retention]\nyear = 25", "Did you mean years?"),
        ('[risk]\nmove_up = "soon"', 'It must be "same_working_day"'),
        ("[risk]\nmove_up_after_working_hours = 0", "It must be a whole number from 1 to 40"),
        ('[contacts.chair]\nmail = "chair@example.org"', "Did you mean email?"),
        ('[contacts.chair]\nemail = "chair"', "It must be an e-mail address"),
        ('[contacts.chair]\ntelephone = "none"', "It must be a telephone number"),
        ("[contacts.chair]\ntelephone = 1902555392", "It must be a telephone number"),
        ('[contacts]\nchair = "Jo"', "chair under [contacts] in partnership.toml stands alone"),
        ("[contacts.chair]\nname = []", "It must be text in quotation marks"),
        ('[clauses]\nids = "TST-1"', "It must be a list of clauses"),
        ("[clauses]\nids = [1]", "It must be a list of clauses"),
        ('[clauses]\nid = ["TST-1"]', "id under [clauses] means nothing. Did you mean ids?"),
        ("[clauses]\nelsewhere = 3", "[clauses] elsewhere must be a table"),
        ('[clauses.side]\nelsewhere = "x"', "It must be a table of clauses"),
        ('[clauses.elsewhere]\n"TST-1" = 3', "It must be text"),
        ("[scope]\naccepted = 3", "It must be text"),
        ("[out_of_hours_paediatrics]\nnote = 3", "It must be text"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_a_finding_that_says_what_to_write(given: str, words: str) -> None:
    """An unknown table or key was ignored without a word, and an hour that is none failed at the first raising."""
    assert words in said(given), said(given)


@pytest.mark.parametrize("prefix", ["b", "bir", "Bir", "BIR1", "ST-H", "BIRMINGHAM", "ÄÖÜ", " BIR", "BIR\\n", "БИР"])
def test_a_prefix_of_references_is_two_to_eight_capital_letters(prefix: str) -> None:
    """References are read out on the telephone and typed again."""
    findings = found(SETTINGS.replace('name = "testing"', f'name = "testing"\nreference = "{prefix}"'))
    assert ["2 to 8 capital letters" in finding.message for finding in findings] == [True]


def test_a_partnership_of_the_wrong_shape_is_a_finding() -> None:
    """`[[partnership]]`, a number in its place: said, and nothing is raised."""
    rest = SETTINGS.split("\n", 2)[2]
    assert "stands alone" in " ".join(f.message for f in found('[[partnership]]\nname = "x"\n' + rest))
    assert "stands alone" in " ".join(f.message for f in found("partnership = 3\n" + rest))


def test_long_keys_and_values_are_found_at_once_and_not_repeated_whole() -> None:
    """Somebody's slip or somebody's spite: a finding within a second."""
    begun = time.perf_counter()
    words = said(f'[{"x" * 10_000}]\na = 1\n[hours]\n{"y" * 10_000} = 1\nstart = "{"z" * 10_000}"')
    assert time.perf_counter() - begun < 1
    assert len(words) < 1_500


def test_hours_of_before_that_can_not_be_read_are_the_usual_ones() -> None:
    """S5: a version that was published with them still says whom to call; a good version takes its own."""
    for given, opens, closes in (
        ('start = "9am"', 9, 17), ('start = "25:99"', 9, 17), ('end = "16:00"', 9, 16), ('end = "08:00"', 9, 17),
        ("start = 08:00:00", 8, 17),
    ):  # fmt: skip
        read = read_pathway(files(settings=(SETTINGS + f"[hours]\n{given}").encode()), "testing", "escalation")
        calendar = read.calendar(london("2026-03-02T10:00"))
        assert (calendar.opens.hour, calendar.closes.hour) == (opens, closes), given
