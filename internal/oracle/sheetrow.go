package oracle

import "slices"

// A reader reads the rows of one table.
type reader struct {
	Sheet
	table
	choices Choices
	systems []systemColumn
	signs   int
	beside  []int // the other columns, whose cells may hold codes
}

// readTable reads a table by the rules. It returns every kind of refusal that applies.
func (s Sheet) readTable(t table, c Choices) (states []*rowState, refused []string) {
	for column := range s.width(t) {
		if squash(t.name(column)) == removalName && !c.AllowRemovals {
			refused = append(refused, Removals)
		}
	}
	r := reader{Sheet: s, table: t, choices: c}
	var why []string
	r.systems, why = s.systemColumns(t, c)
	refused = append(refused, why...)
	refused = append(refused, r.refuseSystems()...)

	var taken []int
	for _, column := range t.codes {
		taken = append(taken, column.index)
	}
	for _, column := range r.systems {
		taken = append(taken, column.index)
	}
	r.signs, why = s.chosenSigns(t, taken, c)
	refused = append(refused, why...)
	taken = append(taken, r.signs)
	for column := range s.width(t) {
		if !slices.Contains(taken, column) && !s.holdsNoCodes(t, column) {
			r.beside = append(r.beside, column)
		}
	}

	whole := r.wholeColumns()
	if len(whole) > 0 && c.CodeColumn == "" {
		refused = append(refused, CodeColumns)
	}
	r.beside = slices.DeleteFunc(r.beside, func(column int) bool { return slices.Contains(whole, column) })
	for _, row := range t.rows {
		states = append(states, r.readRow(row))
	}
	return states, refused
}

// refuseSystems refuses three kinds of table: a header that states a system other than the caller's, two code columns
// together with a column of systems, and a table with codes for which no system is stated. A second header of another
// system is not an error: the rows below it belong to that system.
func (r reader) refuseSystems() (refused []string) {
	if len(r.codes) == 2 {
		if len(r.systems) > 0 {
			refused = append(refused, CodeColumns)
		}
		return refused
	}
	code, caller := r.codes[0], r.choices.System
	if !r.second && code.isOther(caller) {
		refused = append(refused, OtherSystem)
	}
	if len(r.systems) == 0 && code.system == "" && caller == "" && slices.ContainsFunc(r.rows, r.hasCode) {
		refused = append(refused, NoSystem)
	}
	return refused
}

func (r reader) hasCode(row int) bool {
	return slices.ContainsFunc(r.codes, func(c codeColumn) bool { return hasText(r.cell(row, c.index)) })
}

// own returns the code cells of a row in our systems. The result foreign is true if the row has a code cell of another
// system. If the system of the row cannot be read, the result why is the reason to reject the row.
func (r reader) own(row int) (cells []Cell, foreign bool, why string) {
	for _, code := range r.codes {
		text := r.cell(row, code.index)
		if !hasText(text) {
			continue
		}
		system, reason := r.rowSystem(row, r.systems, code, r.choices)
		switch system {
		case anotherSystem:
			foreign = true
		case "":
			why = reason
		default:
			cells = append(cells, Cell{System: system, Text: text})
		}
	}
	return cells, foreign, why
}

// isForeign reports whether a row without a code belongs to another system.
func (r reader) isForeign(row int) bool {
	foreign := true
	for _, code := range r.codes {
		system, _ := r.rowSystem(row, r.systems, code, r.choices)
		foreign = foreign && system == anotherSystem
	}
	return foreign
}

// counted returns the columns of r.beside in which the given row has a cell that counts as codes. The result mayCount
// is false if no cell of the row may count.
func (r reader) counted(row int) (mayCount bool, columns []int) {
	if !r.hasCode(row) {
		if r.isForeign(row) {
			return false, nil
		}
		for _, column := range r.beside {
			if countsAlone(r.table, column, r.cell(row, column)) {
				columns = append(columns, column)
			}
		}
		return true, columns
	}
	cells, _, _ := r.own(row)
	var codes []string
	for _, cell := range cells {
		parts, err := readCell(cell.System, cell.Text, r.choices.AllowBroad)
		if err != nil {
			return false, nil
		}
		for _, p := range parts {
			codes = append(codes, p.codes...)
		}
	}
	if len(cells) == 0 {
		return false, nil
	}
	for _, column := range r.beside {
		if countsBeside(r.table, column, r.cell(row, column), cells[0].System, codes) {
			columns = append(columns, column)
		}
	}
	return true, columns
}

// wholeColumns returns the columns in which more than half of the filled cells count as codes. It considers rows of our
// systems with a readable code or without a code. It leaves out columns without a name: no option could name them, and
// the rows with codes in such a column are rejected one by one.
func (r reader) wholeColumns() (whole []int) {
	filled, counts := map[int]int{}, map[int]int{}
	for _, row := range r.rows {
		mayCount, columns := r.counted(row)
		if !mayCount {
			continue
		}
		for _, column := range r.beside {
			if hasText(r.cell(row, column)) {
				filled[column]++
			}
		}
		for _, column := range columns {
			counts[column]++
		}
	}
	for _, column := range r.beside {
		if r.isNamed(column) && 2*counts[column] > filled[column] {
			whole = append(whole, column)
		}
	}
	return whole
}

// readRow determines the verdict of a row, or collects its code cells for NewList. It ignores a row of another system,
// and a row without a code unless another cell counts. It rejects a row if the system or the sign of the row cannot be
// read, or if another cell counts as codes and the row either has no code or has a readable code.
func (r reader) readRow(row int) *rowState {
	state := &rowState{index: row}
	end := func(verdict, why string) *rowState {
		state.verdicts, state.why = append(state.verdicts, verdict), why
		return state
	}
	_, columns := r.counted(row)
	if !r.hasCode(row) {
		switch {
		case r.isForeign(row):
			return end(RowIgnored, "another system")
		case len(columns) > 0:
			state.column = columns[0] + 1
			return end(RowRejected, "codes in another cell")
		}
		return end(RowIgnored, "no code in this row")
	}
	cells, foreign, why := r.own(row)
	if why != "" {
		return end(RowRejected, why)
	}
	if len(cells) == 0 {
		return end(RowIgnored, "another system")
	}
	exclude, isSign := r.excludesRow(r.table, row, r.signs, r.choices)
	if !isSign {
		return end(RowRejected, "no sign")
	}
	if len(columns) > 0 {
		state.column = columns[0] + 1
		return end(RowRejected, "codes in another cell")
	}
	if foreign { // one code column belongs to the system that the caller leaves out
		state.verdicts = append(state.verdicts, RowIgnored)
	}
	for _, cell := range cells {
		cell.Exclude = exclude
		state.own = append(state.own, cell)
	}
	return state
}
