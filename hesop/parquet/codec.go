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

// codecs decompress pages into memory of a size that is known beforehand. It is not for concurrent use.
type codecs struct {
	zstd   *zstd.Decoder
	gzip   *gzip.Reader
	brotli *brotli.Reader
	source bytes.Reader
	spare  [1]byte
}

// checkCodec fails if a compression is not read.
func checkCodec(codec format.CompressionCodec) error {
	switch codec {
	case format.Uncompressed, format.Snappy, format.Gzip, format.Brotli, format.Zstd, format.Lz4Raw:
		return nil
	case format.LZO, format.Lz4:
		return fmt.Errorf("%w: it is compressed with %v, which is out of use: write it with Snappy or Zstandard",
			ErrFormat, codec)
	default:
		return damaged("it is compressed with number %d, which no compression has", int32(codec))
	}
}

// close gives back what the codecs hold.
func (c *codecs) close() {
	if c.zstd != nil {
		c.zstd.Close()
		c.zstd = nil
	}
}

// plausible reports whether a page may have a size, by what its compressed bytes can come to. It keeps a few bytes from
// taking much memory.
func plausible(codec format.CompressionCodec, size int, src []byte) bool {
	switch codec {
	case format.Snappy: // 3 bytes copy up to 64
		n, err := snappy.DecodedLen(src)
		return err == nil && n == size && size <= 22*len(src)+64
	case format.Lz4Raw: // a byte adds up to 255 to a length
		return size <= 256*len(src)+64
	case format.Gzip:
		return size <= 1040*len(src)
	default:
		return true
	}
}

// decode fills dst, which has the size that the page states, with what src holds compressed. Another size is an error.
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
		return damaged("a page has another size than its header says (%v)", codec)
	}
	return nil
}

// fill fills dst from a stream, and sees whether it ends there: it returns more than dst has if it does not.
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
