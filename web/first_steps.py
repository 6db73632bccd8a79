"""The page of an installation on which nobody can sign in yet, or nothing is published: what to do, in order.

It is open to everybody, as signing in is, and tells nothing but which pathways there are and what their files lack.
"""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine import Begun, begun, unpublished
from web.current import concord, config

blueprint = Blueprint("first_steps", __name__)


def ahead() -> Begun | None:
    """Give how far the installation has come, where anything is left to do; none in a demonstration."""
    if config().installation is None:
        return None
    so_far = begun(concord())
    return None if so_far.whole else so_far


@blueprint.get("/first-steps")
def show() -> str | Response:
    """Show what is to be filled in and done, as the files and the database are now; afterwards, sign in."""
    here, so_far = config().installation, ahead()
    if here is None or so_far is None:
        return redirect(url_for("session.show"))
    lacking = () if so_far.published else unpublished(here.pathways)
    nearest = sorted(lacking, key=lambda each: len(each.lacks))  # whoever has filled in theirs reads their own name
    return render_template(
        "first_steps/page.html",
        so_far=so_far,
        lacking=lacking,
        command=here.command,
        folder=here.pathways.name,
        copied=here.own_pathways,
        named=(*so_far.published, *(each.partnership for each in nearest))[0],
        sign_in_url=url_for("session.show") if so_far.people else "",
    )
