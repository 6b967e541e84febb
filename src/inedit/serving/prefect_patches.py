"""Waiting for a Prefect server that has gone away, for as long as it takes.

Prefect's runner asks its server for runs to start and for runs to cancel in loops that give up after three failures in
a row: the second one some ten seconds after a server went away, the first one, and with it the runner, after four
minutes. Prefect has no setting for it.
"""

from __future__ import annotations

from functools import partial

FAILURES = 100_000
"""So many failures in a row, two seconds apart at least, are days."""


def wait_for_the_server() -> None:
    """Let the loops of this process's runners go on until the server answers again."""
    from prefect._internal import observers
    from prefect.runner import _scheduled_run_poller as poller
    from prefect.utilities.services import critical_service_loop

    patient = partial(critical_service_loop, consecutive=FAILURES)
    for module in (observers, poller):
        if not hasattr(module, "critical_service_loop"):
            raise AttributeError(
                f"{module.__name__} has no loop of this name any more: look how it waits now."
            )
        module.critical_service_loop = patient
