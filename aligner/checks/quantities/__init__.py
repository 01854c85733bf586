"""The checks of quantities: numbers, number words, dates, times, percentages, amounts, measures.

- `reading.py`: the quantities of a text, with `passage.py`, `spelled.py` (number words),
  `measures.py` (what they count) and `together.py` (quantities that belong together)
- `numerals.py`: the number words of a language
- `agreement.py`: when two quantities say the same; `comparing.py`: the check; start reading here;
  `wording.py`: quantities as messages say them
"""

from __future__ import annotations

from aligner.checks.quantities.comparing import (
    check_quantities,
)
from aligner.checks.quantities.numerals import (
    numerals_of,
)
from aligner.checks.quantities.reading import (
    Quantity,
    quantities,
)

__all__ = [
    "Quantity",
    "check_quantities",
    "numerals_of",
    "quantities",
]
