"""Each register of duties says what its sheet says, row by row, and a slip of the pen in one is told."""

import pytest
from mutations import Files, Mutation, prop
from play import Play, shipped
from sheets_typed import ALWAYS_OPEN, Row
from typed_sheets import MAY_BE_ASKED, SET_LOCALLY, TYPED

from engine.pathway.duties import STAYS, Duty, Limit
from engine.pathway.rules import Finding, check_files

OWN, SHARED = "bpmn/birmingham/escalation-duties.toml", "bpmn/shared-duties.toml"
PLAY = Play("birmingham")
REGISTERS = {name: Play(name).pathway.register for name in TYPED}
DUTIES = [pytest.param(name, duty, id=f"{name} {duty.id}") for name in TYPED for duty in REGISTERS[name].duties]
ROWS = [pytest.param(name, identity, id=f"{name} {identity}") for name, rows in TYPED.items() for identity in rows]


def in_register(identity: str, old: str, new: str, own: str = OWN) -> Mutation:
    """Write something else in the entry of one duty, in the protocol's own register or the shared one."""

    def apply(files: Files) -> dict[str, bytes]:
        path = own if f'id = "{identity}"\n'.encode() in files[own] else SHARED
        entries = files[path].decode().split("[[duty]]")
        changed = [e.replace(old, new) if f'id = "{identity}"\n' in e else e for e in entries]
        return {**files, path: "[[duty]]".join(changed).encode()}

    return Mutation(f"{identity}: “{old.strip()}” becomes “{new.strip()}”", apply)


def added(name: str, text: str, path: str = OWN) -> Mutation:
    """Write something at the end of a register."""
    return Mutation(name, lambda files: {**files, path: files[path] + f"\n{text}\n".encode()})


def findings(change: Mutation) -> list[Finding]:
    """What `check` finds, but for the number that the source does not give."""
    _, found = check_files(change.of(shipped("birmingham")), "birmingham", "escalation")
    return [finding for finding in found if finding.rule != "S6"]


def words(limit: Limit | None) -> str:
    """A limit as a sheet has it: how long, whatever it is counted from."""
    if limit is None:
        return ""
    if limit.immediately:
        return "immediately"
    if limit.same_working_day:
        return "the same working day"
    lengths = ((limit.months, "month"), (limit.hours, "hour"), (limit.working_days, "working day"))
    number, unit = next((n, u) for n, u in lengths if n)
    return f"{number} {unit}{'' if number == 1 else 's'}"


def row(duty: Duty, typed: Row) -> Row:
    """What the register says of a duty, as far as a sheet says it; what is marked ◆ is no matter of the register."""
    return Row(
        who=duty.who,
        limit=words(duty.limit),
        cum=duty.cumulative,
        told=duty.told,
        local=bool(duty.local),
        reading=bool(duty.reading),
        may=duty.may,
        changed=typed.changed,
    )


@pytest.mark.parametrize("name", TYPED)
def test_the_register_has_the_rows_of_the_sheet_and_no_other(name: str) -> None:
    """In their order, the rows about risk last."""
    assert [duty.id for duty in REGISTERS[name].own] == list(TYPED[name])


@pytest.mark.parametrize(("name", "identity"), ROWS)
def test_a_row_of_the_register_is_that_of_the_sheet(name: str, identity: str) -> None:
    """Who is bound, by when, to which day, who is told, what is set locally or read, and whether it is advice."""
    typed = TYPED[name][identity]
    assert row(REGISTERS[name].by_id[identity], typed) == typed


@pytest.mark.parametrize(("name", "identity"), ROWS)
def test_every_row_says_where_it_stands_in_the_protocol(name: str, identity: str) -> None:
    """So that nobody takes it for one that is set locally, or one that is for the protocol's."""
    assert bool(REGISTERS[name].by_id[identity].stands) == (identity not in SET_LOCALLY)


@pytest.mark.parametrize(("name", "duty"), DUTIES)
def test_a_reading_says_what_the_other_would_be(name: str, duty: Duty) -> None:
    """And no other is named where none is taken."""
    assert bool(duty.reading) == bool(duty.or_else), name


@pytest.mark.parametrize(("name", "duty"), DUTIES)
def test_what_has_a_limit_that_is_set_locally_says_so(name: str, duty: Duty) -> None:
    """A limit that the protocol does not give is never shown as its own."""
    if duty in REGISTERS[name].own:
        assert bool(duty.local) or not duty.set_locally


@pytest.mark.parametrize("identity", ALWAYS_OPEN)
def test_questions_of_risk_referrals_records_and_exceptional_steps_stay_open(identity: str) -> None:
    """S2, S4, R3, E4: no time ends them, and nobody may write otherwise in the register."""
    assert all(register.by_id[identity].unanswered == STAYS for register in REGISTERS.values())
    goes_on = in_register(identity, f'"{STAYS}"', '"goes on, recorded as not done"')
    assert {(f.rule, f.element) for f in findings(goes_on)} == {("duty", identity)}


@pytest.mark.parametrize("identity", ["S4", "E4", "E5a"])
def test_no_referral_no_exceptional_step_and_nothing_that_goes_on_may_lapse(identity: str) -> None:
    """C2: only what stays open is ever recorded as not done, and neither a referral nor whether to go on."""
    lapses = in_register(identity, "unanswered =", "lapses = true\nunanswered =")
    assert {(f.rule, f.element) for f in findings(lapses)} == {("duty", identity)}


