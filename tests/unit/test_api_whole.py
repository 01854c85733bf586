"""Everything that the command line does can be called: each command is a public function or method,
each option a parameter of it, or a field of an object that a parameter takes.
"""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.main import get_command

import aligner
from aligner.cli.commands import app

# what a parameter takes, where an option is a field of that
OBJECTS = {
    "options": aligner.ReadOptions,
    "reading": aligner.ReadOptions,
    "segmenting": aligner.SegmentOptions,
    "settings": aligner.Settings,
    "wanted": aligner.Wanted,
}
# no parameters anywhere: how a result is printed is the caller's
OUTPUT_ONLY = {
    "--quiet": "nothing is printed: notices and progress are callbacks",
    "--json": "the result is an object",
}
# options that are about printing in one command only
EXCEPTIONS = {
    ("read", "--to"): "the result is a Document; how it is shown is the caller's",
    ("segment", "--to"): "the result is a Document; how it is shown is the caller's",
    ("read", "--dropped"): "always there: Document.dropped",
    ("formats", "NAME"): "known_formats()[NAME]",
}
_READ = {
    **{f"--{name}": f"options.{name.replace('-', '_')}" for name in ("encoding", "html-body")},
    **{f"--{name}": f"options.{name.replace('-', '_')}" for name in ("include", "side")},
    **{f"--{name}": f"options.{name.replace('-', '_')}" for name in ("fix-mojibake", "segmented")},
    "--time-limit": "options.limits",
    "--memory": "options.limits",
    "--from": "format",
}
_SEGMENT = {
    f"--{name}": f"segmenting.{name}"
    for name in ("segmenter", "srx", "abbreviations", "paragraphs")
}
_WRITE = {
    **{f"--{name}": name for name in ("nulls", "flavour", "inline", "split", "tokenize", "stamp")},
    "--tei-layout": "layout",
    "--tei-words": "words",
}
_SETTINGS = {f"--{name}": f"settings.{name}" for name in ("encoder", "weights")}
_FILTERS = "Memory.delete_where"
_EXPORT = {option: f"export:options>{field}" for option, field in _WRITE.items()}
# command: the callable, and what its options are, where not a parameter of the same name
CALLS: dict[str, tuple[str, dict[str, str]]] = {
    "align": (
        "align",
        {
            **_READ,
            **_SEGMENT,
            **_EXPORT,
            **_SETTINGS,
            "TEXTS": "align_all:texts",
            "--lang": "align_all:langs",
            "--output": "export:path",
            "--to": "export:format_name",
            "--vectors": "settings.vectors",
            "--explain": "settings.explain",
        },
    ),
    "check": (
        "check",
        {
            "PATH": "alignment",
            "--pairs": "check_table",
            "--min-severity": "wanted.minimum",
            "--min-confidence": "wanted.sure",
            **{f"--{name}": f"wanted.{name}" for name in ("only", "also", "skip", "encoder")},
            "--judged-as": "wanted.judged_as",
            "--cut-ends": "wanted.cut_ends",
            "--taxonomy": "label:taxonomy",
            "--labels": "label:labels",
            "--output": "label:output",
        },
    ),
    "convert": (
        "convert",
        {
            **{option: f"options>{field}" for option, field in _WRITE.items()},
            "ALIGNMENT": "file",
            "OUTPUTS": "output",
            "--from": "from_format",
            "--lang": "langs",
            "--segmented": "reading.segmented",
            "--encoding": "reading.encoding",
            "--time-limit": "reading.limits",
            "--memory": "reading.limits",
        },
    ),
    "evaluate": ("evaluate_all", {"PATHS": "pairs", "--by-text": "evaluate_by_text"}),
    "read": ("read", {**_READ, "--source-lang": "lang"}),
    "segment": ("segment", {**_READ, **_SEGMENT, "--source-lang": "lang"}),
    "review": ("review_alignment", _SETTINGS),
    "apply": ("apply_sheet", {}),
    "formats": ("known_formats", {}),
    "languages": ("known_languages", {}),
    "terms": ("Corpus.terms", {"CORPORA": "Corpus:paths", "--output": "outputs"}),
    "train": ("train", {}),
    "validate": ("validate", {"FILES": "file", "--from": "format"}),
    "corpus build": (
        "Corpus.build",
        {
            "--output": "Corpus:paths",
            "--segmented": "options.segmented",
            "--encoding": "options.encoding",
            "--include": "options.include",
            "--html-body": "options.html_body",
            "--from": "format",
        },
    ),
    "corpus merge": ("Corpus.merge", {"--output": "Corpus:paths"}),
    "corpus pair": (
        "Corpus.pair",
        {
            "--segmented": "options.segmented",
            "--encoding": "options.encoding",
            "--include": "options.include",
            "--time-limit": "options.limits",
            "--memory": "options.limits",
            "--from": "format",
        },
    ),
    "corpus status": ("Corpus.status", {"FOLDER": "Corpus:paths"}),
    "corpus verify": ("Corpus.verify", {"FOLDER": "Corpus:paths"}),
    "corpus run": ("Corpus.run", {}),
    **{
        f"corpus {name}": (f"Corpus.{name}", {"CORPORA": "Corpus:paths"})
        for name in ("stats", "filter", "dedup", "split", "sample", "export")
    },
    "memory import": ("Memory.import_files", {}),
    "memory lookup": ("Memory.lookup", {}),
    "memory concordance": ("Memory.concordance", {}),
    "memory export": ("Memory.export", {}),
    "memory pretranslate": ("Memory.pretranslate", {}),
    "memory merge": ("Memory.merge", {}),
    "memory maintain": (
        "Memory.inconsistencies",
        {
            "--inconsistent": "Memory.inconsistencies",
            "--penalty": "Memory.set_penalty:percent",
            "--vectors": "Memory.add_vectors",
            "--encoder": "Memory.add_vectors:encoder",
            "--delete": "Memory.delete_where",
        },
    ),
    "memory stats": ("Memory.statistics", {}),
    "memory list": ("Memory.units", {}),
    "memory edit": ("Memory.edit", {}),
    "memory delete": ("Memory.delete", {}),
    "memory rename": ("Memory.rename", {}),
    "memory review": ("Memory.review", {}),
}


