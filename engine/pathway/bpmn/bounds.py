"""Whether a diagram is small enough to be read (D13). Looks at tags and attributes, not at what they mean."""

from collections import Counter

from lxml import etree

from engine import bounds
from engine.pathway.bpmn.grammar import FLOWING
from engine.pathway.bpmn.screening import local
from engine.pathway.bpmn.xml import BPMN

EXPRESSIONS = tuple(f"{BPMN}{tag}" for tag in ("conditionExpression", "timeDate", "loopCardinality"))
COUNTED = (
    ("elements", FLOWING, bounds.MOST_NODES),
    ("sequence flows", {"sequenceFlow"}, bounds.MOST_FLOWS),
    ("lanes", {"lane"}, bounds.MOST_LANES),
)


def oversized(root: etree._Element) -> str | None:
    """Why a diagram is too large to be read, and what to do; none where it is not."""
    tags: Counter[str] = Counter()
    for node in root.iter():
        if len(node.attrib) > bounds.MOST_ATTRIBUTES:
            what = f"a {local(node)} has {len(node.attrib):,} attributes"
            return f"{what}; at most {bounds.MOST_ATTRIBUTES} are read. Take them out."
        if isinstance(node.tag, str) and node.tag.startswith(BPMN):
            tags[local(node)] += 1
            if len(identity := node.get("id", "")) > bounds.LONGEST_ID:
                what = f"the id “{bounds.shortened(identity)}” has {len(identity):,} characters"
                return f"{what}; at most {bounds.LONGEST_ID} are read. Shorten it (General, ID)."
        else:
            tags["other"] += 1
    for what, counted, most in (*COUNTED, ("tags", set(tags), bounds.MOST_TAGS)):
        if (found := sum(tags[tag] for tag in counted)) > most:
            return f"it has {found:,} {what}; at most {most:,} are read. Split it into side pathways."
    written = sum(len(str(node.xpath("string()"))) for node in root.iter(*EXPRESSIONS))
    if written > bounds.MOST_EXPRESSION:
        most = bounds.MOST_EXPRESSION
        return f"its expressions have {written:,} characters together; at most {most:,} are read. Shorten them."
    return None
