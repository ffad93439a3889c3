package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
	"hesopmatch/match/syntax"
)

// write writes the files of the study to a folder.
func (s *study) write(folder string) error {
	m, err := s.compile()
	if err != nil {
		return err
	}
	text, err := s.text()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "rows.csv"), text, 0o644); err != nil {
		return err
	}
	answers := map[syntax.What]func(*match.Matcher, []byte) ([][]string, error){
		syntax.Flags: s.flags, syntax.Hits: s.hits, syntax.People: s.people, syntax.Counts: s.counts,
	}
	for what, answer := range answers {
		records, err := answer(m, text)
		if err != nil {
			return err
		}
		if err := writeCSV(filepath.Join(folder, string(what)+".csv"), records); err != nil {
			return err
		}
	}
	return s.writeScripts(m, folder)
}

// writeScripts writes the scripts of all dialects.
func (s *study) writeScripts(m *match.Matcher, folder string) error {
	columns, err := syntax.Columns(s.names, s.opts...)
	if err != nil {
		return err
	}
	for _, d := range syntax.Dialects() {
		for _, what := range syntax.Whats() {
			opts := []syntax.Option{syntax.Ask(what), syntax.Table("appointments")}
			switch what {
			case syntax.Flags, syntax.Hits:
				opts = append(opts, syntax.Keep("ordinal"))
			default:
				opts = append(opts, s.filters(what)...)
			}
			isApart := s.apart && isDatabase(d)
			if isApart {
				opts = append(opts, syntax.PlaceCodes(syntax.Separate))
			}
			script, err := syntax.New(m, columns, d, opts...)
			if d == syntax.Stata && errors.Is(err, syntax.ErrExpress) {
				continue // Stata would expand a name
			}
			if err != nil {
				return err
			}
			if err := writeScript(script, folder, string(what), string(d), isApart); err != nil {
				return err
			}
		}
	}
	return nil
}

// isDatabase reports whether scripts in a dialect may keep their table of codes separate.
func isDatabase(d syntax.Dialect) bool {
	return d != syntax.R && d != syntax.Python && d != syntax.Stata
}

// writeScript writes a script and, if its table of codes is separate, the statements that create the table.
func writeScript(script *syntax.Script, folder, what, dialect string, apart bool) error {
	var b bytes.Buffer
	if apart {
		if _, err := script.WriteCodesTo(&b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, what+".codes."+dialect), b.Bytes(), 0o644); err != nil {
			return err
		}
		b.Reset()
	}
	if _, err := script.WriteTo(&b); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, what+"."+dialect), b.Bytes(), 0o644)
}

func (s *study) filters(what syntax.What) (opts []syntax.Option) {
	if s.attended {
		opts = append(opts, syntax.Attended())
	}
	if s.from != (hesop.Date{}) {
		opts = append(opts, syntax.From(s.from), syntax.To(s.to))
	}
	if s.once {
		opts = append(opts, syntax.Once("attendkey"), syntax.OrderBy("version"))
	}
	if what == syntax.People {
		opts = append(opts, syntax.AtLeast(s.least))
	}
	return opts
}

func writeCSV(path string, records [][]string) error {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(records); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

func (s *study) reader(text []byte) (*hesop.Reader, error) {
	return hesop.NewReader(bytes.NewReader(text), append(s.opts, hesop.Delimiter(','))...)
}

// each calls fn for each appointment.
func (s *study) each(m *match.Matcher, text []byte, fn func(*hesop.Appointment, *match.Result) error) error {
	r, err := s.reader(text)
	if err != nil {
		return err
	}
	_, err = match.Scan(context.Background(), m, r, fn)
	return err
}

func (s *study) flags(m *match.Matcher, text []byte) ([][]string, error) {
	header := []string{"ordinal"}
	for i := range m.Len() {
		header = append(header, m.List(i).Name())
	}
	records := [][]string{header}
	err := s.each(m, text, func(a *hesop.Appointment, res *match.Result) error {
		record := []string{s.field(a, "ordinal")}
		for i := range m.Len() {
			record = append(record, map[match.Status]string{match.Match: "1", match.NoMatch: "0"}[res.Status(i)])
		}
		records = append(records, record)
		return nil
	})
	return records, err
}

// field returns the original text of a column of an appointment.
func (s *study) field(a *hesop.Appointment, name string) string {
	for i, column := range s.names {
		if column == name {
			return s.rows[a.Row()-1][i]
		}
	}
	panic("no column " + name)
}

func (s *study) hits(m *match.Matcher, text []byte) ([][]string, error) {
	records := [][]string{{"ordinal", "list", "system", "position", "column", "value", "entry"}}
	var hits []match.Hit
	err := s.each(m, text, func(a *hesop.Appointment, _ *match.Result) error {
		codes := a.Codes()
		hits = m.AppendHits(hits[:0], codes)
		for _, h := range hits {
			list := m.List(h.List)
			records = append(records, []string{
				s.field(a, "ordinal"), list.Name(), h.Slot.Value.System().String(), strconv.Itoa(int(h.Slot.Position)),
				codes.Column(h.Slot).Name(), string(codes.Text(h.Slot)), list.Entry(h.Entry).Raw,
			})
		}
		return nil
	})
	return records, err
}

func (s *study) cohortOptions() (opts []cohort.Option) {
	if s.attended {
		opts = append(opts, cohort.Attended())
	}
	if s.from != (hesop.Date{}) {
		opts = append(opts, cohort.From(s.from), cohort.To(s.to))
	}
	if s.once {
		opts = append(opts, cohort.Once("attendkey"), cohort.OrderBy("version"))
	}
	return opts
}

func (s *study) people(m *match.Matcher, text []byte) ([][]string, error) {
	records := [][]string{{"person", "list", "first", "last", "appointments", "dates"}}
	people, err := cohort.New(m, append(s.cohortOptions(), cohort.AtLeast(s.least))...)
	if err != nil {
		return nil, err
	}
	r, err := s.reader(text)
	if err != nil {
		return nil, err
	}
	if err := people.Scan(context.Background(), r); err != nil {
		return nil, err
	}
	for p := range people.Members() {
		records = append(records, []string{
			p.Person, m.List(p.List).Name(), p.First.String(), p.Last.String(),
			strconv.Itoa(p.Appointments), strconv.Itoa(p.Dates),
		})
	}
	return records, nil
}
