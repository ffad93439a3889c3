package rows

import (
	"fmt"
	"io"
)

// mostIdle is how many reads in a row may bring nothing.
const mostIdle = 100

// Guard returns r without the faults that readers of other people have: a reader that brings
// nothing and says nothing a hundred times fails with io.ErrNoProgress, one that counts bytes
// it cannot have read with an error that says so.
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

// CheckCount fails if a reader that was given size bytes cannot have read n.
func CheckCount(n, size int) error {
	if n < 0 || n > size {
		return fmt.Errorf("the reader is at fault: it says that it read %d bytes into a buffer of %d", n, size)
	}
	return nil
}
