package codelist

// source is one row of a codelist file that may hold a code.
type source struct {
	pos     Position
	raw     string
	term    string
	system  System // the zero System if the row is not used
	exclude bool
	verdict Verdict // Ignored or Rejected if the row is not used
	reason  string
}

// draft is one prefix of a row before the list as a whole is known.
type draft struct {
	Entry
	row  int // index of its source
	says says
	span int // 0, or 1 + the index of its range among all of the list
}

// drafts are the rows of a list as it is built: first what each names by
// itself, then what the list as a whole makes of it.
type drafts struct {
	name    string
	rows    []source
	repairs []repairs // of each row
	all     []draft
	spans   int
}

// readRows reads the cell of every row that is to be used. It fails as soon as the
// list has more entries than it may.
func readRows(name string, rows []source, opts *options) (*drafts, error) {
	d := &drafts{name: name, rows: rows, repairs: make([]repairs, len(rows)), all: make([]draft, 0, len(rows))}
	for i := range rows {
		row := &rows[i]
		if row.system == 0 {
			continue
		}
		if len(row.raw) > opts.maxCell {
			row.verdict, row.reason, row.system = Rejected, reasonCellLimit, 0
			continue
		}
		reader := cellReader{system: row.system, allowBroad: opts.allowBroad, expansion: opts.maxExpansion}
		c := reader.read(row.raw)
		d.repairs[i] = c.repairs
		if c.refusal != "" {
			row.verdict, row.reason = Rejected, c.refusal
			continue
		}
		if len(d.all)+len(c.parts) > opts.maxEntries {
			return nil, limitError(opts, "entries", opts.maxEntries, "MaxEntries")
		}
		for _, p := range c.parts {
			span := 0
			if p.span > 0 {
				span = d.spans + p.span
			}
			d.all = append(d.all, draft{
				Entry: Entry{Prefix: p.prefix, Exclude: row.exclude, Term: row.term, Raw: row.raw, Pos: row.pos},
				row:   i, says: p.says, span: span,
			})
		}
		d.spans += c.spans
	}
	return d, nil
}

// dropRejected removes the drafts of rows that were rejected since.
func (d *drafts) dropRejected() {
	kept := d.all[:0]
	for i := range d.all {
		if d.rows[d.all[i].row].verdict != Rejected {
			kept = append(kept, d.all[i])
		}
	}
	d.all = kept
}
