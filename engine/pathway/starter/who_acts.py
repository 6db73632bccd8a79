"""The decision table that says who acts at which tier, made from a description."""

from typing import Any

from lxml import etree

from engine.pathway.starter.description import Description

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DMNDI = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
DC = "http://www.omg.org/spec/DMN/20180521/DC/"
NAMESPACES: Any = {None: DMN, "dmndi": DMNDI, "dc": DC}


def who_acts(given: Description, process: str) -> bytes:
    """A row for each tier, whatever the agency is: rows for kinds of agencies are added where the protocol has them."""
    root = etree.Element(f"{{{DMN}}}definitions", nsmap=NAMESPACES)
    root.attrib.update(
        {"id": "Definitions_who_acts", "name": f"Who acts in {given.name}",
         "namespace": f"urn:concord:{process.replace('_', '-')}:who_acts"}
    )  # fmt: skip
    table = _under(_under(root, "decision", id="who_acts", name="Who acts"), "decisionTable", id="Who_acts_table")
    keys = [*(tier.tier for tier in given.tiers), "any"]
    kinds = given.offices.of_sides
    for name, label, values in (("tier", "Tier", keys), ("agency_kind", "Kind of agency", kinds)):
        column = _under(table, "input", id=f"Input_{name}", label=label)
        _text(_under(column, "inputExpression", id=f"Input_{name}_expression", typeRef="string"), name)
        _text(_under(column, "inputValues", id=f"Input_{name}_values"), ",".join(f'"{value}"' for value in values))
    _under(table, "output", id="Output_role", label="Role that acts", name="role", typeRef="string")
    _under(table, "output", id="Output_title", label="In plain words", name="title", typeRef="string")
    offices = given.offices
    rows = [
        (tier.tier, ",".join(tier.roles), _words([offices.name(role) for role in tier.roles])) for tier in given.tiers
    ]
    first = next(iter(given.stage[0].roles))
    for number, (tier, roles, title) in enumerate([*rows, ("any", first, "Anyone acting in it")], 1):
        rule = _under(table, "rule", id=f"Rule_{number}")
        _under(rule, "description").text = (
            "Tasks at any time are open to everyone of a side." if tier == "any" else f"{title}, whatever the agency."
        )
        for part, text in (("in_1", f'"{tier}"'), ("in_2", "-")):
            _text(_under(rule, "inputEntry", id=f"Rule_{number}_{part}"), text)
        for part, text in (("out_1", f'"{roles}"'), ("out_2", f'"{title}"')):
            _text(_under(rule, "outputEntry", id=f"Rule_{number}_{part}"), text)
    drawn = _in(_in(root, DMNDI, "DMNDI"), DMNDI, "DMNDiagram", id="Who_acts_diagram")
    shape = _in(drawn, DMNDI, "DMNShape", id="Who_acts_shape", dmnElementRef="who_acts")
    _in(shape, DC, "Bounds", height="80", width="180", x="160", y="100")
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _words(names: list[str]) -> str:
    words = " or ".join(names)
    return words[:1].upper() + words[1:]


def _under(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return _in(parent, DMN, tag, **attributes)


def _in(parent: etree._Element, space: str, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attributes)


def _text(parent: etree._Element, text: str) -> None:
    _under(parent, "text").text = text
