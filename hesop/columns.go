package hesop

import (
	"fmt"
	"iter"
	"strings"
	"sync"
)

// Kind is the type of the values of a column. All columns are read as text. Appointment's methods Number, Age and Date
// convert values of the other kinds.
type Kind uint8

// The kinds. An identifier is text even if it consists of digits, because it may have up to twenty of them.
const (
	KindText Kind = iota
	KindInteger
	KindDecimal
	KindDate
)

// String returns the kind in lower case.
func (k Kind) String() string {
	switch k {
	case KindText:
		return "text"
	case KindInteger:
		return "integer"
	case KindDecimal:
		return "decimal"
	case KindDate:
		return "date"
	default:
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
}

// Variable describes a column of the data set, whichever file it is in.
type Variable struct {
	Name  string // in lower case, without the _e of encrypted columns
	Label string
	Kind  Kind

	// Missing lists the values that stand for a missing value. An empty field is always missing. For a coded variable
	// these values may depend on the year: see Meanings.
	Missing []string

	// Source is the source of these facts.
	Source string

	column *column
}

// The sources of facts about columns.
const (
	sourceHES      = "NHS England SDE data dictionary of 24 June 2024; HES Technical Output Specification V1.15"
	sourceAdded    = "UK LLC metadata of 16 June 2023; meaning inferred"
	sourceNational = "NHS England artificial data generator, schema of HES OP; SDE data dictionary of 24 June 2024"
	sourcePerson   = "UK LLC Guidebook; NHS England artificial data generator; names in use in public programs " +
		"that read HES"
	sourceCPRD = "public programs of studies that read the HES Outpatient files of CPRD"
)

// column is a row of the tables of known columns. knownColumns sets the last two fields.
type column struct {
	name      string // for a run of numbered columns, the name up to the number
	run       int    // number of columns in the run, such as 12 for diag_4_01 to diag_4_12; 0 for a single column
	label     string
	kind      Kind
	missing   string // the values that mean missing, separated by spaces
	encrypted bool

	source string
	values *valueSet // nil if the set is not known
}

// personColumns are columns that identify the person and belong to no layout. The columns pseudo_hesid and patid are in
// the tables of their layouts, and llc_NNNN_stud_id is in no table.
var personColumns = []column{
	{name: "encrypted_hesid", label: "Encrypted HES identifier of the person"},
	{name: "token_person_id", label: "Token of the person"},
	{name: "person_id_deid", label: "De-identified identifier of the person"},
}

// cprdColumns are the columns that only CPRD has.
var cprdColumns = []column{
	{name: "patid", label: "Identifier of the patient in CPRD"},
	{name: "hes_yr", label: "Year of the HES file", kind: KindInteger},
}

// columnTables yields all tables with their sources, always in the same order.
func columnTables() iter.Seq2[string, []column] {
	return func(yield func(string, []column) bool) {
		_ = yield(sourceHES, hesopColumns) &&
			yield(sourceAdded, addedColumns) &&
			yield(sourceHES, otrColumns) &&
			yield(sourceNational, nationalColumns) &&
			yield(sourcePerson, personColumns) &&
			yield(sourceCPRD, cprdColumns)
	}
}

// knownColumns returns the columns of all tables, as a list in their order and as a map by name. Each run is written
// out as single columns. Both are made once and never change.
var knownColumns = sync.OnceValues(func() (inOrder []*column, byName map[string]*column) {
	byName = make(map[string]*column)
	sets := valueSets()
	add := func(c column) {
		c.values = sets[c.name]
		inOrder = append(inOrder, &c)
		byName[c.name] = &c
	}
	for source, table := range columnTables() {
		for _, c := range table {
			c.source = source
			if c.run == 0 {
				add(c)
				continue
			}
			for i := range c.run {
				one := c
				one.name = fmt.Sprintf("%s%02d", c.name, i+1)
				one.label = fmt.Sprintf("%s, position %d", c.label, i+1)
				add(one)
			}
		}
	}
	return inOrder, byName
})

// findColumn returns what is known about the column with a given name, in upper or lower case, or nil if nothing is
// known.
func findColumn(name string) *column {
	_, byName := knownColumns()
	name = foldColumn(name)
	if c := byName[name]; c != nil {
		return c
	}
	if plain, ok := strings.CutSuffix(name, "_e"); ok && byName[plain] != nil && byName[plain].encrypted {
		return byName[plain]
	}
	return nil
}

// variables yields every known column: first those of UK LLC's HESOP, then those that only HESOP_OTR, the national file
// or other extracts have.
func variables() iter.Seq[Variable] {
	return func(yield func(Variable) bool) {
		inOrder, _ := knownColumns()
		for _, c := range inOrder {
			if !yield(c.variable()) {
				return
			}
		}
	}
}

// Describe returns what is known about a column. It finds the column by its name, in upper or lower case, with or
// without the _e of encrypted columns. It also knows llc_NNNN_stud_id, the column of the person in UK LLC, with any
// number.
func Describe(name string) (Variable, bool) {
	if c := findColumn(name); c != nil {
		return c.variable(), true
	}
	if folded := foldColumn(name); isStudyPerson(folded) {
		return Variable{Name: folded, Label: "Identifier of the person in the project", Source: sourcePerson}, true
	}
	return Variable{}, false
}

func (c *column) variable() Variable {
	return Variable{
		Name: c.name, Label: c.label, Kind: c.kind, Missing: strings.Fields(c.missing), Source: c.source, column: c,
	}
}

// Meanings yields the codes of the variable and what they mean, always in the same order. If the meaning of a code
// changed, it yields the code once for each meaning. It yields nothing for a variable without a set of codes, or for a
// variable whose set of codes the package does not have.
func (v Variable) Meanings() iter.Seq[Meaning] {
	return func(yield func(Meaning) bool) {
		if v.column == nil || v.column.values == nil {
			return
		}
		for _, m := range v.column.values.meanings {
			if !yield(m) {
				return
			}
		}
	}
}
