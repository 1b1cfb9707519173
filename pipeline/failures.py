"""What a user did wrong, or the machine refused, in one clear line."""

from __future__ import annotations


class Failure(Exception):
    """Bad input or a refused wish; the message is the line that the user reads."""
