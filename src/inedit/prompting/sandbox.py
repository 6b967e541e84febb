"""The Jinja environment that templates run in: strict about names, and closed to all but what it is given.

Templates belong to people who write words, not code. They may print, test and loop over the views of
:mod:`inedit.prompting.views`, include partials and define macros. They cannot call Python, read files, build
huge strings by arithmetic, or come out different from one run to the next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache, partial
from io import StringIO
from types import CodeType
from typing import Any, ClassVar

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from inedit.prompting.rendered import Renderings, Watched

MAX_CHARS = 60_000
"""The most that a template may produce, in a block or above it; a prompt for a small model has about 3,000."""

KEPT = 1024
"""Templates whose reading is kept in the process, by their text: the same files are loaded many times."""

_FILTERS = (
    "abs", "capitalize", "count", "default", "first", "int", "items", "join", "last", "length", "list",
    "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select",
    "selectattr", "sort", "string", "sum", "title", "tojson", "trim", "truncate", "unique", "upper",
)  # fmt: skip
_CALLABLE = (Macro, BlockReference, LoopContext)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``Did you mean 'name'?`` when a known name looks like this one, else the list of known names."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only for a mistake

    names = sorted(known)
    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=60)
    if found is not None:
        return f"Did you mean '{found[0]}'?"
    return f"Known names: {', '.join(names)}." if names else ""


class UnknownName(UndefinedError):
    """A template used a name that nothing supplies. ``remedy`` tells what it may have meant."""

    def __init__(self, _: str | None = None, *, owner: Any = missing, name: str = "") -> None:
        known = [f.name for f in fields(owner)] if is_dataclass(owner) and not isinstance(owner, type) else []
        kind = getattr(owner, "KIND", type(owner).__name__)
        article = "An" if kind[:1] in "aeiou" else "A"
        super().__init__(
            f"'{name}' is not known." if owner is missing else f"{article} {kind} has no '{name}'."
        )
        self.name = name
        self.remedy = did_you_mean(name, known)


class MissingTranslation(UndefinedError):
    """A template used a text that the brand has not written in this language."""

    def __init__(self, _: str | None = None, *, what: str, language: str) -> None:
        super().__init__(f"{what} has no wording in '{language}'.")
        self.remedy = f"Write it: add '{language}:' beside the other languages."


class Missing(StrictUndefined):
    """What a template gets for a name that does not exist: any use of it is an error that says which."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Any = UndefinedError,
    ) -> None:
        if exc is UndefinedError and hint is None and name is not None:
            exc = partial(UnknownName, owner=obj, name=name)
        super().__init__(hint, obj, name, exc)


