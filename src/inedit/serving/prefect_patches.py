"""What Prefect has no setting for: waiting for its server for as long as it takes, and not waiting for it at the end.

Prefect's runner asks its server for runs to start and for runs to cancel in loops that give up after three failures in
a row: the second one some ten seconds after a server went away, the first one, and with it the runner, after four
minutes. Prefect has no setting for it, so a name inside of it is replaced where there is one. A version of Prefect that
does it in another way is served all the same, with a warning that says what is then different.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from contextlib import suppress
from functools import partial

FAILURES = 100_000
"""So many failures in a row, two seconds apart at least, are days."""

LOOP = "critical_service_loop"

POLLER = "prefect.runner._scheduled_run_poller"
"""Where the runner asks for runs to start: when this loop ends, so does ``inedit serve``."""

WATCHERS = ("prefect._internal.observers", "prefect._internal._observation_delivery")
"""Where it asks for runs to cancel: in Prefect 3.8, and since 3.9. A run looks itself, too (interruption.py)."""

SENDERS = {"prefect.logging.handlers": "APILogWorker", "prefect.events.worker": "EventsWorker"}
"""Prefect's threads that send log lines and events to its server."""

DELIVERY_SECONDS = 5.0


def wait_for_the_server() -> bool:
    """Let the loops of this process's runners go on until the server answers again; False when that cannot be done."""
    with suppress(ImportError):
        from prefect.utilities.services import critical_service_loop

        if "consecutive" in inspect.signature(critical_service_loop).parameters:
            patient = partial(critical_service_loop, consecutive=FAILURES)
            for watcher in WATCHERS:
                _replaced(watcher, patient)
            return _replaced(POLLER, patient)
    return False


def _replaced(name: str, patient: object) -> bool:
    """Replace the loop in a module of Prefect, if there is such a module and it has one."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        return False
    if not hasattr(module, LOOP):
        return False
    setattr(module, LOOP, patient)
    return True


def warn_of_impatience() -> None:
    """Say on the terminal what a Prefect whose loops are not known does."""
    import prefect

    sys.stderr.write(
        f"Prefect {prefect.__version__} is newer than what Inédit was tested with: when its server is away for some "
        "minutes, this command ends. Start it again then; nothing is lost.\n"
    )


async def deliver_logs(seconds: float = DELIVERY_SECONDS) -> None:
    """Send what is logged while the server can still take it, and let Python end without what it does not take.

    At the end of a process Prefect sends what it has left, without a limit of time: while its server is gone, the
    process would stay for minutes.
    """
    for module, name in SENDERS.items():
        with suppress(ImportError, AttributeError):
            sender = getattr(importlib.import_module(module), name)
            left = list(sender._instances.values())
            delivery = sender.drain_all(timeout=seconds, at_exit=False)
            if inspect.isawaitable(delivery):
                await delivery
            for instance in left:
                instance._loop.call_soon_threadsafe(instance._done_event.set)
