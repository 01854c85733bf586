"""Small changes of a module's source, of which a good test should see each.

Kinds: comparison, arithmetic, boolean, constant, negated condition, returned value, statement left
out, arguments swapped. Not made, since no test is to see them: changes of docstrings, annotations,
`__all__` and `__slots__`, `TYPE_CHECKING` blocks, decorators, assertions, `zip(strict=...)` (an
assertion too), `Literal` and `cast`, the two arguments of what does not mind their order (`max`),
and sentences: the words of what is raised and every text in which words stand beside each other.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from types import EllipsisType

__all__ = ["Mutation", "mutated", "mutations"]

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_SKIPPED_FIELDS = {"annotation", "returns", "decorator_list", "format_spec", "bases"}
_SKIPPED_NAMES = {"__all__", "__slots__"}
_SKIPPED_CALLS = {"cast", "TypeVar", "NewType", "ParamSpec"}
_SYMMETRIC = {"max", "min", "maximum", "minimum", "logaddexp", "array_equal", "isclose", "gcd"}
_SYMMETRIC |= {"plus", "_plus"}  # of a semiring
_SENTENCE = re.compile(r"[^\W\d_]{2}[,;:.]? [^\W\d_]")
_SHOWN = 90
_Value = bool | int | float | str | bytes


@dataclass(frozen=True, slots=True)
class Mutation:
    """`index` is its number among those of the module; `before` and `after` are source text.

    `lines` are the first and last line of its statement, or of the head of it; `called`: it is
    inside a function, not among what runs when the module is imported.
    """

    index: int
    line: int
    column: int
    lines: tuple[int, int]
    called: bool
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Place:
    """What a node stands in."""

    lines: tuple[int, int] = (0, 0)
    called: bool = False
    raised: bool = False  # part of what is raised


@dataclass(frozen=True, slots=True)
class _Site:
    kind: str
    at: _Place
    before: ast.AST
    after: ast.AST
    put: Callable[[ast.AST], None]


def mutations(source: str) -> list[Mutation]:
    """Every change of this module that can be made, in the order of its source."""
    return [
        Mutation(
            index,
            getattr(site.before, "lineno", 0),
            getattr(site.before, "col_offset", 0),
            site.at.lines,
            site.at.called,
            site.kind,
            _shown(site.before),
            _shown(site.after),
        )
        for index, site in enumerate(_below(ast.parse(source), _Place()))
    ]


def mutated(source: str, index: int) -> ast.Module:
    """The module with the change of that number; raises IndexError where there is none."""
    tree = ast.parse(source)
    site = list(_below(tree, _Place()))[index]
    site.put(ast.copy_location(site.after, site.before))
    return ast.fix_missing_locations(tree)


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _below(node: ast.AST, at: _Place) -> Iterator[_Site]:
    """The sites of all children of a node."""
    for field, value in ast.iter_fields(node):
        if field in _SKIPPED_FIELDS:
            continue
        here = at
        if field == "body" and isinstance(node, ast.FunctionDef | ast.Lambda):
            here = replace(at, called=True)
        if isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, ast.AST) and not _is_docstring(field, item):
                    yield from _at(item, node, field, partial(value.__setitem__, number), here)
        elif isinstance(value, ast.AST):
            yield from _at(value, node, field, partial(setattr, node, field), here)


def _is_docstring(field: str, node: ast.AST) -> bool:
    # one may stand below an assignment too; `...` is the body of what has none
    match node:
        case ast.Expr(value=ast.Constant(value=str() | EllipsisType())):
            return field == "body"
    return False


def _at(
    node: ast.AST, parent: ast.AST, field: str, put: Callable[[ast.AST], None], at: _Place
) -> Iterator[_Site]:
    if _is_left_alone(node, parent):
        return
    if isinstance(node, ast.stmt):
        at = replace(at, lines=_head(node), raised=isinstance(node, ast.Raise))
    if field == "test" or (field == "ifs" and isinstance(parent, ast.comprehension)):
        yield from _negated(node, put, at)
    for kind, after in _changes(node, raised=at.raised):
        yield _Site(kind, at, node, after, put)
    yield from _below(node, at)


def _head(node: ast.stmt) -> tuple[int, int]:
    """First and last line of a statement, without the statements in it."""
    body = getattr(node, "body", None)
    last = node.end_lineno or node.lineno
    return node.lineno, max(node.lineno, body[0].lineno - 1) if body else last


def _is_left_alone(node: ast.AST, parent: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) if name in _SKIPPED_NAMES:
            return True
        case ast.AugAssign(target=ast.Name(id=name)) if name in _SKIPPED_NAMES:
            return True
        case ast.Subscript(value=ast.Name(id="Literal" | "Annotated")):
            return True
        case ast.Call(func=ast.Name(id=name)) if name in _SKIPPED_CALLS:
            return True
        case ast.keyword(arg="strict"):
            return isinstance(parent, ast.Call) and _name(parent.func) == "zip"
        case ast.JoinedStr():
            return _is_sentence(node)
    return False


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_sentence(node: ast.JoinedStr) -> bool:
    parts = [
        part.value if isinstance(part, ast.Constant) else "ab"  # a value may be a word
        for part in node.values
    ]
    return bool(_SENTENCE.search("".join(map(str, parts))))


def _negated(node: ast.AST, put: Callable[[ast.AST], None], at: _Place) -> Iterator[_Site]:
    match node:
        case ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.In() | ast.NotIn()]):
            return  # the same change as that of the comparison
        case ast.Compare(ops=[ast.Is() | ast.IsNot()]) | ast.UnaryOp(op=ast.Not()):
            return
        case ast.expr():
            yield _Site("negated condition", at, node, ast.UnaryOp(ast.Not(), node), put)


def _changes(node: ast.AST, *, raised: bool) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare():
            for number, operator in enumerate(node.ops):
                ops = list(node.ops)
                ops[number] = _COMPARED[type(operator)]()
                yield "comparison", _with(node, ops=ops)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _COUNTED:
            yield "arithmetic", _with(node, op=_COUNTED[type(node.op)]())
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "boolean", _with(node, op=other)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield "boolean" if isinstance(node.op, ast.Not) else "arithmetic", node.operand
        case ast.Constant():
            for value in _other_values(node.value, raised=raised):
                yield "constant", ast.Constant(value)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "returned value", ast.Return(ast.Constant(None))
        case ast.Call(args=[first, second, *rest]) if ast.dump(first) != ast.dump(second):
            starred = any(isinstance(one, ast.Starred) for one in (first, second))
            if not starred and _name(node.func) not in _SYMMETRIC:
                yield "swapped arguments", _with(node, args=[second, first, *rest])
    if isinstance(node, ast.Break):
        yield "statement", ast.Continue()
    if isinstance(node, ast.Continue):
        yield "statement", ast.Break()
    if _may_go(node):
        yield "statement", ast.Pass()


def _with(node: ast.AST, **changed: object) -> ast.AST:
    made = copy.copy(node)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def _may_go(node: ast.AST) -> bool:
    """Whether a statement can be left out and what follows still has its names."""
    match node:
        case ast.Expr() | ast.AugAssign() | ast.Raise():
            return True
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            return True
    return False


def _other_values(value: object, *, raised: bool) -> Iterator[_Value]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, str) and not raised and not _SENTENCE.search(value):
        yield "XX" + value
    elif isinstance(value, bytes):
        yield b"XX" + value
