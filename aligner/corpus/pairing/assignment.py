"""The one-to-one pairing of the greatest total weight, in a sparse graph where anyone may stay alone.

Shortest augmenting paths (Jonker and Volgenant 1987; the sparse form of Dijkstra with a heap). Every
row has a column of its own at weight 0, which stands for «no partner», so each row always finds a
place and a pair of negative weight is never made.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

__all__ = ["assign"]


def assign(edges: Iterable[tuple[int, int, float]]) -> dict[int, int]:
    """Edges (row, column, weight) -> the column of each row that gets one.

    Columns are >= 0. The total weight is the greatest possible; ties go the same way every time.
    """
    costs: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row, column, weight in edges:
        if weight > 0:
            costs[row].append((column, -weight))
    for row in sorted(costs):
        costs[row].sort()
        costs[row].append((_alone(row), 0.0))
    state = _Assignment(costs)
    for row in sorted(costs):
        state.place(row)
    return {row: column for row, column in sorted(state.column_of.items()) if column >= 0}


def _alone(row: int) -> int:
    """The column that stands for no partner of this row."""
    return -1 - row


class _Assignment:
    """Rows placed so far, with the dual values that prove them the cheapest."""

    def __init__(self, costs: dict[int, list[tuple[int, float]]]) -> None:
        self._costs = costs
        self._u: dict[int, float] = defaultdict(float)
        self._v: dict[int, float] = defaultdict(float)
        self.column_of: dict[int, int] = {}
        self._row_of: dict[int, int] = {}

    def place(self, start: int) -> None:
        """Give the row a column, moving others where that costs least in all."""
        shortest: dict[int, float] = {}
        came_from: dict[int, int] = {}
        rows, closed = {start}, set()
        heap: list[tuple[float, int]] = []
        row, so_far = start, 0.0
        while True:
            for column, cost in self._costs[row]:
                if column in closed:
                    continue
                length = so_far + cost - self._u[row] - self._v[column]
                if length < shortest.get(column, float("inf")):
                    shortest[column] = length
                    came_from[column] = row
                    heapq.heappush(heap, (length, column))
            so_far, column = heapq.heappop(heap)
            while column in closed:
                so_far, column = heapq.heappop(heap)
            closed.add(column)
            if column not in self._row_of:
                break
            row = self._row_of[column]
            rows.add(row)
        self._u[start] += so_far
        for one in rows - {start}:
            self._u[one] += so_far - shortest[self.column_of[one]]
        for one in closed:
            self._v[one] -= so_far - shortest[one]
        while True:
            row = came_from[column]
            self._row_of[column] = row
            before = self.column_of.get(row)
            self.column_of[row] = column
            if row == start:
                return
            column = before if before is not None else column
