"""Pages of a PDF whose text is a picture: scans, and letters that were turned into drawings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["FEW", "is_picture", "page_numbers"]

FEW = 60  # letters of a page whose text may be in its image: a stamp, a page number
_COVERS = 0.6  # share of such a page that its images take
_DRAWN = 100  # drawings of a page without letters that may be letters
_SHOWN = 12  # ranges of pages that a sentence names


def is_picture(page: Any, letters: int) -> bool:
    """True where a page, of so many letters (fewer than FEW), shows images or drawings for text."""
    import pypdfium2.raw as pdfium

    objects = list(page.get_objects())
    images = [one for one in objects if one.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    if not letters:
        drawn = sum(one.type == pdfium.FPDF_PAGEOBJ_PATH for one in objects)
        return bool(images) or drawn >= _DRAWN
    area = float(page.get_width() * page.get_height())
    return 0 < _COVERS * area <= sum(map(_area, images))


def _area(image: Any) -> float:
    left, bottom, right, top = map(float, image.get_bounds())
    return max(right - left, 0.0) * max(top - bottom, 0.0)


def page_numbers(numbers: Sequence[int]) -> str:
    """Numbers of pages in words: `page 3`, `pages 1-4, 7`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number, number])
    shown = [f"{a}-{b}" if b > a else str(a) for a, b in ranges[:_SHOWN]]
    more = f" and {len(ranges) - _SHOWN} more" if len(ranges) > _SHOWN else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(shown)}{more}"
