"""The report: one HTML file that works without network and without script.

`page(alignment, findings, summary)` -> text. Start reading from `page.py`; `plots.py` draws the
four pictures as SVG, `style.css` and `script.js` are put into the file as they are.
"""

from __future__ import annotations

from aligner.checks.report.page import page

__all__ = ["page"]
