"""What a reader knows about the entries of codelists."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from codes import codes_that_differ, kind_of_code
from model import Expr, plus

if TYPE_CHECKING:
    from reader import Reader

WHOLE = ("", "")


def add_entries(r: Reader) -> dict[tuple[int, str], tuple[Expr, Expr]]:
    """Adds the entries to the model. Returns the terms for the appointments and the people of each entry, by
    list and label."""
    decided = _decided(r)
    out: dict[tuple[int, str], tuple[Expr, Expr]] = {}
    terms = {}
    for (i, e), codes in decided.items():
        entry = r.known.lists[i].entries[e]
        if not codes:  # the entry decides no value that the data can hold
            continue
        name = tuple(sorted(codes))  # entries that decide the same codes share a variable
        number, people = r.model.var(("entry", name)), r.model.var(("entry people", name))
        terms[i, e] = out[i, entry.label] = (number, people)
        system = "with_diagnosis" if entry.system == "ICD-10" else "with_procedure"
        r.model.at_most(people, number, f"people of entry {i} {e}")
        r.model.at_most(people, r.q(system), f"people of entry {i} {e} coded")
    _nest(r, decided, terms)
    for i in r.numbers:
        _add_list(r, i, decided, terms)
    return out


def _decided(r: Reader) -> dict[tuple[int, int], set[tuple[str, str]]]:
    """Returns the codes that each inclusion decides."""
    out: dict[tuple[int, int], set[tuple[str, str]]] = {
        (i, e): set() for i, x in enumerate(r.known.lists)
        for e, entry in enumerate(x.entries) if not entry.exclude}
    for system, value in codes_that_differ(r.known.lists):
        for i, x in enumerate(r.known.lists):
            d = x.decide(system, value)
            if d.match:
                out[i, d.entry].add((system, value))
    return out


def _nest(r: Reader, decided: dict, terms: dict) -> None:
    for one, inner in decided.items():
        for other, outer in decided.items():
            if inner and inner < outer:
                for small, large in zip(terms[one], terms[other], strict=True):
                    r.model.at_most(small, large, f"entry {one} within {other}")


def _add_list(r: Reader, i: int, decided: dict, terms: dict) -> None:
    """Adds the constraints between a list's matches and its entries."""
    mine = [e for j, e in terms if j == i]
    single = {e: {kind_of_code(r.known.lists, *code) for code in decided[i, e]} for e in mine}
    possible: dict[int, frozenset[int]] = {}
    for n, kind in enumerate(r.kinds):
        if i in kind.match:
            possible[n] = frozenset(e for e in mine if any(s.within(kind) for s in single[e]))
    for e in mine:
        r.model.at_most(terms[i, e][0], r.n(WHOLE, (n for n, es in possible.items() if e in es)),
                        f"entry {i} {e}")
    for es in set(possible.values()):
        r.model.at_most(r.n(WHOLE, (n for n, other in possible.items() if other <= es)),
                        plus(*(terms[i, e][0] for e in es)), f"matches of entries {i} {sorted(es)}")
    r.model.at_most(r.p_if(WHOLE, lambda t: i in t), plus(*(terms[i, e][1] for e in mine)),
                    f"people of the entries of {i}")
    if r.known.options.least > 1:
        return
    for j in r.numbers:
        outside = [e for e in mine if any(j not in s.match for s in single[e])]
        r.model.at_most(r.p_if(WHOLE, lambda t: i in t and j not in t),
                        plus(*(terms[i, e][1] for e in outside)), f"people of {i} without {j}")
