"""Studies: synthetic appointments, codelists, and the options of a run."""

from __future__ import annotations

import csv
import io
import random
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from codes import ICD, OPCS, Codelist, Entry

DIAGNOSES = ("diag_4_01", "diag_4_02", "diag_4_03")
PROCEDURES = ("opertn_4_01", "opertn_4_02")
HEADER = ("llc_0000_stud_id", "attendkey", "apptdate", "fyear", "attended", "sex", "apptage",
          "tretspef") + DIAGNOSES + PROCEDURES
PROFILES = {"ukllc": (10, 10), "nhse-sde": (10, 5), "opensafely": (8, 5),
            "least=5,nearest=5": (5, 5)}


@dataclass
class Row:
    """An appointment."""

    person: str
    key: str = ""
    date: str = "2019-05-08"
    fyear: str = "1920"
    attended: str = "5"
    sex: str = "2"
    age: str = "40"
    specialty: str = "100"
    diagnoses: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


@dataclass
class Options:
    """The options of a command line."""

    profile: str = "ukllc"
    attended: bool = False
    first: str = ""
    last: str = ""
    least: int = 1
    dedupe: bool = False

    @property
    def rule(self) -> tuple[int, int]:
        """The fewest people that a shown number may count, and the step to which numbers are rounded."""
        return PROFILES[self.profile]

    def words(self) -> list[str]:
        """Returns the options as arguments."""
        words = ["-disclosure", self.profile]
        if self.attended:
            words.append("-attended")
        if self.first:
            words += ["-from", self.first]
        if self.last:
            words += ["-to", self.last]
        if self.least > 1:
            words += ["-min", str(self.least)]
        if self.dedupe:
            words += ["-dedupe", "attendkey"]
        return words

    @staticmethod
    def parse(text: str) -> Options:
        """Parses the output of `words`."""
        o, words = Options(), shlex.split(text)
        while words:
            word = words.pop(0)
            if word == "-attended":
                o.attended = True
                continue
            value = words.pop(0)
            match word:
                case "-disclosure":
                    o.profile = value
                case "-from":
                    o.first = value
                case "-to":
                    o.last = value
                case "-min":
                    o.least = int(value)
                case "-dedupe":
                    o.dedupe = True
                case _:
                    raise ValueError(f"no option of a study: {word}")
        return o


@dataclass
class Study:
    """Data, lists and options of one run."""

    name: str
    rows: list[Row]
    lists: list[Codelist]
    options: Options = field(default_factory=Options)

    def one_sex(self) -> bool:
        """Reports whether each person has the same sex throughout, as a reader will assume."""
        sexes: dict[str, set[str]] = {}
        for r in self.rows:
            sexes.setdefault(r.person, set()).add(r.sex)
        return all(len(s) == 1 for p, s in sexes.items() if p)

    def write(self, folder: Path) -> None:
        """Writes the study to a folder, for `read`."""
        folder.mkdir(parents=True, exist_ok=True)
        out = io.StringIO()
        w = csv.writer(out, lineterminator="\n")
        w.writerow(HEADER)
        for r in self.rows:
            w.writerow([r.person, r.key, r.date, r.fyear, r.attended, r.sex, r.age, r.specialty,
                        *_padded(r.diagnoses, len(DIAGNOSES)),
                        *_padded(r.procedures, len(PROCEDURES))])
        (folder / "data.csv").write_text(out.getvalue())
        for x in self.lists:
            (folder / f"list_{x.name}.csv").write_text(x.text())
        (folder / "options.txt").write_text(shlex.join(self.options.words()) + "\n")

    @staticmethod
    def read(folder: Path) -> Study:
        """Reads a study that `write` wrote."""
        rows = []
        for r in csv.DictReader(io.StringIO((folder / "data.csv").read_text())):
            rows.append(Row(
                r["llc_0000_stud_id"], r["attendkey"], r["apptdate"], r["fyear"], r["attended"],
                r["sex"], r["apptage"], r["tretspef"], tuple(r[c] for c in DIAGNOSES),
                tuple(r[c] for c in PROCEDURES)))
        lists = [Codelist.parse(f.stem.removeprefix("list_"), f.read_text())
                 for f in sorted(folder.glob("list_*.csv"))]
        return Study(folder.name, rows, lists, Options.parse((folder / "options.txt").read_text()))


def _padded(values: tuple[str, ...], n: int) -> list[str]:
    return (list(values) + [""] * n)[:n]


def random_study(seed: int) -> Study:
    """Returns the random study for a seed."""
    r = random.Random(seed)
    lists = _lists(r)
    return Study(f"seed-{seed}", _rows(r, lists), lists, _options(r))


def _options(r: random.Random) -> Options:
    o = Options(profile=r.choice(list(PROFILES)))
    o.attended = r.random() < 0.25
    if r.random() < 0.2:
        o.first = "2018-06-01"
    if r.random() < 0.2:
        o.last = "2020-09-30"
    if r.random() < 0.25:
        o.least = 2
    o.dedupe = r.random() < 0.3
    return o


# Most codes begin with one of these stems. There are few stems, so lists share codes.
ICD_STEMS, OPCS_STEMS = ("E11", "I10", "M05", "C50"), ("A65", "H36")


def _all_entries(r: random.Random) -> list[Entry]:
    entries = []
    for system, stems in ((ICD, ICD_STEMS), (OPCS, OPCS_STEMS)):
        for stem in stems:
            entries.append(Entry(system, stem))
            entries += [Entry(system, stem + d) for d in r.sample("0123456789", 2)]
    return entries


