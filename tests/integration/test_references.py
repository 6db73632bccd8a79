"""References of partnerships whose names begin alike, on each database."""

from importlib import import_module
from itertools import islice

import pytest
from sqlalchemy import text
from town import BPMN, HEAD, MONDAY, OPERATOR, command, filled

from engine import (
    Agency,
    Child,
    Concord,
    NotYours,
    Person,
    SetClock,
    add_agency,
    add_person,
    collect,
    open_concord,
    raise_dispute,
    raise_page,
    sweep,
    verify,
    verify_as,
)
from engine.application.numbering import TAKEN
from engine.commands.publishing import publish_files
from engine.composition import proven_once
from engine.pathway import Pathway, PrefixTaken, candidates, read_folder
from engine.proof import Proof
from engine.store import Database


def files_for(partnership: str, reference: str = "") -> dict[str, bytes]:
    """Barnet's pathway as another partnership's, with a prefix of its references where one is given."""
    found = {}
    for path, data in collect(BPMN / "barnet", demo=True).items():
        words = data
        if path.endswith("partnership.toml"):
            named = f'[partnership]\nreference = "{reference}"\n' if reference else "[partnership]\n"
            words = data.replace(b"[partnership]\n", named.encode())
        found[path.replace("/barnet/", f"/{partnership}/")] = words
    return found


def barnets_proof(_: Pathway) -> Proof:
    """What holds of Barnet's pathway holds of it under another name."""
    return proven_once(read_folder(BPMN / "barnet", "escalation", demo=True))


def publish(concord: Concord, partnership: str, reference: str = "") -> None:
    """Publish it, and let people move in."""
    concord.prover = barnets_proof
    publish_files(concord, OPERATOR, files_for(partnership, reference), partnership, "escalation")
    for agency, kind in (("school", "school"), ("council", "local_authority"), ("office", "partnership")):
        id_ = f"{partnership}-{agency}"
        add_agency(concord, OPERATOR, Agency(id=id_, partnership=partnership, name=agency.title(), kind=kind))
        roles = ("business_manager",) if agency == "office" else ("practitioner", *HEAD)
        person = Person(
            id=f"{id_}-person", partnership=partnership, name=f"{agency.title()} Person", agency=id_,
            agency_name=agency.title(), agency_kind=kind, roles=roles,
        )  # fmt: skip
        add_person(concord, OPERATOR, person)


def someone(concord: Concord, partnership: str, agency: str = "school") -> Person:
    """A person of a partnership's agency."""
    with concord.store.begin(write=False) as tx:
        return tx.directory.person(f"{partnership}-{agency}-person")


def raises(concord: Concord, partnership: str, *, risk: bool = False) -> str:
    """Raise a dispute there; gives its reference."""
    by = someone(concord, partnership)
    form = raise_page(concord, by).form
    return raise_dispute(
        concord, by, command(), pathway=partnership, receiving=f"{partnership}-council",
        answers=filled(form, concord.clock.now(), {}), children=[Child(case_reference="CASE-1", initials="AB")],
        risk=risk,
    ).ref  # fmt: skip


def faults(concord: Concord) -> list[str]:
    """What verifying everything finds."""
    return [verdict.fault for verdict in verify(concord) if verdict.fault]


@pytest.mark.parametrize("risk", [False, True])
def test_partnerships_whose_names_begin_alike_both_raise(concord: Concord, risk: bool) -> None:
    """S2, S3: Barnet, Barking, and one whose name is the beginning of another's: each has references of its own."""
    for partnership in ("barnet", "barking", "bar", "barnet-and-enfield", "BARNET"):
        publish(concord, partnership)
    refs = [raises(concord, name, risk=risk) for name in ("barnet", "barking", "bar", "barnet-and-enfield", "BARNET")]
    assert refs == ["BAR-2026-0001", "BARK-2026-0001", "BAA-2026-0001", "BARN-2026-0001", "BARNE-2026-0001"]
    assert raises(concord, "barking", risk=risk) == "BARK-2026-0002"
    sweep(concord)
    assert not faults(concord)


