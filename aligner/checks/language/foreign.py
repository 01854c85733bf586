"""The checks of language: a part left untranslated, a text in a third language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.common import Hit, Word, base, is_cjk, shortened, word_list, words
from aligner.checks.language.references import is_reference, is_work_title
from aligner.languages.detection import detect_phrase
from aligner.languages.lookalikes import are_close

__all__ = ["check_untranslated", "check_wrong_language"]

_RUN = 5  # words in a row that both texts share
_PLAIN = 3  # of them so many must be ordinary words, in small letters
_WHOLE = 0.8  # share of the target that stands in the source
_CERTAIN = 0.85  # language probability that is believed
# addresses, code, handles, names of files and packages, and who is cited are the same in all languages
_APART = re.compile(
    r"""https?://[^\s)]+|www\.[^\s)]+|(?<=\])\([^\s)]+\)|[\w.+-]+@[\w.-]+|`[^`]+`
    |(?<!\w)@[\w-]+(?:['’]s)?|\w+(?:-\w+){2,}|\w+(?:[_/]\w+)+|\w+\(\)
    |\([^()]*\bet\sal\b[^()]*\)|\bet\sal\b\.?""",
    re.VERBOSE,
)
# "— María Sol, “Cuadernos”": who is quoted, and where
_CREDIT = re.compile(
    r"""^\s*@[\w-]+\s*,\s*[\[(“"«]|^\s*[—–―-]\s*(?:@[\w-]+|[A-ZÀ-Þ][^\W_.]*(?:\s(?:(?:de|del|la|von|van|&|and|y|et|und)\s)?[A-ZÀ-Þ][\w.]*){0,5})?
    \s*(?:,\s*[\[(“"«@A-ZÀ-Þ]|[\[(“"«]|\s(?:on|in|en|sur|sobre|über)\s\[|$)""",
    re.VERBOSE,
)
_QUOTED = 80  # characters of a text that a message quotes
_SHORT, _CAPITALS = (
    3,
    0.7,
)  # letters of a word that needs no capital in a title, share that have one
_TITLE, _CITED = 10, 25  # words of a title; of one between quotation marks behind a word
_OPENS = re.compile(r"[\"“„«‘‹'*_]\s?[¿¡]?$")
_CLOSES = re.compile(r"[,.]?\s?[\"”“»’›'*_]|[?!…]+\s?[\"”“»’›'*_]")
_INSIDE = re.compile(r"[\w,;]\s[\"“„«‘‹']?$")  # no sentence begins behind it
_CITES = re.compile(r"\w\s[\"“„«‘‹']$")  # no comma or colon, as before what somebody says
_ENDS = re.compile(r"[.!?…][\"”»’›']?(?:\s|$)")
_WORDS = 5  # fewer words say nothing about the language
_REST = 12  # letters beside the names
# names inside a sentence, with what links their words
_NAMES = re.compile(
    r"(?<=[\w,;] )[A-ZÀ-Þ][\w'’-]*(?:\s(?:(?:de|del|la|las|los|du|des|von|van|der|den|di|da|do|dos|of|y|e)\s){0,2}[A-ZÀ-Þ][\w'’-]*)*"
)
_PIECE = re.compile(r"[.!?…。！？¶]+[\"”’»)]*\s+|¶")


def check_untranslated(
    source: str, target: str, source_lang: str, target_lang: str
) -> Iterator[Hit]:
    """A whole text or a run of words was left in the language of the source."""
    hits = list(_left_alone(source, target, source_lang, target_lang))
    if not hits or (is_reference(source) and is_reference(target)):
        return  # translations keep a reference as it is, but for "See:"
    title = _key(source) == _key(target) and is_work_title(target, source_lang)
    yield from [_kept_title(source, target)] if title else hits


def _key(text: str) -> list[str]:
    return [word.key for word in words(text) if word.is_word]


def _left_alone(source: str, target: str, source_lang: str, target_lang: str) -> Iterator[Hit]:
    if base(source_lang) == base(target_lang):
        return
    left, right = _spoken(source), _spoken(target)
    if not left or not right or _CREDIT.match(target):
        return
    run = _longest_run(left, right, is_cjk(source_lang))
    if run is None:
        yield from _same_sentence(source, target, source_lang, target_lang)
        return
    i, j, length = run
    shared = right[j : j + length]
    plain = sum(target[w.start : w.end].islower() or is_cjk(source_lang) for w in shared)
    least = _RUN if not is_cjk(source_lang) else 2 * _RUN
    short = length == len(right) and length >= _RUN - 1 and plain >= _PLAIN
    if (length < least or plain < _PLAIN) and not short:
        yield from _same_sentence(source, target, source_lang, target_lang)
        return
    start, end = shared[0].start, shared[-1].end
    piece = target[start:end]
    if not is_cjk(source_lang) and _language(piece) == base(target_lang):
        # a quotation in the language of the target, kept by the source
        return
    whole = length >= _WHOLE * len(right)
    if is_reference(piece):
        return
    if not is_cjk(source_lang) and _is_foreign(piece, source_lang, target_lang):
        return  # a title or a quotation in a third language, which both keep
    span = ((left[i].start, left[i + length - 1].end),)
    places = (span[0], (start, end))
    if not whole and (
        (length <= _TITLE and _is_title((source, target), places, source_lang))
        or (length <= _CITED and _is_cited((source, target), places))
    ):
        yield Hit(
            "untranslated",
            "note",
            0.2,
            f"a title, kept in the language of the source: “{shortened(piece, _QUOTED)}”",
            span,
            ((start, end),),
            " ".join(w.key for w in shared[:8]),
        )
        return
    what = "the text" if whole else "a part of the text"
    yield Hit(
        "untranslated",
        "critical" if whole else "major",
        0.97 if whole else 0.9,
        f"{what} was left in the language of the source: “{shortened(piece, _QUOTED)}”",
        span,
        ((start, end),),
        " ".join(w.key for w in shared[:8]),
    )


def _kept_title(source: str, target: str) -> Hit:
    piece = target.strip()
    return Hit(
        "untranslated",
        "note",
        0.2,
        f"a title, kept in the language of the source: “{shortened(piece, _QUOTED)}”",
        ((0, len(source)),),
        ((0, len(target)),),
        " ".join(w.key for w in words(target)[:8]),
    )


def _is_foreign(text: str, source_lang: str, target_lang: str) -> bool:
    """Whether a text of some length is surely in neither of the two languages."""
    if len(text.split()) < _WORDS:
        return False
    lang, sure = detect_phrase(text)
    return sure >= _CERTAIN and not any(are_close(lang, one) for one in (source_lang, target_lang))


def _spoken(text: str) -> list[Word]:
    """The words of a text that are none of an address or of code."""
    apart = [m.span() for m in _APART.finditer(text)]
    return [w for w in words(text) if w.is_word and not any(a <= w.start < b for a, b in apart)]


def _is_title(
    texts: tuple[str, str], spans: tuple[tuple[int, int], tuple[int, int]], source_lang: str
) -> bool:
    """Whether a run that both texts share is a title or a name: between quotation marks in both, mostly
    words with capitals ("BEACON Center for the Study of Evolution"), or an article with a capital in
    the middle of a sentence ("read La casa verde as a child").
    """
    run = [w for w in words(texts[1][slice(*spans[1])]) if w.is_word]
    long = [texts[1][spans[1][0] + w.start] for w in run if len(w.key) > _SHORT]
    if sum(map(str.isupper, long)) >= _CAPITALS * len(long):
        return True
    quoted = [
        _OPENS.search(text[:start]) and _CLOSES.match(text[end:])
        for text, (start, end) in zip(texts, spans, strict=True)
    ]
    if all(quoted):
        return True
    articles = word_list(source_lang, "no_names")
    first = words(texts[1][spans[1][0] : spans[1][1]])[0]
    capital = all(text[start].isupper() for text, (start, _) in zip(texts, spans, strict=True))
    inside = all(
        _INSIDE.search(text[:start]) for text, (start, _) in zip(texts, spans, strict=True)
    )
    return capital and inside and first.key in articles


def _is_cited(texts: tuple[str, str], spans: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether a run that both texts share is all that stands between quotation marks in both, begins with
    a capital behind a word, and holds no end of a sentence: a long title ("the work "Beyond ecosystem
    modeling: A roadmap to ..." as an example"), not what somebody says.
    """
    return all(
        _CITES.search(text[:start])
        and _CLOSES.match(text[end:])
        and text[start].isupper()
        and not _ENDS.search(text[start:end])
        for text, (start, end) in zip(texts, spans, strict=True)
    )


def _same_sentence(source: str, target: str, source_lang: str, target_lang: str) -> Iterator[Hit]:
    """A short sentence that stands word for word in both, and is of the source's language."""
    left = {piece.strip(): start for start, piece in _pieces(source)}
    for start, piece in _pieces(target):
        bare = piece.strip()
        plain = sum(word.islower() for word in bare.split())
        if bare not in left or plain < 2 or len(bare.split()) < 3:
            continue
        if _language(bare.lower()) == base(source_lang) != base(target_lang):
            yield Hit(
                "untranslated",
                "major",
                0.8,
                f"a sentence was left in the language of the source: “{shortened(bare, _QUOTED)}”",
                ((left[bare], left[bare] + len(bare)),),
                ((start, start + len(piece)),),
                bare[:60],
            )


def _longest_run(left: list[Word], right: list[Word], cjk: bool) -> tuple[int, int, int] | None:
    """(i, j, length) of the longest run of words that stands in both."""
    least = 3 if not cjk else 6
    places: dict[str, list[int]] = {}
    for i, word in enumerate(left):
        places.setdefault(word.key, []).append(i)
    best = (0, 0, 0)
    before: dict[int, int] = {}
    for j, word in enumerate(right):
        now = {i: before.get(i - 1, 0) + 1 for i in places.get(word.key, ())}
        for i, length in now.items():
            if length > best[2]:
                best = (i - length + 1, j - length + 1, length)
        before = now
    return best if best[2] >= least else None


def check_wrong_language(
    source: str, target: str, source_lang: str, target_lang: str
) -> Iterator[Hit]:
    """The translation, or a sentence of it, is in neither of the two languages, and not the source's."""
    for start, piece in _pieces(target):
        count = len(piece) // 2 if is_cjk(target_lang) else len(piece.split())
        if count < _WORDS or piece.strip() in source:
            continue
        lang, sure = detect_phrase(piece)
        known = (source_lang, target_lang)
        if sure < _CERTAIN or any(are_close(lang, one) for one in known):
            continue
        if not _without_names(piece, lang, known):
            continue
        yield Hit(
            "wrong-language",
            "major",
            round(sure, 2) * 0.9,
            f"this looks like {lang}, not {base(target_lang)}: “{shortened(piece, _QUOTED)}”",
            (),
            ((start, start + len(piece)),),
            f"{lang} {piece[:40]}",
        )


def _without_names(piece: str, lang: str, known: tuple[str, str]) -> bool:
    """Whether a piece looks like this language, or like another third one, without its names too: "We met in
    Santa Rosa de Lima" is English. Too few other words say nothing.
    """
    rest = _NAMES.sub(" ", piece)
    if rest == piece:
        return True
    if sum(map(str.isalpha, rest)) < _REST:
        return False
    other, sure = detect_phrase(rest)
    return other == lang or (sure >= _CERTAIN and not any(are_close(other, one) for one in known))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    last = 0
    for match in _PIECE.finditer(text):
        yield last, text[last : match.start() + 1].rstrip()
        last = match.end()
    yield last, text[last:]


def _language(text: str) -> str:
    return detect_phrase(text)[0]
