package xlsx

import (
	"cmp"
	"fmt"
	"math"

	"hesopmatch/codelist"
)

// Option changes how workbooks are read.
type Option func(*options)

type options struct {
	limits    Limits
	nilOption int // 1 + the index of the first option that is nil, 0 if none is
}

// Limits bounds what a workbook may hold, so that a hostile workbook cannot exhaust memory. If a field is 0, its
// default applies. A negative limit is an error.
type Limits struct {
	Unzipped int64 // bytes of the unzipped workbook, and of the text of its cells, by default 256 MiB
	Sheets   int   // sheets of the workbook, by default 255

	// Cells limits the number of cells in all sheets and, separately, the number of shared strings plus the styled runs
	// of text in them. The default is 5,000,000. In each row, every cell up to the last stored one counts.
	Cells int64
}

// SizeLimits replaces the default limits.
func SizeLimits(l Limits) Option { return func(o *options) { o.limits = l } }

func newOptions(opts []Option) *options {
	o := &options{}
	for i, opt := range opts {
		if opt == nil {
			o.nilOption = i + 1
			break
		}
		opt(o)
	}
	o.limits = Limits{
		Unzipped: min(cmp.Or(o.limits.Unzipped, 256<<20), math.MaxInt64-1),
		Sheets:   cmp.Or(o.limits.Sheets, 255),
		Cells:    cmp.Or(o.limits.Cells, 5_000_000),
	}
	return o
}

// check returns an error for wrong options.
func (o *options) check() error {
	if o.nilOption > 0 {
		return fmt.Errorf("%w: option %d of xlsx.Workbooks is nil", codelist.ErrOption, o.nilOption-1)
	}
	for _, limit := range []struct {
		name string
		n    int64
	}{
		{"Unzipped", o.limits.Unzipped},
		{"Sheets", int64(o.limits.Sheets)},
		{"Cells", o.limits.Cells},
	} {
		if limit.n < 0 {
			return fmt.Errorf("%w: xlsx.SizeLimits: Limits.%s is %d: must be 1 or more, or 0 for the default",
				codelist.ErrOption, limit.name, limit.n)
		}
	}
	return nil
}

func limitError(what string, limit int64, field string) error {
	return fmt.Errorf("%w: more than %d %s (xlsx.Limits.%s)", codelist.ErrLimit, limit, what, field)
}
