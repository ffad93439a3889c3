package cohort_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// number is what the reference computes for one number of a release: a count of appointments or people, and the people
// behind that count.
type number struct {
	n      int64
	people map[string]bool
}

// numbers holds all numbers of a study. A key names the table, the list, the group and the measure of a number.
type numbers map[string]*number

func (all numbers) at(table string, list int, group, measure string) *number {
	key := fmt.Sprintf("%s|%d|%s|%s", table, list, group, measure)
	if all[key] == nil {
		all[key] = &number{people: make(map[string]bool)}
	}
	return all[key]
}

func (n *number) add(v visit) {
	n.n++
	if v.person != "" {
		n.people[v.person] = true
	}
}

// dimensionNames are the names of the tables by dimension, in the order of visit.places.
var dimensionNames = [5]string{"financial_year", "treatment_specialty", "attended", "sex", "age"}

// numbers computes the numbers of a release in the obvious way.
func (w wishes) numbers(visits []visit, members []cohort.Member) numbers {
	all := make(numbers)
	var account cohort.Account
	taken, _ := w.take(visits, &account)
	w.leaveOut(all, visits, taken)
	kept := make([]map[string]bool, w.lists)
	for i := range kept {
		kept[i] = make(map[string]bool)
	}
	for _, m := range members {
		kept[m.List][m.Person] = true
	}
	for _, v := range taken {
		all.at("appointments", -1, "taken in", "appointments").add(v)
		for d, name := range dimensionNames {
			group := v.places[d].category
			all.at(name, -1, group, "appointments").add(v)
			for measure, is := range map[string]bool{
				"with_diagnosis": v.coded["ICD-10"], "without_diagnosis": !v.coded["ICD-10"],
				"with_procedure": v.coded["OPCS-4"], "without_procedure": !v.coded["OPCS-4"],
			} {
				if is {
					all.at(name, -1, group, measure).add(v)
				}
			}
		}
		for list, a := range v.answers {
			for measure, is := range map[string]bool{
				"no_match": a.noMatch, "unknown_not_coded": a.uncoded,
				"unknown_cut_short": a.cut,
			} {
				if is {
					all.at("lists", list, "", measure).add(v)
				}
			}
			for _, e := range a.entries {
				all.at("entries", list, strconv.Itoa(e), "match").add(v)
			}
			if a.match {
				all.addMatch("lists", list, "", v, kept[list])
				for d, name := range dimensionNames {
					all.addMatch("lists_by_"+name, list, v.places[d].category, v, kept[list])
				}
			}
		}
	}
	return all
}

// addMatch adds an appointment that matches. Only people who are kept in the list count for the rule.
func (all numbers) addMatch(table string, list int, group string, v visit, kept map[string]bool) {
	match, people := all.at(table, list, group, "match"), all.at(table, list, group, "people")
	match.n++
	if kept[v.person] && v.day != (hesop.Date{}) {
		match.people[v.person], people.people[v.person] = true, true
		people.n = int64(len(people.people))
	}
}

// leaveOut adds the appointments that are left out, by reason.
func (w wishes) leaveOut(all numbers, visits, taken []visit) {
	alone := w
	alone.keyed = false
	for _, v := range visits {
		var a cohort.Account
		alone.take([]visit{v}, &a)
		for group, is := range map[string]int64{
			"the patient was not seen": a.NotAttended, "no date": a.Undated, "the date is not understood": a.Misdated,
			"before or after the days asked for": a.OtherDate, "attendkey came before": a.Taken,
		} {
			if is > 0 {
				all.at("appointments", -1, "left out: "+group, "appointments").add(v)
			}
		}
	}
	came := all.at("appointments", -1, "left out: attendkey came before", "appointments")
	*came = number{n: came.n - int64(len(taken)), people: make(map[string]bool)}
	before, _ := alone.take(visits, new(cohort.Account))
	for i, v := range before {
		if v.key != "" && v.person != "" && firstOf(before, v.key) != i {
			came.people[v.person] = true
		}
	}
}

