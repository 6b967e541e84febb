"""Runs that a Prefect server carries out: started, watched and cancelled by its API, without Prefect's own library."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from inedit.model.errors import ProviderFailure, WrongInput
from inedit.orchestration.forms import ProduceForm, name_of

SECONDS = 10
HELD = ("REJECT", "ABORT", "WAIT")
"""What Prefect answers when a run does not change its state as it was asked to."""
OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@dataclass(frozen=True, slots=True)
class FlowRun:
    """A run as Prefect knows it."""

    id: str
    name: str
    state: str
    state_name: str
    message: str
    page: str
    is_held: bool = False
    """Whether somebody has suspended it: it waits for nobody's answer, and goes on by its own Resume."""

    @property
    def is_over(self) -> bool:
        """Whether nothing happens any more."""
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """The server at ``url`` (``http://127.0.0.1:4200/api``); ``auth`` is its ``user:password``, if it asks for one."""

    url: str
    auth: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> PrefectServer | None:
        """The one that ``PREFECT_API_URL`` names; None without."""
        url = environ.get("PREFECT_API_URL", "").rstrip("/")
        if not url.startswith(("http://", "https://")):
            return None
        return cls(url, environ.get("PREFECT_API_AUTH_STRING", ""))

    def produce(self, brand: str, form: ProduceForm) -> FlowRun:
        """Start *Produce a campaign*."""
        return self._start("Produce", brand, {**form.model_dump(), "dry_run": False})

    def resume(self, brand: str, run_id: str) -> FlowRun:
        """Start *Resume*."""
        return self._start("Resume", brand, {"run": run_id})

    def find(self, flow_run_id: str) -> FlowRun:
        """Where a run stands."""
        return self._read(self._ask(f"/flow_runs/{quote(flow_run_id, safe='')}"))

    def cancel(self, flow_run_id: str) -> None:
        """What the Prefect UI's Cancel does."""
        state = {"state": {"type": "CANCELLING", "name": "Cancelling"}}
        self._ask(f"/flow_runs/{quote(flow_run_id, safe='')}/set_state", state)

    def go_on(self, flow_run_id: str) -> None:
        """What the Prefect UI's Resume does with a run that somebody has suspended. Prefect also answers 200 when it
        does not let the run go on: what it says then is raised as :class:`~.errors.WrongInput`."""
        answer = self._ask(f"/flow_runs/{quote(flow_run_id, safe='')}/resume", {})
        if answer.get("status") in HELD:
            why = str((answer.get("details") or {}).get("reason") or answer["status"]).rstrip(".")
            raise WrongInput(f"The Prefect server did not let the run go on: {why}.")

    def _start(self, word: str, brand: str, parameters: Mapping[str, Any]) -> FlowRun:
        wanted = {
            "deployments": {"name": {"any_": [name_of(word, brand)]}},
            "limit": 1,
        }
        found = self._ask("/deployments/filter", wanted)
        if not found:
            raise WrongInput(
                f"Nobody serves '{name_of(word, brand)}' on the Prefect server: start 'inedit serve'."
            )
        body = {"parameters": dict(parameters), "enforce_parameter_schema": False}
        return self._read(self._ask(f"/deployments/{found[0]['id']}/create_flow_run", body))

    def _read(self, record: Mapping[str, Any]) -> FlowRun:
        state = record.get("state") or {}
        asks = (state.get("state_details") or {}).get("run_input_keyset")
        is_held = state.get("type") == "PAUSED" and not asks
        return FlowRun(
            str(record["id"]), str(record["name"]), str(state.get("type", "")),
            "Suspended by hand" if is_held else str(state.get("name", "")), str(state.get("message") or ""),
            f"{self.url.removesuffix('/api')}/runs/flow-run/{record['id']}", is_held,
        )  # fmt: skip

    def _ask(self, path: str, body: object = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.auth:
            headers["Authorization"] = "Basic " + base64.b64encode(self.auth.encode()).decode()
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers)  # noqa: S310  # the scheme was looked at
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                raise WrongInput("The Prefect server knows no such run.") from None
            raise ProviderFailure(f"The Prefect server refused this ({error.code}).") from None
        except (OSError, ValueError) as error:
            raise ProviderFailure(f"The Prefect server at {self.url} does not answer: {error}.") from None
