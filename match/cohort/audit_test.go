package cohort_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hesopmatch/match/cohort"
)

var (
	auditSeed   = flag.Uint64("audit.seed", 1, "of the random search for what a release gives away")
	auditSearch = flag.Duration("audit.search", 0, "how long to search, instead of a number of releases")
)

func auditProfiles() []cohort.Profile {
	return []cohort.Profile{cohort.UKLLC(), cohort.Threshold(5), cohort.OpenSAFELY(), cohort.UKLLC()}
}

// audit is what a release of a case gives away, to a reader and to a thorough one.
func audit(t *testing.T, c *auditCase, p cohort.Profile, thorough bool) (a *auditReader, leaks []auditLeak) {
	t.Helper()
	done := make(chan *cohort.Release, 1)
	made := c.cohort(t)
	go func() {
		r, _ := made.Release(context.Background(), p) // nil fails below
		done <- r
	}()
	select {
	case r := <-done:
		require.NotNil(t, r)
		a = newAuditReader(c, r, thorough)
	case <-time.After(20 * time.Second):
		t.Fatalf("does not end: %s", c.show())
	}
	for _, w := range a.wrong {
		leaks = append(leaks, auditLeak{name: w})
	}
	leaks = append(leaks, a.leaks(&a.p)...)
	// How many matches make nobody a member is not told; where people are as many as
	// appointments, that there are none cannot be kept from a reader.
	return a, slices.DeleteFunc(leaks, func(l auditLeak) bool { return strings.HasPrefix(l.name, "of no ") })
}

// TestAudit looks for releases that give something away.
func TestAudit(t *testing.T) {
	r := rand.New(rand.NewPCG(*auditSeed, 0))
	until := time.Now().Add(*auditSearch)
	classes := make(map[string]int)
	n, bad, shown, hidden, givenUp := 0, 0, 0, 0, 0
	for ; *auditSearch > 0 && time.Now().Before(until) || *auditSearch == 0 && n < auditNumber(300, 60); n++ {
		p := auditProfiles()[n%4]
		c := drawCase(r, int(p.Least))
		a, leaks := audit(t, c, p, n%2 == 0)
		shown, hidden, givenUp = shown+a.shown, hidden+a.hidden, givenUp+a.p.GivenUp
		if len(leaks) == 0 {
			continue
		}
		bad++
		for _, class := range classesOf(leaks) {
			if classes[class]++; classes[class] > 1 {
				continue
			}
			small := c.shrink(t, p, n%2 == 0, class)
			a, leaks := audit(t, small, p, n%2 == 0)
			t.Errorf("%s: case %d, %s, thorough %t\n%s%v\n%s", class, n, p.Name, n%2 == 0, small.show(), leaks, a.tables())
		}
	}
	t.Logf("%d releases, %d of which leak, by class %v; of %d numbers %d are masked; %d questions given up", n, bad, classes, shown+hidden, hidden, givenUp)
}

func auditNumber(long, short int) int {
	if testing.Short() {
		return short
	}
	return long
}

// class is what kind of number a leak is of, and on which side.
func (l auditLeak) class() string {
	name := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return 'N'
		}
		return r
	}, l.name)
	name, rest, ok := strings.Cut(name, ", ")
	if ok && rest != "all" && rest != "-N " {
		name += " of a cell"
	}
	if l.high < float64(l.truth)+10 && l.high < 10 {
		return name + ", small"
	}
	return name + ", large"
}

// classesOf are the classes of leaks, each once.
func classesOf(leaks []auditLeak) (classes []string) {
	for _, l := range leaks {
		if class := l.class(); !slices.Contains(classes, class) {
			classes = append(classes, class)
		}
	}
	return classes
}

// show is a case for people.
func (c *auditCase) show() string {
	var b strings.Builder
	fmt.Fprintf(&b, "options: attended %t once %t counted %t from %t least %d related %+v\n", c.attended, c.once, c.counted, c.from, c.least, c.related)
	for i, l := range c.lists {
		fmt.Fprintf(&b, "list %d: %s\n", i, strings.Join(strings.Fields(l.text())[1:], " "))
	}
	for _, r := range c.rows {
		fmt.Fprintf(&b, "%d people from %d, key %d, day %d:", r.people, r.person, r.key, r.day)
		for d := range auditDimensions {
			if c.has(d) {
				b.WriteString(" " + auditTexts[d][r.category(d)][1] + ",")
			}
		}
		for _, v := range r.values {
			b.WriteString(" " + auditValues[v].text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// tables are those of a release as text.
func (a *auditReader) tables() string {
	var b strings.Builder
	for _, t := range a.release.Tables {
		fmt.Fprintln(&b, t.Name, t.Measures)
		for _, r := range t.Rows {
			fmt.Fprintln(&b, "  ", r.List, r.Group, r.Numbers)
		}
	}
	for _, n := range a.release.Notes {
		if strings.HasPrefix(n, "How many") {
			fmt.Fprintln(&b, n)
		}
	}
	return b.String()
}
