"""A dispute's record to take away, as a file in each form."""

from flask import Blueprint, Response, request

from engine import Exported, exported
from web.current import concord, me

blueprint = Blueprint("exports", __name__)


@blueprint.get("/disputes/<ref>/export/<as_>")
def show(ref: str, as_: str) -> Response:
    """Send a dispute's record as a file; that it was taken is noted."""
    return download(exported(concord(), me(), ref, as_, request.args.get("stage", "")))


def download(file: Exported) -> Response:
    """Give a file to be saved under its name."""
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.body, mimetype=file.media, headers=named)
