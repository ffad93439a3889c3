package cohort_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// partOf returns the part that a cohort writes.
func partOf(t testing.TB, c *cohort.Cohort) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := c.WriteTo(&b)
	require.NoError(t, err)
	require.EqualValues(t, b.Len(), n)
	return b.Bytes()
}

// halves returns the first and the second half of the hand-made rows.
func halves() (texts [2]string) {
	lines := strings.Split(handText(), "\n")
	return [2]string{strings.Join(lines[:11], "\n"), handHeader + "\n" + strings.Join(lines[11:], "\n")}
}

func handLists(t testing.TB) *match.Matcher {
	t.Helper()
	return compiled(t, "icd10\nE11\nE109\n", "coding_system,code\nICD-10,Z94\nOPCS-4,M01\n", "icd10\nM0510\nM06\n")
}

// TestPartOf: the parts of two processes merge into the result of one pass. Workers, block sizes, and the order and
// spelling of options may differ.
func TestPartOf(t *testing.T) {
	opts := []cohort.Option{cohort.Once("attendkey"), cohort.WithTotals(), cohort.With(0, 2), cohort.Without(1, 0)}
	whole := scan(t, handLists(t), []byte(handText()), opts...)
	parent, err := cohort.New(handLists(t), opts...)
	require.NoError(t, err)
	for i, text := range halves() {
		own := []cohort.Option{cohort.Workers(3), cohort.BlockSize(50)}
		if i > 0 { // the same options in another order and spelling
			own = []cohort.Option{
				cohort.Without(1, 0), cohort.With(0, 2), cohort.With(0, 2), cohort.WithTotals(), cohort.Once(" AttendKey"),
				cohort.DateColumn("APPTDATE"),
			}
		} else {
			own = append(own, opts...)
		}
		require.NoError(t, parent.ReadPart(bytes.NewReader(partOf(t, scan(t, handLists(t), []byte(text), own...)))))
	}
	require.Empty(t, cmp.Diff(slices.Collect(whole.Members()), slices.Collect(parent.Members())))
	require.Empty(t, cmp.Diff(whole.Totals(), parent.Totals()))
	p := cohort.Profile{Name: "2", Least: 2, Nearest: 2}
	require.Empty(t, cmp.Diff(tablesOf(t, whole, p), tablesOf(t, parent, p)))

	// An empty part adds nothing, however often it is read.
	nothing, err := cohort.New(handLists(t), opts...)
	require.NoError(t, err)
	for range 2 {
		require.NoError(t, parent.ReadPart(bytes.NewReader(partOf(t, nothing))))
	}
	require.Empty(t, cmp.Diff(whole.Totals(), parent.Totals()))
}

