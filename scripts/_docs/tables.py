"""Tables of what there is to choose from and of what the program says by code."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import make_format_docs
import make_validation_docs

from _docs.words import Words, escaped
from aligner import model
from aligner.checks import CHECK_CODES, shipped
from aligner.model import AlignerError

__all__ = ["TABLES", "error_codes"]

_TAXONOMIES = ("vinay-darbelnet", "leuven-zwart")


def _formats(words: Words) -> str:
    return make_format_docs.tables(words.say)


def _validation(words: Words) -> str:
    return make_validation_docs.tables(words.say, words.cite)


def _findings(words: Words) -> str:
    say = words.say
    head = [say("code"), say("what it means"), say("class in MQM")]
    lines = [_row(head), _row(["---"] * 3)]
    for code in CHECK_CODES.values():
        text = say(code.help)
        if code.on_request:
            text += f" *({say('only with --also or --only')})*"
        lines.append(_row([f"`{code.name}`", text, f"`{code.mqm}`"]))
    return "\n".join(lines) + "\n"


def error_codes() -> dict[str, type[AlignerError]]:
    """All errors that are raised on purpose, by their code."""
    known = [getattr(model, name) for name in model.__all__]
    made = [one for one in known if inspect.isclass(one) and issubclass(one, AlignerError)]
    return {one.code: one for one in made}


def _errors(words: Words) -> str:
    say = words.say
    lines = [_row([say("code"), say("exception"), say("what it means")]), _row(["---"] * 3)]
    for code, error in error_codes().items():
        first = next(words.paragraphs(inspect.cleandoc(error.__doc__ or "")))
        lines.append(_row([f"`{code}`", f"`{error.__name__}`", escaped(first)]))
    return "\n".join(lines) + "\n"


def _labels(words: Words) -> str:
    return "\n".join(line for name in _TAXONOMIES for line in _taxonomy(name, words)) + "\n"


def _taxonomy(name: str, words: Words) -> Iterator[str]:
    say = words.say
    taxonomy = shipped(name)
    yield f"## {words.cite(taxonomy.name)} (`--taxonomy {name}`)\n"
    yield _row([say("label"), say("name"), say("what it means")])
    yield _row(["---"] * 3)
    for label in taxonomy.labels.values():
        yield _row([f"`{label.id}`", say(label.name), say(label.help)])
    yield ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


# what a page can ask for by `<!-- made: NAME -->`
TABLES: dict[str, Callable[[Words], str]] = {
    "formats": _formats,
    "validation": _validation,
    "findings": _findings,
    "errors": _errors,
    "labels": _labels,
}
