"""The strict reader of BPMN: an allow-list, and a finding for whatever is not on it. Runs nothing."""

__all__ = []
