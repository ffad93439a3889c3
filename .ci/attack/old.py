"""Old releases, from before the program hid whole groups. Each has a leak, which the attack must find."""

from __future__ import annotations

from pathlib import Path

from check import Measure, leaked
from reader import Known, Reader
from release import SHOWN, Release, parse
from solve import Solver
from study import Study
from truth import Fact, facts, look


def attack_old(folder: Path, limit: float) -> int:
    """Attacks every release in a folder. Returns 0 if it finds the known leak of each, otherwise 1."""
    missed = 0
    for one in sorted(f for f in folder.iterdir() if f.is_dir()):
        want = (one / "leak.txt").read_text().splitlines()[0]
        found = leaks(one, limit)
        missed += want not in found
        print(f"{one.name}: {'found' if want in found else 'MISSED'} {want}"
              f" ({len(found)} leaks: {_count(found)})")
    return int(missed > 0)


def _count(found: dict[str, str]) -> str:
    kinds = [f.split(":")[0] for f in found]
    return ", ".join(f"{kinds.count(k)} {k}" for k in dict.fromkeys(kinds))


def leaks(folder: Path, limit: float) -> dict[str, str]:
    """Returns the leaks of a release, each with the value found. There are four kinds:

    - checksum: something that no release may contain, such as a checksum of the data
    - shown: a printed number that counts fewer people than the rule requires
    - pinned: a number that is hidden or in no table, but has only one possible value
    - few: a number that can only be below the threshold
    """
    study = Study.read(folder)
    text = (folder / "summary.csv").read_text()
    release, world = parse(text), look(study)
    truth, least = facts(world), study.options.rule[0]
    out = {f"checksum: {f}": "" for f in leaked(text, "", study, folder / "data.csv")}
    out |= _shown(release, truth, least)
    reader = Reader(release, Known(study.lists, study.options, study.one_sex(), old=True))
    model = reader.read()
    values = Measure(reader, world, truth).vector()
    broken = model.broken(values)
    if broken:
        raise AssertionError(f"{folder.name}: a constraint contradicts the data: {broken}")
    for target, r in zip(model.targets, Solver(model, limit=limit).run(values, 10**9), strict=True):
        if r.exact and r.width == 0 and (not target.derived or 0 < r.high < least):
            out[f"pinned: {target.name}"] = f"{r.low}"
        if r.exact and 0 < r.high < least:
            out[f"few: {target.name}"] = f"{r.low} to {r.high}"
    return out


def _shown(release: Release, truth: dict, least: int) -> dict[str, str]:
    return {"shown: " + " ".join(key): cell.text for key, cell in release.cells.items()
            if cell.state == SHOWN and truth.get(key, Fact()).people < least}
