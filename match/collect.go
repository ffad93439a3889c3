package match

import (
	"errors"

	"hesopmatch/hesop"
)

// Collect makes the workers of Scan add every appointment to a value, and calls the function take with each value, in
// the order of the rows. Use Collect for results that must be in order, such as text to write, or that can be merged,
// such as the counts of a quality.Counter. A value holds the consecutive appointments of one block: see BlockSize. The
// options Only and MatchedOnly do not restrict Collect. The option Collect may be given several times; Scan then calls
// the take functions in the order of the options.
//
// The function fresh returns an empty value, and the function add adds an appointment to a value. The workers call both
// concurrently, each worker for a value of its own, and add must change nothing but that value. The function add may
// receive text that turns out not to be an appointment: Scan then resets the value, so that take never sees this text.
// Row and line numbers are not known yet when add is called. The arguments of add are valid until add returns.
//
// Scan calls take from the goroutine that called Scan, after the function given to Scan has received the appointments
// in the value. The value is valid until take returns, and Scan calls its method Reset before using it again. If take
// returns an error, the scan ends and Scan returns that error. If the reader or the function given to Scan fails within
// a block, take receives the appointments up to that point, including the one for which the function failed. After ctx
// is cancelled, there may be no further call of take.
//
// With one worker there are no blocks. The worker adds each appointment once, in order, to a single value, and passes
// the value to take after BlockSize bytes of text or 4,096 rows, whichever comes first. Several workers hold as many
// values as blocks: see BlockSize.
func Collect[S interface{ Reset() }](
	fresh func() S, add func(S, *hesop.Appointment, *Result), take func(S) error,
) ScanOption {
	return func(o *scanOptions) {
		o.nilCollect = o.nilCollect || fresh == nil || add == nil || take == nil
		o.collect = append(o.collect, func() collector { return &collection[S]{fresh(), add, take} })
	}
}

// collector holds one value of an option Collect, and the functions of that option.
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

// collectors holds the values of one block, one for each option Collect.
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

// take passes each value to the function take of its option Collect.
func (all collectors) take() error {
	for _, c := range all {
		if err := c.take(); err != nil {
			return err
		}
	}
	return nil
}

// takeLast passes each value to the function take of its option Collect after a scan has failed with err. It returns
// err, joined with the error of such a function, if any.
func (all collectors) takeLast(err error) error {
	if failed := all.take(); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}
