"""Finds the smallest and largest possible value of each target of a model, with HiGHS."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from model import Model


NEAR = 8  # how far a variable may be from a known solution in the search for another


@dataclass
class Range:
    """The smallest and the largest value found for a target. The range is exact if both are proved."""

    low: int
    high: int
    exact: bool = False
    decided: bool = True

    @property
    def width(self) -> int:
        """The distance between the ends."""
        return self.high - self.low


@dataclass
class Solver:
    """Finds the ranges. A target that differs between two solutions is not pinned, so a few solves
    suffice for most targets. The solver minimises and maximises only the targets with a narrow range."""

    model: Model
    seed: int = 0
    limit: float = 10.0  # seconds for each solve
    budget: float = 60.0  # seconds for all solves; targets not decided by then stay undecided
    solves: int = 0
    ranges: list[Range] = field(default_factory=list)

    def __post_init__(self) -> None:
        a, low, high = self.model.matrix()
        self._a, self._low, self._high = a, low, high
        self._constraint = LinearConstraint(a, low, high)
        self._bounds = Bounds(np.array(self.model.low), np.array(self.model.high))
        self._targets = self.model.vectors()
        self._first = True
        self._end = time.monotonic() + self.budget

    def _solve(self, weights: np.ndarray, gap: float,
               near: np.ndarray | None = None) -> tuple[np.ndarray | None, bool]:
        """Minimises the weighted sum of the variables. If `near` is given, considers only solutions near
        it. Returns a solution in whole numbers, or None, and whether it is proved to be the minimum."""
        self.solves += 1
        left = self._end - time.monotonic()
        if left < 0.1:
            return None, False
        bounds = self._bounds
        if near is not None:
            bounds = Bounds(np.maximum(bounds.lb, near - NEAR), np.minimum(bounds.ub, near + NEAR))
        base = self._base if self._base is not None else np.zeros(len(weights))
        bounds = Bounds(bounds.lb - base, bounds.ub - base)
        shift = self._a @ base
        result = milp(weights, constraints=LinearConstraint(self._a, self._low - shift,
                                                            self._high - shift), bounds=bounds,
                      integrality=np.ones(len(weights)),
                      options={"mip_rel_gap": gap,
                               "time_limit": min(self.limit if gap == 0 else 6, left)})
        if result.x is None:
            return None, False
        x = np.round(result.x) + base
        product = self._a @ x
        if (product < self._low).any() or (product > self._high).any():
            return None, False
        return x, result.status == 0

    def _see(self, x: np.ndarray) -> None:
        values = np.rint(self._targets @ x).astype(int)
        if self._first:
            self.ranges = [Range(v, v) for v in values.tolist()]
            self._first = False
        for r, v in zip(self.ranges, values.tolist(), strict=True):
            r.low, r.high = min(r.low, v), max(r.high, v)

    def run(self, truth: np.ndarray | None, wide: int, rounds: int = 10) -> list[Range]:
        """Returns the range of each target. Ranges narrower than `wide` are exact if time allows."""
        if not self.model.targets:
            return []
        self._base = truth
        if truth is not None:
            self._see(truth)
        rng = np.random.default_rng(self.seed)
        for i in range(rounds):
            weights = np.ones(len(self.model.targets))
            if not self._first:
                weights[[r.width >= wide for r in self.ranges]] = 0
            if not weights.any():
                break
            if i >= 2:
                weights *= rng.choice([-1.0, 0.0, 1.0], len(weights))
            x, _ = self._solve(self._targets.T @ (weights if i % 2 else -weights), 0.5,
                               truth if i % 4 < 3 else None)
            if x is not None:
                self._see(x)
        for i in range(len(self.model.targets)):
            self._prove(i, wide)
        return self.ranges

    def _prove(self, i: int, wide: int) -> None:
        """Minimises and maximises a target, unless its range is already wide."""
        if not self._first and self.ranges[i].width >= wide:
            return
        row = np.asarray(self._targets[i].todense()).ravel()
        proved = 0
        for sign in (-1, 1):
            if not self._first and self.ranges[i].width >= wide:
                return
            x, best = self._solve(sign * row, 0.0)
            if x is not None:
                self._see(x)
            proved += best
        if not self._first:
            r = self.ranges[i]
            r.exact = proved == 2
            r.decided = r.exact or r.width > 0