// TestReadPartRefuses: ReadPart refuses parts with other settings, and input that is not a part. Its error explains
// why, and the cohort stays unchanged.
func TestReadPartRefuses(t *testing.T) {
	texts := halves()
	base := []cohort.Option{cohort.Once("attendkey"), cohort.WithTotals()}
	made := func(m *match.Matcher, text string, opts ...cohort.Option) []byte {
		return partOf(t, scan(t, m, []byte(text), opts...))
	}
	with := func(more ...cohort.Option) []byte { return made(handLists(t), texts[1], append(more, base...)...) }
	good := with()
	changed := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	lists := []string{"icd10\nE11\nE109\n", "coding_system,code\nICD-10,Z94\nOPCS-4,M01\n", "icd10\nM0510\nM06\n"}
	for _, test := range []struct {
		reason string
		part   []byte
		want   string
	}{
		{"an empty file", nil, "not a part of a cohort"},
		{"something else", []byte(strings.Repeat("pseudo_hesid,apptdate\n", 9)), "not a part of a cohort"},
		{"a part of a later version", bytes.Replace(good, []byte("part 3"), []byte("part 4"), 1), "another version"},
		{"without its last byte", good[:len(good)-1], "damaged or incomplete"},
		{"the first half", good[:len(good)/2], "damaged or incomplete"},
		{"a changed byte in the middle", changed(len(good) * 3 / 4), "damaged or incomplete"},
		{"a changed last byte", changed(len(good) - 1), "damaged or incomplete"},
		{"followed by a second part", append(bytes.Clone(good), good...), "has something after its end"},
		{"lists of other codes", made(compiled(t, lists[0], lists[1], "icd10\nM06\n"), texts[1], base...), "other lists or options: it has \"lists "},
		{"the lists in another order", made(compiled(t, lists[1], lists[0], lists[2]), texts[1], base...), "\"lists "},
		{"lists that match only the first position", made(handLists(t).PrimaryOnly(), texts[1], base...), "\"lists "},
		{"the entries of a list in another order", made(compiled(t, "icd10\nE109\nE11\n", lists[1], lists[2]), texts[1], base...), "\"entries "},
		{"Once with another column", made(handLists(t), texts[1], cohort.Once("fyear"), cohort.WithTotals()), `Once(\"fyear\")`},
		{"with OrderBy", with(cohort.OrderBy("ApptDate")), `OrderBy(\"apptdate\")`},
		{"without Once", made(handLists(t), texts[1], cohort.WithTotals()), `Once(\"\")`},
		{"without totals", made(handLists(t), texts[1], cohort.Once("attendkey")), "WithTotals false"},
		{"with Attended", with(cohort.Attended()), "Attended true"},
		{"with From", with(cohort.From(day(2018, 1, 1))), "From 2018-01-01"},
		{"with To", with(cohort.To(day(2018, 1, 1))), "To 2018-01-01"},
		{"with AtLeast", with(cohort.AtLeast(2)), "AtLeast(2)"},
		{"other ages", with(cohort.AgeBands(18)), "AgeBands[18]"},
		{"another column of the date", with(cohort.DateColumn("fyear")), `DateColumn(\"fyear\")`},
		{"with a relation", with(cohort.WithoutBefore(0, 1)), "WithoutBefore(0, 1)"},
		{"another column of the person", with(cohort.PersonColumn("attendkey")), "column attendkey here, pseudo_hesid in earlier data"},
		{"another column of the person, found by name", made(handLists(t), strings.Replace(texts[1], "pseudo_hesid", "token_person_id", 1), base...), "token_person_id"},
		{"a part that the cohort already has", made(handLists(t), texts[0], base...), "already contains this part"},
		{"a part with data that the cohort already has, and other data", func() []byte {
			c := scan(t, handLists(t), []byte(texts[1]), base...)
			c.Merge(scanInto(t, c.Part(), texts[0]))
			return partOf(t, c)
		}(), "already contains this part"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			c := scan(t, handLists(t), []byte(texts[0]), base...)
			before := partOf(t, c)
			opts := base
			if test.reason == "another column of the person" {
				opts = append(opts, cohort.PersonColumn("pseudo_hesid"))
				c = scan(t, handLists(t), []byte(texts[0]), opts...)
			}
			for _, r := range []io.Reader{bytes.NewReader(test.part), iotest.OneByteReader(bytes.NewReader(test.part))} {
				err := c.ReadPart(r)
				require.ErrorIs(t, err, cohort.ErrPart)
				require.ErrorContains(t, err, test.want)
			}
			require.NoError(t, c.Err())
			require.Equal(t, before, partOf(t, c))
			require.NoError(t, c.ReadPart(bytes.NewReader(good)), "the cohort is still usable")
		})
	}
	c := scan(t, handLists(t), []byte(texts[0]), base...)
	gone := errors.New("the disk is gone")
	require.ErrorIs(t, c.ReadPart(io.MultiReader(bytes.NewReader(good[:99]), iotest.ErrReader(gone))), gone)
	require.ErrorIs(t, c.ReadPart(nil), cohort.ErrOption)
	for n := range good {
		require.ErrorIs(t, c.ReadPart(bytes.NewReader(good[:n])), cohort.ErrPart)
	}
}

// scanInto scans a text into a cohort and returns the cohort.
func scanInto(t testing.TB, c *cohort.Cohort, text string) *cohort.Cohort {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(text))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), r))
	return c
}

