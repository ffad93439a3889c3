"""One line that says how far a run is."""

from __future__ import annotations

import sys


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython and hasattr(ipython, "get_ipython") else None
    return getattr(shell, "kernel", None) is not None


class Progress:
    """Rewrites a line of standard error if that is a terminal or a notebook, and is silent elsewhere."""

    def __init__(self) -> None:
        self.width = 0
        isatty = getattr(sys.stderr, "isatty", None)
        self.shown = bool(isatty and isatty()) or _in_notebook()

    def show(self, text: str) -> None:
        """Show the text in place of the one before."""
        if self.shown:
            sys.stderr.write("\r" + text.ljust(self.width))
            sys.stderr.flush()
            self.width = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0
