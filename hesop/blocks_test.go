package hesop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"hesopmatch/internal/goroutines"
	"hesopmatch/internal/seam"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// account records everything that a reader returns for a text.
type account struct {
	Rows                   []string
	Skips                  []string
	Err                    string
	Number, Skipped, Blank int64
}

// add records an appointment with its location, all its fields and its codes.
func (c *account) add(r *Reader, a *Appointment) {
	var b strings.Builder
	fmt.Fprintf(&b, "row %d, line %d, offset %d:", a.Row(), a.Line(), a.Offset())
	for column := range r.Columns() {
		fmt.Fprintf(&b, " %q", a.Text(column))
	}
	codes := a.Codes()
	fmt.Fprintf(&b, " disagreements %d, unrecognised %d, coded %v:", codes.Disagreements(), codes.Unrecognised(), codes.has)
	for _, s := range codes.Slots() {
		fmt.Fprintf(&b, " %s:%d:%q:%v", a.Codes().Column(s).Name(), s.Position, a.Codes().Text(s), s.Value)
	}
	c.Rows = append(c.Rows, b.String())
}

func (c *account) finish(r *Reader, err error) {
	if err != nil {
		c.Err = err.Error()
	}
	c.Number, c.Skipped, c.Blank = r.Rows(), r.Skipped(), r.Blank()
}

// reading is a way to read a text.
type reading struct {
	opts   []Option
	ahead  int // number of rows read before the method blocks is called
	stream bool
}

func (how reading) reader(t testing.TB, text string, c *account) *Reader {
	t.Helper()
	var source io.Reader = strings.NewReader(text)
	if how.stream {
		source = iotest.HalfReader(source)
	}
	opts := append([]Option{SkipBadRows(func(err error) { c.Skips = append(c.Skips, err.Error()) })}, how.opts...)
	r, err := NewReader(source, opts...)
	require.NoError(t, err)
	require.Equal(t, !how.stream, r.at != nil)
	return r
}

// oneByOne reads a text with All.
func (how reading) oneByOne(t testing.TB, text string) (c account) {
	t.Helper()
	r := how.reader(t, text, &c)
	var failed error
	for a, err := range r.All() {
		if err != nil {
			failed = err
			break
		}
		c.add(r, a)
	}
	c.finish(r, failed)
	return c
}

// inBlocks reads a text with the method blocks.
func (how reading) inBlocks(t testing.TB, text string, workers, size int) (c account) {
	t.Helper()
	r := how.reader(t, text, &c)
	if how.ahead > 0 {
		n := 0
		for a, err := range r.All() {
			if err == nil {
				c.add(r, a)
			}
			if n++; n == how.ahead {
				break
			}
		}
	}
	err := r.blocks(t.Context(), workers, size, func(b *block) {
		n := 0
		for a := range b.All() {
			_ = a.Codes() // use the cached spans in several blocks at once
			if n++; n%3 != 0 {
				b.Keep()
			}
		}
	}, func(b *block) error {
		// First the rows that were kept, then all rows.
		var kept, all account
		for a := range b.Kept() {
			kept.add(r, a)
		}
		for a := range b.All() {
			all.add(r, a)
			c.add(r, a)
		}
		for i, row := range all.Rows {
			if i%3 == 2 {
				continue
			}
			require.Equal(t, row, kept.Rows[0])
			kept.Rows = kept.Rows[1:]
		}
		require.Empty(t, kept.Rows)
		return nil
	})
	c.finish(r, err)
	return c
}

const blockHeader = "key,diag_4_01,diag_4_02,diag_4_concat,attendkey,opertn_4_01,opertn_4_concat\n"

// blockTexts are texts that are hard to divide into blocks.
var blockTexts = []string{
	"",
	"1,E119,,E119,9,-,-\n2,R69X,,R69X,9,K401,K401\n",
	"1,E119,,E119,9,-,-\r\n\r\n\n2,R69X,,R69X,9,K401,K401\r\n",
	"1,E119,I10X,\"E119,I10X\",9,-,-\n2,R69X,,R69X,9,K401,K401",
	"\"1\n2\n3\n\n\n\",E119,,E119,9,-,-\n2,R69X,,R69X,9,K401,K401\n",                                   // line ends within quotes
	"\"1\nx,E119,,E119,8,-,-\ny,E119,,E119,8,-,-\n\",E119,,E119,9,-,-\n2,R69X,,R69X,9,K401,K401\n",     // ... that look like rows
	"\"1\"\"\n\"\"x,E119,,E119,8,-,-\n\"\"\",E119,,E119,9,-,-\n2,\"R69X\",,\"R69X\",9,K401,\"K401\"\n", // ... and doubled quotes
	"1\"a,E119,,E119,9,-,-\n2,R69X\",,\"R69X\",9,K401,K401\n",                                          // bare quotes
	"1,E119\n2,R69X,,R69X,9,K401,K401\nx\n,,,,,,,,\n,,,,,,,,x\n3,,,,,,\n",                              // rows of other widths
	"1,E119,,E119,9,-,-\n2,\"R69X,,R69X,9,K401,K401\n3,,,,,,\n",                                        // a quote that does not close
	"1,E119,,E119,9,-,-\n2,\"R69X\"x,,R69X,9,K401,K401\n3,,,,,,\n",                                     // text after a closing quote
	"1,E119,,E119,9,-,-\n2" + strings.Repeat("2", 300) + ",R69X,,R69X,9,K401,K401\n3,,,,,,\n",          // a row longer than the limit
	"1,E119,,E119,9,-,-\n2,M051,E119,\"E119,M051\",9,K401,\"K401,K501\"\n2,\"M0\"\"\",\"E,9\",\"M0\"\"\",9,\"&\",-\n",
}