def commands() -> Iterator[tuple[str, Any]]:
    def inside(command: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        below = getattr(command, "commands", None)
        if below is None:
            yield " ".join(names), command
            return
        for name in below:
            yield from inside(command.get_command(None, name), (*names, name))

    return inside(get_command(app), ())


COMMANDS = dict(commands())


def called(name: str) -> Callable[..., object]:
    first, _, method = name.partition(".")
    assert first in aligner.__all__
    made: Callable[..., object] = getattr(aligner, first)
    return getattr(made, method) if method else made


def parameters(name: str) -> set[str]:
    """Names of all parameters, those of a TypedDict behind ** among them."""
    value = called(name)
    names = set(inspect.signature(value).parameters)
    if "filters" in names:
        names |= set(typing.get_type_hints(aligner.UnitFilters))
    return names


def option_of(parameter: Any) -> str:
    """`--source-lang`; an argument by its name in capitals."""
    if parameter.param_type_name == "option":
        return str(max((one for one in parameter.opts if one.startswith("--")), key=len))
    return str(parameter.name).upper()


def is_there(place: str, target: str) -> bool:
    """`parameter`, `parameter.field`, `callable:parameter`, or a callable."""
    other, colon, inner = place.rpartition(":")
    target = other or target
    if not colon and (place.partition(".")[0] in aligner.__all__):
        return callable(called(place))
    if ">" in inner:  # a field of the options of a writer
        name, _, field = inner.partition(">")
        known = {one.name for one in dataclasses.fields(aligner.WriteOptions)}
        return name in parameters(target) and field in known
    name, _, field = inner.partition(".")
    if field and field not in {one.name for one in dataclasses.fields(OBJECTS[name])}:
        return False
    return name in parameters(target)


def test_every_command_can_be_called() -> None:
    assert set(CALLS) == set(COMMANDS)
    for target, _ in CALLS.values():
        assert callable(called(target))
        assert inspect.getdoc(called(target))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_a_parameter(command: str) -> None:
    target, places = CALLS[command]
    known = {option_of(one): one for one in COMMANDS[command].params if one.name != "help"}
    missing = []
    for option, parameter in known.items():
        if option in OUTPUT_ONLY or (command, option) in EXCEPTIONS:
            continue
        if command.startswith("memory") and option == "--memory":
            assert "path" in inspect.signature(aligner.Memory).parameters
            continue
        by_name = option.removeprefix("--").replace("-", "_").lower()
        if option.isupper() and by_name not in parameters(target):
            by_name = parameter.name
        if not is_there(places.get(option, by_name), target):
            missing.append(option)
    assert missing == []
    idle = [o for o in places if o not in known and places not in (_READ, _SEGMENT)]
    shared = {*_READ, *_SEGMENT, *_SETTINGS, *_WRITE, "CORPORA"}
    assert [option for option in idle if option not in shared] == []


def test_exceptions_are_options_that_exist() -> None:
    for command, option in EXCEPTIONS:
        assert option in {option_of(one) for one in COMMANDS[command].params}


def test_files_are_named_by_str_or_path() -> None:
    """Every parameter that is a file takes both: none is annotated as a Path alone."""
    alone = []
    callables = [(name, getattr(aligner, name)) for name in aligner.__all__ if name[0].islower()]
    for kind in (aligner.Memory, aligner.Corpus):
        callables += [
            (f"{kind.__name__}.{n}", one) for n, one in inspect.getmembers(kind, callable)
        ]
    for name, one in callables:
        if name.split(".")[-1].startswith("_") or not hasattr(one, "__annotations__"):
            continue
        for parameter, kind in one.__annotations__.items():
            named = parameter in ("file", "files", "path", "texts", "output", "alignment", "gold")
            alone_str = named and str(kind) in ("str", "Path", "Sequence[str]", "Sequence[Path]")
            if parameter != "return" and (
                alone_str or ("Path" in str(kind) and "str" not in str(kind))
            ):
                alone.append(f"{name}({parameter})")
    assert alone == []
