"""An installation on which nobody can sign in opens on what is to be done, in order, until it is done."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html
from town import closed
from web_office import PASSWORD, Office, Visitor, words

from engine import Concord, open_concord
from run import BPMN, installation, main
from web import create_app
from web.config import Config

FIRST = "/first-steps"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Birmingham's and Wolverhampton's pathways in a folder of one's own."""
    for name in ("birmingham", "wolverhampton"):
        shutil.copytree(BPMN / name, tmp_path / "bpmn" / name)
    shutil.copy(BPMN / "shared-duties.toml", tmp_path / "bpmn")
    shutil.copytree(BPMN.parent / "forms", tmp_path / "forms")
    return tmp_path / "bpmn"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database, which commands take too."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'concord.db'}")
    return f"sqlite:///{tmp_path / 'concord.db'}"


@pytest.fixture
def concord(url: str) -> Iterator[Concord]:
    """Concord on it."""
    opened = open_concord(url)
    yield opened
    closed(opened)


@pytest.fixture
def visitor(concord: Concord, own: Path) -> Callable[..., Visitor]:
    """Somebody at a browser, where the installation differs from a checkout's in what is given."""

    def come(**differs: Any) -> Visitor:
        here = replace(installation(), pathways=own, **differs)
        return Visitor(create_app(concord, Config(secret_key=b"for tests", installation=here)).test_client(), None)

    return come


def publish(own: Path) -> None:
    """Fill in what Birmingham's protocol does not give, and publish it."""
    settings = own / "birmingham" / "partnership.toml"
    settings.write_text(settings.read_text().replace('telephone = ""', 'telephone = "0121 496 0000"'))
    assert CliRunner().invoke(main, ["publish", str(own / "birmingham")]).exit_code == 0


def add_the_first_person() -> None:
    """As the page says."""
    said = ["--name", "Bo Business-Manager", "--agency", "office", "--agency-name", "Partnership office",
            "--agency-kind", "partnership", "--role", "business_manager", "--password", PASSWORD]  # fmt: skip
    assert CliRunner().invoke(main, ["user", "add", "bo", "--partnership", "birmingham", *said]).exit_code == 0


def steps(page: html.HtmlElement) -> list[str]:
    """The steps of the page, each with whether it is done."""
    return [words(heading) for heading in page.xpath("//h2[starts-with(@id, 'step-')]")]


def test_an_empty_installation_says_in_order_what_is_to_be_done(visitor: Callable[..., Visitor]) -> None:
    """Whoever opens any page of it comes there: what to fill in by file and name (S6), publish, the first person."""
    newcomer = visitor()
    assert newcomer.get("/").location.startswith("/sign-in")
    assert newcomer.get("/sign-in").location == FIRST
    page = newcomer.page(FIRST)
    assert steps(page) == [
        "1. Fill in what the protocol does not give To do",
        "2. Publish the protocol To do",
        "3. Add the first person: the business manager To do",
        "4. Sign in, and fill the directory To do",
    ]
    told = words(page)
    assert "bpmn/birmingham/partnership.toml The telephone number for out of hours is missing." in told
    assert "Write it in partnership.toml, [out_of_hours] telephone." in told
    assert told.count("The telephone number for out of hours") == 2, "a side pathway says the same thing"
    assert "python run.py publish bpmn/birmingham" in told
    assert "python run.py user add first-manager \\ --partnership birmingham" in told
    assert not page.xpath("//a[text()='Sign in']"), "nobody could"


def test_what_was_installed_is_copied_first(visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """The next version writes over what lies beside the program; a copy is one's own, and can be checked."""
    page = visitor(checkout=False, home=tmp_path).page(FIRST)
    assert steps(page)[0] == "1. Make the pathways your own To do"
    assert "concord copy my-pathways" in words(page)
    mine = str(tmp_path / "mine")
    assert CliRunner().invoke(main, ["copy", mine]).exit_code == 0
    done = CliRunner().invoke(main, ["check", "--quick", "--pathways", mine])
    assert "birmingham: sound" in done.output
    again = CliRunner().invoke(main, ["copy", mine])
    assert again.exit_code == 1
    assert "not written over" in again.output


def test_each_step_is_marked_when_it_is_done(visitor: Callable[..., Visitor], own: Path) -> None:
    """After publication the first person is left; then one signs in, and the page is no more."""
    newcomer = visitor()
    publish(own)
    page = newcomer.page(FIRST)
    assert [step.rpartition(" ")[2] for step in steps(page)] == ["Done", "Done", "do", "do"]
    assert "partnership.toml" not in words(page)
    add_the_first_person()
    assert newcomer.get(FIRST).location == "/sign-in"
    assert "Before Concord can be used" not in newcomer.get("/sign-in").text
    assert newcomer.submit("/sign-in", {"person": "bo", "password": PASSWORD}).location == "/"


def test_whoever_can_sign_in_before_anything_is_published_may(visitor: Callable[..., Visitor]) -> None:
    """And is told beside the form that something is left to do."""
    add_the_first_person()
    newcomer = visitor()
    assert "No partnership’s protocol is published here yet" in words(newcomer.page("/sign-in"))
    assert "Sign in. The business manager adds" in words(newcomer.page(FIRST))
    assert newcomer.submit("/sign-in", {"person": "bo", "password": PASSWORD}).location == "/"
    assert newcomer.get("/directory").status_code == 200


def test_a_demonstration_has_no_such_page(office: Office) -> None:
    """Everybody in it can sign in, and everything is published."""
    assert office.visitor().get(FIRST).location == "/sign-in"
