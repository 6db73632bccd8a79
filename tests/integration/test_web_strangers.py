"""What somebody sees of a dispute that is not theirs: what anybody sees of one that does not exist."""

import re

import pytest
from routes import READS, Address, addresses
from web_office import REF, Office, Visitor

NOWHERE = "BIR-2026-9999"
SENT = {
    "reason": "It can't wait.", "children": "0", "what": "Seen.", "do": "draft", "result": "not_agreed", "to": "nurse",
    "until": ["25", "11", "2026"], "until-time": "12:00", "person": "worker", "tier": "practitioner",
}  # fmt: skip


def pairs(office: Office) -> list[tuple[Address, Address]]:
    """Each address of a dispute, beside the same of a reference that does not exist."""
    key = office.task("teacher").rpartition("/")[2]
    rest = {"key": key, "seq": "1", "as_": "pdf", "name": "", "n": "1", "child": "0"}
    there, nowhere = ([*addresses(office.app, {**rest, "ref": ref}, having="ref")] for ref in (REF, NOWHERE))
    return list(zip(there, nowhere, strict=True))


def told(visitor: Visitor, address: Address, data: object) -> tuple[int, str, str]:
    """What an answer says, but for what no two answers share, and the reference."""
    given = None if address.method in READS else data
    answer = visitor.client.open(address.path, method=address.method, data=given)
    plain = re.sub(r"nonce[=-]\S+|name=\"csrf_token\" value=\"[^\"]*\"", "", answer.text)
    location, words = (re.sub(f"{REF}|{NOWHERE}", "REF", text) for text in (str(answer.location), plain))
    return answer.status_code, location, words


@pytest.mark.parametrize("sent", ["all that is asked for", "nothing"])
def test_a_dispute_of_others_looks_like_one_that_does_not_exist(office: Office, sent: str) -> None:
    """At every address of it, reading and writing: the same status, the same words, no redirect that tells (S1)."""
    office.raised()
    visitor = office.visitor("nurse")
    token = {"csrf_token": visitor.token()}
    data = {**token, **SENT} if sent != "nothing" else token
    differ = [one.path for one, other in pairs(office) if told(visitor, one, data) != told(visitor, other, data)]
    assert not differ
    found = {told(visitor, one, data)[0] for one, _ in pairs(office) if one.endpoint != "replay.path"}
    assert found == {404}


def test_nothing_is_noted_or_changed_by_a_strangers_tries(office: Office) -> None:
    """The dispute stays as it was, and nobody is said to have looked: a try that was refused is noted as such."""
    office.raised()
    visitor = office.visitor("nurse")
    with office.concord.store.begin(write=False) as tx:
        before = tx.disputes.get(REF).last_hash
    for one, _ in pairs(office):
        told(visitor, one, {"csrf_token": visitor.token(), **SENT})
    with office.concord.store.begin(write=False) as tx:
        assert tx.disputes.get(REF).last_hash == before
        assert {look.what.split(" ")[0] for look in tx.looks.of(REF) if look.person == "nurse"} == {"refused"}


def test_no_list_of_a_stranger_names_the_dispute(office: Office) -> None:
    """Neither finding it by its reference or case, nor raising about the same child, tells that it exists."""
    office.raised()
    visitor = office.visitor("nurse")
    for path in ("/", "/find?case=CR-1", "/find.csv?case=CR-1", "/directory"):
        assert REF not in visitor.get(path).text, path
    for path in ("/find?reference=", "/find.csv?reference=", "/raise/details?risk=no&task=x&linked="):
        said = [re.sub(rf"nonce\S+|value=\"[^\"]*\"|{ref}", "", visitor.get(path + ref).text) for ref in (REF, NOWHERE)]
        assert said[0] == said[1], path
