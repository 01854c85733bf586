"""Subtitles: SubRip, WebVTT and TTML, one file a language; SubRip, WebVTT and ASS with all of them."""

from __future__ import annotations

from aligner.formats.base import Format, Losses, Writer

__all__ = ["ASS", "BOTH_SRT", "BOTH_VTT", "SRT", "TTML", "VTT"]

_HELD = frozenset(["texts", "languages", "nulls", "times", "formatting"])


def _write_srt() -> Writer:
    from aligner.formats.subtitles.write import write_srt

    return write_srt


def _write_vtt() -> Writer:
    from aligner.formats.subtitles.write import write_vtt

    return write_vtt


def _write_ttml() -> Writer:
    from aligner.formats.subtitles.write_ttml import write_ttml

    return write_ttml


def _write_both_srt() -> Writer:
    from aligner.formats.subtitles.write import write_both_srt

    return write_both_srt


def _write_both_vtt() -> Writer:
    from aligner.formats.subtitles.write import write_both_vtt

    return write_both_vtt


def _write_ass() -> Writer:
    from aligner.formats.subtitles.write_ass import write_ass

    return write_ass


def _losses() -> Losses:
    from aligner.formats.subtitles.write import losses

    return losses


SRT = Format(
    name="srt",
    title="subtitles, SubRip, one file a language",
    suffixes=(".srt",),
    holds=_HELD,
    needs_times=True,
    write=_write_srt,
    losses=_losses,
)
VTT = Format(
    name="vtt",
    title="subtitles, WebVTT, one file a language",
    suffixes=(".vtt",),
    holds=_HELD | {"speakers"},
    needs_times=True,
    write=_write_vtt,
    losses=_losses,
)
TTML = Format(
    name="ttml",
    title="subtitles, TTML, one file a language",
    suffixes=(".ttml",),
    holds=_HELD | {"speakers"},
    needs_times=True,
    write=_write_ttml,
    losses=_losses,
)
BOTH_SRT = Format(
    name="both-srt",
    title="subtitles, SubRip, all languages in every cue",
    suffixes=(".both.srt",),
    holds=_HELD,
    needs_times=True,
    write=_write_both_srt,
    losses=_losses,
)
BOTH_VTT = Format(
    name="both-vtt",
    title="subtitles, WebVTT, all languages in every cue",
    suffixes=(".both.vtt",),
    holds=_HELD | {"speakers"},
    needs_times=True,
    write=_write_both_vtt,
    losses=_losses,
)
ASS = Format(
    name="ass",
    title="subtitles, ASS, all languages in every cue, a style each",
    suffixes=(".ass",),
    holds=_HELD | {"speakers"},
    needs_times=True,
    write=_write_ass,
    losses=_losses,
)
