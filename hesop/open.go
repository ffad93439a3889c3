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

// Open opens a file of appointments, compressed with gzip or not, and reads its
// header. Close the reader when done.
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

// readerAt returns r as what can be read from any place, and the place that r is at; nil
// if it is no such thing, as a pipe is not. Only types are taken that are known to read
// the same by ReadAt as by Read: one that has a file in it may do something about the bytes
// in Read that it does not in ReadAt.
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

// decompress returns what r holds, uncompressed if it is compressed with gzip,
// which its first bytes tell.
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
	z, err := gzip.NewReader(bufio.NewReaderSize(whole, compressedSize)) // whose own buffer has 4 KiB
	if err != nil {
		return nil, compressedError(err)
	}
	return gzipReader{z}, nil
}

// compressedSize is how many compressed bytes are read at a time.
const compressedSize = 64 << 10

// compressedError says what is wrong with compressed data, and what settles it.
func compressedError(err error) error {
	_, isCorrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %w: the file is cut short; copy it again and compare its size with that of the original",
			ErrCompressed, err)
	case isCorrupt, errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return fmt.Errorf("%w: %w: the file is damaged, or something stands behind its end; copy it again",
			ErrCompressed,
			err)
	default:
		return fmt.Errorf("%w: %w", ErrCompressed, err)
	}
}

// gzipReader names gzip as what failed: "unexpected EOF" alone reads like a
// fault of the text.
type gzipReader struct{ z *gzip.Reader }

func (g gzipReader) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	if err != nil && err != io.EOF {
		err = compressedError(err)
	}
	return n, err
}
