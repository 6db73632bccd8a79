"""The clauses of one's own partnership's protocol: what answers each, and what is set locally."""

from io import BytesIO

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response

from engine import clause_matrices, document_of, named
from web.current import concord, me

blueprint = Blueprint("clauses", __name__)


@blueprint.get("/clauses")
def show() -> str:
    """Show a table for each pathway of the partnership."""
    pathways = clause_matrices(concord(), me())
    return render_template("clauses/page.html", pathways=pathways, named=named, bodyClasses="app-wide")


@blueprint.get("/clauses/<version>/document")
def document(version: str) -> Response:
    """Show the protocol as it was published, that a version was drawn from."""
    name, content = document_of(concord(), me(), version)
    return send_file(BytesIO(content), mimetype="application/pdf", download_name=name)
