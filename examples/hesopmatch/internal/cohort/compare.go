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

// place is where a number stands in a release, but for its list.
type place struct{ table, group, measure string }

// earlier is what an earlier release says.
type earlier struct {
	dir          string
	profile      cohort.Profile
	numbers      map[place]map[string]int64 // by list, "" for all appointments
	fingerprints map[string]string          // by list
}

// near is two numbers as they print, of which what one says of the other may be few people.
type near struct {
	place
	list, before string
	now, then    string
}

// hiddenThere stands for a number that a release hides. It is less than any other.
const hiddenThere = -1

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
			if rule == "none" {
				return fail("%s was made by -disclosure none, so it is no release", summaryFile)
			}
			if e.profile, err = cohort.ParseProfile(rule); err != nil {
				return fail("%s: %w", summaryFile, err)
			}
		case measure != "" && (err == nil || strings.HasPrefix(value, "<")):
			if err != nil {
				n = hiddenThere
			}
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
	for at, lists := range e.numbers {
		for _, n := range lists {
			if n != hiddenThere && (n <= 0 || n%e.profile.Nearest != 0) {
				return fail("%s: a number of table %s is no multiple of %d, so it is no release by %s", summaryFile,
					program.Plain(at.table), e.profile.Nearest, e.profile.Name)
			}
		}
	}
	return e, nil
}

// compare finds the numbers of this run that are near one of the earlier release: of the same list,
// by name or codes, or of lists that only one of the two has.
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
				at := place{t.Name, row.Group, t.Measures[i]}
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

// isNear reports whether two numbers differ by a step at most, or one is hidden and the other one is hardly more
// than what is hidden.
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

// text is a number as the earlier release prints it.
func (e *earlier) text(n int64) string {
	if n == hiddenThere {
		return "<" + number(e.profile.Least)
	}
	return number(n)
}

// counterpart is a list of the earlier release. If it has the same codes, equal numbers tell nothing.
type counterpart struct {
	list   string
	isSame bool
}

// counterparts returns the lists of the earlier release that each list is compared with.
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
