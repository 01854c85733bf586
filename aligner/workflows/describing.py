"""What each format is and can hold, for `aligner formats` and the docs: out of the declarations that
converting works with (`formats.base.Format`, `documents.DOCUMENTS`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from aligner.documents import DOCUMENTS
from aligner.formats import FOREIGN, FORMATS, WORDS, Format

__all__ = ["Described", "described"]

_NUMBERS = ("beads", "ladder")


@dataclass(frozen=True, slots=True)
class Described:
    """One format. `reads`: suffixes that it is read by; `writes`: suffixes, the usual one first.
    `uses`: how it is used (text, alignment, units, links, write). `holds` and `lacks`: what of an alignment
    it keeps and does not, in words (`formats.base.WORDS`); `own`: what it keeps of its own files only.
    `extra`: the optional part that it needs, "" for none.
    """

    name: str
    title: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    extra: str = ""


def described() -> dict[str, Described]:
    """All formats by name: those of several texts first, then those of one."""
    made = {name: _of_format(one) for name, one in FORMATS.items()}
    for name, document in DOCUMENTS.items():
        known = made.get(name)
        if known is None:
            made[name] = Described(
                name, document.title, document.suffixes, (), ("text",), extra=document.extra
            )
        else:
            made[name] = replace(known, reads=document.suffixes, uses=("text", *known.uses))
    return made


def _of_format(one: Format) -> Described:
    numbers = one.name in _NUMBERS or one.name == "moses"
    uses = {
        "text": one.read is not None,
        "alignment": one.read_alignment is not None or numbers,
        "links": one.read_links is not None,
        "units": one.stream is not None,
        "write": one.write is not None,
    }
    holds = one.holds | ({"formatting"} if one.inline else frozenset())
    own = FOREIGN - holds if one.form else frozenset()
    return Described(
        one.name,
        one.title,
        one.reads or (one.suffixes if numbers or one.read_links else ()),
        one.suffixes,
        tuple(name for name, there in uses.items() if there),
        tuple(words.split(":")[0] for word, words in WORDS.items() if word in holds),
        tuple(words for word, words in WORDS.items() if word not in holds | own),
        tuple(words for word, words in WORDS.items() if word in own),
        one.extra,
    )
