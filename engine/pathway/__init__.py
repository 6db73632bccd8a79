"""A pathway: one protocol made executable, read from its files, and the rules of its drawing. Runs nothing."""

from engine.pathway.bpmn import BPMN, DC, DI, SPIFF, DiagramUnreadable, parse_xml
from engine.pathway.clauses import Coverage, listed, matrix, named
from engine.pathway.definition import LINK_FIELDS, ORDINARY, Pathway, PathwayUnreadable, Stage, read_pathway, version_of
from engine.pathway.diagram import Clause, Diagram, Element, Flow
from engine.pathway.ends import STAGE
from engine.pathway.files import collect, label, partnerships_in, pathways_in, read_folder, strays
from engine.pathway.likeness import nearest
from engine.pathway.offices import AUDITOR, KINDS, LEAD, OFFICE_ROLES, PARTNERSHIP_ROLES, ROLES, SENIORS
from engine.pathway.references import Prefix, PrefixTaken, candidates, numbered, owner, written
from engine.pathway.sequence_flows import came_from, way
from engine.pathway.signals import (
    ESCALATED_EARLY,
    PROTECTIVE_PASSED,
    RESOLUTION_SAID,
    RISK_REPORTED,
    STAGE_ENDED,
    WITHDRAWN,
)

__all__ = [
    "AUDITOR",
    "BPMN",
    "DC",
    "DI",
    "ESCALATED_EARLY",
    "KINDS",
    "LEAD",
    "LINK_FIELDS",
    "OFFICE_ROLES",
    "ORDINARY",
    "PARTNERSHIP_ROLES",
    "PROTECTIVE_PASSED",
    "RESOLUTION_SAID",
    "RISK_REPORTED",
    "ROLES",
    "SENIORS",
    "SPIFF",
    "STAGE",
    "STAGE_ENDED",
    "WITHDRAWN",
    "Clause",
    "Coverage",
    "Diagram",
    "DiagramUnreadable",
    "Element",
    "Flow",
    "Pathway",
    "PathwayUnreadable",
    "Prefix",
    "PrefixTaken",
    "Stage",
    "came_from",
    "candidates",
    "collect",
    "label",
    "listed",
    "matrix",
    "named",
    "nearest",
    "numbered",
    "owner",
    "parse_xml",
    "partnerships_in",
    "pathways_in",
    "read_folder",
    "read_pathway",
    "strays",
    "version_of",
    "way",
    "written",
]
