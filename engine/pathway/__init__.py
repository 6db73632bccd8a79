"""A pathway: one protocol made executable, read from its files, and the rules of its drawing. Runs nothing."""

from engine.pathway.clauses import Row, listed, matrix, named
from engine.pathway.definition import LINK_FIELDS, ORDINARY, Pathway, PathwayUnreadable, Stage, read_pathway, version_of
from engine.pathway.diagram import BPMN, DC, DI, SPIFF, Clause, Diagram, DiagramUnreadable, Element, Flow, parse_xml
from engine.pathway.ends import STAGE
from engine.pathway.files import collect, label, partnerships_in, pathways_in, read_folder, strays
from engine.pathway.offices import AUDITOR, KINDS, LEAD, OFFICE_ROLES, PARTNERSHIP_ROLES, ROLES, SENIORS
from engine.pathway.references import Prefix, PrefixTaken, candidates, numbered, owner, written
from engine.pathway.sequence_flows import came_from, way

__all__ = [
    "AUDITOR",
    "BPMN",
    "DC",
    "DI",
    "KINDS",
    "LEAD",
    "LINK_FIELDS",
    "OFFICE_ROLES",
    "ORDINARY",
    "PARTNERSHIP_ROLES",
    "ROLES",
    "SENIORS",
    "SPIFF",
    "STAGE",
    "Clause",
    "Diagram",
    "DiagramUnreadable",
    "Element",
    "Flow",
    "Pathway",
    "PathwayUnreadable",
    "Prefix",
    "PrefixTaken",
    "Row",
    "Stage",
    "came_from",
    "candidates",
    "collect",
    "label",
    "listed",
    "matrix",
    "named",
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
