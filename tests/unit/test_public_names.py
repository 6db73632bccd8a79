"""What a package offers is used by somebody else, and no module grows long without saying why."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ("engine", "web", "run.py")
PACKAGES = [
    ".".join(file.parent.relative_to(ROOT).parts)
    for file in sorted((ROOT / "engine").rglob("__init__.py"))
    if "__all__" in file.read_text()
]
COMMAND_LINE = ROOT / "engine" / "cli"
"""It stands on the floor of the engine's own names, and takes them as web does."""
LONG = 300
"""Lines; beyond them a module says in its docstring why it is not two."""
LONG_MODULES = 3


def modules(*places: str) -> Iterator[Path]:
    """Every module below some folders, the front end's packages apart."""
    for place in map(ROOT.joinpath, places):
        found = place.rglob("*.py") if place.is_dir() else [place]
        yield from (file for file in found if "node_modules" not in file.parts)


@cache
def named(file: Path) -> frozenset[tuple[str, str]]:
    """Which names of which modules a module takes: `from a.b import c`, and `b.c` where b was imported."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    taken = {
        (node.module or "", alias.name, alias.asname or alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    known = {called: f"{module}.{name}" for module, name, called in taken} | {"engine": "engine"}
    attributes = {
        (known[node.value.id], node.attr)
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
    }
    return frozenset({(module, name) for module, name, _ in taken} | attributes)


def used_outside(package: str) -> set[str]:
    """The names of a package that modules elsewhere, tests among them, take from it."""
    home = ROOT.joinpath(*package.split("."))
    return {
        name
        for file in modules(*SHIPPED, "tests")
        if not file.is_relative_to(home) or (package == "engine" and file.is_relative_to(COMMAND_LINE))
        for module, name in named(file)
        if module == package
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_that_a_package_offers_is_used_outside_it(package: str) -> None:
    """A name that nobody takes is a promise without a reason: what it stands for is the package's own business."""
    offered = import_module(package).__all__
    assert sorted(set(offered) - used_outside(package)) == []


def test_at_most_three_modules_are_long_and_each_says_why() -> None:
    """A module is one noun; one that is longer than a few pages has a reason, in the first lines of its docstring."""
    long = {file: len(file.read_text().splitlines()) for file in modules(*SHIPPED)}
    long = {file: lines for file, lines in long.items() if lines > LONG}
    assert len(long) <= LONG_MODULES, sorted(str(file.relative_to(ROOT)) for file in long)
    for file in long:
        said = ast.get_docstring(ast.parse(file.read_text())) or ""
        assert "Long, since" in said, file
