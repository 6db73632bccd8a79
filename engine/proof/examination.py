"""What `check` says of a pathway, and what publishing demands: its rules and its proof. Knows no store."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.bounds import LONGEST_MESSAGE, MOST_FINDINGS, shortened
from engine.pathway import Pathway, PathwayUnreadable, collect, label, strays
from engine.pathway.rules import USE, Finding, check_files
from engine.proof.result import Proof


@dataclass(frozen=True, kw_only=True)
class Examination:
    """One pathway examined; there is none where it can't be read, and no proof where its rules are broken."""

    label: str
    pathway: Pathway | None
    findings: tuple[Finding, ...]
    proof: Proof | None

    @property
    def sound(self) -> bool:
        """Whether it may run: no rule is broken, and what was proven holds."""
        return self.ruled and not (self.proof and self.proof.broken)

    @property
    def ruled(self) -> bool:
        """Whether it can be read and breaks no rule, whatever it still lacks before publication."""
        return self.pathway is not None and not any(finding.blocks == USE for finding in self.findings)

    def report(self) -> dict[str, Any]:
        """The same as `check --json` prints it."""
        proof = self.proof
        found = [vars(finding) for finding in self.findings] + (_broken(proof) if proof else [])
        return {
            "pathway": self.label,
            "sound": self.sound,
            "version": self.pathway.version if self.pathway else None,
            "elements": len(self.pathway.diagram.elements) if self.pathway else 0,
            "proof": {"states": proof.states, "steps": proof.steps, "moments": proof.dates} if proof else None,
            "findings": [_short(finding) for finding in found[:MOST_FINDINGS]],
            "more": max(0, len(found) - MOST_FINDINGS),
        }


def _short(finding: dict[str, Any]) -> dict[str, Any]:
    return {**finding, "message": shortened(finding["message"], LONGEST_MESSAGE)}


def _broken(proof: Proof) -> list[dict[str, Any]]:
    return [
        {
            "rule": f"proof: {broken.what}",
            "element": broken.element,
            "message": broken.message,
            "blocks": USE,
            "way": list(broken.way),
            "scenario": broken.scenario,
        }
        for broken in proof.broken
    ]


def lines(report: Mapping[str, Any]) -> list[str]:
    """What was found, for people: where, what to do, and a shortest way to what does not hold."""
    said = []
    for finding in report["findings"]:
        before = "before publication: " if finding["blocks"] != USE else ""
        said.append(f"  {finding['rule']} {finding['element'] or ''}: {before}{finding['message']}")
        if finding.get("way"):
            said.append(f"    the shortest way there: {' → '.join(finding['way'])}")
            said.append(f"    to run it again: {json.dumps(finding['scenario'], ensure_ascii=False)}")
    if more := report["more"]:
        said.append(f"  and {more:,} more. Mend these first, and check again.")
    return said


def examine(
    files: Mapping[str, bytes], partnership: str, name: str, prove: Callable[[Pathway], Proof] | None
) -> Examination:
    """Check a pathway and, where its rules allow, prove it; nothing is proven without a prover (`check --quick`)."""
    pathway, findings = check_files(files, partnership, name)
    found = Examination(label=label(partnership, name), pathway=pathway, findings=tuple(findings), proof=None)
    if prove is None or pathway is None or not found.ruled:
        return found
    return Examination(label=found.label, pathway=pathway, findings=found.findings, proof=prove(pathway))


def examine_folder(
    folder: Path, name: str, prove: Callable[[Pathway], Proof] | None, *, demo: bool = False
) -> Examination:
    """Check and prove a pathway as it lies in its partnership's folder; what can't be read there is a finding."""
    stray = tuple(strays(folder, name))
    try:
        found = examine(collect(folder, name, demo=demo), folder.name, name, None if stray else prove)
    except PathwayUnreadable as error:
        finding = Finding(rule="file", element=None, message=str(error))
        return Examination(label=label(folder.name, name), pathway=None, findings=(*stray, finding), proof=None)
    return replace(found, findings=(*stray, *found.findings))
