"""The register of duties: limits, how it is read, and the same limit in a diagram."""

import pytest
from small_pathway import changed, files, node

from engine.pathway import STAYS
from engine.pathway.duties import Duty, Limit, Register, RegisterUnreadable, arguments, read_register
from engine.pathway.rules import Finding, check_files
from engine.pathway.settings_reader import SettingsUnreadable

OWN, SHARED = "escalation-duties.toml", "shared-duties.toml"
ENTRY = '[[duty]]\nid = "TST-1"\nstands = "section 1"\nasks = "It is discussed."\n'


def read(text: str, file: str = OWN) -> Register:
    """The register of one file."""
    return read_register([(file, text.encode())])


def why(text: str, file: str = OWN) -> str:
    """Why a file can't be read, as a register or as any file of settings."""
    with pytest.raises((RegisterUnreadable, SettingsUnreadable)) as refused:
        read(text, file)
    return str(refused.value)


@pytest.mark.parametrize(
    ("limit", "given"),
    [
        (Limit(working_days=2), {"working_days": 2}),
        (Limit(working_days=2, since="task"), {"working_days": 2}),
        (Limit(working_days=2, since="stage"), {"working_days": 2, "from": "stage"}),
        (Limit(hours=24, since="agreement"), {"hours": 24, "from": "agreement"}),
        (Limit(months=3, at_least=5), {"months": 3, "at_least": 5}),
        (Limit(immediately=True), {"immediately": True}),
        (Limit(same_working_day=True), {"same_working_day": True}),
    ],
)
def test_a_limit_gives_the_arguments_of_due(limit: Limit, given: dict[str, object]) -> None:
    """Only what is said; from the task's own opening is what is meant where nothing is."""
    assert dict(limit.given) == given


@pytest.mark.parametrize(
    ("limit", "text", "same"),
    [
        (Limit(working_days=2), "due(working_days: 2)", True),
        (Limit(working_days=2), 'due(working_days: 2, from: "task")', True),
        (Limit(working_days=2), 'due(working_days: 2, from: "stage")', False),
        (Limit(working_days=2, since="stage"), 'due(from: "stage", working_days: 2)', True),
        (Limit(working_days=2, since="stage"), "due(working_days: 2)", False),
        (Limit(working_days=2), "due(working_days: 3)", False),
        (Limit(working_days=2), "due(hours: 2)", False),
        (Limit(hours=24), "due(hours: 24, cumulative: 9)", True),
        (Limit(immediately=True), "due(immediately: true)", True),
        (Limit(immediately=True), "due(immediately: false)", False),
        (Limit(immediately=True), "due(same_working_day: true)", False),
    ],
)
def test_a_limit_says_the_same_as_a_due_text_or_not(limit: Limit, text: str, same: bool) -> None:
    """Number, unit and the moment that it is counted from; the maximum of a stage is no matter of it."""
    given = arguments(text, "due")
    assert given is not None
    assert limit.says(given) == same


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(working_days=1), "1 working day"),
        (Limit(working_days=2, since="agreement"), "2 working days from the agreement"),
        (Limit(hours=24, since="stage"), "24 hours from the stage's beginning"),
        (Limit(months=1, since="raised"), "1 month from raising"),
        (Limit(immediately=True), "immediately"),
        (Limit(same_working_day=True), "the same working day"),
    ],
)
def test_a_limit_says_for_people_how_long_it_is(limit: Limit, words: str) -> None:
    """Number, unit, and from when; from its own opening where nothing is said."""
    assert limit.words == words


@pytest.mark.parametrize("text", ["", "null", "deadline(working_days: 2)", "due(", "every day"])
def test_what_is_no_due_text_has_no_arguments(text: str) -> None:
    """Another rule tells of it: no register is asked."""
    assert arguments(text, "due") is None


@pytest.mark.parametrize(
    ("limit", "spelled"),
    [
        (Limit(working_days=1), "due(working_days: 1)"),
        (Limit(hours=24, since="stage"), 'due(hours: 24, from: "stage")'),
        (Limit(immediately=True), "due(immediately: true)"),
    ],
)
def test_a_limit_is_spelled_so_that_it_says_the_same(limit: Limit, spelled: str) -> None:
    """What a finding offers can be written in the diagram as it stands."""
    assert limit.spelled == spelled
    assert limit.says(arguments(limit.spelled, "due") or {})


def test_duties_come_in_the_order_that_they_are_named_and_strangers_are_left_out() -> None:
    """A rule of the drawing tells of those."""
    register = read(ENTRY + ENTRY.replace("TST-1", "TST-2"))
    assert [duty.id for duty in register.of(["TST-2", "E1", "TST-1"])] == ["TST-2", "TST-1"]
    assert Register().of(["TST-1"]) == ()


def test_a_duty_with_a_number_of_a_protocol_is_its_own_and_one_without_is_shared() -> None:
    """E4a is a rule of all pathways."""
    register = read_register([(OWN, ENTRY.encode()), (SHARED, ENTRY.replace("TST-1", "E4a").encode())])
    assert [duty.id for duty in register.own] == ["TST-1"]
    assert register.by_id["E4a"].shared


def test_a_duty_that_stands_nowhere_in_the_protocol_is_set_locally() -> None:
    """And one that does says where."""
    assert Duty(id="E1", asks="It goes on.").reference == "Set locally"
    assert Duty(id="E1", asks="It goes on.", stands="section 4").reference == "Protocol, section 4"


