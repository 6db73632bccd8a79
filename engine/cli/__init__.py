"""The command line, one module a noun, without serve and worker. Uses what engine/__init__.py offers; knows no web."""

from engine.cli.beginning import new
from engine.cli.checkpoints import checkpoint, checkpoint_key
from engine.cli.directory import user
from engine.cli.folders import of_data, of_pathways
from engine.cli.pathways import attach, check, copy, publish, templates
from engine.cli.record import erase, export, grant
from engine.cli.rehearsal import simulate, timeline
from engine.cli.repairing import repair
from engine.cli.verifying import verify

COMMANDS = (
    check, timeline, simulate, templates, copy, new, publish, attach, verify, checkpoint, checkpoint_key, erase, repair,
    grant, export, user,
)  # fmt: skip

__all__ = ["COMMANDS", "of_data", "of_pathways"]
