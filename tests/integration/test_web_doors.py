"""Who gets in, what every answer carries, and what happens where somebody asks for what is not theirs."""

import pytest
from lxml import html
from web_office import PASSWORD, REF, TALKED, Office, words


def test_nobody_sees_a_page_without_signing_in(office: Office) -> None:
    """Every page leads to signing in first, and back afterwards."""
    answer = office.visitor().get("/disputes/X?raised=")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/disputes/X?raised%3D"


def test_what_was_typed_is_shown_to_whoever_was_signed_out_meanwhile(office: Office) -> None:
    """Nothing that was typed is lost when a session has ended (E1)."""
    office.raised()
    answer = office.visitor().client.post(office.task("teacher"), data={"reasons_given": "A long account"})
    assert answer.status_code == 401
    assert "A long account" in answer.text


def test_a_demonstration_lets_one_be_anybody(office: Office) -> None:
    """People stand by partnership and agency with their roles, a button each."""
    page = office.visitor().page("/sign-in")
    assert "Made-up School" in words(page)
    assert "head teacher" in words(page)
    assert [button.text for button in page.xpath("//button[@value='worker']")] == ["Wren Worker"]


def test_outside_a_demonstration_a_name_and_a_password_are_needed(real_office: Office) -> None:
    """A wrong password and an unknown name are refused in the same words."""
    visitor = real_office.visitor()
    wrong = [visitor.submit("/sign-in", {"person": name, "password": "x"}) for name in ("teacher", "nobody", "")]
    assert {answer.status_code for answer in wrong} == {422}
    assert all("do not match" in answer.text for answer in wrong)
    answer = visitor.submit("/sign-in", {"person": "teacher", "password": PASSWORD})
    assert "Your tasks" in visitor.follow(answer)
    assert "Demonstration" not in visitor.get("/").text
    assert visitor.submit("/", {"to": "hour"}, action="/sign-out").status_code == 302


def test_the_demonstrations_clock_is_not_there_outside_of_it(real_office: Office) -> None:
    """Nobody moves a real clock."""
    visitor = real_office.visitor()
    visitor.submit("/sign-in", {"person": "teacher", "password": PASSWORD})
    data = {"csrf_token": visitor.hidden("/", "/sign-out")["csrf_token"], "to": "hour"}
    assert visitor.client.post("/demo/clock", data=data).status_code == 404


