"""Where the code can be changed a little, and what it reads like then. The operators are Cosmic Ray's.

What is left out, by rule and before anything is measured, since no behaviour that a test should hold hangs on it:
annotations, aliases of types and ``if TYPE_CHECKING``; what a decorator is given (``slots=True``, ``maxsize=4096``),
and the decorators that only cache or only speak to the type checker; ``strict=`` of ``zip`` and ``repr=`` of a field;
calls of a logger; ``is`` in place of ``==``. An arithmetic operator is replaced by its counterpart only (``+`` by
``-``): most other exchanges end in a TypeError at once and would flatter the result. Strings are not changed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators import operator
from cosmic_ray.operators.provider import OperatorProvider
from parso.tree import NodeOrLeaf

_COUNTERPARTS = (
    "Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Mul Mod_Mul Pow_Mul BitOr_BitAnd BitAnd_BitOr BitXor_BitAnd"
)
_OPERATORS = re.compile(
    rf"ReplaceBinaryOperator_({_COUNTERPARTS.replace(' ', '|')})"
    r"|ReplaceComparisonOperator_(?!.*Is).*|ReplaceComparisonOperator_(Is_IsNot|IsNot_Is)"
    r"|ReplaceUnaryOperator_(Delete_Not|USub_UAdd|Delete_Invert)"
    r"|AddNot|Replace(True|False|And|Or|Break|Continue)With\w+|ExceptionReplacer|NumberReplacer|RemoveDecorator"
    r"|ZeroIterationForLoop"
)
_FOR_SPEED_OR_TYPES = re.compile(
    r"@(functools\.)?(lru_cache|cache|overload|override|final|runtime_checkable)\b"
)
_ARITHMETIC = {"arith_expr", "term", "power", "expr", "and_expr", "xor_expr", "shift_expr"}
"""Where an operator stands between two operands; the stars of ``{**one}`` and ``f(*two)`` are none."""
_NEGATED_NAME = re.compile(r"\bnot (\w+ := .*)(?=:\s*(#.*)?$)")
"""``if not name := value:`` is not Python; with parentheses it is."""
_NEVER_IN_TESTS = ("if TYPE_CHECKING", "if __name__")
_LOGGER = re.compile(r"_?(log|logger|logging|warnings)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be changed, and the change drawn for it."""

    file: Path
    line: int
    column: int
    operator: str
    occurrence: int
    name: str
    """The name that the statement assigns, when it stands outside every function."""

    @property
    def module(self) -> str:
        """The dotted name of the file's module, below ``src``."""
        parts = self.file.with_suffix("").parts
        return ".".join(parts[len(parts) - parts[::-1].index("src") :]).removesuffix(".__init__")

    def mutated(self) -> str:
        """The file's text with the change in it."""
        code = mutate_code(
            self.file.read_text(encoding="utf-8"), _classes()[self.operator](), self.occurrence
        )
        if self.operator != "AddNot":
            return code or ""
        lines = (code or "").splitlines()
        lines[self.line - 1] = _NEGATED_NAME.sub(r"not (\1)", lines[self.line - 1])
        return "\n".join(lines) + "\n"

    def shown(self, root: Path) -> str:
        """The place, and its lines before and after."""
        before, after = self.file.read_text(encoding="utf-8").splitlines(), self.mutated().splitlines()
        lost = before[self.line - 1].strip()
        now = after[self.line - 1].strip() if len(after) == len(before) else "(without it)"
        return f"{self.file.relative_to(root)}:{self.line}: {lost}  =>  {now}"


def places(file: Path, dice: random.Random) -> list[Place]:
    """The places of a file in order, one of the possible changes drawn for each."""
    found: dict[tuple[int, int, str], list[Place]] = {}
    nodes = list(ast_nodes(get_ast(file.read_text(encoding="utf-8"))))
    for name, kind in _classes().items():
        change, occurrence = kind(), 0
        for node in nodes:
            for (line, column), _ in change.mutation_positions(node):
                if not _left_out(node, name):
                    family = re.sub(r"_.*|(True|False)With.*", "", name)
                    place = Place(file, line, column, name, occurrence, _assigned(node))
                    found.setdefault((line, column, family), []).append(place)
                occurrence += 1
    return [dice.choice(found[key]) for key in sorted(found)]


def _classes() -> dict[str, type[operator.Operator]]:
    provider = OperatorProvider()
    return {name: provider[name] for name in provider if _OPERATORS.fullmatch(name)}


def _ancestors(node: NodeOrLeaf) -> Iterator[tuple[NodeOrLeaf, NodeOrLeaf]]:
    """``(parent, child)`` from a node up to the module."""
    while node.parent is not None:
        yield node.parent, node
        node = node.parent


def _left_out(node: NodeOrLeaf, name: str) -> bool:
    if name == "RemoveDecorator":
        return bool(_FOR_SPEED_OR_TYPES.match(node.get_code().strip()))
    if node.type == "if_stmt" and node.get_code().strip().startswith(_NEVER_IN_TESTS):
        return True
    if "BinaryOperator_Bit" in name and not _in_function(node):
        return True
    if "BinaryOperator" in name and node.parent is not None and node.parent.type not in _ARITHMETIC:
        return True
    for parent, child in _ancestors(node):
        code = parent.get_code().strip()
        if (
            (parent.type in {"decorator", "annassign", "param", "tfpdef"} and not _is_value(parent, child))
            or (parent.type == "funcdef" and child is parent.annotation)
            or (parent.type == "argument" and code.startswith(("strict=", "maxsize=", "repr=")))
            or parent.type == "parameters"  # the bare star
            or (parent.type == "if_stmt" and code.startswith(_NEVER_IN_TESTS))
            or (parent.type in {"power", "atom_expr"} and _LOGGER.match(code))
        ):  # fmt: skip
            return True
    return False


def _is_value(parent: NodeOrLeaf, child: NodeOrLeaf) -> bool:
    """Whether a node of an annotated assignment or of a parameter is what it is set to."""
    if parent.type == "param":
        return child is parent.default
    return parent.type == "annassign" and len(parent.children) == 4 and child is parent.children[3]


def _in_function(node: NodeOrLeaf) -> bool:
    return any(
        parent.type in {"funcdef", "lambdef"} and child is parent.children[-1]
        for parent, child in _ancestors(node)
    )


def _assigned(node: NodeOrLeaf) -> str:
    if _in_function(node):
        return ""
    statement = next((parent for parent, _ in _ancestors(node) if parent.type == "expr_stmt"), None)
    return statement.children[0].get_code().strip() if statement is not None else "?"
