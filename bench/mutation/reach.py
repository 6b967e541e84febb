"""Which cached functions a change of one function may show in: those that reach it, by the names that they use.

A test that needs all that is known of a brand takes seconds when everything has to be read again, and a fraction of
one when only what the change can have touched is forgotten. What a function uses is read from its code: names of its
module (functions, classes with their special methods, tables of functions, modules) and, for attributes, every method
of the package that is called so. That is more than it really calls, and hardly ever less.
"""

from __future__ import annotations

import dis
import functools
import gc
import types
from collections import defaultdict
from collections.abc import Iterator

CACHE = functools._lru_cache_wrapper
_WRAPPERS = (types.FunctionType, property, functools.cached_property, classmethod, staticmethod, CACHE)
_DEPTH = 5
"""How deep tables and objects of a module are looked through for functions."""

Key = tuple[str, str, int]
"""A function's file, its qualified name and its first line."""


def key_of(code: types.CodeType) -> Key:
    return code.co_filename, code.co_qualname, code.co_firstlineno


class Reach:
    """What uses what in a package, as it stands in memory."""

    def __init__(self, package: str) -> None:
        self.package = package
        everything = gc.get_objects()
        self.functions = [f for f in everything if type(f) is types.FunctionType and self._ours(f)]
        self.caches = [c for c in everything if type(c) is CACHE and self._ours(c)]
        self.classes = [c for c in everything if issubclass(type(c), type) and self._ours(c)]
        self.methods: dict[str, list[types.CodeType]] = defaultdict(list)
        for owner in self.classes:
            for name, member in vars(owner).items():
                if not isinstance(member, type):
                    self.methods[name].extend(self._codes(member, 1))
        self.named: dict[str, list[types.CodeType]] = defaultdict(list)
        for function in self.functions:
            self.named[function.__name__].append(function.__code__)
        self.users: dict[Key, set[Key]] = defaultdict(set)
        for function in self.functions:
            self._read(function, function.__code__)

    def touched_by(self, changed: set[Key]) -> set[Key]:
        """The functions that use one of some functions, at first or any other hand, and these themselves."""
        reached, new = set(changed), set(changed)
        while new:
            new = {user for one in new for user in self.users[one]} - reached
            reached |= new
        return reached

    def stale_caches(self, changed: set[Key]) -> list[CACHE]:  # type: ignore[type-arg]
        """The cached functions whose answers may be others since some functions changed."""
        touched = self.touched_by(changed)
        return [c for c in self.caches if any(key_of(code) in touched for code in self._codes(c, 1))]

    def _ours(self, thing: object) -> bool:
        return str(getattr(thing, "__module__", "")).split(".")[0] == self.package

    def _read(self, function: types.FunctionType, code: types.CodeType) -> None:
        user = key_of(code)
        names = set(code.co_names)
        imported = {i.argval for i in dis.get_instructions(code) if i.opname == "IMPORT_FROM"}
        for name in names:
            if name in imported:
                found = self.named.get(name, [])
            elif name in function.__globals__:
                value = function.__globals__[name]
                found = list(self._codes(value, _DEPTH))
                if isinstance(value, types.ModuleType):
                    found = [c for other in names for c in self._codes(getattr(value, other, None), _DEPTH)]
            else:
                found = self.methods.get(name, [])
            for used in found:
                self.users[key_of(used)].add(user)
        for kept in (
            *(function.__defaults__ or ()),
            *(function.__kwdefaults__ or {}).values(),
            *_cells(function),
        ):
            for used in self._codes(kept, _DEPTH):
                self.users[key_of(used)].add(user)
        for const in code.co_consts:
            if isinstance(const, types.CodeType):
                self.users[key_of(const)].add(user)
                self._read(function, const)

    def _codes(self, thing: object, depth: int) -> Iterator[types.CodeType]:
        """The code of the functions that something is or holds."""
        if isinstance(thing, types.FunctionType) and self._ours(thing):
            yield thing.__code__
        if depth > 0:
            for part in self._parts(thing):
                yield from self._codes(part, depth - 1)

    def _parts(self, thing: object) -> Iterator[object]:
        """What something wraps, holds, or does without being called by name."""
        if isinstance(thing, _WRAPPERS):
            yield from (getattr(thing, name, None) for name in ("fget", "func", "__func__", "__wrapped__"))
        elif isinstance(thing, type):
            for owner in thing.__mro__[:-1] if self._ours(thing) else ():
                for name, member in vars(owner).items():
                    if name.startswith("__") and not isinstance(member, type):
                        yield member
        elif isinstance(thing, (dict, list, tuple, set, frozenset)):
            yield from thing.values() if isinstance(thing, dict) else thing
        elif self._ours(type(thing)):
            yield type(thing)
            yield from (held for held in gc.get_referents(thing) if not isinstance(held, type))


def _cells(function: types.FunctionType) -> Iterator[object]:
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # not given yet
            continue
