"""A line that shows the progress of a run."""

from __future__ import annotations

import sys


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython and hasattr(ipython, "get_ipython") else None
    return getattr(shell, "kernel", None) is not None


class Progress:
    """Shows progress in a line on standard error, but only on a terminal or in a notebook."""

    def __init__(self) -> None:
        self.width = 0
        isatty = getattr(sys.stderr, "isatty", None)
        self.shown = bool(isatty and isatty()) or _in_notebook()

    def show(self, text: str) -> None:
        """Show a text in place of the previous one."""
        if self.shown:
            sys.stderr.write("\r" + text.ljust(self.width))
            sys.stderr.flush()
            self.width = len(text)

    def clear(self) -> None:
        """Erase the line."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0
