"""Mistakes: every place of a file where one small thing can be wrong.

A mistake is another comparison, operator, number, constant or connective, a condition turned round,
a statement or a result left out.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
OPERATORS: dict[type, list[type]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Mult],
    ast.Mod: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}


@dataclass(frozen=True)
class Mutant:
    """One mistake: where, what it is, the source with it, its function and the lines of that."""

    path: Path
    line: int
    before: str
    after: str
    function: str
    lines: range
    number: int

    @property
    def module(self) -> str:
        """Name of the module."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    @cached_property
    def source(self) -> str:
        """The source of the module with the mistake in it."""
        tree = ast.parse(self.path.read_text("utf8"))
        owner, key, _, other, _ = list(_mistakes(tree))[self.number]
        _put(owner, key, other)
        return ast.unparse(tree)

    @cached_property
    def row(self) -> tuple[str, str, str]:
        """File, text of the line and mistake, as `equivalent_mutants.csv` has them."""
        text = self.path.read_text("utf8").splitlines()[self.line - 1].strip()
        return str(self.path.relative_to(ROOT)), text, f"{self.before} -> {self.after}"


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a file."""
    tree = ast.parse(path.read_text("utf8"))
    lines = dict(functions(tree))
    for number, (_, _, node, other, function) in enumerate(_mistakes(tree)):
        within = lines.get(function, range(0))
        yield Mutant(path, node.lineno, _short(node), _short(other), function, within, number)


def functions(tree: ast.Module | ast.ClassDef, before: str = "") -> Iterator[tuple[str, range]]:
    """The name of every function and its lines."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield before + node.name, range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _mistakes(tree: ast.Module) -> Iterator[tuple[Any, Any, Any, ast.AST, str]]:
    """Every node with its place and owner, what may stand there by mistake, and its function."""
    for owner, key, node, function in _places(tree, ""):
        for other in _others(node):
            yield owner, key, node, other, function


def _places(node: ast.AST, function: str) -> Iterator[tuple[Any, Any, Any, str]]:
    """Every node below this one with its place in its owner and the function that it is in."""
    # Whether lengths are compared is no matter of what is computed.
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        within = "" if field == "args" and isinstance(node, ast.FunctionDef) else function
        pairs = enumerate(value) if isinstance(value, list) else [(field, value)]
        for key, child in pairs:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            yield value if isinstance(value, list) else node, key, child, within
            yield from _places(child, _named(child, within, node))


def _named(child: ast.AST, function: str, parent: ast.AST) -> str:
    """The outermost function, with its class, to which what lies below a node belongs."""
    if isinstance(child, ast.ClassDef) and isinstance(parent, ast.Module):
        return f"{child.name}."
    if isinstance(child, ast.FunctionDef) and (not function or function.endswith(".")):
        return function + child.name
    return function


def _put(owner: Any, key: Any, node: ast.AST) -> None:
    if isinstance(owner, list):
        owner[key] = node
    else:
        setattr(owner, key, node)


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand by mistake in place of a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in OPERATORS[type(node.ops[0])]:
            yield ast.Compare(node.left, [operator()], node.comparators)
    elif isinstance(node, ast.Compare):
        for place, present in enumerate(node.ops):
            changed = OPERATORS[type(present)][0]()
            yield ast.Compare(
                node.left, [*node.ops[:place], changed, *node.ops[place + 1 :]], node.comparators
            )
    elif isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), []):
            yield ast.BinOp(node.left, operator(), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(OPERATORS[type(node.op)][0](), node.values)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    else:
        yield from _other_constants(node)
        yield from _other_statements(node)


def _other_constants(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        # A number beyond the reach of whole ones stays what it is.
        others = (node.value + 1, node.value - 1)
        yield from (ast.Constant(other) for other in others if other != node.value)


def _other_statements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return):
        if node.value is not None and ast.unparse(node.value) != "None":
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        turned = ast.UnaryOp(ast.Not(), node.test)
        parts = {name: value for name, value in ast.iter_fields(node) if name != "test"}
        yield type(node)(test=turned, **parts)
    elif isinstance(node, ast.Raise | ast.AugAssign | ast.Continue) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Yield)
    ):
        yield ast.Pass()
