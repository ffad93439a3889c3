package hesop

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"hesopmatch/internal/goroutines"

	"github.com/stretchr/testify/require"
)

// readBlocks reads a text in blocks and returns the number of rows in the blocks that the function take received.
func readBlocks(t *testing.T, source io.Reader, size int, opts ...Option) (rows int, err error) {
	t.Helper()
	r, err := NewReader(source, opts...)
	require.NoError(t, err)
	err = r.blocks(t.Context(), 2, size, func(*block) {}, func(b *block) error {
		for range b.All() {
			rows++
		}
		return nil
	})
	return rows, err
}

// TestBlocksLargerThanTheLimit guards against an old fault: the buffer had room for only one row of maximum length,
// whatever preceded the row in the block, so reading never ended.
func TestBlocksLargerThanTheLimit(t *testing.T) {
	row := strings.Repeat("x", 100) + ",E119\n"
	open := "K,DIAG_4_01\n" + strings.Repeat(row, 6000) + "\"" + strings.Repeat(row, 40_000)
	rows, err := readBlocks(t, strings.NewReader(open), 1<<20)
	require.ErrorIs(t, err, ErrTooLong)
	require.ErrorContains(t, err, "line 6002")
	require.ErrorContains(t, err, "the quoted field that starts here does not end within it")
	require.Equal(t, 6000, rows)

	long := "K,DIAG_4_01\n" + strings.Repeat(strings.Repeat("x", 9_990)+",E119\n", 1200)
	rows, err = readBlocks(t, strings.NewReader(long), 4<<20)
	require.NoError(t, err)
	require.Equal(t, 1200, rows)

	rows, err = readBlocks(t, strings.NewReader(long), 1000, LineLimit(9_995))
	require.NoError(t, err, "rows as long as the limit")
	require.Equal(t, 1200, rows)
}

// TestBlocksFindAHeaderBehindBlankLines: after blank lines, the first row may be in any block.
func TestBlocksFindAHeaderBehindBlankLines(t *testing.T) {
	text := strings.Repeat("\n", 50) + "K,DIAG_4_01\na,E119\n"
	for _, size := range []int{1, 2, 20, 1000} {
		for _, source := range []io.Reader{strings.NewReader(text), io.MultiReader(strings.NewReader(text))} {
			rows, err := readBlocks(t, source, size, Names("K", "DIAG_4_01"))
			require.ErrorIs(t, err, ErrHeader)
			require.Zero(t, rows)
		}
	}
}

// TestLongRowsAreJudgedAlike: the error of a row beyond the limit must not depend on how much text has been read.
func TestLongRowsAreJudgedAlike(t *testing.T) {
	const header = "key,diag_4_01\n"
	step := 3
	if testing.Short() {
		step = 31
	}
	for _, text := range []string{
		"1,\"" + strings.Repeat("x", 200) + "\"\n2,\n",                                 // the quote closes
		"1,\"" + strings.Repeat("x", 200) + "\"y\n2,\n",                                // ... and text follows
		"1,\"" + strings.Repeat("x\n", 200),                                            // the quote does not close
		strings.Repeat("x", 97) + ",\"" + strings.Repeat("y", 100) + "\"\n",            // the quote opens close to the limit
		strings.Repeat("x", 99) + ",\"" + strings.Repeat("y", 100) + "\"\n",            // ... at the limit
		strings.Repeat("x", 101) + ",\"y\n",                                            // ... after the limit
		"\"" + strings.Repeat("x", 95) + "\"y,\n",                                      // text after a closing quote, within the limit
		"\"" + strings.Repeat("x", 99) + "\"y,\n",                                      // ... beyond the limit
		"\"" + strings.Repeat("x", 99) + "\"y",                                         // ... in a last row two bytes longer than the limit
		strings.Repeat("x", 99) + ",\r\n" + strings.Repeat("y", 99) + ",\n",            // rows as long as the limit
		strings.Repeat("x", 100) + ",\r\n" + strings.Repeat("y", 99) + ",\n",           // one row is a byte longer
		strings.Repeat(strings.Repeat("x", 99)+",\r\n", 40) + strings.Repeat("y", 120), // the last row is too long
	} {
		text = header + strings.Repeat("a,E119\n", 30) + text
		how := reading{opts: []Option{LineLimit(100)}}
		want := how.oneByOne(t, text)
		for size := 1; size < 700; size += step {
			for _, how.stream = range []bool{false, true} {
				require.Equal(t, want, how.inBlocks(t, text, 2, size), "%q in blocks of %d", text, size)
			}
		}
	}
}

func TestBlankLinesBeforeTheHeaderCount(t *testing.T) {
	r := open(t, "\n\nkey,diag_4_01\na,E119\n\n")
	require.Equal(t, []string{"a"}, texts(t, r, "key"))
	require.Equal(t, int64(3), r.Blank())
}

