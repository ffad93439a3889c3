package match

import (
	"errors"

	"hesopmatch/hesop"
)

// Collect makes the workers of Scan add every appointment to a value, and gives the values to take in the order of the
// rows. It is for results that have to be in order, such as text to be written, or that are merged, such as the counts
// of a quality.Counter. A value holds the appointments of one block, which follow each other: see BlockSize. Only and
// MatchedOnly do not restrict it. The option can be given several times; take is then called in the order of the
// options.
//
// fresh makes an empty value, and add adds an appointment to one. The workers call both, several at a time, each for a
// value of its own, and add must change nothing else. It may meet appointments that turn out to be none: their value is
// Reset and never taken. Numbers of rows and lines are not known in it, and what it is given is good until it returns.
//
// take is called from the goroutine that called Scan, after the function of Scan was called for the appointments of the
// value. The value is good until take returns, and is Reset before it is used again. An error of take ends the scan and
// is returned. Where the data or the function of Scan fail within a block, take is given the appointments up to there,
// with the one that the function failed for. Once ctx is cancelled, take may be given nothing more.
//
// One worker has no blocks. It adds each appointment once, in order, to a single value, and hands it over after as many
// bytes of text as BlockSize says, and after 4,096 rows at the latest. Several workers hold as many
// values as blocks: see BlockSize.
func Collect[S interface{ Reset() }](
	fresh func() S, add func(S, *hesop.Appointment, *Result), take func(S) error,
) ScanOption {
	return func(o *scanOptions) {
		o.nilCollect = o.nilCollect || fresh == nil || add == nil || take == nil
		o.collect = append(o.collect, func() collector { return &collection[S]{fresh(), add, take} })
	}
}

// collector is a value of Collect and what is done with it.
type collector interface {
	reset()
	add(a *hesop.Appointment, res *Result)
	take() error
}

type collection[S interface{ Reset() }] struct {
	value  S
	adds   func(S, *hesop.Appointment, *Result)
	taking func(S) error
}

func (c *collection[S]) reset()                                { c.value.Reset() }
func (c *collection[S]) add(a *hesop.Appointment, res *Result) { c.adds(c.value, a, res) }
func (c *collection[S]) take() error                           { return c.taking(c.value) }

// collectors are the values of all Collect options for one block.
type collectors []collector

func (o *scanOptions) newCollectors() collectors {
	all := make(collectors, len(o.collect))
	for i, fresh := range o.collect {
		all[i] = fresh()
	}
	return all
}

func (all collectors) reset() {
	for _, c := range all {
		c.reset()
	}
}

func (all collectors) add(a *hesop.Appointment, res *Result) {
	for _, c := range all {
		c.add(a, res)
	}
}

// take gives all values to their functions.
func (all collectors) take() error {
	for _, c := range all {
		if err := c.take(); err != nil {
			return err
		}
	}
	return nil
}

// takeLast gives all values to their functions after a scan has failed with err.
func (all collectors) takeLast(err error) error {
	if failed := all.take(); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}
