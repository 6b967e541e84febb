"""The tests, collected and run once under coverage; then, for each mutant, in a process forked from that one.

A change inside a function is made by giving the function its new code, in the child, which keeps what the parent has
imported, collected and cached (but for the caches of the modules that import the mutated one). A change elsewhere,
or of what runs while modules are imported, loads all modules of the repository anew.
"""

from __future__ import annotations

import functools
import gc
import importlib.machinery
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import hypothesis
import pytest
from mutants import Place

WALL_FACTOR = 10
"""Seconds on the clock per second of CPU allowed, for a mutant that waits instead of working."""
_BROKEN = 99
"""How a child ends that could not make its mutant: nothing was killed."""
_OURS = ("-q", "-s", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


class Tests:
    """A plugin of pytest that hands the collected tests to ``work`` in place of running them."""

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
            swapped = not at_import and _swap(place)
        except Exception:
            traceback.print_exc()
            os._exit(_BROKEN)
        if not swapped:
            return _anew(tests, place, failed)
        return self._run(tests, failed)

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


def _swap(place: Place) -> bool:
    """Give the functions of a file their new code, and forget what was cached; whether that can be done."""
    if place.name or place.operator == "RemoveDecorator":
        return False
    new: dict[tuple[str, int], list[types.CodeType]] = {}
    stack = [compile(place.mutated(), str(place.file), "exec")]
    while stack:
        code = stack.pop()
        new.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)
        stack.extend(const for const in code.co_consts if isinstance(const, types.CodeType))
    affected, changed = _importers(place), False
    for found in gc.get_objects():
        if type(found) is types.FunctionType and Path(found.__code__.co_filename).resolve() == place.file:
            codes = new.get((found.__code__.co_qualname, found.__code__.co_firstlineno), [])
            if len(codes) != 1 or codes[0].co_freevars != found.__code__.co_freevars:
                if "<locals>" in found.__qualname__ or not codes:
                    continue  # made by a function that has its new code, or by a decorator
                return False
            found.__code__, changed = codes[0], True
        elif type(found) is functools._lru_cache_wrapper and (
            found.__module__ in affected
            or "<locals>" in getattr(found, "__qualname__", "")  # made by a decorator, for any module
        ):
            found.cache_clear()
    return changed


def _importers(place: Place) -> set[str]:
    """The modules that import a file's module, at first or second hand."""
    uses = {
        name: {other.__name__ if isinstance(other, types.ModuleType) else str(getattr(other, "__module__", ""))
               for other in vars(module).values()}
        for name, module in sys.modules.items() if name.split(".")[0] == place.module.split(".")[0]
    }  # fmt: skip
    reached, size = {place.module}, 0
    while size != len(reached):
        size = len(reached)
        reached |= {name for name, used in uses.items() if used & reached}
    return reached


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
