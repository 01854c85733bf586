"""Recipes: one TOML file that describes a corpus from raw folders to splits.

    output = "corpus"                       the folder to write, as seen from the recipe's
    source_lang = "es"
    target_lang = "en"
    source = "texts/es"                     two folders that are paired by content
    target = "texts/en"
    # or: texts = "texts" (pairs by names, or a manifest)

    [pair]    nearest, encoder, include
    [build]   to, encoder, html_body, include, segmented, paragraphs
    [filter]  min_confidence, min_quality, min_words, max_words, max_ratio, language, identical,
              numbers, keep_nulls, rejected
    [dedup]   near, similarity, sides, ignore
    [split]   dev, test, seed
    [export]  to

Steps without a table are left out, but `build`. Unknown keys are errors: a threshold that is passed
over is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.model import UsageError, address_of
from aligner.text.notation import toml_of

__all__ = ["STEPS", "Recipe", "parse_recipe"]

_TEXT, _NUMBER, _TRUTH, _TEXTS = "a text", "a number", "true or false", "a list of texts"
_TOP = {
    "output": _TEXT,
    "source_lang": _TEXT,
    "target_lang": _TEXT,
    "source": _TEXT,
    "target": _TEXT,
    "texts": _TEXT,
}
_KEYS: dict[str, dict[str, str]] = {
    "pair": {"nearest": _NUMBER, "encoder": _TEXT, "include": _TEXTS},
    "build": {
        "to": _TEXTS,
        "encoder": _TEXT,
        "html_body": _TEXT,
        "include": _TEXTS,
        "segmented": _TRUTH,
        "paragraphs": _TRUTH,
    },
    "filter": {
        "min_confidence": _NUMBER,
        "min_quality": _NUMBER,
        "min_words": _NUMBER,
        "max_words": _NUMBER,
        "max_ratio": _NUMBER,
        "language": _TRUTH,
        "identical": _TRUTH,
        "numbers": _TRUTH,
        "keep_nulls": _TRUTH,
        "rejected": _TRUTH,
    },
    "dedup": {"near": _TRUTH, "similarity": _NUMBER, "sides": _TEXT, "ignore": _TEXTS},
    "split": {"dev": _NUMBER, "test": _NUMBER, "seed": _TEXT},
    "export": {"to": _TEXTS},
}
STEPS = tuple(_KEYS)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`texts`: one folder or manifest, or two folders to pair; `steps`: settings of those that are
    taken, in their order. Paths are as seen from where the program runs.
    """

    name: str
    data: bytes
    output: Path
    texts: tuple[Path, ...]
    langs: tuple[str, str]
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def parse_recipe(data: bytes, path: Path) -> Recipe:
    """The recipe in a file. Raises Malformed for broken TOML, UsageError for keys that nobody knows,
    values of another kind and texts that are not named.
    """
    name = str(path)
    table = toml_of(data, name)
    top = {key: value for key, value in table.items() if key not in _KEYS}
    _checked(top, _TOP, name, "")
    steps: dict[str, Mapping[str, Any]] = {}
    for step, known in _KEYS.items():
        if step in table or step == "build":
            values = table.get(step, {})
            if not isinstance(values, dict):
                raise UsageError(f"[{step}] must be a table", context=name)
            _checked(values, known, name, step)
            steps[step] = values
    if "output" not in top:
        raise UsageError('there is no output = "FOLDER"', context=name)
    named = [top[key] for key in ("texts",) if key in top] or [
        top[key] for key in ("source", "target") if key in top
    ]
    if ("texts" in top) == bool({"source", "target"} & top.keys()) or (
        "texts" not in top and len(named) != 2
    ):
        raise UsageError(
            "which texts?", context=name, hint='texts = "DIR", or source = "DIR" and target = "DIR"'
        )
    if "pair" in steps and len(named) == 1:
        raise UsageError(
            "[pair] needs two folders", context=name, hint='source = "DIR" and target = "DIR"'
        )
    if len(named) == 2:
        steps = {"pair": steps.get("pair", {}), **steps}
    folder = path.parent
    return Recipe(
        path.name,
        data,
        _seen_from(folder, top["output"]),
        tuple(_seen_from(folder, one) for one in named),
        (top.get("source_lang", ""), top.get("target_lang", "")),
        {step: steps[step] for step in STEPS if step in steps},
    )


def _seen_from(folder: Path, name: str) -> Path:
    return Path(name) if address_of(name) else folder / name


def _checked(values: Mapping[str, Any], known: Mapping[str, str], name: str, step: str) -> None:
    where = f" in [{step}]" if step else ""
    for key, value in values.items():
        if key not in known:
            raise UsageError(
                f"unknown key {key!r}{where}", context=name, hint=f"known: {', '.join(known)}"
            )
        kind = known[key]
        good = {
            _TEXT: isinstance(value, str),
            _TRUTH: isinstance(value, bool),
            _NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
            _TEXTS: isinstance(value, list) and all(isinstance(one, str) for one in value),
        }[kind]
        if not good:
            raise UsageError(f"{key}{where} must be {kind}", context=name)
