"""The page of the Python API, out of the docstrings of the public names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, is_typeddict

import aligner
from _docs.words import Words, escaped

__all__ = ["members", "public_page"]

_INTRODUCTION = (
    "Everything that the command line does, as functions of files and texts. `import aligner` is"
    " cheap: what is heavy is imported when it is first used. Nothing is printed; errors are"
    " `aligner.AlignerError` with one sentence, and files are named as on the command line."
)


def public_page(words: Words) -> str:
    """Every public name with its signature and what its docstring says."""
    lines = ["# Python", "", words.say(_INTRODUCTION), ""]
    kinds: dict[str, list[str]] = {"Functions": [], "Classes": []}
    for name in aligner.__all__:
        if name != "__version__":
            value = getattr(aligner, name)
            kinds["Classes" if inspect.isclass(value) else "Functions"].append(name)
    for title, names in kinds.items():
        lines += [f"## {words.say(title)}", ""]
        for name in sorted(names):
            lines += _section(name, getattr(aligner, name), words)
    lines += ["## `__version__`", "", words.say("The version of the program, as text."), ""]
    return "\n".join(lines)


def members(value: Any) -> dict[str, Any]:
    """The public methods and properties of a class that say something of themselves."""
    if not inspect.isclass(value) or issubclass(value, Exception):
        return {}
    return {
        name: one
        for name, one in vars(value).items()
        if not name.startswith("_")
        and (callable(one) or isinstance(one, property | classmethod | staticmethod))
        and inspect.getdoc(getattr(value, name))
    }


def _section(name: str, value: Any, words: Words) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    if not (inspect.isclass(value) and issubclass(value, Exception)):
        yield from ("```python", f"{name}{_signature(value)}", "```", "")
    yield from _paragraphs(inspect.getdoc(value) or "", words)
    for below, one in members(value).items():
        call = "" if isinstance(one, property) else _signature(getattr(value, below), width=1000)
        text = inspect.getdoc(getattr(value, below)) or ""
        told = [part for part in text.split("\n\n") if not part.lstrip().startswith(">>>")]
        parts = [one for one in _paragraphs("\n\n".join(told), words) if one]
        yield from (f"`{below}{call}`", f":   {parts[0]}", "")
        for part in parts[1:]:
            yield from (f"    {part}", "")


def _signature(value: Any, width: int = 80) -> str:
    """Its parameters, one a line where they are many; the keys of a TypedDict."""
    if is_typeddict(value):
        kinds = {
            key: getattr(one, "__forward_arg__", one) for key, one in value.__annotations__.items()
        }
        return f"({', '.join(f'{key}: {kind}' for key, kind in kinds.items())})"
    made = inspect.signature(value)
    kept = [one for one in made.parameters.values() if one.name not in ("self", "cls")]
    text = _bare(str(made.replace(parameters=kept)))
    if len(text) < width:
        return text
    rows = "".join(f"    {one},\n" for one in kept)
    if any(one.kind is one.KEYWORD_ONLY for one in kept):
        first = next(one for one in kept if one.kind is one.KEYWORD_ONLY)
        rows = rows.replace(f"    {first},\n", f"    *,\n    {first},\n")
    result = "" if made.return_annotation is made.empty else f" -> {made.return_annotation}"
    return _bare(f"(\n{rows}){result}")


def _bare(signature: str) -> str:
    """Annotations without the quotation marks that postponed ones have."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", signature)


def _paragraphs(text: str, words: Words) -> Iterator[str]:
    """The paragraphs of a docstring; examples as code."""
    for part in text.split("\n\n"):
        if part.lstrip().startswith(">>>"):
            yield f"```pycon\n{part}\n```"
        else:
            yield escaped(next(words.paragraphs(part)))
        yield ""