def test_a_prefix_that_is_set_is_taken_when_the_pathway_is_published(concord: Concord) -> None:
    """Whoever publishes second is told to choose another one, and nothing of theirs is published."""
    publish(concord, "barnet", "BARN")
    with pytest.raises(PrefixTaken) as refused:
        publish(concord, "barking", "BARN")
    assert "[partnership] reference" in str(refused.value)
    with concord.store.begin(write=False) as tx:
        assert "barking" not in tx.versions.partnerships()
    publish(concord, "barking", "BAR")
    assert [raises(concord, "barnet"), raises(concord, "barking")] == ["BARN-2026-0001", "BAR-2026-0001"]
    assert not faults(concord)


def test_a_prefix_that_somebody_has_by_its_name_is_not_another_ones_to_set(concord: Concord) -> None:
    """The first three letters of Birmingham are taken since it was published, before it has raised anything."""
    with pytest.raises(PrefixTaken):
        publish(concord, "solihull-and-others", "BIR")


def test_a_later_version_may_change_the_prefix_and_no_reference_changes(concord: Concord) -> None:
    """What is numbered stays as it is, the numbers go on, and the prefix given up is still nobody else's."""
    publish(concord, "barnet")
    first = raises(concord, "barnet")
    publish_again(concord, "barnet", "LBB")
    second = raises(concord, "barnet", risk=True)
    with pytest.raises(PrefixTaken):
        publish(concord, "barking", "BAR")
    publish_again(concord, "barnet")
    third = raises(concord, "barnet")
    assert [first, second, third] == ["BAR-2026-0001", "LBB-2026-0002", "LBB-2026-0003"]
    publish_again(concord, "barnet", "BAR")
    assert raises(concord, "barnet") == "BAR-2026-0004"
    assert not faults(concord)


def publish_again(concord: Concord, partnership: str, reference: str = "") -> None:
    """Publish a later version."""
    publish_files(concord, OPERATOR, files_for(partnership, reference), partnership, "escalation")


def test_a_number_that_is_gone_is_named_under_each_prefix_that_it_can_have_had(concord: Concord) -> None:
    """R2: between two of one prefix it had theirs; where the prefix changed, either."""
    publish(concord, "barnet")
    refs = [raises(concord, "barnet") for _ in range(3)]
    publish_again(concord, "barnet", "LBB")
    refs += [raises(concord, "barnet") for _ in range(2)]
    remove(concord, refs[1])
    assert "Dispute BAR-2026-0002 is missing altogether: its number was given." in faults(concord)
    remove(concord, refs[3])
    said = "Dispute BAR-2026-0004 or LBB-2026-0004 is missing altogether: its number was given."
    assert said in faults(concord)


def remove(concord: Concord, ref: str) -> None:
    """Delete a dispute from every table, as whoever owns the database can."""
    for table in ("texts", "children", "tasks", "worklist", "notices", "entries", "disputes"):
        tamper(concord, f"DELETE FROM {table} WHERE ref = '{ref}'", table)


