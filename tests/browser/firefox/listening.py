"""What somebody does who hears the pages and sees none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitor import COUNCIL

if TYPE_CHECKING:
    from desktop import Desktop
    from visitor import Visitor

TITLE = "Finished loading"
COUNTED = "Page has"  # how many headings and links: said of every page, after its title


def announced(orca: Desktop, person: Visitor) -> Visitor:
    """Wait until Orca has said that a page is there, which would be mixed with what is done meanwhile."""
    person.page.wait_for_load_state()
    orca.heard(f"{TITLE} {person.page.title()}", COUNTED)
    return person


def raised(orca: Desktop, person: Visitor) -> str:
    """The reference of a disagreement, once its page is there."""
    orca.listen()
    ref = person.raise_disagreement()
    announced(orca, person)
    return ref


def answered(person: Visitor) -> Visitor:
    """Somebody who has answered all that is asked as a disagreement is raised."""
    person.form.locator("select").first.select_option(label=COUNCIL)
    return person.fill(**{"case-1": "DEMO-1", "initials-1": "AB"})


def opened(orca: Desktop, person: Visitor, path: str) -> Visitor:
    """Somebody who has heard that a page is there."""
    orca.listen()
    return announced(orca, person.go(path))


def pressed(orca: Desktop, person: Visitor, button: str, until: str = TITLE) -> list[str]:
    """What is heard once a button was pressed by the keyboard, up to the title if no more is asked for."""
    orca.come_to(person.page.get_by_role("button", name=button).first, f"{button} push button.")
    orca.press("Return")
    return orca.heard(until)
