package explain

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	flagging "hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// study holds random lists and appointments, written to files, and the arguments for reading them.
type study struct {
	columns []string
	rows    [][]string
	args    []string // without the input
	input   string
}

func newStudy(t *testing.T, seed uint64) study {
	t.Helper()
	const lists, rows = 4, 12
	r, dir := oracle.NewRandom(seed), t.TempDir()
	table := r.Table()
	for !table.Reads() {
		table = r.Table()
	}
	s := study{columns: table.Columns, input: filepath.Join(dir, "input.txt")}
	for n := 0; n < lists; {
		cells := r.Cells()
		l, _ := oracle.NewList(cells, oracle.Settings{Policy: "auto"})
		if !slices.ContainsFunc(l.Entries(), func(e oracle.Entry) bool { return !e.Exclude }) {
			continue
		}
		path := filepath.Join(dir, fmt.Sprintf("l%d.csv", n))
		require.NoError(t, os.WriteFile(path, []byte(oracle.File(cells)), 0o600))
		s.args = append(s.args, "-codelist", path)
		n++
	}
	s.args = append(s.args, "-lenient", "-exclude-column", "exclude", "-delimiter", "|", "-fields", table.Fields)
	width := "6"
	if table.CutRaw {
		width = "4"
	}
	if s.args = append(s.args, "-raw-width", width); table.Primary {
		s.args = append(s.args, "-primary")
	}
	var text strings.Builder
	text.WriteString(strings.Join(s.columns, "|") + "\n")
	for range rows {
		row := r.Row(table)
		s.rows = append(s.rows, row)
		text.WriteString(strings.Join(row, "|") + "\n")
	}
	require.NoError(t, os.WriteFile(s.input, []byte(text.String()), 0o600))
	return s
}

// flagged returns the output and the summary of the command flag for a study.
func (s study) flagged(t *testing.T, more ...string) (records [][]string, summary string) {
	t.Helper()
	got := programtest.Run(t, "flag", flagging.Run, "", slices.Concat(s.args, more, []string{s.input})...)
	require.Equal(t, 0, got.Status, got.Stderr)
	records, err := csv.NewReader(strings.NewReader(got.Stdout)).ReadAll()
	require.NoError(t, err)
	return records[1:], got.Stderr
}

// explained holds what explain writes for one row: the row's fields and, for each list, the answer and the items.
type explained struct {
	fields string // without line ends
	lists  []listed
}

type listed struct {
	name, status string
	items        []string // without line ends
}

var (
	listLine   = regexp.MustCompile(`^(l[0-9]): (match|no match|unknown) \(`)
	matchedBy  = regexp.MustCompile(`^matched +\S+ in (\S+?)(?: at ([0-9]+))?: entry .*\(line ([0-9]+)`)
	countedOf  = regexp.MustCompile(`(?m)^(?:codes in one of .*only|unrecognised values): ([0-9]+)`)
	spaceAgain = regexp.MustCompile(`\s+`)
)

// explain runs explain for all rows of a study.
func (s study) explain(t *testing.T) (all []explained) {
	t.Helper()
	var numbers []string
	for i := range s.rows {
		numbers = append(numbers, strconv.Itoa(i+1))
	}
	got := programtest.Run(t, "explain", Run, "", slices.Concat(s.args, []string{"-row", strings.Join(numbers, ","), s.input})...)
	require.Equal(t, 0, got.Status, got.Stderr)
	for i, section := range strings.Split(got.Stdout, "\n\n\n") {
		require.True(t, strings.HasPrefix(section, fmt.Sprintf("Row %d (", i+1)), section)
		parts := strings.Split(strings.TrimSuffix(section, "\n"), "\n\n")
		e := explained{fields: spaceAgain.ReplaceAllString(parts[0][strings.Index(parts[0], "==\n")+2:], " ")}
		for _, part := range parts[1:] {
			lines := strings.Split(part, "\n")
			m := listLine.FindStringSubmatch(part)
			require.NotNil(t, m, part)
			l := listed{name: m[1], status: m[2]}
			for _, line := range lines[1:] {
				if !strings.HasPrefix(line, "  ") { // continues a long path
					continue
				}
				if n := len(l.items); strings.HasPrefix(line, "    ") && n > 0 {
					l.items[n-1] += " " + strings.TrimSpace(line)
					continue
				}
				l.items = append(l.items, strings.TrimSpace(line))
			}
			e.lists = append(e.lists, l)
		}
		all = append(all, e)
	}
	require.Len(t, all, len(s.rows))
	return all
}