@pytest.mark.parametrize(("name", "identity"), ROWS)
def test_no_row_with_a_limit_a_recipient_or_a_new_mark_is_advice(name: str, identity: str) -> None:
    """But for those that are named, with the reason."""
    typed, duty = TYPED[name][identity], REGISTERS[name].by_id[identity]
    if duty.limit or duty.told or typed.limit or typed.told or typed.changed:
        assert duty.may == (identity in MAY_BE_ASKED)


@pytest.mark.parametrize(("name", "identity"), ROWS)
def test_every_duty_is_carried_by_an_element_or_says_what_keeps_it(name: str, identity: str) -> None:
    """And one that binds people by a task that somebody does, or, of the raising side, by raising it."""
    diagram = Play(name).pathway.diagram
    carriers = [e for e in diagram.elements.values() if any(c.id == identity for c in e.clauses)]
    duty = REGISTERS[name].by_id[identity]
    assert carriers or duty.kept_by or duty.to_come
    answered = {"Concord"} | ({"raising"} if any(e.kind == "startEvent" and e.properties for e in carriers) else set())
    if set(duty.who) - answered and not duty.to_come:
        assert any(element.kind == "userTask" for element in carriers)


def test_BIR_1_3_a_meeting_after_day_2_is_flagged() -> None:
    """The sheet: held by day 2, where the two days of the first part end; a later one is flagged."""
    dispute = PLAY.raised("Mon 2 Mar 2026 10:00").at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss")
    dispute.done("Stage1_Meeting", meeting="yes").done("Stage1_Arrange", meeting_at="2026-03-06T10:00")
    assert dispute.effects("MeetingAfterDeadline")


ENTRY = '[[duty]]\nid = "ZZZ-9.9"\nstands = "section 9"\nasks = "Something."\n'
SLIPS = [
    (in_register("BIR-1.1", "asks =", "askes ="), "settings", OWN),
    (in_register("BIR-1.1", '["both"]', '["bothe"]'), "settings", OWN),
    (in_register("BIR-1.1", '["both"]', '"both"'), "settings", OWN),
    (in_register("BIR-1.1", "working_days = 1,", "working_day = 1,"), "settings", OWN),
    (in_register("BIR-1.1", "working_days = 1,", 'working_days = "one",'), "settings", OWN),
    (in_register("BIR-1.1", 'from = "stage"', 'from = "stages"'), "settings", OWN),
    (in_register("BIR-1.1", '"goes on, recorded as not done"', '"goes on"'), "settings", OWN),
    (in_register("BIR-1.1", 'id = "BIR-1.1"', 'id = "Bir 1.1"'), "settings", OWN),
    (in_register("BIR-1.1", 'asks = "', "asks = "), "settings", OWN),
    (in_register("E4b", 'told = ["both"]', 'told = "both"'), "settings", SHARED),
    (added("a duty twice", ENTRY + ENTRY), "settings", OWN),
    (added("the duties are no list", "[duties]"), "settings", OWN),
    (Mutation("a letter in another encoding", lambda files: {**files, OWN: b"# \xe9\n" + files[OWN]}), "settings", OWN),
    (prop("Stage1_Discuss", "duties", "BIR-1.1, ZZZ-1.1"), "duty", "Stage1_Discuss"),
    (added("a duty that nobody carries", ENTRY), "duty", "ZZZ-9.9"),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "rule", "where"), SLIPS, ids=[slip.name for slip, _, _ in SLIPS])
def test_a_slip_is_told_with_where_it_is_and_what_to_do(slip: Mutation, rule: str, where: str) -> None:
    """The file by its name, or the element or duty; with what to do about it in the last sentence."""
    found = findings(slip)
    assert (rule, where) in {(finding.rule, finding.element) for finding in found}
    said = " ".join(finding.message for finding in found if finding.element == where)
    named = where.rpartition("/")[2]
    assert named in said
    assert any(what in said for what in ("Correct", "Keep one", "Draw what", "Save the file"))


def test_a_protocols_own_file_says_where_a_shared_rule_stands_and_cannot_let_it_go() -> None:
    """Each file is right by itself; what the own file says of S2 holds, and breaks it."""
    found = findings(added("S2 in its own register too", '[[duty]]\nid = "S2"\nasks = "Something else."'))
    assert {(finding.rule, finding.element) for finding in found} == {("duty", "S2")}


@pytest.mark.parametrize("slip", [SLIPS[0][0], SLIPS[9][0], SLIPS[10][0]], ids=lambda slip: slip.name)
def test_a_slip_in_a_register_is_told_once(slip: Mutation) -> None:
    """What follows from a register that can't be read, such as duties that nobody knows, is not told beside it."""
    assert [finding.rule for finding in findings(slip)] == ["settings"]


@pytest.mark.parametrize("slip", [slip for slip, _, where in SLIPS[:7] if where == OWN], ids=lambda slip: slip.name)
def test_a_slip_in_an_entry_says_which_entry(slip: Mutation) -> None:
    """There are two dozen in the file: the duty is named, or its place among them."""
    said = " ".join(finding.message for finding in findings(slip))
    assert "BIR-1.1" in said or "duty[1]" in said or "line" in said


def test_an_element_that_answers_to_what_is_no_duty_is_told_with_it() -> None:
    """ZZZ-1.1 is named, and so is what carries it."""
    found = findings(prop("Stage1_Discuss", "duties", "BIR-1.1, ZZZ-1.1"))
    assert [(f.rule, f.element) for f in found if "ZZZ-1.1" in f.message] == [("duty", "Stage1_Discuss")]
