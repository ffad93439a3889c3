package program

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/hesop/parquet"
)

// isParquet reports whether a file begins like Parquet: with PAR1 or PARE, and then a byte that does not occur in text.
func isParquet(file *os.File) bool {
	var head [5]byte
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return false
	}
	start := string(head[:4])
	return (start == "PAR1" || start == "PARE") && head[4] < ' ' && !strings.ContainsRune("\t\r\n", rune(head[4]))
}

// IsParquet reports whether a path leads to a file that begins as Parquet does.
func IsParquet(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }() // it was only read
	return isParquet(file)
}

// openParquet opens a reader of the rows of a Parquet file. It writes all bytes of the file to sum, unless sum is nil;
// the reader itself may skip most of them. The callback has the meaning of Inputs.Needs.
func (in *Input) openParquet(
	p *Progress, sum io.Writer, needs func(*hesop.Reader) ([]string, bool), opts []hesop.Option,
) error {
	info, err := in.file.Stat()
	if err != nil {
		return err
	}
	source := &countingTable{File: in.file, progress: p}
	if in.table, err = parquet.New(source, info.Size(), Name(in.Path)); err != nil {
		return err
	}
	source.size, source.table = info.Size(), in.table
	if sum != nil {
		if _, err := io.Copy(sum, io.NewSectionReader(in.file, 0, info.Size())); err != nil {
			return err
		}
	}
	if in.Whole, err = in.table.Reader(opts...); err != nil {
		return err
	}
	in.Reader = in.Whole
	if needs == nil {
		return nil
	}
	if names, ok := needs(in.Whole); ok {
		in.Reader, err = in.table.Reader(append(opts, hesop.OtherColumns(names...))...)
	}
	return err
}

// countingTable counts progress in bytes of the whole file, scaled up from the bytes that are read in the chosen
// columns.
type countingTable struct {
	*os.File
	progress *Progress // nil if nothing is counted
	table    *parquet.File
	size     int64
}

func (c *countingTable) ReadAt(p []byte, offset int64) (int, error) {
	n, err := c.File.ReadAt(p, offset)
	if c.progress != nil && c.table != nil {
		if whole := c.table.Size(); whole > 0 {
			c.progress.Bytes.Add(int64(float64(n) / float64(whole) * float64(c.size)))
		}
	}
	return n, err
}

// notStreamed adds advice to the error for Parquet data from standard input, a pipe or a compressed file.
func notStreamed(path string, err error) error {
	if !errors.Is(err, hesop.ErrFormat) || !strings.Contains(err.Error(), "a Parquet file") {
		return err
	}
	what := "from standard input"
	switch {
	case path == "-":
	case isRegular(path):
		what = "when it is compressed again"
	default:
		what = "from a pipe"
	}
	return fmt.Errorf("%s: %w: a Parquet file cannot be read %s, because its index is at its end: name the file itself",
		Name(path), hesop.ErrFormat, what)
}
