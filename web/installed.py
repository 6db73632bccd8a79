"""What Python sees of an installed Concord: one package of a name of its own, the tree inside it as in a checkout.

Installed as concord_escalation/__init__.py (pyproject.toml), beside engine/, web/, bpmn/, forms/ and run.py. `engine`
and `web` are everybody's names: they are found in this folder, before any others, by a program that has imported this
package, and by no other. An editable installation has nothing else in that folder, and finds the checkout.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run import application, cli

__all__ = ["application", "cli"]
