package hesop

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Open opens a file of appointments, plain or compressed with gzip, and reads its header. The caller closes the Reader.
func Open(path string, opts ...Option) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := NewReader(f, append([]Option{FileName(path)}, opts...)...)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.closer = f
	return r, nil
}

// readerAt returns r as an io.ReaderAt and the current offset of r. It returns nil if r cannot be read at any offset (a
// pipe, for example). It accepts only types whose ReadAt is known to return the same bytes as Read, because a type that
// wraps a file may change the bytes in its Read.
func readerAt(r io.Reader) (at io.ReaderAt, start int64) {
	var s interface {
		io.ReaderAt
		io.Seeker
	}
	switch r := r.(type) {
	case *os.File:
		if info, err := r.Stat(); err != nil || !info.Mode().IsRegular() {
			return nil, 0
		}
		s = r
	case *bytes.Reader:
		s = r
	case *strings.Reader:
		s = r
	case *io.SectionReader:
		s = r
	default:
		return nil, 0
	}
	start, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, 0
	}
	return s, start
}

// decompress returns the content of r, uncompressed. The first bytes of r show whether it is compressed with gzip.
func decompress(r io.Reader) (io.Reader, error) {
	head := make([]byte, 2)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), r)
	if !bytes.Equal(head[:n], []byte{0x1F, 0x8B}) {
		return whole, nil
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(whole, compressedSize)) // gzip's own buffer has only 4 KiB
	if err != nil {
		return nil, compressedError(err)
	}
	return gzipReader{z}, nil
}

// compressedSize is the number of compressed bytes read at a time.
const compressedSize = 64 << 10

// compressedError says what is wrong with compressed data, and what to do about it.
func compressedError(err error) error {
	_, isCorrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %w: the file is incomplete; copy it again and compare its size with that of the "+
			"original", ErrCompressed, err)
	case isCorrupt, errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return fmt.Errorf("%w: %w: the file is damaged, or has extra bytes after its end; copy it again",
			ErrCompressed, err)
	default:
		return fmt.Errorf("%w: %w", ErrCompressed, err)
	}
}

// gzipReader says in its errors that gzip failed: "unexpected EOF" alone would suggest that the text is at fault.
type gzipReader struct{ z *gzip.Reader }

func (g gzipReader) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	if err != nil && err != io.EOF {
		err = compressedError(err)
	}
	return n, err
}
