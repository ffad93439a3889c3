package parquet

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// codecs decompresses pages into buffers whose size is known in advance. It is not for concurrent use.
type codecs struct {
	zstd   *zstd.Decoder
	gzip   *gzip.Reader
	brotli *brotli.Reader
	source bytes.Reader
	spare  [1]byte
}

// checkCodec returns an error if a compression is not supported.
func checkCodec(codec format.CompressionCodec) error {
	switch codec {
	case format.Uncompressed, format.Snappy, format.Gzip, format.Brotli, format.Zstd, format.Lz4Raw:
		return nil
	case format.LZO, format.Lz4:
		return fmt.Errorf("%w: it is compressed with %v, which is obsolete: write it with Snappy or Zstandard",
			ErrFormat, codec)
	default:
		return damaged("it states compression %d, which does not exist", int32(codec))
	}
}

// close releases the decoders.
func (c *codecs) close() {
	if c.zstd != nil {
		c.zstd.Close()
		c.zstd = nil
	}
}

// plausible reports whether the compressed bytes of a page can expand to size. It prevents a few bytes from claiming a
// lot of memory.
func plausible(codec format.CompressionCodec, size int, src []byte) bool {
	switch codec {
	case format.Snappy: // 3 bytes can copy up to 64
		n, err := snappy.DecodedLen(src)
		return err == nil && n == size && size <= 22*len(src)+64
	case format.Lz4Raw: // a byte adds at most 255 to a length
		return size <= 256*len(src)+64
	case format.Gzip:
		return size <= 1040*len(src)
	default:
		return true
	}
}

// decode decompresses src into dst, which has the size that the page states. It returns an error if the size is wrong.
func (c *codecs) decode(codec format.CompressionCodec, dst, src []byte) (err error) {
	n := 0
	switch codec {
	case format.Snappy:
		var out []byte
		out, err = snappy.Decode(dst, src)
		n = len(out)
	case format.Zstd:
		if c.zstd == nil {
			c.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
				zstd.WithDecoderMaxMemory(MaxPage), zstd.WithDecodeAllCapLimit(true))
			if err != nil {
				return err
			}
		}
		var out []byte
		out, err = c.zstd.DecodeAll(src, dst[:0:len(dst)])
		n = len(out)
	case format.Lz4Raw:
		n, err = lz4.UncompressBlock(src, dst)
	case format.Gzip:
		c.source.Reset(src)
		if c.gzip == nil {
			c.gzip, err = gzip.NewReader(&c.source)
		} else {
			err = c.gzip.Reset(&c.source)
		}
		if err == nil {
			n, err = c.fill(dst, c.gzip)
		}
	case format.Brotli:
		c.source.Reset(src)
		if c.brotli == nil {
			c.brotli = brotli.NewReader(&c.source)
		} else {
			err = c.brotli.Reset(&c.source)
		}
		if err == nil {
			n, err = c.fill(dst, c.brotli)
		}
	default:
	}
	if err != nil {
		return damaged("a page cannot be decompressed (%v)", codec)
	}
	if n != len(dst) {
		return damaged("the size of a page differs from its header (%v)", codec)
	}
	return nil
}

// fill fills dst from a stream. It returns an n greater than len(dst) if the stream has more bytes.
func (c *codecs) fill(dst []byte, r io.Reader) (n int, err error) {
	n, err = io.ReadFull(r, dst)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	more, err := io.ReadFull(r, c.spare[:])
	if err == io.EOF {
		err = nil
	}
	return n + more, err
}
