"""Which cells of a notebook are executed again in another language; the rest is executed once.

What a notebook computes is the same in each language. The kernel that has executed it in the first
one goes on in the others, and there only what takes from `language` is executed again: the rest
keeps its outputs. What a function does to its arguments is not seen.
"""

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Flow(NamedTuple):
    """The names that a statement takes, those that it changes, and those it gives a new value."""

    taken: set[str]
    changed: set[str]
    replaced: set[str]


Cells = Sequence[Sequence[Flow]]


def executed_again(codes: Sequence[str], name: str) -> list[int]:
    """The cells, by number, that are to be executed again for another value of `name`.

    >>> executed_again(["language = 'en'", "a = 1", "f(language, a)", "f(a)"], "language")
    [0, 2]
    """
    bodies = [statements(code) for code in codes]
    imported = {name for body in bodies for part in body for name in brought(part)}
    cells = [[flow(part, imported) for part in body] for body in bodies]
    again, wanted = set[int](), hanging_on(cells, name)
    while again != wanted:
        again, wanted = wanted, with_makers(cells, wanted)
    return sorted(again)


def hanging_on(cells: Cells, name: str) -> set[int]:
    """The cells that set `name`, take from it, or take from what such statements have changed."""
    hanging, found = {name}, set()
    for number, cell in enumerate(cells):
        for taken, changed, replaced in cell:
            if taken & hanging or name in changed:
                found.add(number)
                hanging |= changed
            else:
                hanging -= replaced
    return found


def with_makers(cells: Cells, again: set[int]) -> set[int]:
    """These cells, and those that make what one of them takes and finds no more.

    That is whatever has been changed since: by a cell behind it, or by one that is executed again.
    """
    asked: set[str] = set()
    found = set()
    for number in reversed(range(len(cells))):
        if number in again or changes(cells[number]) & asked:
            found.add(number)
            others = [*again & set(range(number)), *range(number, len(cells))]
            gone = {name for other in others for name in changes(cells[other])}
            for taken, _, replaced in reversed(cells[number]):
                asked = (asked - replaced) | (taken & gone)
    return found


def changes(cell: Sequence[Flow]) -> set[str]:
    """All names that a cell changes."""
    return {name for statement in cell for name in statement.changed}


def statements(code: str) -> list[ast.stmt]:
    """The statements of a cell; none of one that is no Python, about which its kernel complains."""
    try:
        return ast.parse(code).body
    except SyntaxError:
        return []


def flow(statement: ast.stmt, imported: set[str]) -> Flow:
    """What a statement takes and changes.

    Whatever may have been changed counts as changed: a name of which a part is assigned, and one
    of which a member is called for no value, as in ``rows.append(1)``, unless it is `imported`.
    """
    nodes = list(ast.walk(statement))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    taken = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    replaced = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    replaced = replaced - within(nodes) | set(brought(statement))
    if isinstance(statement, ast.AugAssign):
        taken |= replaced
    parts = {name for node in nodes for name in partly_changed(node)} - imported
    certain = isinstance(statement, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom)
    return Flow(taken | parts, replaced | parts, replaced - taken if certain else set())


def within(nodes: Sequence[ast.AST]) -> set[str]:
    """Names that only a comprehension knows."""
    targets = [node.target for node in nodes if isinstance(node, ast.comprehension)]
    return {
        name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
    }


def brought(statement: ast.stmt) -> Iterator[str]:
    """Names that an import, a function or a class brings."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def partly_changed(node: ast.AST) -> Iterator[str]:
    """The name of which this assigns or deletes a part, or calls a member for no value."""
    inner = node
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        inner = node.value.func
    elif not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
        if isinstance(inner, ast.Name):
            yield inner.id
