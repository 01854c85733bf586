"""A translation unit on its own, with everything that it came with.

One class for memories, corpora, converting, drafts and checks: a text in two languages or more
(`Variant`), its inline codes (`Code`), where it stood, who decided on it, and what its file says
besides. Formats read and write streams of units (`UnitStream`); an `Alignment` that was made of
units keeps each as `Bead.unit`, so that the same format gets back what it gave.

The classes are named tuples: a memory of a million units is read in half a minute, and a frozen
dataclass takes five times as long to make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["CODE_ROLES", "SPAN_KINDS", "Code", "Header", "Pairs", "Unit", "UnitStream", "Variant"]

# codes that documents hold as formatting of their text (`Span.kind`)
SPAN_KINDS = frozenset(
    ["bold", "italic", "underline", "link", "sup", "sub", "code", "break", "image", "note"]
)
CODE_ROLES = ("open", "close", "point", "begin", "end")
Pairs = tuple[tuple[str, str], ...]  # names and values, in the order of the file
_EMPTY: Mapping[str, str] = {}


class Code(NamedTuple):
    """An inline code: markup that stands at a place of a text without being text.

    `place`: code points into the variant's text. `role`: `open` and `close` are a pair in this
    text, `begin` and `end` have their partner in another one, `point` stands alone. `id` joins the
    two ends of a pair, and a code with its like in the other variants (TMX `x`, XLIFF `id`). `kind`:
    what it does (bold, italic, underline, link, sup, sub, code, break, image, note, or the word of
    its file), "" where nobody says. `markup`: the native code that it stands for (`<b>`, `%d`).

    For writing the same format again: `element`, its name there (`bpt`, `g`, `mrk`), `attributes`
    as they were, and `content`, what is inside the element as XML where that is more than `markup`
    (a footnote's text in TMX `sub`).
    """

    place: int
    role: str
    id: str = ""
    kind: str = ""
    markup: str = ""
    element: str = ""
    attributes: Pairs = ()
    content: str = ""


class Variant(NamedTuple):
    """The text of a unit in one language, without its codes.

    `lang` is a BCP 47 tag in canonical case. `lengths`: code points of each of its segments, white
    space between them not counted; () for one. The rest is what the file says of this variant only:
    `attributes` (dates, people), `properties` (type, value) and `notes`.
    """

    lang: str
    text: str
    codes: tuple[Code, ...] = ()
    lengths: tuple[int, ...] = ()
    attributes: Pairs = ()
    properties: Pairs = ()
    notes: tuple[str, ...] = ()


class Unit(NamedTuple):
    """Variants, the source first; one of two has the text "" in a null unit.

    `document` and `number` (from 1) say where it stood; `kind` how many segments each variant has
    (1-1, 2-1 ...); `confidence` and `quality` 0-1 or None; `status` as in `Bead`. `comment` is what a reviewer
    wrote, `labels` a scholar's own. `before` and `after` are the neighbours on the source side as
    the file names them, never guessed from its order; `context` is what tells this unit from
    another of the same source (PO `msgctxt`, an id of SDL, Okapi or OmegaT). `metadata`: strings
    about the document (url, licence, domain, date ...), shared by its units.

    What its file says besides is kept as it was: `id` (TMX `tuid`, XLIFF `id`), `attributes`
    (dates, authors, usage), `properties`, `notes`; `form` names the format whose words these are.
    Where a file keeps a text's structure too, `role` is the kind of its paragraph (heading, cell
    ...), `speaker` who says it, and `joins` that it goes on with the paragraph of the unit before.
    """

    variants: tuple[Variant, ...]
    document: str = ""
    number: int = 0
    kind: str = "1-1"
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""
    before: str = ""
    after: str = ""
    metadata: Mapping[str, str] = _EMPTY
    context: str = ""
    id: str = ""
    attributes: Pairs = ()
    properties: Pairs = ()
    notes: tuple[str, ...] = ()
    form: str = ""
    role: str = "para"
    speaker: str = ""
    joins: bool = False
    quality: float | None = None

    @classmethod
    def of(
        cls,
        source_lang: str,
        target_lang: str,
        source: str,
        target: str,
        document: str = "",
        number: int = 0,
        kind: str = "1-1",
        confidence: float | None = None,
        status: str = "auto",
        labels: tuple[str, ...] = (),
        comment: str = "",
        before: str = "",
        after: str = "",
        metadata: Mapping[str, str] = _EMPTY,
    ) -> Unit:
        """A unit of two plain texts."""
        variants = (Variant(source_lang, source), Variant(target_lang, target))
        return cls(
            variants,
            document,
            number,
            kind,
            confidence,
            status,
            labels,
            comment,
            before,
            after,
            metadata,
        )

    @property
    def source_lang(self) -> str:
        """The language of the first variant."""
        return self.variants[0].lang

    @property
    def target_lang(self) -> str:
        """The language of the second variant; "" where there is none."""
        return self.variants[1].lang if len(self.variants) > 1 else ""

    @property
    def source(self) -> str:
        """The text of the first variant."""
        return self.variants[0].text

    @property
    def target(self) -> str:
        """The text of the second variant; "" where there is none."""
        return self.variants[1].text if len(self.variants) > 1 else ""

    @property
    def is_null(self) -> bool:
        """True where fewer than two variants have text."""
        return sum(1 for variant in self.variants if variant.text) < 2

    @property
    def has_codes(self) -> bool:
        """True where any variant holds inline codes."""
        return any(variant.codes for variant in self.variants)

    def with_variants(self, *variants: Variant) -> Unit:
        """The same unit with other variants."""
        return self._replace(variants=variants)

    def pairs(self, source_lang: str = "") -> Iterator[Unit]:
        """A unit of two variants for each translation of the first; the unit itself where it has two.
        The one variant of a null unit is the target where it is not in `source_lang`.
        """
        if len(self.variants) == 2:
            yield self
            return
        if len(self.variants) == 1:
            (only,) = self.variants
            spoken, wanted = (tag.partition("-")[0].lower() for tag in (only.lang, source_lang))
            if wanted and spoken != wanted:
                yield self._replace(variants=(Variant(source_lang, ""), only))
            else:
                yield self._replace(variants=(only, Variant("", "")))
            return
        for target in self.variants[1:]:
            yield self._replace(variants=(self.variants[0], target))


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of all its units: `source_lang` ("" where it names none, or all of them),
    `attributes`, `properties` and `notes` as they were, in the words of the format `form`;
    `content` is what stands there besides, as XML (TMX `ude`).
    """

    form: str = ""
    source_lang: str = ""
    attributes: Pairs = ()
    properties: Pairs = ()
    notes: tuple[str, ...] = ()
    content: str = ""


@dataclass(slots=True)
class UnitStream:
    """The units of a file, in order, read once; `header` is known from the start.

    `dropped` counts what was not taken, by reason; it is whole when the units have ended. `digest`
    is that of the texts where these were read whole, perhaps from files beside this one; else "".
    `altered` counts, by the words for one and for many, what a writer left out or had to change though its format could hold it, in
    words that follow a number; it is whole when the units are written. `kept`: reasons in `dropped`
    whose words go with the units all the same, as properties or inside codes.
    """

    units: Iterable[Unit]
    header: Header = Header()
    dropped: Counter[str] = field(default_factory=Counter)
    digest: str = ""
    altered: Counter[tuple[str, str]] = field(default_factory=Counter)
    kept: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)
