"""Pairs found in a folder, by the names of its files.

- a folder a language: `es/2021/a.html`, `en/2021/a.txt` (equal path and stem)
- the language in the name: `a.es.html`, `a.en.html`, or both: `es/a.es.html`, `en/a.en.html`
- patterns of the user: `--source 'texts/{}_spa.txt' --target 'texts/{}_eng.txt'`, where `{}` stands
  for what both names share

A stem is the name without its suffix, so that `report.2021.txt` and `report.2022.txt` are two. Names
are compared in NFC: macOS gives the accents of `café` as letters of their own, Linux does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from aligner.corpus.build.jobs import Job, named, same_tag, without_part
from aligner.files.storage import files_under
from aligner.model import UsageError
from aligner.runtime.places import stem_of

__all__ = ["FolderPairs", "find_pairs"]

_TAG = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}")
_HOLE = "{}"
_Texts = Mapping[str, Mapping[str, str]]  # language -> what names share -> path


@dataclass(frozen=True, slots=True)
class FolderPairs:
    """The pairs of a folder, and files that have no partner in it."""

    jobs: list[Job]
    alone: list[str]


def find_pairs(
    folder: Path,
    source_lang: str = "",
    target_lang: str = "",
    patterns: tuple[str, str] | None = None,
) -> FolderPairs:
    """All pairs under `folder`, ordered by name.

    Raises UsageError where there are none, where it is not said which languages of several are
    meant, or where two files of one language share a stem.
    """
    files = files_under(folder)
    if not files:
        raise UsageError("there is no file in this folder", context=str(folder))
    if patterns is not None:
        texts: _Texts = {
            side: _matching(files, pattern, folder)
            for side, pattern in zip(("source", "target"), patterns, strict=True)
        }
        return _pairs(folder, texts, ("source", "target"), (source_lang, target_lang))
    texts = _by_language(files, folder, (source_lang, target_lang))
    langs = _chosen(folder, texts, source_lang, target_lang)
    known = {path for mine in texts.values() for path in mine.values()}
    pairs = _pairs(folder, texts, langs, langs)
    return FolderPairs(
        pairs.jobs, sorted({*pairs.alone, *(file for file in files if file not in known)})
    )


def _pairs(
    folder: Path, texts: _Texts, sides: tuple[str, str], langs: tuple[str, str]
) -> FolderPairs:
    source, target = (texts[side] for side in sides)
    jobs = [
        Job(
            "",
            source[stem],
            target[stem],
            str(folder),
            langs[0].replace("_", "-"),
            langs[1].replace("_", "-"),
        )
        for stem in source
        if stem in target
    ]
    if not jobs:
        raise UsageError(
            "no file has a partner of the same name",
            context=str(folder),
            hint="es/a.html with en/a.html, a.es.txt with a.en.txt, --source and --target "
            "patterns, or a manifest made by aligner corpus pair",
        )
    alone = [source[stem] for stem in source if stem not in target]
    alone += [target[stem] for stem in target if stem not in source]
    return FolderPairs(named(jobs, str(folder)), sorted(alone))


def _by_language(files: list[str], folder: Path, asked: tuple[str, str]) -> _Texts:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for file in files:
        path = PurePosixPath(unicodedata.normalize("NFC", file))
        first, *rest = path.parts
        parts = stem_of(path.name).split(".")
        inner = _language_in(parts[1:], asked)
        in_folder = bool(rest and _TAG.fullmatch(first)) and (
            not _is_asked(inner, asked) or _is_asked(first, asked)
        )
        if in_folder:
            lang = first
            own = [part for part in parts[1:] if same_tag(part, lang)]
            shared = PurePosixPath(*rest).with_name(without_part(parts, own[-1] if own else ""))
        elif inner:
            lang = inner
            shared = path.with_name(without_part(parts, lang))
        else:
            continue
        _add(texts[lang], shared.as_posix(), file, folder)
    return texts


def _is_asked(lang: str, asked: tuple[str, str]) -> bool:
    return bool(lang) and any(same_tag(lang, one) for one in asked)


def _language_in(parts: list[str], asked: tuple[str, str]) -> str:
    """The language among parts of a name, "" where there is none: one that is asked for, else the
    last of two letters (`a.on.es.tok.html`), else the last.
    """
    tags = [part for part in reversed(parts) if _TAG.fullmatch(part)]
    by_rank = [
        [tag for tag in tags if _is_asked(tag, asked)],
        [tag for tag in tags if len(re.split("[-_]", tag)[0]) == 2],
        tags,
    ]
    return next((rank[0] for rank in by_rank if rank), "")


def _add(texts: dict[str, str], shared: str, file: str, folder: Path) -> None:
    if shared in texts:
        raise UsageError(
            f"{texts[shared]} and {file} share one name",
            context=str(folder),
            hint="list the pairs in a manifest",
        )
    texts[shared] = file


def _chosen(folder: Path, texts: _Texts, source: str, target: str) -> tuple[str, str]:
    # `c.tar.gz` is no text in the language tar: a language shares names with another one
    texts = {
        lang: mine
        for lang, mine in texts.items()
        if any(mine.keys() & other.keys() for name, other in texts.items() if name != lang)
    } or texts
    known = {lang.replace("_", "-").lower(): lang for lang in texts}
    if source and target:
        for lang in (source, target):
            if lang.lower() not in known:
                raise UsageError(
                    f"no file is in the language {lang} by its name or folder",
                    context=str(folder),
                    hint=f"found: {', '.join(sorted(texts)) or 'none'}",
                )
        return known[source.lower()], known[target.lower()]
    if len(texts) != 2:
        raise UsageError(
            f"which languages? found: {', '.join(sorted(texts)) or 'none'}",
            context=str(folder),
            hint="name them with -s and -t",
        )
    first, second = sorted(texts)
    if source:
        first, second = (first, second) if known.get(source.lower()) == first else (second, first)
    elif target and known.get(target.lower()) == first:
        first, second = second, first
    return first, second


def _matching(files: list[str], pattern: str, folder: Path) -> dict[str, str]:
    if pattern.count(_HOLE) != 1:
        raise UsageError(f"the pattern {pattern!r} has no {{}}, or several")
    pattern = unicodedata.normalize("NFC", pattern)
    before, after = (re.escape(part).replace(r"\*", "[^/]*") for part in pattern.split(_HOLE))
    fitting = re.compile(f"{before}(.+?){after}")
    texts: dict[str, str] = {}
    for file in files:
        match = fitting.fullmatch(unicodedata.normalize("NFC", file))
        if match:
            _add(texts, match[1], file, folder)
    return texts
