"""The command ``inedit`` in a process of its own, that has not to import everything first.

A process that has imported the packages and loaded the language data and the encoder waits for orders and forks for
each: what is run has its own streams, folder, environment and exit code, and starts at once instead of in two to eight
seconds of CPU.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from fakes.brand import LANGUAGES
from fakes.sentences import SENTENCES

Result = subprocess.CompletedProcess[str]
COMMAND = (sys.executable, "-c", "from inedit.cli import main; main()")
ROOT = Path(__file__).parents[2]
SECONDS = 120
RETRY_SECONDS = 0.05
WRITTEN = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
TERMINAL = {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
IMPORTED = (
    "inedit.cli", "inedit.cli.result", "inedit.cli.guard_rows", "inedit.cli.diagnosis",
    "inedit.encoding.use_multilingual", "inedit.guard.judge", "inedit.archive.admission",
    "inedit.store.schema", "inedit.generation.client", "alembic.command", "inedit.ledger.reports.reporter",
    "inedit.pipeline.campaign",
)  # fmt: skip


def run_alone(
    arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], stdin: str | None = None
) -> Result:
    """The command as a shell starts it."""
    return subprocess.run(
        [*COMMAND, *arguments], cwd=cwd, input=stdin, capture_output=True, text=True, timeout=SECONDS,
        env=dict(environment), check=False,
    )  # fmt: skip


class Forks:
    """Runs commands one after the other, each in a fork of a process that has imported the packages."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def run(
        self, arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], stdin: str | None = None
    ) -> Result:
        """What ``subprocess.run`` would give for the command."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        streams = [self._folder / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(stdin or "", encoding="utf-8")
        order = {
            "arguments": list(arguments), "cwd": str(cwd), "environment": dict(environment),
            "streams": [str(stream) for stream in streams],
        }  # fmt: skip
        print(json.dumps(order), file=self._process.stdin, flush=True)
        code = self._process.stdout.readline()
        assert code, "the process that forks has ended"
        out, err = (stream.read_text(encoding="utf-8") for stream in streams[1:])
        return Result([*COMMAND, *arguments], int(code), out, err)


@contextmanager
def forking(environment: Mapping[str, str]) -> Iterator[Forks]:
    """A process that forks, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="inedit-command-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-c", "from fakes.command import _serve; _serve()"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
            env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        try:
            yield Forks(process, Path(folder))
        finally:
            process.communicate()  # the end of its orders is its end


def _serve() -> None:
    for name in IMPORTED:
        importlib.import_module(name)
    _warm_up()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _obey(order)
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _warm_up() -> None:
    """Load what every process would load for itself: the encoder, the language data, its compiled patterns, those of
    figures too, and what reads a project. A server that is not there is asked again sooner: how long a retry waits is
    tested where it stands."""
    from typer.testing import CliRunner

    from inedit import encoding
    from inedit.cli import app
    from inedit.guard.nlp.measures import measures
    from inedit.pipeline import metered_call

    encoding.load_encoder = cache(encoding.load_encoder)
    encoding.load_encoder()
    metered_call.MeteredModel = partial(metered_call.MeteredModel, first_wait_seconds=RETRY_SECONDS)
    for language in LANGUAGES:
        measures(language)
    assert (
        CliRunner().invoke(app, ["check"]).exit_code == 0
    )  # the demo brand: this process stands at the root
    rows = [
        json.dumps({"id": language, "language": language, "channel": "email", "text": " ".join(texts[:3])})
        for language, texts in SENTENCES.items()
        if language in LANGUAGES
    ]
    said = CliRunner().invoke(app, ["guard", "texts", "-", "--json"], input="\n".join(rows))
    assert said.exit_code in (0, 1), said.output


def _obey(order: Mapping[str, Any]) -> None:
    """Become the command; how it ends, this process ends."""
    signal.alarm(SECONDS)
    for number, (stream, flags) in enumerate(
        zip(order["streams"], (os.O_RDONLY, WRITTEN, WRITTEN), strict=True)
    ):
        opened = os.open(stream, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115  # until the end
    sys.stderr = open(2, "w", errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["-c", *order["arguments"]]
    from inedit.cli import main

    main()