def test_signing_out_ends_it(office: Office) -> None:
    """After signing out no page is shown."""
    visitor = office.visitor("teacher")
    assert visitor.submit("/", {}, action="/sign-out").status_code == 302
    assert visitor.get("/").status_code == 302


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example", "/sign-in", "x"])
def test_signing_in_leads_to_no_other_site(office: Office, address: str) -> None:
    """An address of another site is not followed."""
    assert office.visitor().submit("/sign-in", {"person": "teacher", "next": address}).location == "/"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(office: Office) -> None:
    """The cookie is HttpOnly and SameSite=Lax."""
    cookie = office.visitor().submit("/sign-in", {"person": "teacher"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nothing", f"/disputes/{REF}"])
def test_every_answer_carries_the_headers_of_safety(office: Office, path: str) -> None:
    """Only our own scripts run, nobody frames a page, and nothing is kept by the browser."""
    office.raised()
    headers = office.visitor("teacher").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self' 'nonce-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_inline_script_of_a_page_has_its_nonce(office: Office) -> None:
    """The one inline script, GOV.UK's, is let in by a nonce that no other answer has."""
    answers = [office.visitor().get("/sign-in") for _ in range(2)]
    nonces = [answer.headers["Content-Security-Policy"].split("nonce-")[1].split("'")[0] for answer in answers]
    assert nonces[0] != nonces[1]
    assert all(f'nonce="{nonce}"' in answer.text for nonce, answer in zip(nonces, answers, strict=True))


def test_a_post_without_its_token_does_nothing_and_loses_nothing(office: Office) -> None:
    """A request from elsewhere is refused; what was typed is shown."""
    office.raised()
    visitor = office.visitor("teacher")
    task = office.task("teacher")
    answer = visitor.client.post(task, data={**TALKED, "do": "complete"})
    assert answer.status_code == 400
    assert "They see it differently." in answer.text
    assert visitor.get(task).status_code == 200


def test_unknown_addresses_and_references_are_told_plainly(office: Office) -> None:
    """What is not there answers 404, whatever was asked of it."""
    office.raised()
    visitor = office.visitor("teacher")
    paths = ["/nothing", "/disputes/X", "/disputes/X/tasks/Y", "/disputes/X/replay", "/disputes/X/risk",
             "/disputes/X/diagram.bpmn", "/disputes/X/escalate", f"/disputes/{REF}/unheard",
             f"/disputes/{REF}/entries/999/correct", "/assets/../__init__.py", "/assets/manifest.json"]  # fmt: skip
    assert {path: visitor.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_another_agencys_dispute_is_refused_on_every_page(office: Office) -> None:
    """Whoever is on neither side sees nothing of a dispute and does nothing in it."""
    office.raised()
    visitor = office.visitor("nurse")
    key = office.task("teacher")
    paths = [f"/disputes/{REF}{end}" for end in ("", "/replay", "/risk", "/diagram.bpmn", "/escalate",
             "/entries/1/correct")] + [key]  # fmt: skip
    assert {visitor.get(path).status_code for path in paths} == {404}
    data = {"csrf_token": visitor.hidden("/", "/sign-out")["csrf_token"], **TALKED, "reason": "x", "children": "0"}
    posts = [f"/disputes/{REF}/risk", f"/disputes/{REF}/escalate", f"/disputes/{REF}/entries/1/correct", key,
             f"{key}/claim", f"{key}/tried", f"{key}/hand-on"]  # fmt: skip
    assert {path: visitor.client.post(path, data=data).status_code for path in posts} == dict.fromkeys(posts, 404)
    assert visitor.client.post(key, data={**data, "do": "draft"}).status_code == 404
    assert REF not in visitor.get("/").text


def test_built_files_are_kept_for_ever(office: Office) -> None:
    """A file whose name carries its hash never changes."""
    page = office.visitor().page("/sign-in")
    address = str(page.xpath("string(//link[@rel='stylesheet']/@href)"))
    answer = office.visitor().get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_health_is_told_to_anybody(office: Office) -> None:
    """A monitor needs no sign-in."""
    answer = office.visitor().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_too_much_at_once_is_refused(office: Office) -> None:
    """A request of megabytes is not read."""
    visitor = office.visitor("teacher")
    data = {"csrf_token": visitor.hidden("/", "/sign-out")["csrf_token"], "text": "x" * 1_200_000}
    assert visitor.client.post("/raise/details", data=data).status_code == 413


def test_what_may_be_left_empty_says_so(office: Office) -> None:
    """But not where nothing must be answered, as when one looks for something."""
    visitor = office.visitor("teacher")
    office.raised()
    known = words(visitor.page(f"/disputes/{REF}/tasks/Details_Say.1"))
    assert "What does the child want, and how do they feel? (optional)" in known
    assert "Is the child looked after? (optional)" not in known
    raising = words(visitor.page("/raise/details?risk=no"))
    assert "Case reference (optional)" not in raising
    assert "What is the disagreement? (optional)" not in raising
    assert "(optional)" not in words(visitor.page("/find"))


def test_adding_narrowing_and_turning_a_page_lead_to_what_changed(office: Office) -> None:
    """Whoever reads by ear goes on there."""
    office.raised()
    visitor = office.visitor("teacher")
    page = visitor.page("/raise/details?risk=no")
    (button,) = page.xpath("//button[@value='add']")
    assert button.get("formaction").endswith("#child-5")
    added = visitor.client.post(
        button.get("formaction").split("#")[0], data={**visitor.hidden("/raise/details?risk=no"), "do": "add"}
    )
    assert html.fromstring(added.text).xpath("//*[@id='child-5']/@tabindex") == ["-1"]
    found = visitor.page("/find")
    assert found.xpath("//form[@method='get']/@action") == ["/find#found"]
    assert found.xpath("//*[@id='found']/@tabindex") == ["-1"]
