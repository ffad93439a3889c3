package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Random generates cells, fields and rows in which codes often match, because they come from only a few categories. It
// uses every spelling. The same seed always generates the same values.
type Random struct{ *rand.Rand }

// NewRandom returns a Random with the given seed.
func NewRandom(seed uint64) Random { return Random{rand.New(rand.NewPCG(seed, 0))} }

func (r Random) pick(of ...string) string { return of[r.IntN(len(of))] }

func (r Random) chance(percent int) bool { return r.IntN(100) < percent }

// category returns one of a few categories of a system, among them the category that means missing.
func (r Random) category(system string) string {
	if system == icd10 {
		return r.pick("E10", "E11", "E12", "M05", "M45", "I10", "X60", "X99", "Z94", "R68", "R69", "R70")
	}
	return r.pick("K40", "K41", "W37", "X98", "X99", "Y01", "Z94", "R69", "H99", "J00")
}

func (r Random) digit() string { return r.pick("0", "1", "3", "5", "9") }

// ends returns two nearby categories, mostly in order. They are near because the oracle's running time grows with the
// square of the length of a range.
func (r Random) ends(system string) (from, to string) {
	ends := r.pick("E10-E12", "E11-E11", "I10-I10", "R68-R70", "R69-R69", "X98-X99", "M45-M05")
	if system == opcs4 {
		ends = r.pick("K40-K41", "K40-K40", "X98-X99", "X99-X99", "H99-J00", "Y01-X98")
	}
	return ends[:3], ends[4:]
}

// code returns a canonical code of a system.
func (r Random) code(system string) string {
	code := r.category(system)
	switch n := r.IntN(10); {
	case n < 2:
		return code
	case n < 4:
		return code + "X"
	case n < 8 || system == opcs4:
		return code + r.digit()
	default:
		return code + r.pick("X", "0", "1", "3") + r.digit()
	}
}

// dotted returns a code with its dot, as it is printed.
func dotted(code string) string {
	if len(code) <= 3 {
		return code
	}
	return code[:3] + "." + code[3:]
}

// Cell returns a cell of a codelist, mostly with codes of the given system. About one cell in eight is an exclusion.
func (r Random) Cell(system string) Cell {
	code := r.code(system)
	category := code[:3]
	text := code
	switch r.IntN(16) {
	case 0, 1, 2:
		text = dotted(code)
	case 3:
		text = strings.ToLower(" " + code + "\u00a0")
	case 4:
		text = category + r.pick("%", "*", ".%", ".*", ".X", ".x", ".-", "-", ".", "..")
	case 5:
		text = "^" + code
	case 6:
		text = category[:2] + r.pick("_", "[0-5]", "[019]", "_.X", "[89]X")
	case 7:
		text = category + r.pick("_", "._", "[0-3]", ".[13X]", "[X]", "[5-3]")
	case 8:
		from, to := r.ends(system)
		text = from + "-" + to
	case 9:
		from, to := r.ends(system)
		text = dotted(from+r.digit()) + r.pick("-", "–", " - ") + dotted(to+r.digit())
		if r.chance(15) {
			text = text[:1] + "." + text[1:] // a misplaced dot
		}
	case 10:
		text = code + r.pick(",", ", ", ";", " ", "|", ",,") + r.code(system)
	case 11:
		text = r.pick(code[:1], code[:2], code[:1]+"%", "V", "XI", ".X", "NA",
			code+"9Z", code+",9", code+".+", code+";"+category+".+", "")
	case 12:
		text = code + r.pick("A", "D", "-", "-D", "†", "+", "*")
	}
	return Cell{System: system, Text: text, Exclude: r.chance(12)}
}

// Cells returns a codelist of one to eight cells, in one system or both.
func (r Random) Cells() []Cell {
	cells := make([]Cell, 1+r.IntN(8))
	mixed, system := r.chance(25), r.pick(systems...)
	for i := range cells {
		if mixed {
			system = r.pick(systems...)
		}
		cells[i] = r.Cell(system)
	}
	return cells
}

// Field returns a field or slot of a system, for a column of the given width.
func (r Random) Field(system string, width int) string {
	switch n := r.IntN(20); {
	case n < 4:
		return ""
	case n < 6:
		return r.pick("-", "&", "&\t ", " ", "R69X", "R69X6", "R69", "X999", "X998", "X99", "R69ZZ", "R69Z",
			"r69.zz-", "R69X66")
	case n < 7:
		return r.pick("0000", "AU00", "9998", "1   ", "--", "E11 9", "E11999", "K401A", ".")
	}
	code := r.code(system)
	if r.chance(80) && len(code) > width {
		code = code[:width]
	}
	switch r.IntN(12) {
	case 0:
		return dotted(code)
	case 1:
		return strings.ToLower(code) + " "
	case 2:
		return code + "-"
	case 3:
		return code + r.pick("D", "-D", "A")
	case 4:
		return r.pick("\u00a0", "\xa0", " \u00a0") + code + r.pick("", "99", "\u00a0")
	}
	return code
}

// Table returns a table with code columns of random kinds, shuffled.
func (r Random) Table() Table {
	var names []string
	for _, stem := range []string{"diag", "opertn"} {
		for _, kind := range []string{"", "_3", "_4"} {
			if r.chance(55) {
				for i := range 1 + r.IntN(4) {
					names = append(names, fmt.Sprintf("%s%s_%02d", stem, kind, i+1))
				}
			}
			if kind != "" && r.chance(55) {
				names = append(names, stem+kind+"_concat")
			}
		}
	}
	names = append(names, "apptdate")
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	fields := r.pick("all", "all", "all", "positional", "concat")
	return Table{Columns: names, Fields: fields, Primary: r.chance(15), CutRaw: r.chance(30)}
}

// Reads reports whether the table has a code column that its settings read.
func (t Table) Reads() bool {
	for _, system := range systems {
		if len(t.sources(system)) > 0 {
			return true
		}
	}
	return false
}

// Row returns a row of a table. Columns of one system mostly hold the same codes, truncated to the width of each
// column.
func (r Random) Row(t Table) []string {
	full := make(map[string][]string)
	for _, system := range systems {
		for range 4 {
			full[system] = append(full[system], r.Field(system, 6))
		}
	}
	slot := func(c column, position int) string {
		field := r.Field(c.system, c.width)
		if position <= len(full[c.system]) && r.chance(85) {
			if field = full[c.system][position-1]; len(field) > c.width && r.chance(90) {
				field = field[:c.width]
			}
		}
		return field
	}
	row := make([]string, len(t.Columns))
	for i, name := range t.Columns {
		c, ok := readColumn(i, name)
		switch {
		case !ok:
			row[i] = "2019-01-02"
		case c.kind != concat:
			row[i] = slot(c, c.position)
		default:
			slots := make([]string, r.IntN(6))
			for p := range slots {
				slots[p] = slot(c, p+1)
			}
			row[i] = strings.Join(slots, r.pick(",", ",", ",", ", "))
		}
	}
	return row
}