// TestSameAsFlag checks that explain and flag agree on random lists and appointments. They must give the same answers
// and hits, and the same numbers of undecided, disagreeing and unrecognised values. It also checks that explain
// mentions every code field.
func TestSameAsFlag(t *testing.T) {
	for seed := range uint64(60) {
		s := newStudy(t, seed)
		wide, summary := s.flagged(t, "-rows", "all")
		hits, _ := s.flagged(t, "-format", "hits")
		all := s.explain(t)

		var wantHits, gotHits []string
		for _, h := range hits {
			field := h[4]
			if strings.HasSuffix(field, "concat") {
				field += " " + h[3]
			}
			wantHits = append(wantHits, fmt.Sprintf("%s %s %s line %s", h[0], h[1], field, h[8]))
		}
		undecided, disagree, unrecognised := make(map[string]int), 0, 0
		for i, e := range all {
			status := map[string]string{"1": "match", "0": "no match", "": "unknown"}
			for j, l := range e.lists {
				require.Equal(t, status[wide[i][len(s.columns)+j]], l.status, "seed %d, row %d, %s", seed, i+1, l.name)
				require.NotEmpty(t, l.items, "seed %d, row %d, %s: no reason", seed, i+1, l.name)
				if slices.ContainsFunc(l.items, func(item string) bool { return strings.HasPrefix(item, "undecided") }) {
					undecided[l.name]++
				}
				for _, item := range l.items {
					if m := matchedBy.FindStringSubmatch(item); m != nil {
						gotHits = append(gotHits, strings.ReplaceAll(fmt.Sprintf("%d %s %s %s line %s", i+1, l.name, m[1], m[2], m[3]), "  ", " "))
					} else {
						require.False(t, strings.HasPrefix(item, "matched"), item)
					}
				}
			}
			disagree += strings.Count(e.fields, "(a disagreement)")
			unrecognised += strings.Count(e.fields, "not recognised as")
			s.requireFields(t, e.fields, s.rows[i])
		}
		require.Equal(t, wantHits, gotHits, "seed %d", seed)
		counts := countedOf.FindAllStringSubmatch(summary, -1)
		require.Equal(t, strconv.Itoa(disagree), counts[0][1], "seed %d", seed)
		require.Equal(t, strconv.Itoa(unrecognised), counts[1][1], "seed %d", seed)
		for _, l := range all[0].lists {
			require.Regexp(t, fmt.Sprintf(`(?m) %d  +%s$`, undecided[l.name], l.name), summary, "seed %d", seed)
		}
	}
}

// requireFields requires a text to name each code field of a row, with its value, unless the field is empty.
func (s study) requireFields(t *testing.T, text string, row []string) {
	t.Helper()
	var names []string // of code columns
	for _, name := range s.columns {
		if name != "apptdate" {
			names = append(names, name)
		}
	}
	named := make(map[string]bool)
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,:;", r) })
	for i, word := range words {
		named[word] = true
		if word == "to" && slices.Contains(names, words[i-1]) { // all columns between these two
			for _, name := range names[slices.Index(names, words[i-1]):slices.Index(names, words[i+1])] {
				named[name] = true
			}
		}
	}
	squash := func(text string) string { return strings.Join(strings.Fields(text), "") }
	empty := 0
	for i, field := range row {
		name := s.columns[i]
		if field == "" {
			empty++
		}
		if name == "apptdate" || field == "" {
			continue
		}
		require.True(t, named[name], "%s of %q: %s", name, row, text)
		for slot := range strings.SplitSeq(field, ",") {
			if trim(slot) != "" {
				require.Contains(t, squash(text), squash(strings.Trim(shown(slot), `"`)), "%s of %q", name, row)
			}
		}
	}
	if empty > 0 {
		require.Regexp(t, fmt.Sprintf(`empty %d code field`, empty), text)
	}
}
