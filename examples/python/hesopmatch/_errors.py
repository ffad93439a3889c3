"""Exceptions and warnings."""

from __future__ import annotations


class HesopmatchError(Exception):
    """A run failed. The message is the program's own."""


class UsageError(HesopmatchError, ValueError):
    """An argument of the call is wrong, whatever the data hold."""


class FrameError(HesopmatchError, ValueError):
    """A frame holds values that cannot be read without loss, such as identifiers in floating point."""


class HesopmatchWarning(UserWarning):
    """A run succeeded, but something about its lists or data needs attention."""
