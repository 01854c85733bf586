"""The alignment file while it is under review: is it still what we left there, and if not, what is.

Somebody else may write it meanwhile: another program, another run, a synchronised folder. Then it
is not ours to replace. Both stay, the file where it is and the review beside it, and the difference
can be looked at.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from aligner.files import write_atomically
from aligner.model import AlignerError, Alignment, AlignmentSet
from aligner.review.journal import digest_of

__all__ = ["FileChanged", "FileOnDisk", "difference"]

_SUFFIX = ".alignment.json"
_CONTEXT = 1  # unchanged beads shown around a difference


class FileChanged(AlignerError):
    """The alignment file was changed by another program while it was reviewed."""

    code = "changed"


class FileOnDisk:
    """`path`, last known to us by the digest of its bytes."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self._known = digest_of(data)
        self._kept: Path | None = None

    @property
    def kept(self) -> Path | None:
        """Where the review was written instead; None where the file is ours."""
        return self._kept

    def write(self, data: bytes) -> None:
        """Put `data` in the place of what we know to be there, on the disk when this returns.

        Raises FileChanged where something else is there; the data then lies in `kept`. Raises
        ExportError where it cannot be written.
        """
        now = self._now()
        # a file that was removed holds nothing that could be lost
        if now is not None and digest_of(now) not in (self._known, digest_of(data)):
            if self._kept is None:
                self._kept = _free(self.path)
            write_atomically(self._kept, data)
            raise FileChanged(
                "it was changed by another program while it was reviewed: it is left as it is, "
                f"and the review is kept in {self._kept.name}",
                context=str(self.path),
                hint="look at the difference, then keep one of them under this name",
            )
        write_atomically(self.path, data)
        self._known = digest_of(data)
        self._kept = None

    def _now(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except OSError:
            return None


def _free(path: Path) -> Path:
    """The first name like `x.review.alignment.json` that is free."""
    stem, suffix = path.name, ""
    if stem.lower().endswith(_SUFFIX):
        stem, suffix = stem[: -len(_SUFFIX)], stem[-len(_SUFFIX) :]
    number = 1
    while True:
        name = f"{stem}.review{number if number > 1 else ''}{suffix}"
        if not path.with_name(name).exists():
            return path.with_name(name)
        number += 1


def difference(other: Alignment | AlignmentSet, review: Alignment | AlignmentSet) -> list[str]:
    """What two alignments have not in common, a bead a line: `-` the other's, `+` the review's."""
    return [
        line
        for line in difflib.unified_diff(_lines(other), _lines(review), lineterm="", n=_CONTEXT)
        if not line.startswith(("---", "+++", "@@"))
    ]


def _lines(whole: Alignment | AlignmentSet) -> list[str]:
    made = []
    for alignment in whole.alignments if isinstance(whole, AlignmentSet) else (whole,):
        made.append(f"{alignment.source.lang} - {alignment.target.lang}")
        for bead in alignment.beads:
            sides = (
                " / ".join(document.segments[number].text for number in numbers)
                for document, numbers in (
                    (alignment.source, bead.source),
                    (alignment.target, bead.target),
                )
            )
            about = [bead.status, *bead.labels, bead.comment]
            made.append(f"{' = '.join(sides)} [{', '.join(part for part in about if part)}]")
        made += [f"pin {pin}" for pin in alignment.pins]
    return [" ".join(line.split()) for line in made]
