"""The clauses of one's own partnership's protocol: what answers each, and what is set locally."""

from flask import Blueprint, render_template

from engine import clause_matrices
from web.current import concord, me

blueprint = Blueprint("clauses", __name__)


@blueprint.get("/clauses")
def show() -> str:
    """Show a table for each pathway of the partnership."""
    return render_template("clauses/page.html", pathways=clause_matrices(concord(), me()), bodyClasses="app-wide")