// TestPartAndScan: Scan and Merge refuse data that a part already contained, and a cohort whose Scan failed writes no
// part.
func TestPartAndScan(t *testing.T) {
	m, texts := handLists(t), halves()
	part := partOf(t, scan(t, m, []byte(texts[0])))
	read := func() *cohort.Cohort {
		c, err := cohort.New(m)
		require.NoError(t, err)
		require.NoError(t, c.ReadPart(bytes.NewReader(part)))
		return c
	}
	c := read()
	scanInto(t, c, texts[1])
	require.PanicsWithValue(t, "cohort: both cohorts of Merge contain an input that ReadPart read", func() {
		other := c.Part()
		require.NoError(t, other.ReadPart(bytes.NewReader(part)))
		c.Merge(other)
	})
	r, err := hesop.NewReader(strings.NewReader(texts[0]))
	require.NoError(t, err)
	require.ErrorContains(t, c.Scan(t.Context(), r), "already read these data in a part")
	require.ErrorIs(t, c.Err(), cohort.ErrPart)
	require.ErrorIs(t, c.Err(), cohort.ErrIncomplete)
	var b bytes.Buffer
	n, err := c.WriteTo(&b)
	require.ErrorIs(t, err, cohort.ErrIncomplete)
	require.Zero(t, n)
	require.Zero(t, b.Len())
	require.ErrorIs(t, c.ReadPart(bytes.NewReader(part)), cohort.ErrIncomplete)

	full := errors.New("the disk is full")
	_, err = read().WriteTo(failing{full})
	require.ErrorIs(t, err, full)
	_, err = read().WriteTo(failing{nil})
	require.ErrorIs(t, err, io.ErrShortWrite)
	require.Panics(t, func() { _, _ = new(cohort.Cohort).WriteTo(io.Discard) })
	require.Panics(t, func() { _ = new(cohort.Cohort).ReadPart(bytes.NewReader(part)) })
}

// failing is a Writer that writes nothing and returns err.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestInputsAreRecognised: the same bytes are the same input, however they are read.
func TestInputsAreRecognised(t *testing.T) {
	text, m := benchmarkData(t, 3000)
	require.Greater(t, len(text), 256<<10, "the data are longer than the text that is hashed in full")
	part := partOf(t, scan(t, m, text))
	name := filepath.Join(t.TempDir(), "data.txt")
	require.NoError(t, os.WriteFile(name, text, 0o600))
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	file, err := os.Open(name)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	lastRow := bytes.LastIndexByte(bytes.TrimRight(text, "\r\n"), '\n')
	for _, test := range []struct {
		reason string
		source io.Reader
		opts   []cohort.Option
		same   bool
	}{
		{"from memory, three workers", bytes.NewReader(text), []cohort.Option{cohort.Workers(3), cohort.BlockSize(10_000)}, true},
		{"from a stream", io.MultiReader(bytes.NewReader(text)), []cohort.Option{cohort.Workers(2), cohort.BlockSize(7777)}, true},
		{"from a file, in small blocks", file, []cohort.Option{cohort.Workers(4), cohort.BlockSize(1)}, true},
		{"compressed", &packed, nil, true},
		{"without the last row", bytes.NewReader(text[:lastRow+1]), nil, false},
	} {
		t.Run(test.reason, func(t *testing.T) {
			c, err := cohort.New(m, test.opts...)
			require.NoError(t, err)
			r, err := hesop.NewReader(test.source)
			require.NoError(t, err)
			require.NoError(t, c.Scan(t.Context(), r))
			err = c.ReadPart(bytes.NewReader(part))
			require.Equal(t, test.same, err != nil, err)
		})
	}
}

// resealed returns the data, followed by a correct checksum.
func resealed(data []byte) []byte {
	sum := sha256.Sum256(data)
	return append(bytes.Clone(data), sum[:]...)
}

// TestReadPartIsBounded: ReadPart takes memory in proportion to the bytes it reads, whatever they contain.
func TestReadPartIsBounded(t *testing.T) {
	c := scan(t, handLists(t), []byte(handText()), cohort.WithTotals())
	good := partOf(t, c)
	start, _, _ := strings.Cut(string(good), "{")
	for _, test := range []struct{ reason, body string }{
		{"groups that do not exist", `{"Counts":[{}` + strings.Repeat(",{}", 1<<18)},
		{"empty inputs", `{"Inputs":[{}` + strings.Repeat(",{}", 1<<18)},
		{"empty identifiers", `{"People":[""` + strings.Repeat(`,""`, 1<<18)},
		{"empty findings", `{"Findings":[""` + strings.Repeat(`,""`, 1<<18)},
	} {
		t.Run(test.reason, func(t *testing.T) {
			b := resealed([]byte(start + test.body + "]}"))
			before, after := new(runtime.MemStats), new(runtime.MemStats)
			runtime.ReadMemStats(before)
			require.ErrorIs(t, c.ReadPart(bytes.NewReader(b)), cohort.ErrPart)
			runtime.ReadMemStats(after)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100*len(b)))
		})
	}
}