// checkRelease compares releases with the reference. Every number shown is correct, rounded and has enough people.
// Every suppressed number has too few people, or protects another number.
func (s *study) checkRelease(t testing.TB, c *cohort.Cohort, visits []visit, how string) {
	t.Helper()
	want := s.wishes.numbers(visits, s.members)
	for _, p := range []cohort.Profile{{Name: "2", Least: 2, Nearest: 2}, {Name: "3", Least: 3, Nearest: 5}} {
		r, err := c.Release(context.Background(), p)
		require.NoError(t, err)
		for _, table := range r.Tables {
			entry := make(map[int]int)
			for _, row := range table.Rows {
				group := strings.Replace(row.Group, "AttendKey", "attendkey", 1) // as the option spells it
				if table.Name == "entries" {
					group = strconv.Itoa(s.nextEntry(entry, row.List))
				}
				for i, got := range row.Numbers {
					n := want.at(table.Name, row.List, group, table.Measures[i])
					s.checkNumber(t, p, n, got, fmt.Sprintf("%s: %s, list %d, %s, %s", how, table.Name, row.List, group,
						table.Measures[i]))
				}
			}
		}
	}
}

// checkExact compares the exact tables with the reference: the tables must have every number and every category that
// the reference has, in order.
func (s *study) checkExact(t testing.TB, c *cohort.Cohort, how string) {
	t.Helper()
	want := s.wishes.numbers(s.visits, s.members)
	tables, _, err := c.Exact()
	require.NoError(t, err)
	groups := make(map[string][]string) // by table
	for _, table := range tables {
		entry := make(map[int]int)
		for _, row := range table.Rows {
			group := strings.Replace(row.Group, "AttendKey", "attendkey", 1) // as the option spells it
			if table.Name == "entries" {
				group = strconv.Itoa(s.nextEntry(entry, row.List))
			}
			groups[table.Name] = append(groups[table.Name], fmt.Sprint(row.List, " ", group))
			for i, got := range row.Numbers {
				n := want.at(table.Name, row.List, group, table.Measures[i]).n
				if v, shown := got.Value(); v != n || got.IsHidden() || !shown && n > 0 {
					t.Fatalf("%s: %s, list %d, %s, %s: %v, not %d\n%s", how, table.Name, row.List, group, table.Measures[i], got, n, s)
				}
			}
		}
	}
	taken, _ := s.wishes.take(s.visits, new(cohort.Account))
	for d, name := range dimensionNames {
		var places []place
		for _, v := range taken {
			places = append(places, v.places[d])
		}
		slices.SortFunc(places, func(a, b place) int { return a.rank - b.rank })
		var there []string
		for list := -1; s.wishes.has[d] && list < s.wishes.lists; list++ {
			for _, p := range slices.Compact(slices.Clone(places)) {
				there = append(there, fmt.Sprint(list, " ", p.category))
			}
		}
		require.Equal(t, there, slices.Concat(groups[name], groups["lists_by_"+name]), "%s: %s\n%s", how, name, s)
	}
}

// nextEntry returns the number of the next inclusion of a list. The map records, by list, how many entries earlier
// calls have gone past.
func (s *study) nextEntry(passed map[int]int, list int) int {
	for i, e := range s.matcher.List(list).All() {
		if i >= passed[list] && !e.Exclude {
			passed[list] = i + 1
			return i
		}
	}
	return -1
}

func (s *study) checkNumber(t testing.TB, p cohort.Profile, want *number, got cohort.Number, where string) {
	t.Helper()
	v, shown := got.Value()
	switch {
	case shown && int64(len(want.people)) < p.Least:
		t.Fatalf("%s: %v is shown for %d people\n%s", where, got, len(want.people), s)
	case shown && v != (want.n+p.Nearest/2)/p.Nearest*p.Nearest:
		t.Fatalf("%s: %v is shown for %d\n%s", where, got, want.n, s)
	case got.IsHidden() && int64(len(want.people)) >= p.Least:
		s.protects++
	case got.IsHidden():
		s.few++
	case !shown && int64(len(want.people)) >= p.Least:
		t.Fatalf("%s: %d is printed as not applicable\n%s", where, want.n, s)
	default:
		s.enough++
	}
}

// tablesOf returns the tables of a release as text.
func tablesOf(t testing.TB, c *cohort.Cohort, p cohort.Profile) string {
	t.Helper()
	r, err := c.Release(context.Background(), p)
	require.NoError(t, err)
	return fmt.Sprintf("%+v", r.Tables)
}

// checkParts compares the release of merged parts with the release of one pass.
func (s *study) checkParts(t testing.TB, whole, parts *cohort.Cohort) {
	t.Helper()
	if !s.wishes.totals {
		return
	}
	for _, p := range []cohort.Profile{{Name: "2", Least: 2, Nearest: 2}, {Name: "9", Least: 9, Nearest: 3}} {
		if diff := cmp.Diff(tablesOf(t, whole, p), tablesOf(t, parts, p)); diff != "" {
			t.Fatalf("release (-one pass +parts):\n%s\n%s", diff, s)
		}
	}
}
