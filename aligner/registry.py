"""The plug-in table: name -> "module:function", imported on use.

Each room keeps one literal table (sacrebleu's `_TOKENIZERS`, pandoc's `readers`); packages of
others join through the entry-point groups `aligner.readers`, `aligner.writers`,
`aligner.encoders`. A name nobody knows is an error that lists the known ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aligner.model import MissingExtra, UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

__all__ = ["Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """`kind` is the noun for messages; `group` the entry-point group of outsiders.

    `extras` names the optional dependency a plug-in needs, for the message when it is missing.
    """

    kind: str
    group: str
    entries: Mapping[str, str]
    extras: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """All known names, ours first, each once."""
        outside = {point.name for point in self._outside()}
        return (*self.entries, *sorted(outside - set(self.entries)))

    def load(self, name: str) -> Any:
        """The object behind `name`.

        Raises UsageError for an unknown name, MissingExtra where its library is absent.
        """
        target = self.entries.get(name)
        if target is None:
            for point in self._outside():
                if point.name == name:
                    return point.load()
            raise self._unknown(name)
        module, _, attribute = target.partition(":")
        try:
            return getattr(import_module(module), attribute)
        except ImportError as error:
            extra = self.extras.get(name)
            if extra is None:
                raise
            raise MissingExtra(
                f"{self.kind} {name!r} needs the optional part [{extra}] ({error.name} is missing)",
                hint=f"pip install 'aligner[{extra}]'",
            ) from error

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
