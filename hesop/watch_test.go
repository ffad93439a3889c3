package hesop

import (
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const changing = "key,diag_4_01\n"

func changingText() string { return changing + strings.Repeat("12345,E119\n", 3000) }

// readSome reads a text row by row or, with workers, in blocks. It calls the function change once, after some rows.
func readSome(t *testing.T, source io.Reader, workers int, change func()) (rows int, err error) {
	t.Helper()
	r, err := NewReader(source, FileName("x.csv"))
	require.NoError(t, err)
	changed := false
	if workers == 0 {
		for _, err := range r.All() {
			if err != nil {
				return rows, err
			}
			if rows++; rows == 100 {
				change()
			}
		}
		return rows, nil
	}
	err = r.blocks(t.Context(), workers, 1000, func(*block) {}, func(b *block) error {
		for range b.All() {
			rows++
		}
		if !changed {
			changed = true
			change()
		}
		return nil
	})
	return rows, err
}

// TestFileChanges requires an error if a file changes while it is read, with any number of workers.
func TestFileChanges(t *testing.T) {
	size := len(changingText())
	for _, tt := range []struct {
		reason string
		change func(t *testing.T, path string)
		says   string
	}{
		{
			"truncated to nothing", func(t *testing.T, path string) { t.Helper(); require.NoError(t, os.Truncate(path, 0)) },
			"at the start and has 0 now",
		},
		{"truncated at a line end", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.Truncate(path, int64(len(changing)+11*2000)))
		}, "at the start and has 22014 now"},
		{"truncated within a row", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.Truncate(path, int64(len(changing)+11*2000+3)))
		}, "at the start and has 22017 now"},
		{"longer", func(t *testing.T, path string) {
			t.Helper()
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			require.NoError(t, err)
			_, err = f.WriteString("12345,E119\n")
			require.NoError(t, err)
			require.NoError(t, f.Close())
		}, fmt.Sprintf("the file had %d bytes at the start and has %d now", size, size+11)},
		{"written over", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(changingText(), "E119", "E118")), 0o600))
			require.NoError(t, os.Chtimes(path, time.Time{}, time.Now().Add(time.Second)))
		}, "the file was written to"},
		{"replaced", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.WriteFile(path+"2", []byte(changingText()), 0o600))
			require.NoError(t, os.Rename(path+"2", path))
		}, "the file was replaced by another one"},
	} {
		for workers := range 4 {
			path := filepath.Join(t.TempDir(), "x.csv")
			require.NoError(t, os.WriteFile(path, []byte(changingText()), 0o600))
			f, err := os.Open(path)
			require.NoError(t, err)
			_, err = readSome(t, f, workers, func() { tt.change(t, path) })
			require.NoError(t, f.Close())
			require.ErrorIs(t, err, ErrChanged, "%s, %d workers", tt.reason, workers)
			require.ErrorContains(t, err, tt.says, tt.reason)
			require.ErrorContains(t, err, "x.csv: line ", "the error has a location")
			require.NotContains(t, err.Error(), "12345")
		}
	}
}

func TestFileStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	require.NoError(t, os.WriteFile(path, []byte(changingText()), 0o600))
	for workers := range 4 {
		for _, start := range []int64{0, int64(len(changing))} {
			f, err := os.Open(path)
			require.NoError(t, err)
			_, err = f.Seek(start, io.SeekStart)
			require.NoError(t, err)
			var source io.Reader = f
			if start > 0 {
				source = io.NewSectionReader(f, 0, math.MaxInt64)
			}
			rows, err := readSome(t, source, workers, func() {})
			require.NoError(t, err, "%d workers from %d", workers, start)
			require.Equal(t, 3000, rows)
			require.NoError(t, f.Close())
		}
		section := io.NewSectionReader(strings.NewReader("before"+changingText()+"behind"), int64(len("before")), int64(len(changingText())))
		rows, err := readSome(t, section, workers, func() {})
		require.NoError(t, err)
		require.Equal(t, 3000, rows)
	}
}

// shrinking is a text that is truncated after some reads.
type shrinking struct {
	text  string
	size  int64
	reads atomic.Int32
}

