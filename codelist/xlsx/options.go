package xlsx

import (
	"fmt"
	"math"

	"hesopmatch/codelist"
)

// Option changes how workbooks are read.
type Option func(*options)

type options struct {
	maxUnzipped int64
	maxSheets   int
	maxCells    int64
}

func newOptions(opts []Option) *options {
	o := &options{maxUnzipped: 256 << 20, maxSheets: 255, maxCells: 5_000_000}
	for _, opt := range opts {
		opt(o)
	}
	return o
}

// MaxUnzipped limits the bytes of a workbook when it is unzipped, and those of the
// text of its cells, by default 256 MiB.
func MaxUnzipped(n int64) Option {
	return func(o *options) { o.maxUnzipped = max(0, min(n, math.MaxInt64-1)) }
}

// MaxSheets limits the sheets of a workbook, by default 255.
func MaxSheets(n int) Option { return func(o *options) { o.maxSheets = n } }

// MaxCells limits the cells of all sheets, and the strings that they share with their
// runs of one style, by default 5,000,000. The cells of a row are counted up to its
// last one that is stored.
func MaxCells(n int64) Option { return func(o *options) { o.maxCells = n } }

func limitError(what string, limit int64, option string) error {
	return fmt.Errorf("%w: more than %d %s (%s)", codelist.ErrLimit, limit, what, option)
}