func TestBlocks(t *testing.T) {
	workers := []int{1, 2, 8}
	if testing.Short() {
		workers = workers[1:2]
	}
	for _, text := range blockTexts {
		text = blockHeader + text
		for _, opts := range [][]Option{nil, {LineLimit(200)}} {
			for _, stream := range []bool{false, true} {
				how := reading{opts: opts, stream: stream}
				want := how.oneByOne(t, text)
				for _, workers := range workers {
					for _, size := range []int{1, 2, 7, 20, 64, 300, 1 << 20} {
						for how.ahead = range 3 {
							if diff := cmp.Diff(want, how.inBlocks(t, text, workers, size)); diff != "" {
								t.Fatalf("%q, %d workers, blocks of %d, %d rows ahead (-one by one +blocks):\n%s", text, workers, size, how.ahead, diff)
							}
						}
					}
				}
			}
		}
	}
}

// blockText makes a text of n rows, most of them ordinary.
func blockText(r *rand.Rand, n int) string {
	var b strings.Builder
	b.WriteString(blockHeader)
	diagnoses := []string{"R69X", "R69X", "R69X", "E119", "I10X", "", "AU00", "&", " E11.9", "\"M0\"\"\"", "M0510", "R69ZZ"}
	for range n {
		key := []string{"1", "22", "", "\"a\nb\"", "\"\n\n\n\"", "\"x,E119,,E119,8,-,-\n\"", "x\"y", strings.Repeat("k", r.IntN(300))}[min(r.IntN(60), 7)]
		if r.IntN(8) > 0 {
			key = strconv.Itoa(r.IntN(1000))
		}
		one, two := diagnoses[r.IntN(len(diagnoses))], ""
		joined := one
		if r.IntN(4) == 0 {
			two = diagnoses[r.IntN(len(diagnoses))]
			joined = `"` + strings.ReplaceAll(one, `"`, "") + "," + strings.ReplaceAll(two, `"`, "") + `"`
		}
		if r.IntN(10) == 0 {
			joined = diagnoses[r.IntN(len(diagnoses))]
		}
		procedure := []string{"-", "&", "X997", "K401", "X998", ""}[r.IntN(6)]
		fmt.Fprintf(&b, "%s,%s,%s,%s,%d,%s,%s", key, one, two, joined, r.IntN(50), procedure, procedure)
		if r.IntN(30) == 0 {
			b.WriteString(",,")
		}
		if r.IntN(50) == 0 {
			b.WriteString(",x")
		}
		b.WriteString([]string{"\n", "\r\n"}[min(r.IntN(10), 1)])
		if r.IntN(30) == 0 {
			b.WriteString("\n")
		}
	}
	if r.IntN(20) == 0 {
		b.WriteString("1,\"")
	}
	return b.String()
}

func TestBlocksOfRandomText(t *testing.T) {
	rounds := 400
	if testing.Short() {
		rounds = 40
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		text := blockText(r, r.IntN(200))
		how := reading{stream: r.IntN(2) == 0, ahead: r.IntN(3)}
		if r.IntN(2) == 0 {
			how.opts = []Option{LineLimit(len(blockHeader) + r.IntN(250))}
		}
		workers, size := 1+r.IntN(4), 1+r.IntN(3000)
		if diff := cmp.Diff(how.oneByOne(t, text), how.inBlocks(t, text, workers, size)); diff != "" {
			t.Fatalf("seed %d, %d workers, blocks of %d, %+v (-one by one +blocks):\n%s", seed, workers, size, how, diff)
		}
	}
}

func FuzzBlocks(f *testing.F) {
	for _, text := range blockTexts {
		f.Add(text, uint16(20), uint8(1), uint8(0), false)
		f.Add(text, uint16(9), uint8(1), uint8(30), true)
	}
	f.Fuzz(func(t *testing.T, text string, size uint16, workers, limit uint8, stream bool) {
		how := reading{stream: stream}
		if limit > 0 {
			how.opts = []Option{LineLimit(len(blockHeader) + int(limit))}
		}
		text = blockHeader + text
		got := how.inBlocks(t, text, 1+int(workers)%4, 1+int(size))
		if diff := cmp.Diff(how.oneByOne(t, text), got); diff != "" {
			t.Fatalf("-one by one +blocks:\n%s", diff)
		}
	})
}

