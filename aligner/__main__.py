"""`python -m aligner`."""

from __future__ import annotations

from aligner.cli import program

if __name__ == "__main__":
    program()
