"""Which tables of results a cell of a notebook is made from, read off its code.

A name stands for the tables that its assignment reads, and for those of the names in it; so what a
cell draws is followed back to ``edition.result("regions")``, however many steps lie between.
"""

import ast
from collections.abc import Iterable, Iterator

READER = "result"


def tables_behind(sources: Iterable[str]) -> list[str]:
    """Names of the results that the last of these cells is made from, in the order of reading.

    Parameters
    ----------
    sources : iterable of str
        Code of a notebook's cells, up to the one that is asked for.
    """
    *before, last = [ast.parse(source) for source in sources]
    known: dict[str, list[str]] = {}
    for cell in before:
        _learn(cell, known)
    _learn(last, known)
    return list(dict.fromkeys(_read(last, known)))


def _learn(cell: ast.Module, known: dict[str, list[str]]) -> None:
    for node in ast.walk(cell):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            added = list(_read(node.value, known))
            for name in (part.id for target in targets for part in ast.walk(target)
                         if isinstance(part, ast.Name)):  # fmt: skip
                kept = known.get(name, []) if isinstance(node, ast.AugAssign) else []
                known[name] = [*kept, *added]


def _read(code: ast.AST, known: dict[str, list[str]]) -> Iterator[str]:
    for node in ast.walk(code):
        if isinstance(node, ast.Name):
            yield from known.get(node.id, [])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.args else None
            if node.func.attr == READER and isinstance(first, ast.Constant):
                yield str(first.value)
