"""The clauses of one's own partnership's protocol: what answers each, and what is set locally."""

from flask import Blueprint, render_template

from engine import clause_matrices, named
from web.current import concord, me

blueprint = Blueprint("clauses", __name__)


@blueprint.get("/clauses")
def show() -> str:
    """Show a table for each pathway of the partnership."""
    pathways = clause_matrices(concord(), me())
    return render_template("clauses/page.html", pathways=pathways, named=named, bodyClasses="app-wide")
