"""Public diagrams and tables that packages on the registries carry.

Run as a program, it reads and rules each file as it is, and prints a line of JSON for each: seconds, the largest memory
so far in MB, findings.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile import files, largest
from packages import NPM, PYPI, fetch, of

from engine.proof import examine, lines

ENDINGS = (".bpmn", ".bpmn20.xml", ".dmn", ".form")
PACKAGES = (
    of(NPM, "bpmn-js", "0.25.2", "eb83968ef6eff165b0998dafa09f3ed4d67479fb6ff397f8027d5c807784fc16"),
    of(NPM, "bpmn-moddle", "0.14.0", "b4464613e433ebd1d5864504e5c6260d66323956da0abf64dc46bb9e80edfc79"),
    of(NPM, "bpmn-js-properties-panel", "0.10.0", "5962bb770f88a7560f29adb8a3e6df1d2ef159dd34ad8647a1a6dd705f8701d0"),
    of(NPM, "camunda-bpmn-moddle", "4.0.0", "93bcd4b0024a21e45c74050441ddcee33705bcffaa85757c35ea3f2a9d6106e8"),
    of(NPM, "@processmaker/processmaker-bpmn-moddle", "0.16.0",
        "852f4b725ed8b366e08463b138123d004f4db06a6565ff666ab3aa3af542fdf8"),
    of(NPM, "@process-engine/process_engine_core", "12.17.1",
        "052b4306d9f3a2c32875e446d9161194734c18892ceb0a0af529cea74a4cc356"),
    of(NPM, "bpmn-js-differ", "0.2.0", "01bb29148d1c85d690f32a14006975fdfa3fdba25e995b2fbdcdde7557c14ffa"),
    of(NPM, "zeebe-node", "0.21.2", "12f1cefeacb687a7fd490fe5b35c37f1e6849dd544b63af23e73ce229c16e34a"),
    of(NPM, "@camunda8/sdk", "8.8.13", "6023fe37fb6d628c3bfcfa6c3ebcc898b5c22c7a078aa9d7bad56262d416cd97"),
    of(NPM, "dmn-moddle", "1.0.0", "75bae3d7e1da9d0cef1ca788416ea88e517eba1538d52880828fd717495ba2e4"),
    of(NPM, "dmn-js", "0.3.1", "6696a0289a74ad1907ed615b766c01e3eec9452a46e04f340842d21a324eab08"),
    of(PYPI, "bpmn-io", "0.2.2", "e330f69b8cf5048308f927e4269b10ae1d49e6c232f36c909ead719596d6f9d3"),
    of(PYPI, "bpmn-evalkit", "0.2.0", "3e5db55d722f38c778287e26744037841e9c9e872a8a15113bd1a1f63604ed1a"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ForeignFile:
    """A file as it lies in a package."""

    package: str
    path: str
    data: bytes

    @property
    def name(self) -> str:
        """How to call it in a test that fails."""
        return f"{self.package}: {self.path}"


@cache
def foreign_files() -> tuple[ForeignFile, ...]:
    """Every diagram, table and form of the packages, each content once."""
    found: dict[bytes, ForeignFile] = {}
    with ThreadPoolExecutor(len(PACKAGES)) as pool:  # each waits for its registry
        list(pool.map(fetch, PACKAGES))
    for package in PACKAGES:
        for path, data in package.members():
            if path.endswith(ENDINGS):
                found.setdefault(data, ForeignFile(package=package.name, path=path, data=data))
    return tuple(found.values())


def ruled(file: ForeignFile) -> dict[str, Any]:
    """Read and rule a file as it is: a diagram as a pathway of its own, a table beside a pathway."""
    place = "table.dmn" if file.path.endswith(".dmn") else "escalation.bpmn"
    began = time.process_time()
    report = examine({**files(), f"bpmn/testing/{place}": file.data}, "testing", "escalation", None).report()
    said = lines(report)
    return {"name": file.name, "seconds": time.process_time() - began, "memory": largest(), "said": said}


if __name__ == "__main__":
    for each in foreign_files():
        sys.stdout.write(json.dumps(ruled(each)) + "\n")