def test_a_protocols_own_file_says_how_it_has_a_shared_rule() -> None:
    """Whichever file is read first has it."""
    own, shared = ENTRY.replace("TST-1", "R3"), '[[duty]]\nid = "R3"\nasks = "A record."\n'
    register = read_register([(OWN, own.encode()), (SHARED, shared.encode())])
    assert [(duty.id, duty.stands) for duty in register.duties] == [("R3", "section 1")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTRY.replace("asks", "askes"), "askes"),
        (ENTRY.replace("asks", "# asks"), "asks"),
        (ENTRY.replace("It is discussed.", ""), "asks"),
        (ENTRY.replace("TST-1", "tst 1"), "id"),
        (ENTRY + 'who = ["everybody"]\n', "who"),
        (ENTRY + 'who = "both"\n', "who"),
        (ENTRY + "limit = { days = 2 }\n", "days"),
        (ENTRY + 'limit = { working_days = 2, from = "noon" }\n', "from"),
        (ENTRY + "limit = { working_days = 2.5 }\n", "working_days"),
        (ENTRY + 'unanswered = "ends"\n', "unanswered"),
        (ENTRY + 'may = "yes"\n', "may"),
        ("[duty]\n" + ENTRY.partition("\n")[2], "duty"),
        ("[[duties]]\n", "duties"),
        (ENTRY + ENTRY, "TST-1 stands there twice. Keep one of the two."),
        ("[[duty\n", "not TOML"),
        ("x = " + "[" * 5_000, "line 1 has"),
    ],
)  # fmt: skip
def test_a_register_that_cannot_be_read_says_which_file_what_is_wrong_and_what_to_do(text: str, words: str) -> None:
    """With the name of what is wrong in it."""
    said = why(text)
    assert said.startswith(f"{OWN} can't be read: ")
    assert words in said
    assert any(what in said for what in ("Correct", "Keep", "Shorten", "Write"))


def test_what_is_wrong_in_a_later_entry_is_told_with_its_place() -> None:
    """The third is meant, counted from 0."""
    third = ENTRY + ENTRY.replace("TST-1", "TST-2") + ENTRY.replace("TST-1", "TST-3").replace("asks", "askes")
    assert "duty[2]" in why(third)


@pytest.mark.parametrize("field", ["limit = {}", "set_locally = [{}]", "limit = { working_days = 0 }"])
def test_a_limit_of_no_length_is_none(field: str) -> None:
    """How long it is has to be said, or there is nothing to hold a drawing to."""
    assert why(ENTRY + field + "\n")


@pytest.mark.parametrize("field", ["limit = { working_days = 1, hours = 24 }"])
def test_a_limit_has_one_length(field: str) -> None:
    """Two would say two."""
    assert why(ENTRY + field + "\n")


def found(register: str, old: str = "", new: str = "") -> list[Finding]:
    """What is found of the smallest pathway beside a register, with one thing of its drawing changed."""
    drawn = changed(old, new) if old else changed("TST-1, E1 [local]", "TST-1, E1 [local]")
    given = {**files(drawn), f"bpmn/testing/{OWN}": register.encode()}
    return [f for f in check_files(given, "testing", "escalation")[1] if f.rule == "duty"]


def test_a_duty_that_nobody_carries_is_told_with_what_it_asks() -> None:
    """Draw what does, or say what keeps it."""
    lonely = ENTRY.replace("TST-1", "TST-9")
    told = [f for f in found(ENTRY + '[[duty]]\nid = "E1"\nasks = "It goes on."\n' + lonely) if f.element == "TST-9"]
    assert [f.message for f in told] == [
        "No element answers to TST-9: It is discussed. Draw what does, or say kept_by or to_come in the register."
    ]


def test_one_that_something_else_keeps_or_that_is_to_come_needs_no_element() -> None:
    """It says so."""
    for says in ('kept_by = "the directory"\n', "to_come = true\n"):
        assert not [f for f in found(ENTRY + ENTRY.replace("TST-1", "TST-9") + says) if f.element == "TST-9"]


def test_questions_of_risk_stay_open_in_any_protocol() -> None:
    """S2 without a word, or with another, is told."""
    asked = ENTRY.replace("TST-1", "S2")
    assert [f.element for f in found(asked) if f.element == "S2"] == ["S2"]
    assert not [f for f in found(asked + f'unanswered = "{STAYS}"\n') if f.element == "S2"]


def test_a_pathway_without_a_register_is_asked_nothing_of_it() -> None:
    """Those of other partnerships have none yet."""
    assert [f for f in check_files(files(), "testing", "escalation")[1] if f.rule == "duty"] == []


@pytest.mark.parametrize(("who", "told"), [("raising", False), ("receiving", True), ("both", True)])
def test_what_is_asked_as_it_is_raised_the_raising_side_has_answered(who: str, *, told: bool) -> None:
    """No task need ask it again; of anybody else it is no answer."""
    asked = ENTRY.replace("TST-1", "TST-9") + f'who = ["{who}"]\n'
    by_a_form = node("startEvent", "Raised", form="discuss", duties="TST-9")
    given = {**files(changed(node("startEvent", "Raised"), by_a_form)), f"bpmn/testing/{OWN}": (ENTRY + asked).encode()}
    said = [f.message for f in check_files(given, "testing", "escalation")[1] if f.element == "TST-9"]
    assert any("no task answers it" in each for each in said) == told