func (s *shrinking) ReadAt(p []byte, offset int64) (int, error) {
	text := s.text
	if s.reads.Add(-1) < 0 {
		text = text[:s.size]
	}
	if offset >= int64(len(text)) {
		return 0, io.EOF
	}
	n := copy(p, text[offset:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// TestReaderAtShrinks truncates a text at a line end, after any number of reads.
func TestReaderAtShrinks(t *testing.T) {
	text := changingText()
	cut := int64(len(changing) + 11*1616)
	for _, size := range []int64{int64(len(text)), math.MaxInt64} {
		for workers := 1; workers <= 3; workers++ {
			for reads := int32(3); reads < 25; reads++ {
				s := &shrinking{text: text, size: cut}
				s.reads.Store(math.MaxInt32)
				source := io.NewSectionReader(s, 0, size)
				r, err := NewReader(source, FileName("x.csv"))
				require.NoError(t, err)
				s.reads.Store(reads)
				rows := 0
				err = r.blocks(t.Context(), workers, 1000, func(*block) {}, func(b *block) error {
					for range b.All() {
						rows++
					}
					return nil
				})
				if size == math.MaxInt64 && err == nil { // nothing beyond the cut was read, so the cut is the end
					require.Equal(t, 1616, rows)
					continue
				}
				require.ErrorIs(t, err, ErrChanged, "%d reads, %d workers", reads, workers)
				require.ErrorContains(t, err, "x.csv: line ")
			}
		}
	}
}

func TestGzipFileChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv.gz")
	f, err := os.Create(path)
	require.NoError(t, err)
	z := gzip.NewWriter(f)
	_, err = io.WriteString(z, changingText())
	require.NoError(t, err)
	require.NoError(t, z.Close())
	for workers := range 3 {
		_, err = f.Seek(0, io.SeekStart)
		require.NoError(t, err)
		rows, err := readSome(t, f, workers, func() {})
		require.NoError(t, err)
		require.Equal(t, 3000, rows)
		_, err = f.Seek(0, io.SeekStart)
		require.NoError(t, err)
		_, err = readSome(t, f, workers, func() {
			_, err := f.Seek(0, io.SeekEnd)
			require.NoError(t, err)
			_, err = f.WriteString("x")
			require.NoError(t, err)
		})
		require.ErrorIs(t, err, ErrChanged)
		info, err := f.Stat()
		require.NoError(t, err)
		require.NoError(t, f.Truncate(info.Size()-1))
	}
	require.NoError(t, f.Close())
}

// TestReadersAtFault requires that a faulty io.Reader makes reading neither hang nor panic.
func TestReadersAtFault(t *testing.T) {
	for _, tt := range []struct {
		reason string
		read   func(p []byte) (int, error)
		says   string
	}{
		{"never any bytes", func([]byte) (int, error) { return 0, nil }, io.ErrNoProgress.Error()},
		{"a negative count", func([]byte) (int, error) { return -1, nil }, "the reader is at fault: it says that it read -1 bytes"},
		{"more bytes than the buffer holds", func(p []byte) (int, error) { return len(p) + 1, nil }, "the reader is at fault"},
	} {
		for _, text := range []string{"", "k", changing, changingText()} {
			var r *Reader
			var err error
			for workers := 0; err == nil && workers < 2; workers++ {
				if r, err = NewReader(io.MultiReader(strings.NewReader(text), readFunc(tt.read))); err != nil {
					break
				}
				if workers > 0 {
					err = r.blocks(t.Context(), workers, 1000, func(*block) {}, func(*block) error { return nil })
				} else {
					for _, err = range r.All() {
					}
				}
				require.ErrorContains(t, err, tt.says, "%s, %d workers", tt.reason, workers)
				err = nil
			}
			if err != nil {
				require.ErrorContains(t, err, tt.says, tt.reason)
			}
		}
	}
	at := &faultyAt{strings.NewReader(changingText())}
	r, err := NewReader(io.NewSectionReader(at.Reader, 0, math.MaxInt64))
	require.NoError(t, err)
	r.at = func() io.ReaderAt { return at }
	require.ErrorContains(t, r.blocks(t.Context(), 2, 1000, func(*block) {}, func(*block) error { return nil }), "the reader is at fault")
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// faultyAt reports more bytes than the buffer holds.
type faultyAt struct{ *strings.Reader }

func (f *faultyAt) ReadAt(p []byte, _ int64) (int, error) { return len(p) + 1, nil }