def missing_translation(what: str, language: str) -> Any:
    """A stand-in for a text without translation: harmless until a template uses it, then a clear error."""
    return Missing(name=what, exc=partial(MissingTranslation, what=what, language=language))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template's code, the names that it needs, whether all that it does stands in blocks (then its root has nothing
    to prepare), and the templates that it includes, imports or extends, each with its line (None: named as it runs)."""

    code: CodeType
    undeclared: frozenset[str]
    only_blocks: bool
    references: tuple[tuple[int, str | None], ...]


class SourceLoader(BaseLoader):
    """Finds templates among sources already read, so that no name can reach outside ``prompts/``.

    A bare name (``rules.md.j2``) is looked for beside the channels' templates, then among the partials of the
    language (``_partials/de-CH/``, ``_partials/de/``), then among those of all languages (``_partials/``).
    ``overlay`` is a folder whose files are taken before those of the same name outside it (``small/``).
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        language: str,
        overlay: str = "",
    ) -> None:
        self.sources = sources
        primary = language.partition("-")[0]
        folders = ("", f"_partials/{language}/", f"_partials/{primary}/", "_partials/")
        self.folders = tuple(dict.fromkeys((*(overlay + folder for folder in folders), *folders)))

    def find(self, name: str) -> str | None:
        """The path, relative to ``prompts/``, that a name stands for; None when there is no such file."""
        return next((path for folder in self.folders if (path := folder + name) in self.sources), None)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 (Jinja's signature)
        """Jinja's hook: source, file name, and whether it is still current (sources never change)."""
        path = self.find(template)
        if path is None:
            raise TemplateNotFound(template)
        return self.sources[path], path, lambda: True

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Jinja's hook: a template under its full path, compiled once for all languages and projects."""
        source, path, current = self.get_source(environment, name)
        code = compiled(path, source).code
        return environment.template_class.from_code(environment, code, globals or {}, current)

    def only_blocks(self, name: str) -> bool:
        """Whether a template that was loaded does nothing outside its blocks."""
        path = self.find(name) or name
        return compiled(path, self.sources[path]).only_blocks

    def list_templates(self) -> list[str]:
        """Every known path, sorted."""
        return sorted(self.sources)


class PromptEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox for one language's templates."""

    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"*", "**", "%"})  # type: ignore[misc]

    def __init__(
        self,
        sources: Mapping[str, str],
        language: str,
        overlay: str = "",
    ) -> None:
        self.source_loader = SourceLoader(sources, language, overlay)
        self._renderings: dict[tuple[str, str], Renderings] = {}
        super().__init__(
            loader=self.source_loader,
            undefined=Missing,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.globals.clear()
        self.filters = {name: made for name, made in self.filters.items() if name in _FILTERS}
        self.filters["tojson"] = in_json

    def is_safe_callable(self, obj: Any) -> bool:
        """Only macros, ``super()`` and ``loop`` may be called; texts are changed by filters."""
        return isinstance(obj, _CALLABLE) or isinstance(getattr(obj, "__self__", None), LoopContext)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As Jinja decides, and sooner for our views: nothing but fields is public in them."""
        if is_dataclass(obj):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply and divide numbers only: ``"a" * 10**9`` would fill the memory."""
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"'{operator}' is for small sums of numbers only.")
        return super().call_binop(context, operator, left, right)

    def render_block(self, name: str, block: str, variables: Mapping[str, Any]) -> str | None:
        """One block of a template as text, or None when neither it nor its parents have that block.

        It is not rendered again while all that it looks at is the same (:mod:`inedit.prompting.rendered`). Where there
        is anything but blocks in the template, its root runs first, so that ``extends``, ``import`` and ``set`` at its
        top work in blocks.

        Raises:
            TemplateError: anything wrong in the template, with its traceback as Jinja gives it.
        """
        renderings = self._renderings.setdefault((name, block), Renderings())
        if (known := renderings.find(variables)) is not None:
            return known[0]
        template, seen = self.get_template(name), Watched(variables)
        context = template.new_context(seen, shared=True)
        if not self.source_loader.only_blocks(name):
            _bounded(template.root_render_func(context))
        found = context.blocks.get(block)
        text = None if found is None else _bounded(found[0](context))
        renderings.keep(seen, text)
        return text


def in_json(value: Any, indent: int | None = None) -> str:
    """A value as JSON for a model to read. Jinja's own filter writes for HTML: it turns « é » and “’” into ``\\u00e9``
    and ``\\u2019``, which cost more tokens and which small models copy as they stand."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


@lru_cache(KEPT)
def compiled(path: str, source: str) -> Compiled:
    """A template as it runs, made once for all languages. Raises :class:`jinja2.TemplateSyntaxError`."""
    tree = parsed(path, source)
    generator = _Generator(_reader(), path, path, made := StringIO())
    generator.visit(tree)
    code = compile(made.getvalue(), path, "exec")
    references = tuple(_references_in(tree))
    only_blocks = all(_prepares_nothing(node) for node in tree.body)
    return Compiled(code, frozenset(generator.undeclared), only_blocks, references)


def _references_in(tree: nodes.Template) -> Iterator[tuple[int, str | None]]:
    named: tuple[type[nodes.Node], ...] = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    node: Any  # each of these has a template
    for node in tree.find_all(named):
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        yield node.lineno, name if isinstance(name, str) else None


class _Generator(CodeGenerator):
    """Jinja's own, which also notes the names that a template looks up: asking Jinja for them
    (:func:`jinja2.meta.find_undeclared_variables`) generates the code once more."""

    def __init__(self, environment: Environment, name: str, file: str, made: StringIO) -> None:
        super().__init__(environment, name, file, made)
        self.undeclared: set[str] = set()

    def enter_frame(self, frame: Frame) -> None:
        """Jinja's hook: a frame's names are known when it is entered."""
        super().enter_frame(frame)
        self.undeclared |= {
            name for action, name in frame.symbols.loads.values() if action == "resolve" and name
        }


@lru_cache(maxsize=1)
def parsed(path: str, source: str) -> nodes.Template:
    """A template as a tree, to be read only. The last one is kept: what is looked through is compiled next."""
    return _reader().parse(source, path, path)


@cache
def _reader() -> PromptEnvironment:
    """What reads all templates: neither the language nor the other files change what a text means."""
    return PromptEnvironment({}, "")


def _prepares_nothing(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) for part in node.nodes)
    return isinstance(node, nodes.Block)


def _bounded(pieces: Iterable[str]) -> str:
    """Join what a template yields, and stop it when it does not come to an end."""
    made: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_CHARS:
            raise TemplateRuntimeError(f"The template makes more than {MAX_CHARS} characters.")
        made.append(piece)
    return "".join(made)
