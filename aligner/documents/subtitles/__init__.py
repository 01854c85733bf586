"""Subtitles: SubRip, WebVTT, Advanced SubStation Alpha; a paragraph a cue."""
