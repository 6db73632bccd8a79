"""What is shown of a pathway before it is published, and running it in memory. Stores nothing."""

from engine.proof.examination import Examination, examine, examine_folder, lines
from engine.proof.prover import prove
from engine.proof.result import Proof
from engine.proof.scenario import ScenarioUnreadable, ScenarioWrong, from_file, instant, starting
from engine.proof.shipped import shipped
from engine.proof.simulation import journal_lines, run_scenario, timeline

__all__ = [
    "Examination",
    "Proof",
    "ScenarioUnreadable",
    "ScenarioWrong",
    "examine",
    "examine_folder",
    "from_file",
    "instant",
    "journal_lines",
    "lines",
    "prove",
    "run_scenario",
    "shipped",
    "starting",
    "timeline",
]
