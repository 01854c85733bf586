"""Subtitles: SubRip, WebVTT and TTML, one file a language."""

from __future__ import annotations

from aligner.formats.base import Format, Losses, Writer

__all__ = ["SRT", "TTML", "VTT"]

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
