"""A partnership attaches its protocol as it was published; its people read that beside what the protocol asks."""

import pytest
from town import OPERATOR, Town
from web_office import REF, Office, words

from engine import NoDocument, attach_document, clause_matrices, document_of, duties_page, verify
from engine.queries.clause_page import DocumentMissing

PDF = b"%PDF-1.7\nThe protocol, as it was published.\n%%EOF"


def test_it_stands_beside_the_version_and_changes_nothing_of_it(town: Town) -> None:
    """Its name is told with the clauses and in each dispute; another one takes its place; the record is sound."""
    ref = town.raises()
    teacher = town["school-practitioner"]
    before = clause_matrices(town.concord, teacher)[0]
    assert before.document == ""
    for name, content in (("Protocol 2025.pdf", PDF), ("Protocol 2026.pdf", PDF + b"\n")):
        assert attach_document(town.concord, OPERATOR, "birmingham", name, content) == before.version
        assert clause_matrices(town.concord, teacher)[0].document == name
        assert document_of(town.concord, teacher, before.version) == (name, content)
    page = duties_page(town.concord, teacher, ref)
    assert (page.version, page.document) == (before.version, "Protocol 2026.pdf")
    assert not [verdict.fault for verdict in verify(town.concord) if verdict.fault]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("protocol.docx", b"PK\x03\x04", "it is no PDF"),
        ("large.pdf", PDF + bytes(20 * 1024 * 1024), "larger than 20 MB"),
        ("two\nlines.pdf", PDF, "of one line"),
        ("", PDF, "of one line"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(town: Town, name: str, content: bytes, why: str) -> None:
    """And nothing is kept."""
    with pytest.raises(NoDocument, match=why):
        attach_document(town.concord, OPERATOR, "birmingham", name, content)
    assert clause_matrices(town.concord, town["school-practitioner"])[0].document == ""


def test_nobody_of_another_partnership_reads_it(town: Town) -> None:
    """It may be what a partnership shows its own people alone."""
    version = attach_document(town.concord, OPERATOR, "birmingham", "Protocol.pdf", PDF)
    with pytest.raises(DocumentMissing):
        document_of(town.concord, town["solihull-school-practitioner"], version)


def test_it_is_opened_from_the_pages_that_tell_what_the_protocol_asks(office: Office) -> None:
    """As a PDF, under its own name; where there is none nothing is offered, and its address leads nowhere."""
    office.raised()
    teacher = office.visitor("teacher")
    assert not teacher.page("/clauses").xpath("//a[contains(@href, '/document')]")
    version = attach_document(office.concord, OPERATOR, "birmingham", "Protocol 2026.pdf", PDF)
    for path in ("/clauses", f"/disputes/{REF}/duties"):
        link = teacher.page(path).xpath("//a[contains(@href, '/document')]")[0]
        assert "Protocol 2026.pdf: the protocol as it was published" in words(link)
        assert link.get("href") == f"/clauses/{version}/document"
    answer = teacher.get(f"/clauses/{version}/document")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert "inline" in answer.headers["Content-Disposition"]
    assert "Protocol 2026.pdf" in answer.headers["Content-Disposition"]
    assert teacher.get(f"/clauses/{'0' * 64}/document").status_code == 404
