"""A pathway: one protocol made executable, read from its files, and the rules of its drawing. Runs nothing."""

from engine.pathway.bpmn import BPMN, DC, DI, SPIFF, DiagramUnreadable, parse_xml
from engine.pathway.clauses import Coverage, listed, matrix, named
from engine.pathway.copying import begin_from, refuse_taken
from engine.pathway.definition import (
    LINK_FIELDS,
    RISK,
    Pathway,
    PathwayUnreadable,
    version_of,
)
from engine.pathway.diagram import Clause, Diagram, Element, Flow
from engine.pathway.duties import CONCORD, EACH, STAYS, Duty, arguments
from engine.pathway.ends import STAGE
from engine.pathway.facts import FACTS, RAISING_ASKED, RECEIVING_ASKED, SAID_BY
from engine.pathway.files import CAST, collect, label, partnerships_in, pathways_in, read_folder, strays
from engine.pathway.likeness import nearest
from engine.pathway.offices import (
    AUDITOR,
    LEAD,
    ON_CALL,
    OTHER_KIND,
    OVERSEER,
    OWN_KIND,
    Offices,
    offices_of,
    usual_offices,
)
from engine.pathway.properties import LINKS, OFFICE, SENIOR, STANDS_IN
from engine.pathway.reading import read_pathway
from engine.pathway.references import Prefix, PrefixTaken, candidates, numbered, owner, written
from engine.pathway.sequence_flows import came_from, way
from engine.pathway.signals import (
    ESCALATED_EARLY,
    PROTECTIVE_PASSED,
    RESOLUTION_SAID,
    RESOLVED,
    RISK_REPORTED,
    SENT,
    STAGE_ENDED,
    WITHDRAWAL_ASKED,
    WITHDRAWN,
)
from engine.pathway.stage import ORDINARY, Stage
from engine.pathway.starter import (
    EACH_REFERS,
    EACH_REVIEWS,
    REFERS,
    Description,
    begin_described,
    described,
    read_description,
)
from engine.pathway.templates import element_templates

__all__ = [
    "AUDITOR",
    "BPMN",
    "CAST",
    "CONCORD",
    "DC",
    "DI",
    "EACH",
    "EACH_REFERS",
    "EACH_REVIEWS",
    "ESCALATED_EARLY",
    "FACTS",
    "LEAD",
    "LINKS",
    "LINK_FIELDS",
    "OFFICE",
    "ON_CALL",
    "ORDINARY",
    "OTHER_KIND",
    "OVERSEER",
    "OWN_KIND",
    "PROTECTIVE_PASSED",
    "RAISING_ASKED",
    "RECEIVING_ASKED",
    "REFERS",
    "RESOLUTION_SAID",
    "RESOLVED",
    "RISK",
    "RISK_REPORTED",
    "SAID_BY",
    "SENIOR",
    "SENT",
    "SPIFF",
    "STAGE",
    "STAGE_ENDED",
    "STANDS_IN",
    "STAYS",
    "WITHDRAWAL_ASKED",
    "WITHDRAWN",
    "Clause",
    "Coverage",
    "Description",
    "Diagram",
    "DiagramUnreadable",
    "Duty",
    "Element",
    "Flow",
    "Offices",
    "Pathway",
    "PathwayUnreadable",
    "Prefix",
    "PrefixTaken",
    "Stage",
    "arguments",
    "begin_described",
    "begin_from",
    "came_from",
    "candidates",
    "collect",
    "described",
    "element_templates",
    "label",
    "listed",
    "matrix",
    "named",
    "nearest",
    "numbered",
    "offices_of",
    "owner",
    "parse_xml",
    "partnerships_in",
    "pathways_in",
    "read_description",
    "read_folder",
    "read_pathway",
    "refuse_taken",
    "strays",
    "usual_offices",
    "version_of",
    "way",
    "written",
]