// TestCodesKnown compares codes from cached spans with those of a copy, which are parsed again.
func TestCodesKnown(t *testing.T) {
	for seed := range 200 {
		text := blockText(rand.New(rand.NewPCG(uint64(seed), 6)), 100)
		r := open(t, text, SkipBadRows(nil))
		for a, err := range r.All() {
			if err != nil {
				break // an open quote at the end
			}
			got, want := a.Codes(), a.Clone().Codes()
			require.Equal(t, append([]Slot{}, want.Slots()...), append([]Slot{}, got.Slots()...))
			require.Equal(t, want.counts, got.counts)
		}
	}
}

func TestBlocksStop(t *testing.T) {
	text := blockHeader + strings.Repeat("1,E119,,E119,9,-,-\n", 5000)
	before := runtime.NumGoroutine()
	enough := errors.New("enough")
	for _, stream := range []bool{false, true} {
		how := reading{stream: stream}
		var c account
		r := how.reader(t, text, &c)
		taken := 0
		err := r.blocks(t.Context(), 3, 100, func(*block) {}, func(*block) error {
			if taken++; taken == 10 {
				return enough
			}
			return nil
		})
		require.ErrorIs(t, err, enough)
		require.Equal(t, 10, taken)
		for _, err := range r.All() {
			require.ErrorContains(t, err, "stopped before the last row", "a reader that has read ahead cannot go on")
		}
		require.ErrorContains(t, r.blocks(t.Context(), 1, 1, nil, nil), "stopped before the last row")

		r = how.reader(t, text, &c)
		ctx, cancel := context.WithCancelCause(t.Context())
		taken = 0
		err = r.blocks(ctx, 3, 100, func(*block) {}, func(*block) error {
			if taken++; taken == 10 {
				cancel(enough)
			}
			return nil
		})
		require.ErrorIs(t, err, enough, "the cause of the cancelled context")
		require.Equal(t, 10, taken)
		require.ErrorIs(t, r.blocks(ctx, 1, 1, nil, nil), enough, "cancelled before it starts")

		r = how.reader(t, text, &c)
		require.Panics(t, func() {
			_ = r.blocks(t.Context(), 3, 100, func(*block) {}, func(*block) error { panic("of the caller") })
		})
	}
	goroutines.RequireNoMore(t, before)
}

func TestBlocksOfNothing(t *testing.T) {
	var c account
	r := reading{}.reader(t, blockHeader, &c)
	require.NoError(t, r.blocks(t.Context(), 2, 100, func(*block) {}, func(*block) error { return nil }))
	require.NoError(t, r.blocks(t.Context(), 2, 100, nil, nil), "nothing is left")
	for _, wrong := range [][2]int{{0, 1}, {seam.MaxWorkers + 1, 1}, {1, 0}, {1, seam.MaxBlock + 1}} {
		require.ErrorIs(t, r.blocks(t.Context(), wrong[0], wrong[1], nil, nil), ErrOption)
	}
}

// placed is a text that cannot be read at or beyond a certain offset.
type placed struct {
	*strings.Reader
	fails int64 // that offset
}

var errPlace = errors.New("broken disk")

func (p *placed) ReadAt(b []byte, offset int64) (int, error) {
	if left := p.fails - offset; left < int64(len(b)) {
		n, _ := p.Reader.ReadAt(b[:max(left, 0)], offset)
		return n, errPlace
	}
	return p.Reader.ReadAt(b, offset)
}

func TestBlocksOfAFileThatFails(t *testing.T) {
	const row = "1,E119,,E119,9,-,-\n"
	text := blockHeader + strings.Repeat(row, 100)
	for fails := int64(len(blockHeader)); fails < int64(len(text)); fails += 3 {
		for _, size := range []int{10, 100, 5000} {
			r, err := NewReader(io.NewSectionReader(&placed{strings.NewReader(text), fails}, 0, 1<<40), FileName("x.csv"))
			require.NoError(t, err)
			rows := 0
			err = r.blocks(t.Context(), 2, size, func(*block) {}, func(b *block) error {
				for range b.All() {
					rows++
				}
				return nil
			})
			require.ErrorIs(t, err, errPlace)
			require.Equal(t, int(fails-int64(len(blockHeader)))/len(row), rows, "the rows before the fault, and none that may be incomplete")
			require.ErrorContains(t, err, fmt.Sprintf("x.csv: row %d: broken disk", rows+1))
		}
	}
}

func TestBlocksReadAtOnce(t *testing.T) {
	text := blockHeader + strings.Repeat("1,E119,,E119,9,-,-\n", 1000)
	r := open(t, text)
	both := make(chan struct{})
	var working atomic.Int32
	require.NoError(t, r.blocks(t.Context(), 2, 100, func(*block) {
		if working.Add(1) == 2 {
			close(both)
		}
		<-both // closed only if two workers work at once
	}, func(*block) error { return nil }))
}
