"""What a request may be written in: whatever can't be kept is refused before anything reads it."""

from urllib.parse import quote

import pytest
from routes import READS, addresses
from web_office import REF, TALKED, Office

ODD = ("\x00", "\x08", "\x1b[2J", "\ufffe", "\uffff", "\x1f")
KEPT = ("Zoë O’Näme 🙂", "line\r\nline\ttab", "\u202eabc", "e\u0301", "\U0010fffd")


@pytest.mark.parametrize("odd", ODD)
def test_what_can_not_be_kept_is_refused_at_every_address(office: Office, odd: str) -> None:
    """In a field, in a field's name, behind the question mark, in the path: 400 or 404, never 500."""
    office.raised()
    visitor = office.visitor("teacher")
    token = visitor.token()
    values = {"ref": REF, "key": "x", "seq": "1", "as_": "xes", "n": "1"} | dict.fromkeys(
        ("agency", "person", "absence", "child", "name", "version"), "1"
    )
    for at in addresses(office.app, values):
        sent = {"csrf_token": token, "reason": f"a{odd}b"} if at.method not in READS else None
        path = at.path if sent else f"{at.path}?{quote('next' + odd)}={quote(odd)}"
        answer = visitor.client.open(path, method=at.method, data=sent)
        assert answer.status_code in {400, 404}, at
    for path in (f"/disputes/{quote(odd)}", f"/disputes/{REF}{quote(odd)}/tasks/{quote(odd)}", f"/{quote(odd)}"):
        assert visitor.get(path).status_code == 404, path


def test_what_was_typed_beside_it_is_shown(office: Office) -> None:
    """Nothing that was typed is lost: it can be copied, without the character."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    answer = visitor.submit(task, {**TALKED, "risk_now": "As before.\x08New line", "do": "complete"})
    assert answer.status_code == 400
    assert "holds a character that can’t be kept" in answer.text
    assert "As before.New line" in answer.text
    assert visitor.get(task).status_code == 200


@pytest.mark.parametrize("broken", ["\x0b", "\x0c", "\u2028", "\x85", "\r\n", "\r"])
def test_a_line_break_of_any_editor_is_one(office: Office, broken: str) -> None:
    """Word's Shift-Enter is U+000B: in a form, and in the reason of an act."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    assert (
        visitor.submit(task, {**TALKED, "risk_now": f"first line{broken}second line", "do": "complete"}).status_code
        == 302
    )
    reason = {"reason": f"It can't{broken}wait."}
    assert visitor.submit(f"/disputes/{REF}/escalate", reason).status_code == 302
    with office.concord.store.begin(write=False) as tx:
        typed = {text.text for text in tx.journal.texts(REF).values()}
    assert {"first line\nsecond line", "It can't\nwait."} <= typed


@pytest.mark.parametrize("text", KEPT)
def test_what_people_write_is_kept_as_it_is(office: Office, text: str) -> None:
    """Accents, emoji, Arabic, tabs and line ends are text, in every export too."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    assert visitor.submit(task, {**TALKED, "risk_now": text, "do": "complete"}).status_code == 302
    for as_ in ("xes", "json", "pdf", "bundle"):
        assert visitor.get(f"/disputes/{REF}/export/{as_}").status_code == 200


def test_numbers_of_any_length_and_sign_are_answered(office: Office) -> None:
    """Where a number is expected, thousands of digits are an unknown address or something to put right."""
    office.raised()
    visitor = office.visitor("teacher")
    for number in ("9" * 10, "9" * 5000, "-1", "0", "٣", "1e9", "0x1"):
        shown = quote(number)
        assert visitor.get(f"/disputes/{REF}/entries/{shown}/correct").status_code in {200, 404}
        assert visitor.get(f"/find?page={shown}").status_code == 200
        assert visitor.get(f"/disputes/{REF}/replay?step={shown}").status_code == 200
        sent = {"csrf_token": visitor.token(), "children": number, "what": "x", "rows": number, "risk": "no"}
        assert visitor.client.post(f"/disputes/{REF}/risk", data=sent).status_code in {302, 422}
        assert visitor.client.post("/raise/details", data=sent).status_code in {200, 422}