// TestPartsAreTheSame: the bytes of a part depend on the data alone, not on the workers and blocks.
func TestPartsAreTheSame(t *testing.T) {
	text, m := benchmarkData(t, 5000)
	part := partOf(t, scan(t, m, text, cohort.WithTotals()))
	for _, block := range []int{5000, 20_000, 1 << 20} {
		own := []cohort.Option{cohort.WithTotals(), cohort.Workers(4), cohort.BlockSize(block)}
		require.Equal(t, part, partOf(t, scan(t, m, text, own...)), "blocks of %d bytes", block)
	}
}

// TestPartOfManyForms: a part contains all shapes of dates that a cohort counts.
func TestPartOfManyForms(t *testing.T) {
	text := strings.Builder{}
	text.WriteString("pseudo_hesid,apptdate,diag_4_01\n")
	for i := range 300 {
		text.WriteString("1,9" + strings.Repeat("-", i%17) + strings.Repeat("/", i/17) + "9,E11\n")
	}
	c := scan(t, handLists(t), []byte(text.String()))
	parent, err := cohort.New(handLists(t))
	require.NoError(t, err)
	require.NoError(t, parent.ReadPart(bytes.NewReader(partOf(t, c))))
	require.Empty(t, cmp.Diff(c.Totals(), parent.Totals()))
}

// question returns the options of TestDamagedParts and FuzzPart.
func question() []cohort.Option {
	return []cohort.Option{cohort.Once("attendkey"), cohort.WithTotals(), cohort.With(0, 2)}
}

// requireCounts reads data that may be a part. ReadPart must fail with ErrPart, or return a cohort that can be written,
// read again and counted.
func requireCounts(t testing.TB, m *match.Matcher, data []byte) (isPart bool) {
	t.Helper()
	c, err := cohort.New(m, question()...)
	require.NoError(t, err)
	if err := c.ReadPart(bytes.NewReader(data)); err != nil {
		require.ErrorIs(t, err, cohort.ErrPart)
		return false
	}
	written := partOf(t, c)
	again, err := cohort.New(m, question()...)
	require.NoError(t, err)
	require.NoError(t, again.ReadPart(bytes.NewReader(written)))
	require.Equal(t, written, partOf(t, again))
	for range c.Members() {
		continue
	}
	_ = c.Totals()
	_, err = c.Release(t.Context(), cohort.Profile{Name: "2", Least: 2, Nearest: 2})
	require.NoError(t, err)
	return true
}

// TestDamagedParts changes bytes after the settings and corrects the checksum, as an attacker could.
func TestDamagedParts(t *testing.T) {
	rounds := 2000
	if testing.Short() {
		rounds = 300
	}
	m := handLists(t)
	good := partOf(t, scan(t, m, []byte(handText()), question()...))
	good = good[:len(good)-sha256.Size]
	start := bytes.Index(good, []byte("pseudo_hesid"))
	r := rand.New(rand.NewPCG(1, 2))
	parts := 0
	for range rounds {
		b := bytes.Clone(good)
		at := func() int { return start + r.IntN(len(b)-start) }
		for range 1 + r.IntN(2) {
			switch i := at(); r.IntN(4) {
			case 0:
				b[i] = byte(r.IntN(256))
			case 1:
				b[i] += byte(r.IntN(3)) - 1
			case 2:
				b = slices.Delete(b, i, i+1)
			default:
				j := at()
				b[i], b[j] = b[j], b[i]
			}
		}
		if requireCounts(t, m, resealed(b)) {
			parts++
		}
	}
	require.Less(t, rounds/50, parts, "some changes leave a valid part")
	require.Less(t, parts, rounds/2, "most changes are detected")
}

// FuzzPart reads any bytes, including some with a correct checksum: see requireCounts.
func FuzzPart(f *testing.F) {
	m := handLists(f)
	for _, text := range []string{handText(), handHeader + "\n"} {
		good := partOf(f, scan(f, m, []byte(text), question()...))
		f.Add(good[:len(good)-sha256.Size])
		f.Add(good)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		requireCounts(t, m, data)
		requireCounts(t, m, resealed(data))
	})
}
