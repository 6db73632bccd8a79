"""Commands about the people of a real installation."""

import click

import engine
from engine.cli.folders import of_data


@click.group()
def user() -> None:
    """The people of a real installation."""


@user.command("add")
@click.argument("person")
@click.option("--partnership", required=True, help="e.g. birmingham")
@click.option("--name", required=True)
@click.option("--agency", required=True, help="A short id of the agency; it is made where it does not exist.")
@click.option("--agency-name", help="The agency's name, for a new agency.")
@click.option("--agency-kind", help="Its kind; without one it keeps its own, and a new agency is “other”.")
@click.option("--role", "roles", multiple=True, required=True, help="May be given several times.")
@click.option("--email", default="")
@click.option("--telephone", default="", help="Where the other side reaches them.")
@click.option("--team", default="")
@click.option("--replace", is_flag=True, help="Change a person or an agency that is there already.")
@click.password_option()
@of_data
@click.pass_obj
def user_add(
    here: engine.Installation,
    *,
    person: str,
    partnership: str,
    name: str,
    agency: str,
    agency_name: str | None,
    agency_kind: str | None,
    roles: tuple[str, ...],
    email: str,
    telephone: str,
    team: str,
    replace: bool,
    password: str,
) -> None:
    """Add a person who can sign in; nobody who is there already is changed without --replace."""
    made = engine.Agency(id=agency, partnership=partnership, name=agency_name or agency, kind=agency_kind or "")
    added = engine.Person(
        id=person,
        partnership=partnership,
        name=name,
        agency=agency,
        agency_name=made.name,
        agency_kind=made.kind,
        roles=roles,
        email=email,
        telephone=telephone,
        team=team,
    )
    concord = engine.open_concord(here.database)
    engine.add_person(concord, engine.OPERATOR, added, password, agency=made if agency_name else None, replace=replace)
    click.echo(f"{name} can sign in as {person}.")


@user.command("password")
@click.argument("person")
@click.password_option()
@of_data
@click.pass_obj
def user_password(here: engine.Installation, *, person: str, password: str) -> None:
    """Give a person another password: they are signed out everywhere, and can sign in with it at once."""
    changed = engine.change_password(engine.open_concord(here.database), engine.OPERATOR, person, password)
    click.echo(f"{changed.name} has a new password, and is signed out everywhere.")
