"""Attacks releases of cohort from outside: python attack.py --program PATH --seconds N --seed S

It makes studies, runs the program to release them, and plays two roles. The first has the data and
compares every number with the truth: a number must be rounded, and count enough people. The second
has only the text of the release. It writes all that follows from the text as constraints on whole
numbers. A solver (HiGHS, in scipy) then finds the smallest and largest possible value of each hidden
number.

The attack fails if a number is wrong, if a hidden number has only one possible value, or if more than
one in a hundred hidden numbers are undecided when the time is up. With --old it attacks old releases,
each with a known leak, from before the program hid whole groups. It then fails unless it finds every
leak, to prove that it can find leaks.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from check import Measure, judge, leaked, told_apart
from choice import told_by_choice
from extremes import all_extremes
from old import attack_old
from reader import Known, Reader
from release import parse
from solve import Range, Solver
from study import PROFILES, Study, random_study
from truth import facts, look

PINNED = 1  # a range narrower than this holds only one value


@dataclass
class Outcome:
    """The result of one study."""

    name: str
    faults: list[str] = field(default_factory=list)
    ranges: dict[str, Range] = field(default_factory=dict)
    derived: int = 0  # pinned numbers that no table has
    large: int = 0
    shown: int = 0
    solves: int = 0
    protected: int = 0


@dataclass
class Tally:
    """The results of all studies."""

    studies: int = 0
    tried: int = 0
    pinned: int = 0
    sums: int = 0  # pinned numbers that are sums of unlisted categories
    undecided: int = 0
    failed: int = 0
    large: int = 0
    shown: int = 0
    solves: int = 0
    protected: int = 0
    derived: int = 0
    profiles: Counter[str] = field(default_factory=Counter)
    narrowest: tuple[int, str, str] = (99, "", "")

    def add(self, o: Outcome, profile: str) -> None:
        """Adds the result of a study."""
        self.profiles[profile] += sum(r.decided and r.width < PINNED for r in o.ranges.values())
        self.studies += 1
        self.failed += bool(o.faults)
        self.large += o.large
        self.shown += o.shown
        self.solves += o.solves
        self.protected += o.protected
        self.derived += o.derived
        for name, r in o.ranges.items():
            self.tried += 1
            self.undecided += not r.decided
            pinned = r.decided and r.width < PINNED
            self.pinned += pinned
            self.sums += pinned and " * " in name
            if r.exact and PINNED <= r.width < self.narrowest[0]:
                self.narrowest = (r.width, f"{r.low} to {r.high}", f"{name} of study {o.name}")

    @property
    def wide(self) -> int:
        """The width limit: a range at least this wide may be inexact."""
        return min(3, max(self.narrowest[0], PINNED))

    def report(self, seconds: float) -> str:
        """Returns the summary, one fact per line."""
        share = self.shown / self.large if self.large else 1.0
        width, ends, where = self.narrowest
        return "\n".join([
            f"studies: {self.studies} in {seconds:.0f} seconds, {self.solves} solves",
            f"hidden numbers tried: {self.tried}",
            f"pinned to one value: {self.pinned}" + "".join(
                f", {n} under {p}" for p, n in self.profiles.items() if n),
            f"of these, sums of categories that are not listed: {self.sums}",
            f"not decided: {self.undecided}",
            f"pinned numbers of people that are in no table: {self.derived}",
            f"narrowest interval: {f'{ends} ({where})' if where else f'wider than {width}'}",
            f"groups of enough people: {self.large}, "
            f"shown {self.shown} ({1000 * share:.2f} in 1000)",
            f"studies with a number hidden to protect another: {self.protected}",
            f"studies with a fault: {self.failed}"])

    def failing(self) -> bool:
        """Reports whether the attack found a leak or a fault, or left too much undecided."""
        return bool(self.failed or self.pinned or self.undecided > self.tried / 100)


def run(program: str, study: Study, folder: Path) -> str:
    """Writes a study to a folder and runs cohort on it. Returns cohort's messages if it fails, else ""."""
    study.write(folder)
    command = [program, "cohort", *study.options.words(), "-exclude-column", "keep",
               "-format", "html", "-o", str(folder / "page.html"),
               "-summary", str(folder / "summary.csv"), "-release", str(folder / "release")]
    for x in study.lists:
        command += ["-codelist", f"{x.name}={folder / f'list_{x.name}.csv'}"]
    done = subprocess.run([*command, str(folder / "data.csv")], capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def attack(study: Study, folder: Path, wide: int, seed: int,
           limits: tuple[float, float]) -> Outcome:
    """Attacks the release that `run` wrote to a folder for a study."""
    o = Outcome(study.name)
    text = (folder / "summary.csv").read_text()
    world = look(study)
    truth = facts(world)
    try:
        release = parse(text)
    except ValueError as e:
        o.faults.append(str(e))
        return o
    verdict = judge(release, truth, study)
    o.faults += verdict.faults
    o.large, o.shown, o.protected = verdict.large, verdict.shown, len(verdict.protected) > 0
    for f in [folder / "page.html", *sorted((folder / "release").rglob("*.*"))]:
        o.faults += [f"{f.name}: {x}" for x in leaked(text, f.read_text(), study,
                                                      folder / "data.csv")]
    o.faults += told_apart(folder / "release" / "outputs.json")
    reader = Reader(release, Known(study.lists, study.options, study.one_sex(),
                                   protected=frozenset(verdict.protected)))
    try:
        model = reader.read()
    except KeyError as e:
        o.faults.append(f"the reader does not recognise {e}")
        return o
    values = Measure(reader, world, truth).vector()
    broken = model.broken(values)
    if broken:
        o.faults += [f"the release contradicts the data: {b}" for b in broken[:5]]
        return o
    solver = Solver(model, seed, *limits)
    for target, r in zip(model.targets, solver.run(values, wide), strict=True):
        if target.derived:
            o.derived += r.exact and r.width < PINNED
            continue
        o.ranges[target.name] = r
        if r.decided and r.width < PINNED:
            o.faults.append(f"pinned to {r.low}: {target.name}")
    o.solves = solver.solves
    return o


def studies(seed: int, only: str) -> Iterator[Study]:
    """Yields constructed and random studies alternately, or only the kind that `only` names."""
    made = [] if only == "random" else all_extremes()
    random.Random(seed).shuffle(made)
    for i in count():
        if made:
            yield made.pop()
        elif only == "extremes":
            return
        if only != "extremes":
            yield random_study(1_000_000 * seed + i)


def _attack_choice(program: str) -> int:
    """Tests what the choice of hidden numbers reveals. Returns 1 if it reveals a number."""
    tried = told = 0
    for name, what in told_by_choice(program, run):
        tried, told = tried + 1, told + bool(what)
        if what:
            print(f"{name}: revealed by the choice: {what}", flush=True)
    print(f"releases that hide a number to protect another: {tried}, revealing a number: {told}")
    return int(told > 0)


def main() -> int:
    """Does what the command line says and returns the exit status."""
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--program", help="the program hesopmatch")
    p.add_argument("--seconds", type=float, default=60)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--studies", type=int, default=0, help="stop after this number of studies")
    p.add_argument("--only", choices=("all", "extremes", "random"), default="all")
    p.add_argument("--profile", choices=list(PROFILES), help="release random studies under this rule")
    p.add_argument("--study", type=Path, help="folder that --keep wrote: attack only the study in it")
    p.add_argument("--limit", type=float, default=10, help="seconds for each solve")
    p.add_argument("--budget", type=float, default=30, help="seconds for all solves of a study")
    p.add_argument("--keep", type=Path, default=Path("attack-failures"),
                   help="folder for the studies that fail")
    p.add_argument("--choice", action="store_true",
                   help="only test what the choice of hidden numbers reveals")
    p.add_argument("--old", action="store_true", help="attack the old releases instead")
    args = p.parse_args()
    if args.old:
        return attack_old(Path(__file__).parent / "old", args.limit)
    if not args.program:
        p.error("--program is missing")
    if args.choice:
        return _attack_choice(args.program)
    tally, start = Tally(), time.monotonic()
    chosen = iter([Study.read(args.study)]) if args.study else studies(args.seed, args.only)
    for number, study in enumerate(chosen):
        if args.profile and study.name.startswith("seed-"):
            study.options.profile = args.profile
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            complaint = run(args.program, study, folder)
            if complaint:
                outcome = Outcome(study.name, [f"the program failed: {complaint}"])
            else:
                outcome = attack(study, folder, tally.wide, args.seed + number,
                                 (args.limit, args.budget))
            tally.add(outcome, study.options.profile)
            for fault in outcome.faults[:8]:
                print(f"{study.name}: {fault}", flush=True)
            if outcome.faults and not args.study:
                keep = args.keep / study.name.replace(" ", "_").replace("/", "_")
                study.write(keep)
                for f in ("summary.csv", "page.html"):
                    if (folder / f).exists():
                        (keep / f).write_bytes((folder / f).read_bytes())
        if number + 1 == args.studies or time.monotonic() - start > args.seconds:
            break
    print(tally.report(time.monotonic() - start))
    return int(tally.failing())


if __name__ == "__main__":
    sys.exit(main())
