"""Where the sentences of a language differ from the English ones: in their names or their values.

Both have the same macros with the same parameters, which say the same values. What a macro asks
before it speaks is free, as is its order: one language needs a plural where another needs none.
"""

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

Names = dict[str, str]


def macros(text: str) -> dict[str, nodes.Macro]:
    """The macros of a file of sentences, by name."""
    return {macro.name: macro for macro in Environment().parse(text).find_all(nodes.Macro)}


def other_sentences(original: str, said: str) -> Iterator[str]:
    """What a file lacks of the original or has beside it, macro by macro.

    Helpers, which other macros of the file call with values, are each language's own.
    """
    try:
        there, here = macros(original), macros(said)
    except TemplateSyntaxError as error:
        yield f"line {error.lineno}: {error.message}"
        return
    for name, macro in there.items():
        if name in here:
            yield from other_macro(macro, here[name], helpers(there) | helpers(here))
        elif name not in helpers(there):
            yield f"lacks the macro {name}"
    for name in here.keys() - there.keys() - helpers(here):
        yield f"line {here[name].lineno}: the macro {name} is not in the original"


def helpers(known: dict[str, nodes.Macro]) -> set[str]:
    """Macros with parameters that other macros of the file call."""
    calls = (call.node for macro in known.values() for call in macro.find_all(nodes.Call))
    called = {node.name for node in calls if isinstance(node, nodes.Name)}
    return {name for name in called & known.keys() if known[name].args}


def other_macro(original: nodes.Macro, said: nodes.Macro, free: set[str]) -> Iterator[str]:
    """In what a macro differs from the original of its name."""
    where = f"line {said.lineno}, macro {said.name}"
    parameters = [{each.name for each in macro.args} for macro in (original, said)]
    if parameters[0] != parameters[1]:
        yield f"{where}: its parameters are not {', '.join(sorted(parameters[0])) or 'none'}"
    if original.name in free:
        return
    before, here = values_said(original) - free, values_said(said) - free
    for value in sorted(before - here):
        yield f"{where} does not say {value}"
    for value in sorted(here - before):
        yield f"{where} says {value}, which the original does not"


def values_said(macro: nodes.Macro) -> set[str]:
    """Names of the values that a macro says, and of the macros that it leaves the word to."""
    return set(_said(macro.body, {}))


def _said(body: list[nodes.Node], names: Names) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield from _values(part, names)
        elif isinstance(node, nodes.Assign):
            yield from _assigned(node, names)
        elif isinstance(node, nodes.If):
            for branch in (node.body, *(each.body for each in node.elif_), node.else_):
                yield from _said(branch, names)
        elif isinstance(node, nodes.For):
            over = next(iter(_values(node.iter, names)), "")
            named = {each.name: over for each in node.target.find_all(nodes.Name)}
            if isinstance(node.target, nodes.Name):
                named[node.target.name] = over
            yield from _said(node.body, names | named)


def _assigned(node: nodes.Assign, names: Names) -> Iterator[str]:
    """A short name for a value is no saying; what is put together beforehand is."""
    values = list(_values(node.node, names))
    if isinstance(node.target, nodes.Name):
        names[node.target.name] = values[0] if _is_path(node.node) and values else ""
    if not _is_path(node.node):
        yield from values


def _is_path(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Getattr):
        return _is_path(node.node)
    if isinstance(node, nodes.Getitem):
        return isinstance(node.arg, nodes.Const) and _is_path(node.node)
    return isinstance(node, nodes.Name)


def _path(node: nodes.Node, names: Names) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node, names)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_path(node.node, names)}.{node.arg.value}"
    return names.get(node.name, node.name) if isinstance(node, nodes.Name) else ""


def _values(node: nodes.Node, names: Names) -> Iterator[str]:
    """Paths of the values in an expression, but for what it asks and the methods that it calls."""
    if _is_path(node):
        path = _path(node, names)
        if path and not path.startswith(("loop", ".")):
            yield path
    elif isinstance(node, nodes.CondExpr):
        for one in filter(None, (node.expr1, node.expr2)):
            yield from _values(one, names)
    elif isinstance(node, nodes.Call):
        callee = node.node
        if isinstance(callee, nodes.Getattr):
            yield from _values(callee.node, names)
        elif isinstance(callee, nodes.Name):
            yield callee.name
        for part in (*node.args, *(each.value for each in node.kwargs)):
            yield from _values(part, names)
    else:
        for child in node.iter_child_nodes():
            yield from _values(child, names)
