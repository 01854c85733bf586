"""The plug-in table: name -> a function that imports what the name stands for, called on use.

Each package keeps one literal table (sacrebleu's `_TOKENIZERS`, pandoc's `readers`); packages of
others join through the entry-point groups `aligner.readers`, `aligner.writers`,
`aligner.encoders`. A name nobody knows is an error that lists the known ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from aligner.model import MissingExtra, UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

__all__ = ["Table", "imported"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """`kind` is the word for messages; `group` the entry-point group of outsiders.

    `entries`: loaders by name, each imports its module and gives the object. `extras` names the
    optional dependency a plug-in needs, for the message when it is missing.
    """

    kind: str
    group: str
    entries: Mapping[str, Callable[[], T]]
    extras: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """All known names, ours first, each once."""
        outside = {point.name for point in self._outside()}
        return (*self.entries, *sorted(outside - set(self.entries)))

    def load(self, name: str) -> T:
        """The object behind `name`.

        Raises UsageError for an unknown name, MissingExtra where its library is absent.
        """
        loader = self.entries.get(name)
        if loader is None:
            for point in self._outside():
                if point.name == name:
                    return cast("T", point.load())
            raise self._unknown(name)
        return imported(loader, f"{self.kind} {name!r}", self.extras.get(name, ""))

    def _outside(self) -> EntryPoints:
        # importing this takes a fifth of the time that `aligner --help` may take
        from importlib.metadata import entry_points

        return entry_points(group=self.group)

    def _unknown(self, name: str) -> UsageError:
        close = difflib.get_close_matches(name, self.names(), n=1)
        guess = f"did you mean {close[0]!r}? " if close else ""
        return UsageError(
            f"there is no {self.kind} {name!r}",
            hint=f"{guess}known: {', '.join(self.names())}",
        )


def imported(loader: Callable[[], T], what: str, extra: str) -> T:
    """What a loader gives; MissingExtra where a library of the optional part `extra` is absent."""
    try:
        return loader()
    except ImportError as error:
        if not extra:
            raise
        raise MissingExtra(
            f"{what} needs the optional part [{extra}] ({error.name} is missing)",
            hint=f"pip install 'aligner[{extra}]'",
        ) from error
