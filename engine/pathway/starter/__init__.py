"""A partnership begun from a description: what surrounds its stages is a shipped diagram's, its stages are copies."""

from pathlib import Path

from engine.pathway.copying import made_up, put, refuse_taken
from engine.pathway.duties import REGISTER, SHARED
from engine.pathway.files import CAST, DEMO, MAIN
from engine.pathway.starter.description import (
    EACH_REFERS,
    EACH_REVIEWS,
    REFERS,
    Description,
    described,
    read_description,
)
from engine.pathway.starter.drawing import drawn
from engine.pathway.starter.papers import cast, forms, register, settings
from engine.pathway.starter.surroundings import FRAME
from engine.pathway.starter.who_acts import who_acts

__all__ = ["EACH_REFERS", "EACH_REVIEWS", "REFERS", "Description", "begin_described", "described", "read_description"]

SHIPPED = Path(__file__).resolve().parents[3]
"""Where the folders of the pathways that ship are, with the frame in them."""


def begin_described(pathways: Path, new: str, given: Description) -> None:
    """Write the pathway, the forms and the settings of a new partnership as it is described.

    Raises NameUnfit, NameTaken and OSError, and then leaves nothing of it written. What all partnerships share is
    copied there where it is missing.
    """
    refuse_taken(pathways, new)
    forms_there = pathways.parent / "forms"
    asked = {forms_there / new / f"{name}.form": data for name, data in forms(SHIPPED / "forms" / FRAME).items()}
    shared = {pathways / Path(SHARED).name: SHIPPED / SHARED}
    own = sorted((SHIPPED / "forms" / "shared").glob("*.form"))
    shared |= {forms_there / "shared" / path.name: path for path in own}
    missing = {path: shipped.read_bytes() for path, shipped in shared.items() if not path.exists()}
    put({**{pathways / new / name: data for name, data in _files(given, new).items()}, **asked, **missing})


def _files(given: Description, name: str) -> dict[str, bytes]:
    """What lies in its folder, by name."""
    process, said = name.replace("-", "_"), settings(given)
    frame = (SHIPPED / "bpmn" / FRAME / f"{MAIN}.bpmn").read_bytes()
    return {
        f"{MAIN}.bpmn": drawn(frame, given, process),
        f"{MAIN}{REGISTER}": register(given).encode(),
        "who_acts.dmn": who_acts(given, process),
        "partnership.toml": said.encode(),
        DEMO: made_up(said).encode(),
        CAST: cast(given).encode(),
    }
