"""What is changed in a module, one small change at a time, to see whether a test notices."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.Mod: ast.Add, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}  # fmt: skip
_TELLS = frozenset(
    {"refuse", "_fault", "UsageError", "ClaimRefused", "ForgedSeal", "TypeError", "ValueError", "warning"}
)
"""Calls that say something to a person: their wording is no behaviour, their rule's id is."""


@dataclass(frozen=True)
class Mutant:
    """One changed module: its source, the line that was changed, and how."""

    line: int
    what: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's source, level by level of its tree."""
    tree = ast.parse(source)
    skipped = _unsaid(tree)
    for number, node in enumerate(ast.walk(tree)):
        if node in skipped or (not hasattr(node, "lineno") and not isinstance(node, ast.arguments)):
            continue
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            twin = next(each for at, each in enumerate(ast.walk(changed)) if at == number)
            replacement = change(twin)
            if replacement is not twin:
                changed = _Swap(twin, replacement).visit(changed)
            yield Mutant(getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(changed)))


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _unsaid(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes that no test should hold: docstrings, type annotations, messages, names of files."""
    out: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            out |= {node, node.value}
        elif isinstance(node, ast.JoinedStr):
            out |= set(ast.walk(node))
        elif isinstance(node, ast.Call) and _name(node.func) in _TELLS:
            told = node.args[1:] if _name(node.func) in {"refuse", "_fault"} else node.args
            for part in (*told, *(word.value for word in node.keywords if word.arg != "rule")):
                out |= set(ast.walk(part))
        elif isinstance(node, ast.Subscript) and _name(node.value) == "Literal":
            out |= set(ast.walk(node))
        elif isinstance(node, ast.AnnAssign) or (isinstance(node, ast.arg) and node.annotation):
            out |= set(ast.walk(node.annotation))
        elif isinstance(node, ast.FunctionDef) and node.returns:
            out |= set(ast.walk(node.returns))
        elif isinstance(node, ast.keyword) and node.arg in {"slots", "repr", "maxsize", "frozen"}:
            out |= set(ast.walk(node.value))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            out |= set(ast.walk(node))
    return out


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    if isinstance(node, ast.Compare):
        for at, sign in enumerate(node.ops):
            if other := _COMPARES.get(type(sign)):
                yield f"{type(sign).__name__} → {other.__name__}", _set("ops", at, other())
    elif isinstance(node, ast.BoolOp):
        other_bool = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield f"→ {type(other_bool).__name__}", _set("op", None, other_bool)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        yield f"→ {_OPERATORS[type(node.op)].__name__}", _set("op", None, _OPERATORS[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", lambda twin: twin.operand
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition turned", _turned
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield "→ return None", _set("value", None, ast.Constant(None))
    elif isinstance(node, ast.Raise):
        yield "not raised", lambda twin: ast.copy_location(ast.Pass(), twin)
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)


def _constants(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, bool):
        yield f"→ {not value}", _set("value", None, not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", _set("value", None, value + 1)
    elif isinstance(value, str) and value:
        yield f"{value!r} → {value + 'X'!r}", _set("value", None, value + "X")


def _set(name: str, at: int | None, value: object) -> object:
    def change(twin: ast.AST) -> ast.AST:
        if at is None:
            setattr(twin, name, value)
        else:
            getattr(twin, name)[at] = value
        return twin

    return change


def _turned(twin: ast.AST) -> ast.AST:
    twin.test = ast.UnaryOp(ast.Not(), twin.test)  # type: ignore[attr-defined]
    return twin
