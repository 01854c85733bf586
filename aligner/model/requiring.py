"""What the classes of the model check of themselves."""

from __future__ import annotations

from aligner.model.errors import InternalError

__all__ = ["require"]


def require(condition: bool, message: str) -> None:
    """Raise InternalError with `message` unless the condition holds."""
    if not condition:
        raise InternalError(message, hint="please report this with the input that caused it")
