"""The strict reader of BPMN: an allow-list, and a finding for whatever is not on it. Runs nothing."""

from engine.pathway.bpmn.xml import BPMN, DC, DI, SPIFF, DiagramUnreadable, parse_xml

__all__ = [
    "BPMN",
    "DC",
    "DI",
    "SPIFF",
    "DiagramUnreadable",
    "parse_xml",
]