def tamper(concord: Concord, statement: str, table: str = "") -> None:
    """Run a statement as whoever owns the database can: the guards of its table are off."""
    assert isinstance(concord.store, Database)
    with concord.store.engine.begin() as connection:
        postgresql = connection.dialect.name == "postgresql"
        for verb in ("updated", "deleted", "replaced"):
            of = f" ON {table}" if postgresql else ""
            if table:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_not_{verb}{of}"))
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE prefixes SET partnership = 'birmingham' WHERE prefix = 'BAR'",
            "nothing says that birmingham took BAR",
        ),
        ("UPDATE prefixes SET at = '2026-01-01 00:00:00' WHERE prefix = 'BAR'", "nothing says that barnet took BAR"),
        ("UPDATE prefixes SET prefix = 'BAT' WHERE prefix = 'BAR'", "BAR, which barnet took, is missing"),
        ("DELETE FROM prefixes WHERE prefix = 'BAR'", "BAR, which barnet took, is missing"),
        ("INSERT INTO prefixes VALUES ('NEW', 'barnet', '2026-01-01 00:00:00')", "nothing says that barnet took NEW"),
    ],
)
def test_a_prefix_that_was_altered_is_named(concord: Concord, statement: str, said: str) -> None:
    """R2: each column of the table follows from what was recorded when the prefix was taken."""
    publish(concord, "barnet")
    raises(concord, "barnet")
    assert not faults(concord)
    tamper(concord, statement, "prefixes")
    assert any(said in fault for fault in faults(concord)), faults(concord)


def test_a_broken_record_is_its_own_partnerships_to_verify_however_it_is_spelled(concord: Concord) -> None:
    """Those who oversee Barking do not look into Barnet's, though both begin with the same letters; nor the reverse."""
    publish(concord, "barnet")
    publish(concord, "barking")
    refs = {name: raises(concord, name) for name in ("barnet", "barking")}
    for ref in refs.values():
        tamper(concord, f"UPDATE disputes SET state = '{{}}' WHERE ref = '{ref}'")
    for own, other in (("barnet", "barking"), ("barking", "barnet")):
        manager = someone(concord, own, "office")
        assert verify_as(concord, manager, refs[own]).faults
        with pytest.raises(NotYours):
            verify_as(concord, manager, refs[other])


def test_prefixes_that_are_in_use_belong_to_whoever_used_them_first(concord: Concord) -> None:
    """A database of before has none: migrating gives each to the partnership of its first dispute."""
    publish(concord, "barnet")
    refs = [raises(concord, "barnet") for _ in range(2)]
    tamper(concord, "DELETE FROM prefixes", "prefixes")
    tamper(concord, f"DELETE FROM acts WHERE kind = '{TAKEN}'", "acts")
    assert isinstance(concord.store, Database)
    with concord.store.engine.begin() as connection:
        import_module("engine.store.migrations.versions.0005_prefixes_and_proofs").fill(connection)
    with concord.store.begin(write=False) as tx:
        assert [(p.prefix, p.partnership, p.at) for p in tx.numbers.prefixes()] == [("BAR", "barnet", MONDAY)]
    publish(concord, "barking")
    assert [raises(concord, "barnet"), raises(concord, "barking")] == ["BAR-2026-0003", "BARK-2026-0001"]
    beside = [fault for fault in faults(concord) if "table acts" not in fault]  # some of which were taken out above
    assert not beside
    tamper(concord, "DELETE FROM prefixes WHERE prefix = 'BAR'")
    assert any("BAR of barnet is missing" in fault for fault in faults(concord)), refs


def test_two_processes_that_publish_at_the_same_moment_take_two_prefixes(concord: Concord, database_url: str) -> None:
    """The second of them finds the first's."""
    other = open_concord(database_url, SetClock(MONDAY))
    publish(concord, "barnet")
    publish(other, "barking")
    assert raises(other, "barking") == "BARK-2026-0001"
    assert isinstance(other.store, Database)
    other.store.close()


def test_there_is_a_prefix_for_every_name() -> None:
    """Without letters, short, long, accented or hyphened: letters A to Z, first three of them, then more."""
    for name in ("st-helens", "é", "", "42", "a", "kingston-upon-hull", "ÅÄÖ"):
        found = list(islice(candidates(name), 100))
        assert len(set(found)) >= 50
        assert all(3 <= len(each) <= 8 and each.isascii() and each.isalpha() and each.isupper() for each in found)
    assert next(candidates("st-helens")) == "STH"
    assert list(islice(candidates("barking"), 3)) == ["BAR", "BARK", "BARKI"]
