package hesop

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"hesopmatch/internal/goroutines"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestReadAhead compares the text that a readAhead returns, in pieces of any size, with the text of the source.
func TestReadAhead(t *testing.T) {
	before := runtime.NumGoroutine()
	broken := errors.New("broken")
	for seed := range 200 {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		text := strings.Repeat("some text ", r.IntN(30_000))
		var source io.Reader = strings.NewReader(text)
		want := error(nil)
		if r.IntN(3) == 0 {
			source, want = io.MultiReader(source, iotest.ErrReader(broken)), broken
		}
		if r.IntN(2) == 0 {
			source = iotest.DataErrReader(source)
		}
		a := newReadAhead(source)
		if r.IntN(4) == 0 { // stop in the middle
			_, _ = io.CopyN(io.Discard, a, r.Int64N(200_000))
			a.stop()
			continue
		}
		first, rest := make([]byte, 100), []byte(nil)
		n, err := a.Read(first[:r.IntN(101)])
		if err == nil {
			rest, err = io.ReadAll(a)
		}
		require.Equal(t, want, ignoreEnd(err))
		require.Equal(t, text, string(first[:n])+string(rest))
		a.stop()
	}
	goroutines.RequireNoMore(t, before)
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// TestBlocksOfCompressedText compares reading in blocks with reading row by row, also for damaged texts.
func TestBlocksOfCompressedText(t *testing.T) {
	before := runtime.NumGoroutine()
	for seed := range 60 {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		compressed := zip(t, blockText(r, r.IntN(3000)))
		if r.IntN(3) == 0 {
			compressed = compressed[:len(compressed)-1-r.IntN(len(compressed)/4)]
		}
		read := func(workers int) (c account) {
			reader, err := NewReader(strings.NewReader(compressed), SkipBadRows(nil))
			if err != nil {
				c.Err = err.Error()
				return c
			}
			if workers == 0 {
				for a, failed := range reader.All() {
					if err = failed; err == nil {
						c.add(reader, a)
					}
				}
			} else {
				err = reader.blocks(t.Context(), workers, 1+r.IntN(50_000), func(*block) {}, func(b *block) error {
					for a := range b.All() {
						c.add(reader, a)
					}
					return nil
				})
			}
			c.finish(reader, err)
			return c
		}
		want := read(0)
		for workers := 1; workers < 4; workers++ {
			if diff := cmp.Diff(want, read(workers)); diff != "" {
				t.Fatalf("seed %d, %d workers (-one by one +blocks):\n%s", seed, workers, diff)
			}
		}
	}
	goroutines.RequireNoMore(t, before)
}

// TestBlocksOfCompressedTextEnd requires that nothing is left running, whatever ends the reading.
func TestBlocksOfCompressedTextEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	enough := errors.New("enough")
	compressed := zip(t, blockHeader+strings.Repeat("1,E119,,E119,9,-,-\n", 100_000))
	for round := range 20 {
		r, err := NewReader(strings.NewReader(compressed))
		require.NoError(t, err)
		ctx, cancel := context.WithCancelCause(t.Context())
		taken := 0
		err = r.blocks(ctx, 2, 10_000, func(*block) {}, func(*block) error {
			if taken++; taken < 5+round {
				return nil
			}
			if round%2 == 0 {
				cancel(enough)
				return nil
			}
			return enough
		})
		require.ErrorIs(t, err, enough)
		cancel(nil)
	}

	// A panic of the source reaches the caller of blocks.
	half := compressed[:len(compressed)/2]
	r, err := NewReader(io.MultiReader(strings.NewReader(half), panicking{}))
	require.NoError(t, err)
	require.PanicsWithValue(t, "of the source", func() {
		_ = r.blocks(t.Context(), 2, 10_000, func(*block) {}, func(*block) error { return nil })
	})
	goroutines.RequireNoMore(t, before)
}
