"""The tests, collected and run once under coverage; then, for each mutant, in a process forked from that one.

A change inside a function is made by giving the function its new code, in the child, which keeps what the parent has
imported, collected and cached (but for what the changed function may have had a part in: reach.py). A change
elsewhere, or of what runs while modules are imported, loads all modules of the repository anew.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.machinery
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import hypothesis
import pytest
from mutants import Place
from reach import Key, Reach, key_of

WALL_FACTOR = 10
"""Seconds on the clock per second of CPU allowed, for a mutant that waits instead of working."""
_BROKEN = 99
"""How a child ends that could not make its mutant: nothing was killed."""
_OURS = ("-q", "-s", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


class Tests:
    """A plugin of pytest that hands the collected tests to ``work`` in place of running them."""

    reach: Reach

    def __init__(self, work: Callable[[Tests], None], room: Path) -> None:
        self.work = work
        self.items: dict[str, pytest.Item] = {}
        self.recorder = coverage.Coverage(
            include=[f"{room}/**" if room.is_dir() else str(room)], data_file=None
        )
        self.seconds: dict[str, float] = {}
        self.lines: dict[str, dict[int, list[str]]] = {}

    def collect(self, arguments: list[str]) -> int:
        """Collect what the arguments of pytest say, and go to work."""
        self.recorder.start()  # what runs at import is recorded under no test's name
        return int(pytest.main([*_OURS, *arguments], plugins=[_Steady(), self]))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.work(self)
        return True

    def measure(self) -> None:
        """Run each test once: how long it takes (CPU), and which lines of the room it runs."""
        failed = _Failed()
        next(iter(self.items.values())).config.pluginmanager.register(failed)
        for item, following in _with_next(list(self.items.values())):
            self.recorder.switch_context(item.nodeid)
            start = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.process_time() - start
        self.recorder.stop()
        if failed.tests:
            sys.exit(f"These fail without a change: {' '.join(failed.tests)}")
        data = self.recorder.get_data()
        self.lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}

    def measured_before(self, record: Path) -> bool:
        """Take what a record of an earlier run says of tests and files that are still the same; whether there is one.

        It only says which tests a mutant meets, never whether they fail. Tests that it does not know are run, and the
        first group of each golden list, so that what is known of each brand is there.
        """
        if not record.exists():
            return False
        known = json.loads(record.read_text(encoding="utf-8"))
        same = {file for file, digest in known["files"].items() if _digest(Path(file)) == digest}
        if {file for file in known["lines"] if file not in same}:
            return False
        self.recorder.stop()
        old = {test for test in known["seconds"] if test in self.items and test.partition("::")[0] in same}
        every, self.items = (
            self.items,
            {test: item for test, item in self.items.items() if test not in old or test.endswith("-0]")},
        )
        if self.items:
            self.recorder.start()
            self.measure()
        self.items = every
        self.seconds |= {test: known["seconds"][test] for test in old}
        for file, lines in known["lines"].items():
            mine = self.lines.setdefault(file, {})
            for line, numbers in lines.items():
                names = {known["tests"][number] for number in numbers}
                mine[int(line)] = sorted({*mine.get(int(line), ()), *(names & (old | {""}))})
        return True

    def record(self, record: Path) -> None:
        """Write what was measured."""
        tests = ["", *self.seconds]
        number = {test: at for at, test in enumerate(tests)}
        files = {*self.lines, *(test.partition("::")[0] for test in self.seconds)}
        told = {
            "files": {file: _digest(Path(file)) for file in sorted(files)}, "tests": tests, "seconds": self.seconds,
            "lines": {file: {line: [number[test] for test in by if test in number] for line, by in lines.items()}
                      for file, lines in self.lines.items()},
        }  # fmt: skip
        record.write_text(json.dumps(told), encoding="utf-8")

    def ready(self) -> None:
        """Read which function uses which, and keep what is there from being copied into each child."""
        with warnings.catch_warnings(
            action="ignore"
        ):  # what stands in for an old name may warn of being looked at
            self.reach = Reach("inedit")
        gc.collect()
        gc.freeze()

    def outcome(self, tests: list[str], place: Place, cpu_seconds: float) -> tuple[str, str]:
        """``killed``, ``survived`` or ``timeout``, and the first test that failed; they run in their order."""
        return _in_child(lambda failed: self._meet(tests, place, failed), cpu_seconds)

    def control(self, tests: list[str], cpu_seconds: float) -> str:
        """A test that fails though nothing was changed, both ways in which a mutant is made; or nothing."""
        if not tests:
            return ""
        forked = _in_child(lambda failed: self._run(tests, failed), cpu_seconds)
        imported = _in_child(lambda failed: _anew(tests, None, failed), 3 * cpu_seconds)
        return next((test or how for how, test in (forked, imported) if how != "survived"), "")

    def _meet(self, tests: list[str], place: Place, failed: _Failed) -> int:
        at_import = "" in self.lines.get(str(place.file), {}).get(place.line, [""])
        try:
            swapped = not at_import and self._swap(place)
        except Exception:
            traceback.print_exc()
            os._exit(_BROKEN)
        if not swapped:
            return _anew(tests, place, failed)
        return self._run(tests, failed)

    def _swap(self, place: Place) -> bool:
        """Give the functions of a file their new code, and forget what they had a part in; whether that can be done."""
        if place.name or place.operator == "RemoveDecorator":
            return False
        new: dict[tuple[str, int], list[types.CodeType]] = {}
        stack = [compile(place.mutated(), str(place.file), "exec")]
        while stack:
            code = stack.pop()
            new.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)
            stack.extend(const for const in code.co_consts if isinstance(const, types.CodeType))
        changed: set[Key] = set()
        for found in self.reach.functions:
            if Path(found.__code__.co_filename).resolve() == place.file:
                codes = new.get((found.__code__.co_qualname, found.__code__.co_firstlineno), [])
                if len(codes) != 1 or codes[0].co_freevars != found.__code__.co_freevars:
                    if "<locals>" in found.__qualname__ or not codes:
                        continue  # made by a function that has its new code, or by a decorator
                    return False
                if codes[0] != found.__code__:
                    changed.add(key_of(found.__code__))
                    found.__code__ = codes[0]
        for cache in self.reach.stale_caches(changed):
            cache.cache_clear()
        return bool(changed)

    def _run(self, tests: list[str], failed: _Failed) -> int:
        items = [self.items[test] for test in tests]
        items[0].config.pluginmanager.register(failed)
        for item, following in _with_next(items):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return 0


class _Failed:
    """Notes the tests that fail; in a child it tells the parent of the first and leaves."""

    def __init__(self, tell: int | None = None) -> None:
        self.tests: list[str] = []
        self.tell = tell

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.tests.append(report.nodeid)
            if self.tell is not None:
                os.write(self.tell, report.nodeid.encode())
                os._exit(1)


class _Steady:
    """Hypothesis draws the same examples each time and does not look for the smallest that fails."""

    def pytest_configure(self) -> None:
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile(
            "mutation", deadline=None, derandomize=True, database=None, phases=phases,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        hypothesis.settings.load_profile("mutation")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _with_next(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _in_child(run: Callable[[_Failed], int], cpu_seconds: float) -> tuple[str, str]:
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            used = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + int(cpu_seconds), used + int(cpu_seconds) + 5))
            signal.alarm(int(WALL_FACTOR * cpu_seconds))
            log = os.open(os.environ.get("MUTATION_LOG", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(log, 1)
            os.dup2(log, 2)
            code = run(_Failed(tell))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as heard:
        test = heard.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL}
        return ("timeout" if late else "killed"), test
    if os.WEXITSTATUS(status) == _BROKEN:
        sys.exit("A mutant could not be made; MUTATION_LOG=FILE keeps what was said.")
    return ("killed" if os.WEXITSTATUS(status) else "survived"), test


def _anew(tests: list[str], place: Place | None, failed: _Failed) -> int:
    """Import everything of the repository again, the mutated module in place of the file, and run the tests."""
    here = str(Path.cwd())
    for name, module in list(sys.modules.items()):
        if name != "__main__" and str(getattr(module, "__file__", "")).startswith(here):
            del sys.modules[name]
    if place is not None:
        sys.meta_path.insert(0, _Mutated(place))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        return int(pytest.main([*_OURS, *tests], plugins=[_Steady(), failed, _InOrder(tests)]))


class _InOrder:
    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.order.get(item.nodeid, len(self.order)))


class _Mutated:
    """Finds one module: the mutated one."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self.place.module:
            return None
        package = self.place.file.stem == "__init__"
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(self.place.file), is_package=package)  # type: ignore[arg-type]
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(str(self.place.file.parent))
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """The usual module."""

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.place.mutated(), str(self.place.file), "exec"), module.__dict__)  # noqa: S102
