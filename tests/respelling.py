"""The names under which a diagram's properties may be written, and a diagram written under another of them (D6)."""

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
CAMUNDAS = {"zeebe": "http://camunda.org/schema/zeebe/1.0", "camunda": "http://camunda.org/schema/1.0/bpmn"}


def respelled(text: str, prefix: str) -> str:
    """A diagram that ships, its properties under the name that one of Camunda's panels shows."""
    text = text.replace(f'xmlns:spiffworkflow="{SPIFF}"', f'xmlns:{prefix}="{CAMUNDAS[prefix]}"')
    return text.replace("spiffworkflow:", f"{prefix}:")
