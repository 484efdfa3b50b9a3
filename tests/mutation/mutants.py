"""What is changed in a module, one small change at a time, to see whether a test notices."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
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
_SENTENCE = re.compile(r"[A-Za-z][\w'’.,:;()\[\]-]*(?: [\w'’.,:;()\[\]-]+){2,}")
"""Three words or more are said to a person as well, wherever they stand: no pattern and no key is one."""
_WORDING = frozenset({"TOPICS", "_REMEDIES", "preview"})
"""Names of what is shown to a person, one or two words of it too. Keys of a table are sought, and stay."""
_SIZES = frozenset({"LARGEST", "MOST_KEPT"})
"""Names of bounds of memory: a file, a table that is kept. A little more or less changes no answer."""
_NAMING = frozenset({"TypeVar", "cast"})
"""Calls whose text names a type, for the type checker alone."""
_INERT = {
    "slots": "how an object lies in memory", "repr": "what a debugger shows", "maxsize": "a cache's size",
    "frozen": "a lock that the type checker holds as well", "compare": "a proof follows from what is compared already",
    "sort_keys": "who proves and who checks write alike", "ensure_ascii": "the same", "separators": "the same",
}  # fmt: skip
"""Arguments by name that no answer hangs on, and why."""
_PRIVATE_USE = range(0xE000, 0xF900)
"""Which of these code points stands for the first slot is all one, so long as both ways reckon from the same."""
_PARTING = " · "
"""What is put where words were taken out, or between two: any sign that is no letter would do."""

Change = Callable[[ast.AST], ast.AST]


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
            changed: ast.AST = copy.deepcopy(tree)
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
    """Return the nodes that no test should hold, since no answer of the module hangs on them.

    Docstrings, type annotations, messages, and what the names above stand for. A rule, a comparison, a condition or
    the threshold of a check is never among them.
    """
    out: set[ast.AST] = set()
    for node in ast.walk(tree):
        for part in _inert(node):
            out |= set(ast.walk(part))
    return out


def _inert(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what of a node no test should hold, each with all that is in it."""
    if isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom)) or _is_plain(node):
        yield node
    elif isinstance(node, ast.Call):
        yield from _inert_arguments(node)
    elif isinstance(node, ast.Subscript) and _name(node.value) == "Literal":
        yield node
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        yield from _inert_value(node)
    elif isinstance(node, ast.arg) and node.annotation:
        yield node.annotation
    elif isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    elif isinstance(node, ast.keyword) and node.arg in _INERT:
        yield node.value


def _is_plain(node: ast.AST) -> bool:
    """Whether it is a docstring, a sentence, a parting sign or a private code point."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, str):
        return value == _PARTING or _SENTENCE.fullmatch(value) is not None
    return isinstance(value, int) and value in _PRIVATE_USE


def _inert_arguments(call: ast.Call) -> Iterator[ast.AST]:
    name = _name(call.func)
    if name in _TELLS:
        yield from call.args[1:] if name in {"refuse", "_fault"} else call.args
        yield from (word.value for word in call.keywords if word.arg != "rule")
    elif name in _NAMING:
        yield call.args[0]
    elif name in {"token_bytes", "__reduce_ex__"}:  # a key may be longer, and the protocol's number is not looked at
        yield from (each for each in call.args if isinstance(each, ast.Constant))


def _inert_value(node: ast.Assign | ast.AnnAssign) -> Iterator[ast.AST]:
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
    name = _name(node.targets[0] if isinstance(node, ast.Assign) else node.target)
    if name == "__all__" and node.value:
        yield node.value
    for part in ast.walk(node.value) if node.value else ():
        if name in _WORDING and isinstance(part, (ast.Dict, ast.IfExp)):
            yield from part.values if isinstance(part, ast.Dict) else (part.body, part.orelse)
        elif name in _SIZES and isinstance(part, ast.Constant):
            yield part


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
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
        yield "not left out", lambda twin: twin.operand  # type: ignore[attr-defined]
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition turned", _turned
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield "→ return None", _set("value", None, ast.Constant(None))
    elif isinstance(node, ast.Raise):
        yield "not raised", lambda twin: ast.copy_location(ast.Pass(), twin)
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)


def _constants(value: object) -> Iterator[tuple[str, Change]]:
    if isinstance(value, bool):
        yield f"→ {not value}", _set("value", None, not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", _set("value", None, value + 1)
    elif isinstance(value, str) and value:
        yield f"{value!r} → {value + 'X'!r}", _set("value", None, value + "X")


def _set(name: str, at: int | None, value: object) -> Change:
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
