package hesop

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
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
// if it is no such thing, as a pipe is not.
func readerAt(r io.Reader) (at io.ReaderAt, start int64) {
	if f, ok := r.(interface{ Stat() (os.FileInfo, error) }); ok {
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return nil, 0
		}
	}
	s, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok {
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
	z, err := gzip.NewReader(whole)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCompressed, err)
	}
	return gzipReader{z}, nil
}

// gzipReader names gzip as what failed: "unexpected EOF" alone reads like a
// fault of the text.
type gzipReader struct{ z *gzip.Reader }

func (g gzipReader) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %w", ErrCompressed, err)
	}
	return n, err
}
