package cohort

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

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// numberKey identifies a number among the numbers of one list in a release.
type numberKey struct{ table, group, measure string }

// earlier holds the numbers and the rule of an earlier release.
type earlier struct {
	dir          string
	profile      cohort.Profile
	numbers      map[numberKey]map[string]int64 // by list, "" for all appointments
	fingerprints map[string]string              // by list
}

// near is a pair of printed numbers, one of this run and one of the earlier release, whose difference may come from few
// people.
type near struct {
	numberKey
	list, before string // the names of the list in this run and in the earlier release
	now, then    string // the two numbers as printed, in the same order
}

// hiddenThere represents a number that a release hides. It is less than any other number.
const hiddenThere = -1

// readEarlier reads the tables of an earlier release.
func readEarlier(dir string) (*earlier, error) {
	fail := func(format string, args ...any) (*earlier, error) {
		return nil, fmt.Errorf("-compare-release %s: %w", program.Plain(dir), fmt.Errorf(format, args...))
	}
	path := filepath.Join(dir, summaryFile)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fail("it has no file %s: name a folder made by -release", summaryFile)
	} else if err != nil {
		return fail("%w", err)
	}
	defer f.Close() //nolint:errcheck // the file is only read
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fail("%s: %w", summaryFile, err)
	}
	e := &earlier{dir: dir, numbers: make(map[numberKey]map[string]int64), fingerprints: make(map[string]string)}
	for _, l := range lines {
		if len(l) != 5 {
			return fail("%s is not the table of a release: it needs 5 columns", summaryFile)
		}
		table, list, group, measure, value := l[0], l[1], l[2], l[3], l[4]
		rule, isRule := strings.CutPrefix(value, "-disclosure ")
		n, err := strconv.ParseInt(value, 10, 64)
		switch {
		case table == "provenance" && group == fingerprintOf:
			e.fingerprints[list] = value
		case table == "provenance" && group == "option" && isRule:
			if rule == "none" {
				return fail("%s was made with -disclosure none, so it is not a release", summaryFile)
			}
			if e.profile, err = cohort.ParseProfile(rule); err != nil {
				return fail("%s: %w", summaryFile, err)
			}
		case measure != "" && (err == nil || strings.HasPrefix(value, "<")):
			if err != nil {
				n = hiddenThere
			}
			at := numberKey{table, group, measure}
			if e.numbers[at] == nil {
				e.numbers[at] = make(map[string]int64)
			}
			e.numbers[at][list] = n
		}
	}
	if e.profile == (cohort.Profile{}) {
		return fail("%s does not state the -disclosure rule that it was made with", summaryFile)
	}
	for at, lists := range e.numbers {
		for _, n := range lists {
			if n != hiddenThere && (n <= 0 || n%e.profile.Nearest != 0) {
				return fail("%s: a number of table %s is not a multiple of %d, so it is not a release under "+
					"%s", summaryFile,
					program.Plain(at.table), e.profile.Nearest, e.profile.Name)
			}
		}
	}
	return e, nil
}

// compare returns the numbers of this run that are near a number of the earlier release. It compares lists with the
// same name or the same codes, and each list that only this run has with each list that only the earlier release has.
func (g *gathering) compare(e *earlier) (all []near) {
	step := max(e.profile.Nearest, g.opts.profile.Nearest)
	least := max(e.profile.Least, g.opts.profile.Least)
	counterparts := g.counterparts(e)
	for _, t := range g.tables {
		for _, row := range t.Rows {
			list := g.listName(row)
			for i, number := range row.Numbers {
				if number.String() == cohort.NotThere {
					continue
				}
				n, ok := number.Value()
				if !ok {
					n = hiddenThere
				}
				at := numberKey{t.Name, row.Group, t.Measures[i]}
				for _, before := range counterparts[list] {
					then, ok := e.numbers[at][before.list]
					if ok && isNear(n, then, step, least) && (n != then || !before.isSame) {
						all = append(all, near{at, list, before.list, number.String(), e.text(then)})
					}
				}
			}
		}
	}
	return all
}

// isNear reports whether two numbers differ by at most step. A hidden number is near any number up to least+step, and
// two hidden numbers are not near each other.
func isNear(a, b, step, least int64) bool {
	switch low, high := min(a, b), max(a, b); {
	case high == hiddenThere:
		return false
	case low == hiddenThere:
		return high <= least+step
	default:
		return high-low <= step
	}
}

// text returns a number as the earlier release prints it.
func (e *earlier) text(n int64) string {
	if n == hiddenThere {
		return "<" + number(e.profile.Least)
	}
	return number(n)
}

// counterpart is a list of the earlier release, to be compared with a list of this run. If the two lists have the same
// codes, isSame is true, and equal numbers reveal nothing.
type counterpart struct {
	list   string
	isSame bool
}

// counterparts returns, for each list of this run, the lists of the earlier release to compare with that list.
func (g *gathering) counterparts(e *earlier) map[string][]counterpart {
	now, then := make(map[string]bool), make(map[string]bool) // names and fingerprints
	for _, l := range g.lists {
		now[l.Name()], now[l.Fingerprint()] = true, true
	}
	for name, fingerprint := range e.fingerprints {
		then[name], then[fingerprint] = true, true
	}
	all := map[string][]counterpart{"": {{"", true}}}
	for _, l := range g.lists {
		name, fingerprint := l.Name(), l.Fingerprint()
		for _, before := range slices.Sorted(maps.Keys(e.fingerprints)) {
			same := e.fingerprints[before] == fingerprint
			isNew, isGone := !then[name] && !then[fingerprint], !now[before] && !now[e.fingerprints[before]]
			if name == before || same || isNew && isGone {
				all[name] = append(all[name], counterpart{before, same})
			}
		}
	}
	return all
}
