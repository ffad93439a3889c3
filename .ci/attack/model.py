"""Variables, linear constraints on them, and the numbers that a reader wants to find."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

Expr = dict[int, int]  # the factor of each variable
Name = tuple
MOST = 20_000  # more than any number in a study


def plus(*terms: Expr) -> Expr:
    """The sum of some terms."""
    out: Expr = {}
    for t in terms:
        for v, f in t.items():
            out[v] = out.get(v, 0) + f
    return out


def times(factor: int, term: Expr) -> Expr:
    """A multiple of a term."""
    return {v: factor * f for v, f in term.items()}


@dataclass
class Target:
    """A number that a reader wants to find. It is hidden, or in no table."""

    name: str
    expr: Expr
    derived: bool = False


@dataclass
class Model:
    """What a reader knows."""

    names: list[Name] = field(default_factory=list)
    index: dict[Name, int] = field(default_factory=dict)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    rows: list[tuple[Expr, int, int, str]] = field(default_factory=list)

    def var(self, name: Name, high: int = MOST) -> Expr:
        """Returns the variable with the given name. The first call creates it."""
        if name not in self.index:
            self.index[name] = len(self.names)
            self.names.append(name)
            self.low.append(0)
            self.high.append(high)
        return {self.index[name]: 1}

    def between(self, low: int, expr: Expr, high: int, why: str) -> None:
        """Adds the constraint that a term is between two numbers, inclusive."""
        expr = {v: f for v, f in expr.items() if f}
        if len(expr) == 1 and next(iter(expr.values())) == 1:
            v = next(iter(expr))
            self.low[v], self.high[v] = max(self.low[v], low), min(self.high[v], high)
        if expr or low > 0 or high < 0:
            self.rows.append((expr, low, high, why))

    def at_most(self, small: Expr, large: Expr, why: str) -> None:
        """Adds the constraint that the first term is at most the second."""
        self.between(0, plus(large, times(-1, small)), 10 * MOST, why)

    def equal(self, one: Expr, other: Expr, why: str) -> None:
        """Adds the constraint that two terms are equal."""
        self.between(0, plus(one, times(-1, other)), 0, why)

    def matrix(self) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
        """The constraints: a matrix, and the lower and upper bounds of its rows."""
        data, column, start = [], [], [0]
        for expr, _, _, _ in self.rows:
            column += expr.keys()
            data += expr.values()
            start.append(len(column))
        shape = (len(self.rows), len(self.names))
        a = csr_matrix((np.array(data, float), np.array(column, int), np.array(start)), shape)
        return a, np.array([r[1] for r in self.rows]), np.array([r[2] for r in self.rows])

    def vectors(self) -> csr_matrix:
        """The targets as a matrix."""
        a = csr_matrix((len(self.targets), len(self.names))).tolil()
        for i, t in enumerate(self.targets):
            for v, f in t.expr.items():
                a[i, v] = f
        return a.tocsr()

    def broken(self, values: np.ndarray) -> list[str]:
        """Returns a message for each constraint that the values break."""
        out = []
        for expr, low, high, why in self.rows:
            n = sum(f * values[v] for v, f in expr.items())
            if not low <= n <= high:
                out.append(f"{why}: {n:.0f} is not between {low} and {high}")
        return out
