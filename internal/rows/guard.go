package rows

import (
	"fmt"
	"io"
)

// mostIdle is the number of consecutive reads without bytes and without an error after which Read fails.
const mostIdle = 100

// Guard returns r with a check for two faults of a reader. If a hundred consecutive reads return no bytes and no error,
// Read fails with io.ErrNoProgress. If r reports more bytes than the buffer has, or fewer than 0, Read fails with an
// error that names the count.
func Guard(r io.Reader) io.Reader { return &guard{r: r} }

type guard struct {
	r    io.Reader
	idle int
}

// Read reads from r.
func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if countErr := CheckCount(n, len(p)); countErr != nil {
		return 0, countErr
	}
	if n > 0 || err != nil || len(p) == 0 {
		g.idle = 0
		return n, err
	}
	if g.idle++; g.idle >= mostIdle {
		return 0, io.ErrNoProgress
	}
	return 0, nil
}

// CheckCount returns an error if n is an impossible number of bytes for a read into a buffer of size bytes.
func CheckCount(n, size int) error {
	if n < 0 || n > size {
		return fmt.Errorf("the reader is at fault: it says that it read %d bytes into a buffer of %d", n, size)
	}
	return nil
}
