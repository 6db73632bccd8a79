"""Worklists of a database from before there were any: filled once, from the disputes that run."""

from dataclasses import replace

from engine.application import Concord, glanced, worklist_rows


def fill_worklists(concord: Concord) -> None:
    """Put there what is open in every running dispute, all of it at once; nothing where anything stands there."""
    with concord.store.begin(write=False) as tx:
        if not tx.worklists.unfilled():
            return
    with concord.store.begin() as tx:
        for here in glanced(concord, tx, tx.worklists.unfilled()).values():
            rows = worklist_rows(here.version.pathway, here.dispute)
            tx.worklists.fill(replace(here.record, worklist=rows))
