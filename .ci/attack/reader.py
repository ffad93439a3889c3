"""What a careful reader of a release knows, as constraints on whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, combinations

import release
from codes import Codelist, Kind, kinds_of
from entries import add_entries
from model import MOST, Expr, Model, Target, plus, times
from release import Release
from study import Options
from truth import DIMENSIONS, SCALE, WITH, Key, status

Scope = tuple[str, str]  # dimension and category
WHOLE: Scope = ("", "")
REST = "*"  # all categories that no table lists


@dataclass
class Known:
    """What a reader knows or assumes in addition to the release."""

    lists: list[Codelist]
    options: Options
    one_sex: bool  # each person has one sex
    old: bool = False  # the release is from before the program hid whole groups
    protected: frozenset[tuple[str, str]] = frozenset()  # pairs of a table and a list that hide a large group too


def subsets(items: Iterable[int], most: int = 9) -> list[frozenset[int]]:
    """Returns all subsets of at most `most` items, except the empty one."""
    items = list(items)
    sizes = range(1, min(most, len(items)) + 1)
    return [frozenset(c) for c in chain.from_iterable(combinations(items, n) for n in sizes)]


@dataclass
class Reader:
    """Translates a release into a model."""

    release: Release
    known: Known
    model: Model = field(default_factory=Model)
    kinds: list[Kind] = field(default_factory=list)
    types: list[frozenset[int]] = field(default_factory=list)  # each type is a set of lists in which one person can be
    scopes: dict[str, list[Scope]] = field(default_factory=dict)

    def read(self) -> Model:
        """Returns the model of the whole release."""
        k = self.known
        self.least, self.nearest = k.options.rule
        self.numbers = range(len(k.lists))
        self.kinds = kinds_of(k.lists)
        self.types = self._types()
        for d in DIMENSIONS:
            listed = self.release.categories(d)
            if not listed:
                continue
            self.scopes[d] = [(d, c) for c in listed]
            if d in self.release.not_shown and len(listed) < SCALE[d]:
                self.scopes[d].append((d, REST))
        for s in self.all_scopes():
            self._people_and_appointments(s)
            self._groups(s)
        for d, scopes in self.scopes.items():
            self._sums(d, scopes)
        self.entries = add_entries(self)
        self._answers()
        for key in self.release.cells:
            self._cell(key)
        self._unlisted()
        if k.old:
            self._old_rules()
        return self.model

    def all_scopes(self) -> list[Scope]:
        """Returns the scope of the whole study, and that of every category."""
        return [WHOLE, *chain.from_iterable(self.scopes.values())]

    # Terms for numbers.

    def n(self, scope: Scope, which: Iterable[int]) -> Expr:
        """The appointments of some kinds."""
        return plus(*(self.model.var(("n", k, scope)) for k in which))

    def n_if(self, scope: Scope, keep) -> Expr:
        """The appointments of the kinds for which `keep` is true."""
        return self.n(scope, (i for i, k in enumerate(self.kinds) if keep(k)))

    def p_if(self, scope: Scope, keep) -> Expr:
        """The people of the types for which `keep` is true."""
        return plus(*(self.model.var(("p", t, scope)) for t in self.types if keep(t)))

    def q(self, what: str, scope: Scope = WHOLE) -> Expr:
        """The people with an identifier in a group of appointments."""
        return self.model.var(("q", what, scope))

    def _types(self) -> list[frozenset[int]]:
        matches = [k.match for k in self.kinds]
        if self.known.options.least == 1:
            return sorted(set(matches) - {frozenset()}, key=sorted)
        wider = {i: frozenset.intersection(*([m for m in matches if i in m] or [frozenset((i,))]))
                 for i in self.numbers}
        return [t for t in subsets(self.numbers) if all(wider[i] <= t for i in t)]

    # Constraints that hold in each scope.

    def _people_and_appointments(self, s: Scope) -> None:
        m, once = self.model, self.known.options.least == 1
        for some in subsets(self.numbers):
            touching = self.p_if(s, lambda t: t & some)
            if s == WHOLE:
                touching = times(self.known.options.least, touching)
            m.at_most(touching, self.n_if(s, lambda k: k.match & some), f"people of {some} {s}")
        if not once:
            return
        few = 4 if len(self.numbers) < 4 else 2
        for i in self.numbers:
            for others in subsets((j for j in self.numbers if j != i), few):
                m.at_most(self.p_if(s, lambda t: i in t and not t & others),
                          self.n_if(s, lambda k: i in k.match and not k.match & others),
                          f"people of {i} without {others} {s}")

    def _groups(self, s: Scope) -> None:
        m = self.model
        everybody = self.q("all", s)
        m.at_most(everybody, self.n_if(s, lambda k: True), f"people of all {s}")
        m.at_most(self.p_if(s, lambda t: True), everybody, f"people of lists {s}")
        for system, with_code, without in WITH:
            one, other = self.q(with_code, s), self.q(without, s)
            m.at_most(one, self.n_if(s, lambda k: system in k.coded), f"{with_code} {s}")
            m.at_most(other, self.n_if(s, lambda k: system not in k.coded), f"{without} {s}")
            m.at_most(one, everybody, f"{with_code} of all {s}")
            m.at_most(other, everybody, f"{without} of all {s}")
            m.at_most(everybody, plus(one, other), f"with and without {system} {s}")
            own = {i for i in self.numbers if self.known.lists[i].needs == {system}}
            m.at_most(self.p_if(s, lambda t: t & own), one, f"people of lists {with_code} {s}")

    def _sums(self, d: str, scopes: list[Scope]) -> None:
        m = self.model
        for k in range(len(self.kinds)):
            m.equal(plus(*(self.n(s, [k]) for s in scopes)), self.n(WHOLE, [k]), f"kinds by {d}")
        single = d == "sex" and self.known.one_sex
        groups = ["all", *chain.from_iterable(w[1:] for w in WITH)]
        for g in groups:
            cells = [self.q(g, s) for s in scopes]
            self._covers(cells, self.q(g), single, f"people {g} by {d}")
        for some in subsets(self.numbers):
            self._covers([self.p_if(s, lambda t: t & some) for s in scopes],
                         self.p_if(WHOLE, lambda t: t & some), single, f"people of {some} by {d}")
            for s in scopes:
                m.at_most(self.p_if(s, lambda t: t >= some),
                          self.p_if(WHOLE, lambda t: t >= some), f"people of all {some} {s}")
        if single:
            for t in self.types:
                cells = [m.var(("p", t, s)) for s in scopes]
                m.equal(plus(*cells), m.var(("p", t, WHOLE)), f"people of type {t} by sex")

    def _covers(self, cells: list[Expr], whole: Expr, single: bool, why: str) -> None:
        """Adds that each person is in at least one category, or in exactly one if `single` is true."""
        for c in cells:
            self.model.at_most(c, whole, why)
        if single:
            self.model.equal(plus(*cells), whole, why)
        else:
            self.model.at_most(whole, plus(*cells), why)

    def _answers(self) -> None:
        for i, x in enumerate(self.known.lists):
            for answer in ("no_match", "unknown_not_coded", "unknown_cut_short"):
                q = self.q(f"{answer} {i}")
                number = self.n_if(WHOLE, lambda k: status(k, x.needs, i) == answer)
                self.model.at_most(q, number, f"people {answer} {i}")
                self.model.at_most(q, self.q("all"), f"people {answer} {i} of all")
            for system, _, without in WITH:
                if x.needs == {system}:
                    self.model.equal(self.q(f"unknown_not_coded {i}"), self.q(without),
                                     f"{without} and not coded of {i}")

    # Constraints from printed numbers.

    def of(self, key: Key) -> tuple[Expr, Expr] | None:
        """Returns the number in a cell and the people that it counts, or None if the model has no variables
        for the cell."""
        table, name, group, measure = key
        if table == "appointments":
            if group == "taken in":
                return self.n_if(WHOLE, lambda k: True), self.q("all")
            number, q = self.model.var(("left", group)), self.q(group)
            self.model.at_most(q, number, f"people {group}")
            return number, q
        i = next((i for i in self.numbers if self.known.lists[i].name == name), -1)
        if table == "entries":
            return self.entries.get((i, group))
        scope = WHOLE if table == "lists" else (table.removeprefix("lists_by_"), group)
        if i < 0:
            for system, with_code, without in WITH:
                if measure in (with_code, without):
                    wanted = measure == with_code
                    return (self.n_if(scope, lambda k: (system in k.coded) == wanted),
                            self.q(measure, scope))
            return self.n_if(scope, lambda k: True), self.q("all", scope)
        people = self.p_if(scope, lambda t: i in t)
        if measure == "people":
            return people, people
        if measure == "match":
            return self.n_if(scope, lambda k: i in k.match), people
        needs = self.known.lists[i].needs
        return (self.n_if(scope, lambda k: status(k, needs, i) == measure),
                self.q(f"{measure} {i}"))

    def _cell(self, key: Key) -> None:
        cell, terms, m = self.release.cells[key], self.of(key), self.model
        if terms is None:
            return
        number, people = terms
        why = " ".join(key)
        match cell.state:
            case release.SHOWN:
                step = self.nearest if not self.known.old else 1
                low, v = self.least if not self.known.old else 0, cell.number
                m.between(max(low, v - step // 2), number, v + (step - 1) // 2, why)
                if not self.known.old:
                    m.between(self.least, people, MOST, f"people counted by {why}")
            case release.HIDDEN:
                if not self.known.old:
                    self._few(key, people)
                if number:
                    self._want(why, number, people)
            case release.BAND:
                m.between(cell.band[0], number, cell.band[1], why)
            case release.ABSENT:
                m.between(0, number, 0, why)

    def _few(self, key: Key, people: Expr, categories: int = 1) -> None:
        """Adds that a hidden group has few people, or that it protects a group that has few."""
        m, most, why = self.model, (self.least - 1) * categories, "few: " + " ".join(key)
        if key[:2] not in self.known.protected:
            m.between(0, people, most, why)
            return
        key = (*key[:3], "match" if key[3] == "people" else key[3])
        z = m.var(("z", *key), 1)
        m.between(-MOST, plus(people, times(-MOST, z)), most, why)
        if categories == 1:
            m.between(0, plus(people, times(-self.least, z)), MOST, why)
            self._smallest(key, z)

    def _smallest(self, key: Key, z: Expr) -> None:
        """Adds that a protecting group is no larger than any printed one, by appointments or by people."""
        table, name, _, measure = key
        if table == "lists":
            measures = ["match", "no_match", "unknown_not_coded", "unknown_cut_short"]
        elif measure in ("match", "appointments") and table not in ("entries", "appointments"):
            measures = [measure]
        else:
            return
        ways = []
        for way in (measures, ["people"] if table.startswith("lists_by_") else []):
            shown = [c.number for k, c in self.release.cells.items()
                     if k[:2] == (table, name) and k[3] in way and c.state == release.SHOWN]
            number = self.of((*key[:3], way[0] if table != "lists" else measure))[0] if way else {}
            if not number:
                continue
            top = min(shown, default=MOST) + (self.nearest - 1) // 2
            y = self.model.var(("y", key, way[0], top), 1)
            self.model.between(-MOST, plus(number, times(MOST, y)), MOST + top, f"smallest: {key}")
            ways.append(y)
        self.model.at_most(z, plus(*ways), f"smallest: {key}")

    def _unlisted(self) -> None:
        """Adds the categories that a table does not list, which are hidden too."""
        if self.known.old:
            return
        measures = {(t, m) for t, _, _, m in self.release.cells}
        for d, scopes in self.scopes.items():
            for table in (d, f"lists_by_{d}"):
                listed = {k[2] for k in self.release.cells if k[0] == table}
                for s in scopes:
                    if s[1] in listed:
                        continue
                    n = 1 if s[1] != REST else SCALE[d] - len(scopes) + 1
                    names = [""] if table == d else [x.name for x in self.known.lists]
                    for name in names:
                        for t, measure in sorted(measures):
                            if t == table:
                                self._hide((table, name, s[1], measure), n)

    def _hide(self, key: Key, categories: int) -> None:
        terms = self.of(key)
        match = self.release.cells.get(("lists", key[1], "", "match"))
        if terms is None or (match and match.state == release.ABSENT):
            return  # the release states that the data cannot have such a number
        self._few(key, terms[1], categories)
        self._want("not listed: " + " ".join(key), *terms)

    def _want(self, name: str, number: Expr, people: Expr) -> None:
        """Adds a hidden number as a target. Also adds the number of people behind the hidden number,
        unless a table has it."""
        self.model.targets.append(Target(name, number))
        if number != people and not name.endswith(" match") and not self.known.old:
            self.model.targets.append(Target(f"people counted by {name}", people, True))

    def _old_rules(self) -> None:
        """Adds what a release of the old program stated in addition to its numbers."""
        m, cells = self.model, self.release.cells
        for s in self.all_scopes()[1:]:
            m.between(1, self.n_if(s, lambda k: True), MOST, f"a row in {s}")
        for d in self.scopes:
            for i, x in enumerate(self.known.lists):
                mine = {k: c for k, c in cells.items()
                        if k[:2] == (f"lists_by_{d}", x.name) and k[3] == "people"}
                hidden = [k for k, c in mine.items() if c.state == release.HIDDEN]
                if len(hidden) == 1 and d != "sex":
                    m.between(0, self.of(hidden[0])[0], self.least - 1, f"alone: {hidden[0]}")
        self._derive()

    def _derive(self) -> None:
        """Adds targets that no table has: the overlap of lists, and the matches outside an entry."""
        m = self.model
        for some in subsets(self.numbers):
            if len(some) > 1:
                both = self.n_if(WHOLE, lambda k: k.match >= some)
                m.targets.append(Target(f"overlap of {sorted(some)}", both, True))
        for (i, name), (number, _) in self.entries.items():
            rest = plus(self.n_if(WHOLE, lambda k: i in k.match), times(-1, number))
            m.targets.append(Target(f"matches of {i} except {name}", rest, True))
