package quality

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// inBlocks returns the report on a text that is counted in blocks of size() rows. Three Counters take turns. Each
// counts a block, is merged in order, and is Reset, as in a scan with several workers.
func inBlocks(t testing.TB, text string, limit int, size func() int, opts ...hesop.Option) string {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(text), opts...)
	require.NoError(t, err)
	begin := func() *Counter {
		c := &Counter{KeyLimit: limit}
		require.NoError(t, c.Begin(r))
		return c
	}
	all, parts := begin(), []*Counter{begin(), begin(), begin()}
	n, left := 0, size()
	for a, err := range r.All() {
		require.NoError(t, err)
		for left == 0 {
			all.Merge(parts[n%len(parts)])
			n++
			parts[n%len(parts)].Reset()
			left = size()
		}
		if left%3 == 0 {
			a = a.Clone() // the codes of a clone are not contiguous bytes
		}
		parts[n%len(parts)].Add(a)
		left--
	}
	all.Merge(parts[n%len(parts)])
	return report(t, all)
}

func report(t testing.TB, c *Counter) string {
	t.Helper()
	text, err := json.Marshal(c.Report())
	require.NoError(t, err)
	return string(text)
}

// TestBlocks: merging Counters of consecutive blocks gives, byte for byte, the report of one Counter for all rows.
func TestBlocks(t *testing.T) {
	seeds := uint64(500)
	if testing.Short() {
		seeds = 150
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 18))
		table, rows := study(seed)
		for range random.IntN(200) { // repeat rows, as real data does
			rows = append(rows, rows[random.IntN(len(rows))])
		}
		text := csvText(table.Columns, rows)
		fields := map[string]hesop.Fields{"all": hesop.AllFields, "positional": hesop.PositionalFields, "concat": hesop.ConcatenatedFields}[table.Fields]
		var one Counter
		count(t, &one, text, hesop.ReadFields(fields))
		want := report(t, &one)
		longest := 1 + random.IntN(1+len(rows))
		got := inBlocks(t, text, 0, func() int { return random.IntN(longest + 1) }, hesop.ReadFields(fields))
		require.Equal(t, want, got, "seed %d", seed)
		one.Reset()
		count(t, &one, text, hesop.ReadFields(fields))
		require.Equal(t, want, report(t, &one), "seed %d, counted again", seed)
	}
}

// TestBlocksOfManyValues: beyond KeyLimit, keys are sampled; beyond the limit of Values, unrecognised values are only
// counted. A single block may or may not exceed either limit.
func TestBlocksOfManyValues(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 18))
	var b strings.Builder
	b.WriteString("attendkey,diag_4_01,diag_4_concat\n")
	for range 40_000 {
		fmt.Fprintf(&b, "%d,%04X,\"%05X,%d\"\n", random.IntN(9000), random.IntN(0x4000), random.IntN(0x7000), random.IntN(3e7))
	}
	one := Counter{KeyLimit: 1024}
	count(t, &one, b.String())
	want := report(t, &one)
	require.Contains(t, want, `"estimated":true`)
	for _, size := range []int{100, 3000, 20_000, 100_000} {
		require.Equal(t, want, inBlocks(t, b.String(), 1024, func() int { return 1 + random.IntN(size) }), "blocks up to %d rows", size)
	}
}

// TestReset: Reset keeps the columns and clears the counts.
func TestReset(t *testing.T) {
	const text = "attendkey,apptdate,fyear,tretspef,diag_3_01,diag_4_01,diag_4_concat\n"
	var empty, c Counter
	count(t, &empty, text)
	count(t, &c, text+"1,2019-06-03,1920,330,E12,E119,\"E119,AU00\"\n")
	require.NotEqual(t, empty.Report(), c.Report())
	c.Reset()
	require.Equal(t, empty.Report(), c.Report())
	require.Equal(t, "quality.Counter of 0 rows", c.String())
	new(Counter).Reset()
}

// TestBlocksDoNotAllocate: a Counter that was filled once can be Reset, filled again and merged without allocating.
func TestBlocksDoNotAllocate(t *testing.T) {
	const row = "1,2019-06-03,1920,330,E11,E119,\"E119,AU00\",K40,K401\n"
	r := read(t, "attendkey,apptdate,fyear,tretspef,diag_3_01,diag_4_01,diag_4_concat,opertn_3_01,opertn_4_01\n"+
		strings.Repeat(row, 3000))
	var all, c Counter
	require.NoError(t, c.Begin(r))
	block := func() {
		c.Reset()
		for a, err := range r.All() {
			if err != nil {
				panic(err)
			}
			if c.Add(a); a.Row()%100 == 0 {
				all.Merge(&c)
				return
			}
		}
		panic("no rows left")
	}
	block()
	all.keys.settle()
	require.Zero(t, testing.AllocsPerRun(20, block), "allocations for a block of 100 rows")
	require.Equal(t, int64(22*100), all.Report().Rows)
}
