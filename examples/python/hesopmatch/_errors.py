"""Exceptions and warnings."""

from __future__ import annotations


class HesopmatchError(Exception):
    """A run failed. The message is the program's own."""


class UsageError(HesopmatchError, ValueError):
    """An argument is wrong, and the call alone shows it."""


class FrameError(HesopmatchError, ValueError):
    """A frame holds values that cannot be read without loss, such as identifiers in floating point."""


class HesopmatchWarning(UserWarning):
    """A run succeeded, but something about its lists or data needs attention."""
