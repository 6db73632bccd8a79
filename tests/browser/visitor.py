"""What a person does on the pages: signs in, fills a form, sends it; knows the pages as people see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator, Page

WORDS = "Made up for this test."


class Visitor:
    """One person in one window."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, name: str) -> Visitor:
        """Sign in as one of the demonstration's people."""
        self.page.goto(f"{self.address}/sign-in")
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

    def follow(self, name: str) -> Visitor:
        """Follow a link."""
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
        self.page.get_by_role("button", name="Move", exact=True).click()
        return self

    def fill(self, chosen: Mapping[str, str] | None = None, when: str = "2 11 2026 10:00", **written: str) -> Visitor:
        """Answer all of a form that can be seen: what is `chosen` by label, else the first choice and made-up words.

        What is `written` goes into the text field of that name.
        """
        form = self.page.get_by_role("main").locator("form").first
        for name, text in written.items():
            form.locator(f"[name={name}]").fill(text)
        for label in (chosen or {}).values():
            found = form.get_by_label(label, exact=True)
            if found.count() and found.first.is_visible():
                found.first.check()
        for fieldset in form.locator("fieldset:has(input[type=radio])").all():
            if fieldset.is_visible() and not fieldset.locator("input:checked").count():
                fieldset.locator("input[type=radio]").first.check()
        for group in form.locator(".govuk-checkboxes").all():
            if group.is_visible() and not group.locator("input:checked").count():
                group.locator("input[type=checkbox]").first.check()
        self._write(form, when)
        return self

    def _write(self, form: Locator, when: str) -> None:
        for group in form.locator(".govuk-date-input").all():
            if group.is_visible():
                for box, part in zip(group.locator("input").all(), when.split(), strict=False):
                    box.fill(part)
        for select in form.locator("select").all():
            if select.is_visible() and not select.input_value():
                select.select_option(index=1)
        for box in form.locator("textarea, input[type=text]:not(.govuk-date-input__input)").all():
            if box.is_visible() and not box.input_value():
                box.fill("Made up" if box.evaluate("e => e.tagName") == "INPUT" else WORDS)

    def raise_disagreement(self, *, risk: str = "No") -> str:
        """Raise a disagreement with the council about one child; gives its reference."""
        self.go("/raise")
        self.page.get_by_label(risk, exact=True).check()
        self.press("Continue")
        form = self.page.get_by_role("main")
        form.get_by_label(re.compile("case reference", re.IGNORECASE)).first.fill("DEMO-1")
        form.get_by_label(re.compile("initials", re.IGNORECASE)).first.fill("AB")
        form.locator("select").first.select_option(label="Imaginary Children's Services")
        self.fill()
        for group in form.locator(".govuk-date-input").all():  # the protective timescale is left open
            if "protect" in (group.locator("input").first.get_attribute("id") or ""):
                for box in group.locator("input").all():
                    box.fill("")
        form.get_by_role("button", name=re.compile("^Raise")).click()
        found = re.search(r"/disputes/([A-Z]+-\d+-\d+)", self.page.url)
        assert found, self.page.locator("body").inner_text()[:3000]
        return found[1]