def _lists(r: random.Random) -> list[Codelist]:
    """Makes one to five lists: nested, crossing, complementary, mixed, with exclusions."""
    pool = _all_entries(r)
    pick: list[list[Entry]] = []
    for _ in range(r.choice((1, 2, 2, 3, 3, 3, 4, 5))):
        how = r.choice(("any", "one system", "narrower", "wider", "crossing", "the rest"))
        base = r.choice(pick) if pick else []
        some = r.sample(pool, r.randint(1, 4))
        if how == "one system" or not base:
            system = r.choice((ICD, ICD, OPCS))
            some = r.sample([e for e in pool if e.system == system], r.randint(1, 4))
        elif how == "narrower":
            some = r.sample(base, r.randint(1, len(base)))
        elif how == "wider":
            some = base + some
        elif how == "crossing":
            some = r.sample(base, (len(base) + 1) // 2) + some
        elif how == "the rest":
            some = [Entry(ICD, s) for s in ICD_STEMS if not any(e.code[:3] == s for e in base)]
            some = some or [Entry(OPCS, s) for s in OPCS_STEMS]
        if r.random() < 0.12:
            some = some + [Entry(ICD, "M0510")]
        if r.random() < 0.25:
            stem = r.choice(_clean(some))
            if len(stem.code) == 3 and not stem.exclude:
                some = some + [Entry(stem.system, stem.code + r.choice("0123456789"), True)]
        pick.append(_clean(some))
    return [Codelist("abcde"[i], tuple(p)) for i, p in enumerate(pick)]


def _clean(entries: list[Entry]) -> list[Entry]:
    """Keeps the first entry for each code, and adds an inclusion if there is none."""
    seen: dict[tuple[str, str], Entry] = {}
    for e in entries:
        seen.setdefault((e.system, e.code), e)
    kept = list(seen.values())
    if all(e.exclude for e in kept):
        kept.append(Entry(ICD, "I10"))
    return kept


def _rows(r: random.Random, lists: list[Codelist]) -> list[Row]:
    """Returns rows of 30 to 300 people, a few of whom may have 12 to 20 appointments each."""
    people = int(30 * 10 ** r.random())
    rare_sex, steady = r.choice((0.02, 0.1, 0.5)), r.random() < 0.8
    years = r.sample((2016, 2017, 2018, 2019, 2020), r.choice((1, 2, 4)))
    specialties = r.sample(("100", "101", "110", "130", "300", "330", "ZZZ", "&"),
                           r.choice((2, 4, 7)))
    skew = [1.0, *(r.choice((1.0, 0.3, 0.05)) for _ in specialties[1:])]
    coded, useful = r.choice((0.3, 0.7, 1.0)), r.choice((0.3, 0.8))
    nobody, undated = r.choice((0, 0.03, 0.15)), r.choice((0, 0.03, 0.1))
    seen_rate, many = r.choice((0.6, 0.9)), r.choice((0, 0.03, 0.1))
    spread = r.choice((1, 2, 4))
    wanted = [(e.system, e.code) for x in lists for e in x.entries if len(e.code) < 5]
    rows: list[Row] = []
    for p in range(people):
        sex = "1" if r.random() < rare_sex else "2"
        age = r.choice((5, 17, 30, 44, 60, 71, 90)[: r.choice((2, 4, 7))])
        mine = r.choices(specialties, skew, k=2)
        for _ in range(12 + r.randrange(9) if r.random() < many else 1 + r.randrange(spread)):
            rows.append(_row(r, f"{100000 + 37 * p}", sex if steady else r.choice("12"), age,
                             r.choice(mine), r.choice(years), seen_rate, undated))
            rows[-1].diagnoses = _values(r, ICD, wanted, coded, useful, 3, "R69X")
            rows[-1].procedures = _values(r, OPCS, wanted, coded * 0.7, useful, 2, "X997")
            if r.random() < nobody:
                rows[-1].person = ""
    for i, row in enumerate(rows):
        row.key = f"{500000 + i}"
        if i and r.random() < 0.05:
            row.key = rows[r.randrange(i)].key
        if r.random() < 0.02:
            row.key = ""
    return rows


def _row(r: random.Random, person: str, sex: str, age: int, specialty: str, year: int,
         seen_rate: float, undated: float) -> Row:
    month, day = r.randrange(1, 13), r.randrange(1, 29)
    date = f"{year if month > 3 else year + 1}-{month:02}-{day:02}"
    row = Row(person, date=date, fyear=f"{year % 100:02}{(year + 1) % 100:02}", sex=sex,
              age=str(age), specialty=specialty)
    row.attended = r.choice("56") if r.random() < seen_rate else r.choice("2347")
    if r.random() < undated:
        row.date = r.choice(("", "1800-01-01", "31.12.2019"))
        if r.random() < 0.5:
            row.fyear = ""
    return row


def _values(r: random.Random, system: str, wanted: list[tuple[str, str]], coded: float,
            useful: float, fields: int, missing: str) -> tuple[str, ...]:
    if r.random() >= coded:
        return (missing,) if r.random() < 0.8 else ()
    mine = [code for s, code in wanted if s == system]
    values = []
    for _ in range(r.choice((1, 1, 2, fields))):
        code = r.choice(mine) if mine and r.random() < useful else r.choice(
            ICD_STEMS + ("J45",) if system == ICD else OPCS_STEMS + ("K40",))
        if len(code) == 3:
            code += r.choice("X0123456789")
        values.append(code)
    return tuple(values)