// TestBlocksOfAQueryThatStop: the query was read to its end before the function take failed.
func TestBlocksOfAQueryThatStop(t *testing.T) {
	full := errors.New("disk full")
	r, err := FromRows(openQuery(t.Context(), t, &table{columns: []string{"diag_4_01"}, rows: [][]driver.Value{{"E119"}, {"I10X"}, {"R69X"}}}))
	require.NoError(t, err)
	require.ErrorIs(t, r.blocks(t.Context(), 2, 1000, func(*block) {}, func(*block) error { return full }), full)
	for _, err := range r.All() {
		require.ErrorIs(t, err, errLeft)
	}
	require.ErrorIs(t, r.blocks(t.Context(), 2, 1000, nil, nil), errLeft)
}

// TestBlocksOfAQueryAreBounded: a row of NULLs has no bytes but takes memory.
func TestBlocksOfAQueryAreBounded(t *testing.T) {
	values := make([][]driver.Value, 2000)
	for i := range values {
		values[i] = []driver.Value{nil, nil}
	}
	r, err := FromRows(openQuery(t.Context(), t, &table{columns: []string{"diag_4_01", "opertn_4_01"}, rows: values}))
	require.NoError(t, err)
	blocks, n := 0, 0
	require.NoError(t, r.blocks(t.Context(), 2, 3000, func(b *block) {
		for range b.All() {
			n++
		}
	}, func(*block) error {
		blocks++
		return nil
	}))
	require.Equal(t, 2000, n)
	require.Greater(t, blocks, 10)
}

// upper is a file whose method Read returns the text in upper case.
type upper struct{ *os.File }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.File.Read(p)
	copy(p, bytes.ToUpper(p[:n]))
	return n, err
}

// TestBlocksReadByRead: a type that embeds a file may change what it reads, so its ReadAt must not be called.
func TestBlocksReadByRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	require.NoError(t, os.WriteFile(path, []byte("key,diag_4_01\n"+strings.Repeat("a,E119\n", 1000)), 0o600))
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	r, err := NewReader(upper{f})
	require.NoError(t, err)
	key, _ := r.Column("key")
	require.NoError(t, r.blocks(t.Context(), 2, 100, func(*block) {}, func(b *block) error {
		for a := range b.All() {
			require.Equal(t, "A", string(a.Text(key)))
		}
		return nil
	}))
}

// TestBlocksFromWithinAFile: a file is read from its current offset.
func TestBlocksFromWithinAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	text := "key,diag_4_01\n" + strings.Repeat("a,E119\n", 1000)
	require.NoError(t, os.WriteFile(path, []byte("# a title\n"+text), 0o600))
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	_, err = f.Seek(10, io.SeekStart)
	require.NoError(t, err)
	rows, err := readBlocks(t, f, 100)
	require.NoError(t, err)
	require.Equal(t, 1000, rows)
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("of the source") }

// TestBlocksWorkFails: a panic of the function work reaches the caller of the method blocks, as a panic of the function
// take does. If the function work ends its goroutine, the method blocks panics too.
func TestBlocksWorkFails(t *testing.T) {
	before := runtime.NumGoroutine()
	text := blockHeader + strings.Repeat("1,E119,,E119,9,-,-\n", 1000)
	for _, workers := range []int{1, 3} {
		r := open(t, text)
		taken := 0
		require.PanicsWithValue(t, "of the caller", func() {
			_ = r.blocks(t.Context(), workers, 100, func(b *block) {
				for a := range b.All() {
					if a.Offset() > 5000 {
						panic("of the caller")
					}
				}
			}, func(*block) error { taken++; return nil })
		})
		require.Greater(t, taken, 30, "earlier blocks are taken")

		// The function work may panic on rows that do not exist: it is then called again for those blocks.
		ghosts := blockHeader + strings.Repeat("\"a\nGHOST,E119,,E119,9,-,-\n\",E119,,E119,9,-,-\n", 300)
		for _, size := range []int{7, 20, 50, 1000} {
			r = open(t, ghosts)
			key, _ := r.Column("key")
			require.NoError(t, r.blocks(t.Context(), workers, size, func(b *block) {
				for a := range b.All() {
					if string(a.Text(key)) == "GHOST" {
						panic("of a row that does not exist")
					}
				}
			}, func(*block) error { return nil }))
		}

		broken, err := NewReader(io.MultiReader(strings.NewReader(text+strings.Repeat("1,E119,,E119,9,-,-\n", 10_000)), panicking{}))
		require.NoError(t, err)
		require.PanicsWithValue(t, "of the source", func() {
			_ = broken.blocks(t.Context(), workers, 100, func(*block) {}, func(*block) error { return nil })
		})

		r = open(t, text)
		require.Panics(t, func() {
			_ = r.blocks(t.Context(), workers, 100, func(*block) { runtime.Goexit() }, func(*block) error { return nil })
		})
	}
	goroutines.RequireNoMore(t, before)
}
