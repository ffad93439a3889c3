"""What goes wrong, and what is to be known."""

from __future__ import annotations


class HesopmatchError(Exception):
    """A run failed; the message is what the program said."""


class UsageError(HesopmatchError, ValueError):
    """An argument is wrong, which the call alone shows."""


class FrameError(HesopmatchError, ValueError):
    """A frame holds what cannot be read without a loss, such as identifiers in floating point."""


class HesopmatchWarning(UserWarning):
    """A run is done, and something about its lists or data wants a look."""
