"""What a person does on the pages: signs in, fills a form, sends it; knows the pages as people see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator, Page

COUNCIL = "Imaginary Children's Services"
# Answers all that can be seen and was not answered: the usual or the first choice, one date, made-up words. In one go.
REST = """([when, usual, left]) => {
  const form = document.querySelector("main form");
  const seen = box => box.checkVisibility() && !["hidden", "submit", "button"].includes(box.type);
  const choices = box => [...form.elements].filter(other => other.name === box.name && other.type === box.type);
  const write = (box, text) => {
    box.value = text;
    for (const what of ["input", "change"]) box.dispatchEvent(new Event(what, {bubbles: true}));
  };
  for (const box of form.elements) {
    if (!seen(box) || left.some(name => box.name.startsWith(name))) continue;
    const date = box.closest(".govuk-date-input");
    if (["radio", "checkbox"].includes(box.type)) {
      if (choices(box).some(each => each.checked)) continue;
      (choices(box).find(each => each.value === usual[box.name]) ?? box).click();
    }
    else if (box.value) continue;
    else if (box.tagName === "SELECT") write(box, box.options[1].value);
    else if (date) write(box, when.split(" ")[[...date.querySelectorAll("input")].indexOf(box)]);
    else if (box.inputMode) write(box, "3");
    else write(box, box.name === "number_called" ? "01632 960100" : "Made up for this test.");
  }
}"""
# Nothing that would begin something new: no risk, no gap in policy, no guidance to blame.
USUAL = {"at_risk": "no", "decision_risk": "no", "gap": "no", "guidance": "none"}
# The links to what is for one to do, and those to referrals.
MINE = """[...document.querySelectorAll("#mine a, main .app-danger a.app-task-link")].map(link => link.pathname)"""
LEFT_OPEN = ["protective-until", "school_urgent"]


class Visitor:
    """One person in one window."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, name: str) -> Visitor:
        """Sign in as one of the demonstration's people."""
        self.page.goto(f"{self.address}/sign-in?who={quote(name)}")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(re.escape(name))).first.click()
        return self

    def go(self, path: str) -> Visitor:
        """Open a page of Concord."""
        self.page.goto(self.address + path)
        return self

    def press(self, name: str) -> Visitor:
        """Press a button."""
        self.page.get_by_role("button", name=name).first.click()
        return self

    def send(self, button: str) -> Visitor:
        """Press a button that sends a form, and wait for what comes of it."""
        with self.page.expect_navigation():
            self.press(button)
        return self

    def follow(self, name: str) -> Visitor:
        """Follow a link."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        return self

    def sees(self, *words: str) -> Visitor:
        """Fail unless all of this stands on the page."""
        text = self.page.locator("body").inner_text()
        for expected in words:
            assert expected in text, f"“{expected}” is not on {self.page.url}:\n{text[:3000]}"
        return self

    def move_clock(self, at: str) -> Visitor:
        """Move the demonstration's clock on to a London date and time."""
        self.page.get_by_text("Move the clock on").click()
        self.page.get_by_label("Or to a date and time").fill(at)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Move", exact=True).click()
        return self

    def fill(self, chosen: Mapping[str, str] | None = None, when: str = "2 11 2026 10:00", **written: str) -> Visitor:
        """Answer all of a form that can be seen: what is `chosen` by label, else the first choice and made-up words.

        What is `written` goes into the text field of that name.
        """
        form = self.form
        for name, text in written.items():
            form.locator(f"[name={name}]").fill(text)
        for label in (chosen or {}).values():
            found = form.get_by_label(label, exact=True)
            if found.count() and found.first.is_visible():
                found.first.check()
        return self.fill_rest(when)

    def choose(self, name: str, *values: str) -> Visitor:
        """Give the decisive answer to the question of that name: a choice, choices, or what is written."""
        field = self.form.locator(f"[name='{name}']")
        for value in values:
            choice = field.and_(self.page.locator(f"[value='{value}']"))
            if choice.count():
                choice.check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def fill_rest(self, when: str) -> Visitor:
        """Answer what is left of a form; a protective timescale is left open."""
        self.page.evaluate(REST, [when, USUAL, LEFT_OPEN])
        return self

    def enter(self, button: str) -> Visitor:
        """Press a form's button by the keyboard, as quick hands do."""
        self.page.evaluate("button => document.querySelector(button).focus()", f"main form {button}")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    @property
    def words(self) -> str:
        """What can be read on the page."""
        return str(self.page.evaluate("document.querySelector('main').innerText"))

    @property
    def mine(self) -> list[str]:
        """Where the tasks are that a dispute's page lists for this person to do."""
        return list(self.page.evaluate(MINE))

    @property
    def form(self) -> Locator:
        """The first form of the page."""
        return self.page.locator("main form").first

    def raise_disagreement(self, **asked: str) -> str:
        """Raise a disagreement, begun with what is `asked` of `begin_raising`; gives its reference."""
        self.begin_raising(**asked)
        with self.page.expect_navigation():
            self.form.get_by_role("button", name=re.compile("^Raise the")).click()
        found = re.search(r"/disputes/([A-Z]+-\d+-\d+)", self.page.url)
        assert found, self.page.locator("body").inner_text()[:3000]
        return found[1]

    def begin_raising(
        self,
        *,
        risk: str = "No",
        pathway: str = "",
        against: str = COUNCIL,
        case: str = "DEMO-1",
        when: str = "2 11 2026 10:00",
        **chosen: str,
    ) -> Visitor:
        """Answer all that is asked about one child, with the council if none is named; it is not sent yet."""
        self.go(f"/raise?pathway={pathway}" if pathway else "/raise")
        self.page.get_by_label(risk, exact=True).check()
        self.send("Continue")
        form = self.form
        form.locator("[name=case-1]").fill(case)
        form.locator("[name=initials-1]").fill("AB")
        form.locator("select").first.select_option(label=against)
        for name, value in chosen.items():
            self.choose(name, value)
        return self.fill_rest(when)
