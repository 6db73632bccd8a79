"""`make mutants`: spoils calendar, feel and course one place at a time, and counts how often a quick test notices.

A sample of each package, drawn by a seed that is printed, since all of them take more than an hour. Configured in
`pyproject.toml` (`tool.mutmut`); `.venv/bin/mutmut show NAME` tells what a survivor had changed.
"""

import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import click

MUTMUT = str(Path(sys.executable).with_name("mutmut"))
WANTED = 85
"""Per cent killed, in each package."""
LINE = re.compile(r"\s*(engine\.(\w+)\.\S+): (.+)")


def results() -> list[tuple[str, str, str]]:
    """Every mutant that was made: its name, its package, and what became of it."""
    told = subprocess.run([MUTMUT, "results", "--all", "true"], capture_output=True, text=True, check=True).stdout
    return [(found[1], found[2], found[3]) for found in map(LINE.match, told.splitlines()) if found]


def drawn(size: int, seed: int) -> list[str]:
    """The names of up to so many mutants of each package."""
    names = defaultdict(list)
    for name, package, _ in results():
        names[package].append(name)
    chance = random.Random(seed)  # noqa: S311 -- a sample, no secret
    return [name for each in names.values() for name in chance.sample(sorted(each), min(size, len(each)))]


def main(size: int, seed: int) -> int:
    """Try a sample, and say how many were killed; 1 where too few were."""
    click.echo(f"seed {seed}, {size} of each package")
    subprocess.run([MUTMUT, "run", "engine.calendar.clock*"], check=True, stdout=subprocess.DEVNULL)  # makes them all
    sample = set(drawn(size, seed))
    subprocess.run([MUTMUT, "run", *sorted(sample)], check=True, stdout=subprocess.DEVNULL)
    ends: dict[str, Counter[bool]] = defaultdict(Counter)
    for name, package, end in results():
        if name in sample:
            killed = end in {"killed", "timeout"}
            ends[package][killed] += 1
            if not killed:
                click.echo(f"{name}: {end}")
    for package, counted in sorted(ends.items()):
        click.echo(f"{package}: {counted[True]} of {counted.total()} killed, {counted[True] / counted.total():.1%}")
    return int(any(counted[True] * 100 < WANTED * counted.total() for counted in ends.values()))


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(given[0] if given else 250, given[1] if given[1:] else time.time_ns()))
