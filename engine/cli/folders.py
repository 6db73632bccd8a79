"""The folders that a command works in, and how they are named on its line: --data, --pathways. Opens neither."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, file_okay=False, path_type=Path)
PLACE = click.Path(file_okay=False, resolve_path=True, path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])


class Folder(click.Option):
    """A folder of the installation (the context's object); where it is not given it stays what it is."""

    def get_default(self, ctx: click.Context, call: bool = True) -> Any:  # noqa: ARG002 - click's signature
        """Give the folder that the installation, or a group before this command, has."""
        return getattr(ctx.obj, self.name or "", None)


def _moved(context: click.Context, option: click.Parameter, given: Path) -> None:
    context.obj = replace(context.obj, **{str(option.name): given})


def _moved_to_bpmn(context: click.Context, option: click.Parameter, given: Path) -> None:
    _moved(context, option, given / "bpmn" if (given / "bpmn").is_dir() else given)


def of_data(command: Command) -> Command:
    """Let a command's database and key be kept elsewhere."""
    return click.option(
        "--data", cls=Folder, type=PLACE, metavar="FOLDER", callback=_moved, expose_value=False, show_default=True,
        help="Where the database (unless DATABASE_URL names one) and the key are kept; made where it is not there.",
    )(command)  # fmt: skip


def of_pathways(command: Command) -> Command:
    """Let a command take pathways of one's own for those that ship."""
    return click.option(
        "--pathways", cls=Folder, type=PLACE, metavar="FOLDER", callback=_moved_to_bpmn, expose_value=False,
        show_default=True, help="A folder with bpmn/ and forms/ in it, for the pathways that ship.",
    )(command)  # fmt: skip
