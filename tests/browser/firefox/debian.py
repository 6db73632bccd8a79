"""The programs that the tests in Firefox need, by Debian's packages; started as a program, it installs what is missing.

Installing needs Debian's apt-get, and to be root or to have sudo without a password. Where that is not so nothing is
installed and nothing is skipped: the tests fail, and say what to install or how to leave them out.
"""

from __future__ import annotations

import os
import shutil
import subprocess

PROGRAMS = {
    "firefox-esr": "firefox-esr",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "speech-dispatcher": "speech-dispatcher",
    "orca": "orca",
}
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
UPDATE = ("apt-get", "update", "--quiet", "-o", "DPkg::Lock::Timeout=300")
LEFT_OUT = 'make test MARKS="not soak and not firefox"'


class NotInstalledError(Exception):
    """What these tests need is not installed."""

    def __init__(self, packages: list[str]) -> None:
        names = " ".join(packages)
        super().__init__(
            f"These tests run in Firefox and are read out by Orca, and some of that is not installed here.\n"
            f"On Debian: apt-get install --no-install-recommends {names}\nTo leave them out: {LEFT_OUT}"
        )


def missing() -> list[str]:
    """Give the packages whose programs are not there, in order."""
    return sorted(package for program, package in PROGRAMS.items() if not shutil.which(program))


def demand() -> None:
    """Fail with what to do where something is missing."""
    if packages := missing():
        raise NotInstalledError(packages)


def install(packages: list[str]) -> None:
    """Install packages where apt-get can be used; where it can't, or fails, the tests will say so."""
    if not shutil.which("apt-get"):
        return
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and (
        not shutil.which("sudo") or subprocess.run(["/usr/bin/env", "sudo", "-n", "true"], check=False).returncode
    ):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (UPDATE, (*INSTALL, *packages)):
        subprocess.run([*rights, *command], check=False, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__" and (wanted := missing()):
    install(wanted)
