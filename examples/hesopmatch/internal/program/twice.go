package program

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// checkTwice fails if two inputs are the same file or have the same content, because each appointment in these files
// would count twice. It compares only files of equal size, and stops at the first difference.
func checkTwice(paths []string, infos []os.FileInfo) error {
	for i, path := range paths {
		for j, earlier := range paths[:i] {
			if os.SameFile(infos[i], infos[j]) {
				return fmt.Errorf("%s: the same file as the input %s: each appointment would count twice; name it once",
					path, earlier)
			}
			if infos[i].Size() != infos[j].Size() || infos[i].Size() == 0 {
				continue
			}
			same, err := sameContent(path, earlier)
			if err != nil {
				return err
			}
			if same {
				return fmt.Errorf("%s: a copy of the input %s, byte for byte: each appointment would count twice; "+
					"leave one out", path, earlier)
			}
		}
	}
	return nil
}

// sameContent reports whether two files have the same bytes.
func sameContent(one, other string) (same bool, err error) {
	a, err := os.Open(one)
	if err != nil {
		return false, err
	}
	defer func() { _ = a.Close() }() // it was only read
	b, err := os.Open(other)
	if err != nil {
		return false, err
	}
	defer func() { _ = b.Close() }()
	const piece = 64 << 10
	p, q := make([]byte, piece), make([]byte, piece)
	for {
		n, err := io.ReadFull(a, p)
		m, otherErr := io.ReadFull(b, q)
		for _, err := range []error{err, otherErr} {
			if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
				return false, err
			}
		}
		if !bytes.Equal(p[:n], q[:m]) {
			return false, nil
		}
		if err != nil {
			return true, nil
		}
	}
}
