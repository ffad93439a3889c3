package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/examples/internal/program"
	"hesopmatch/match/cohort"
)

// place is where a number stands in a release, but for its list.
type place struct{ table, group, measure string }

// earlier is what an earlier release says.
type earlier struct {
	dir          string
	profile      cohort.Profile
	numbers      map[place]map[string]int64 // by list, "" for all appointments
	fingerprints map[string]string          // by list
}

// near is two numbers that differ by a step of rounding or less.
type near struct {
	place
	list, before string
	now, then    int64
}

// readEarlier reads the tables of a release.
func readEarlier(dir string) (*earlier, error) {
	fail := func(format string, args ...any) (*earlier, error) {
		return nil, fmt.Errorf("-compare-release %s: %w", program.Plain(dir), fmt.Errorf(format, args...))
	}
	path := filepath.Join(dir, summaryFile)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fail("no file %s in it: name a folder that -release has made", summaryFile)
	} else if err != nil {
		return fail("%w", err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fail("%s: %w", summaryFile, err)
	}
	e := &earlier{dir: dir, numbers: make(map[place]map[string]int64), fingerprints: make(map[string]string)}
	for _, l := range lines {
		if len(l) != 5 {
			return fail("%s is no table of a release: it needs 5 columns", summaryFile)
		}
		table, list, group, measure, value := l[0], l[1], l[2], l[3], l[4]
		rule, isRule := strings.CutPrefix(value, "-disclosure ")
		n, err := strconv.ParseInt(value, 10, 64)
		switch {
		case table == "provenance" && group == fingerprintOf:
			e.fingerprints[list] = value
		case table == "provenance" && group == "option" && isRule:
			if e.profile, err = cohort.ParseProfile(rule); err != nil {
				return fail("%s: its numbers were not made for release: %w", summaryFile, err)
			}
		case err == nil && measure != "":
			at := place{table, group, measure}
			if e.numbers[at] == nil {
				e.numbers[at] = make(map[string]int64)
			}
			e.numbers[at][list] = n
		}
	}
	if e.profile == (cohort.Profile{}) {
		return fail("%s does not say by which -disclosure it was made", summaryFile)
	}
	return e, nil
}

// compare finds the numbers of this run that are near one of the earlier release: of the same list,
// by name or codes, or of lists that only one of the two has.
func (g *gathering) compare(e *earlier) (all []near) {
	now := make(map[string]string) // fingerprints
	for _, l := range g.lists {
		now[l.Name()] = l.Fingerprint()
	}
	counterpart := func(list, before string) bool {
		if list == before || list != "" && now[list] == e.fingerprints[before] {
			return true
		}
		return list != "" && before != "" && !has(e.fingerprints, list, now[list]) &&
			!has(now, before, e.fingerprints[before])
	}
	step := max(e.profile.Nearest, g.opts.profile.Nearest)
	for _, t := range g.tables {
		for _, row := range t.Rows {
			list := ""
			if row.List >= 0 {
				list = g.lists[row.List].Name()
			}
			for i, number := range row.Numbers {
				n, ok := number.Value()
				if !ok {
					continue
				}
				at := place{t.Name, row.Group, t.Measures[i]}
				for _, before := range slices.Sorted(maps.Keys(e.numbers[at])) {
					then := e.numbers[at][before]
					isSame := list == "" || now[list] == e.fingerprints[before] // equal numbers tell nothing then
					if counterpart(list, before) && max(n-then, then-n) <= step && (!isSame || n != then) {
						all = append(all, near{at, list, before, n, then})
					}
				}
			}
		}
	}
	return all
}

// has reports whether some list has a name or a fingerprint.
func has(lists map[string]string, name, fingerprint string) bool {
	for other, print := range lists {
		if other == name || print == fingerprint {
			return true
		}
	}
	return false
}
