package flag

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"sync"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/persondata"
	"hesopmatch/match"
)

// people holds the people of the data, and the lists that each person matches. A person takes about 60 bytes in
// addition to the identifier, and 8 bytes for each 64 lists.
type people struct {
	column  string         // name of the person's column in the first input, or its name in the data set if that has it
	numbers map[string]int // the number of each person, by identifier
	words   int            // the number of elements in lists for each person
	lists   []uint64       // by number of the person: one bit for each list that the person matches
	match   int64          // number of people who match a list
	ofList  []int64        // for each list: number of people who match that list

	mu   sync.Mutex // held while an input adds people
	rows rowCounts  // the counts of the second pass
}

// rowCounts counts the rows under -rows people.
type rowCounts struct {
	written, writtenMatch   int64
	rounded                 int64 // rows written with an identifier that a spreadsheet has rounded
	noPerson, noPersonMatch int64 // rows without a person
}

func (c *rowCounts) add(other *rowCounts) {
	c.written += other.written
	c.writtenMatch += other.writtenMatch
	c.rounded += other.rounded
	c.noPerson += other.noPerson
	c.noPersonMatch += other.noPersonMatch
}

func newPeople(lists int) *people {
	return &people{numbers: make(map[string]int), words: (lists + 63) / 64, ofList: make([]int64, lists)}
}

// personColumn returns the column that identifies the person.
func (o *options) personColumn(r *hesop.Reader) (hesop.Column, error) {
	if o.person != "" {
		c, err := r.Column(o.person)
		if err != nil {
			err = fmt.Errorf("-person: %w", program.FlagError(err))
		}
		return c, err
	}
	c, err := r.Person()
	if err != nil {
		err = fmt.Errorf("-rows people: %w; name it (-person COLUMN)", program.FlagError(err))
	}
	return c, err
}

// agree fails if the column of the person in an input differs from that of the first input.
func (p *people) agree(c hesop.Column, path string) error {
	name := fold(c.Name())
	if v, known := c.Variable(); known {
		name = v.Name
	}
	switch p.column {
	case "":
		p.column = name
	case name:
	default:
		return fmt.Errorf("%s: the person is in column %s, but in earlier inputs in column %s: their identifiers may "+
			"differ; name one column that all inputs have (-person COLUMN)", program.Name(path), shownName(name),
			shownName(p.column))
	}
	return nil
}

// identifier returns the identifier of the person, or nil if the appointment has none.
func identifier(a *hesop.Appointment, person hesop.Column) []byte {
	if text := a.Term(person).Text; !persondata.IsNone(text) {
		return text
	}
	return nil
}

// findPeople reads the inputs only to find the people. The people must be known before a row is written.
func (f *flagging) findPeople(ctx context.Context) error {
	inputs := f.opts.inputs
	inputs.Needs = func(r *hesop.Reader) ([]string, bool) {
		person, err := f.opts.personColumn(r)
		return []string{person.Name()}, err == nil
	}
	for _, path := range inputs.Paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		f.before = append(f.before, info)
	}
	return inputs.SideBySide(ctx, false, func(ctx context.Context, i, workers int, _ *program.Turn) error {
		in, err := f.openWith(&inputs, inputs.Paths[i], nil)
		if err != nil {
			return err
		}
		return errors.Join(f.findPeopleIn(ctx, in, workers), in.Close())
	})
}

func (f *flagging) findPeopleIn(ctx context.Context, in *program.Input, workers int) error {
	person, err := f.opts.personColumn(in.Reader)
	if err != nil {
		return fmt.Errorf("%s: %w", program.Name(in.Path), err)
	}
	opts := []match.ScanOption{match.Workers(workers), match.Collect(
		func() *sightings { return &sightings{person: person, words: f.people.words} },
		(*sightings).add,
		func(s *sightings) error {
			f.progress.Rows.Add(s.rows)
			f.people.add(s)
			return nil
		},
	)}
	if f.opts.inputs.Block > 0 {
		opts = append(opts, match.BlockSize(f.opts.inputs.Block))
	}
	_, err = match.Scan(ctx, f.matcher, in.Reader, nil, opts...)
	return program.FlagError(err, program.Name(in.Path))
}

// sightings holds the people in consecutive appointments, and the lists that these appointments match.
type sightings struct {
	person hesop.Column
	words  int

	rows  int64
	texts []byte // identifiers, one after the other; an identifier is never the same as the one before it
	ends  []int
	lists []uint64
}

// Reset empties the sightings.
func (s *sightings) Reset() {
	s.rows, s.texts, s.ends, s.lists = 0, s.texts[:0], s.ends[:0], s.lists[:0]
}

func (s *sightings) add(a *hesop.Appointment, res *match.Result) {
	s.rows++
	who := identifier(a, s.person)
	if who == nil {
		return
	}
	if n := len(s.ends); n == 0 || string(s.text(n-1)) != string(who) {
		s.texts = append(s.texts, who...)
		s.ends = append(s.ends, len(s.texts))
		for range s.words {
			s.lists = append(s.lists, 0)
		}
	}
	if res.AnyMatch() {
		of := s.lists[len(s.lists)-s.words:]
		for i := range res.Matched() {
			of[i/64] |= 1 << (i % 64)
		}
	}
}

// text returns the identifier of sighting i.
func (s *sightings) text(i int) []byte {
	if i == 0 {
		return s.texts[:s.ends[0]]
	}
	return s.texts[s.ends[i-1]:s.ends[i]]
}

// add adds the people of some appointments. The scans of several inputs may call add concurrently.
func (p *people) add(s *sightings) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range s.ends {
		text := s.text(i)
		n, known := p.numbers[string(text)]
		if !known {
			n = len(p.numbers)
			p.numbers[string(text)] = n
			for range p.words {
				p.lists = append(p.lists, 0)
			}
		}
		p.addLists(p.lists[n*p.words:][:p.words], s.lists[i*p.words:][:p.words])
	}
}

// addLists adds lists to the lists of a person, and counts the person for each list that the person did not match
// before.
func (p *people) addLists(of, more []uint64) {
	had, has := uint64(0), uint64(0)
	for word := range of {
		had |= of[word]
		fresh := more[word] &^ of[word]
		of[word] |= fresh
		has |= of[word]
		for ; fresh != 0; fresh &= fresh - 1 {
			p.ofList[64*word+bits.TrailingZeros64(fresh)]++
		}
	}
	if had == 0 && has != 0 {
		p.match++
	}
}

// anyMatch reports whether a person matches a list.
func (p *people) anyMatch(who []byte) bool {
	n, known := p.numbers[string(who)]
	if !known {
		return false
	}
	for _, word := range p.lists[n*p.words:][:p.words] {
		if word != 0 {
			return true
		}
	}
	return false
}

// checkUnchanged fails if an input is no longer the file in which the people were found.
func (f *flagging) checkUnchanged(i int) error {
	if f.people == nil {
		return nil
	}
	path, before := f.opts.inputs.Paths[i], f.before[i]
	now, err := os.Stat(path)
	if err == nil && os.SameFile(before, now) && before.Size() == now.Size() && before.ModTime().Equal(now.ModTime()) {
		return nil
	}
	return fmt.Errorf("%s: %w: the file is not the one that the first pass of -rows people read; read a copy that "+
		"nothing writes to", program.Name(path), hesop.ErrChanged)
}
