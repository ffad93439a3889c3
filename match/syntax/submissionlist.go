package syntax

import (
	"iter"
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

// submitted is one list of a file, with the texts that its Submission needs.
type submitted struct {
	list     *codelist.List
	missing  []submittedText // in order of codes
	bare     map[coding.Prefix]bareState
	texts    int
	codes    int
	present  int // texts that the original file has
	excluded int // rows with exclusions

	cut  []coding.Prefix // texts that match codes outside the list if a column truncates codes to the text's length
	long []coding.Prefix // texts that columns of four characters cannot hold
}

// submittedText is a text that the original file lacks.
type submittedText struct {
	text  string
	code  coding.Code
	entry int // index of the entry that covers the code
}

// bareState is how a Submission adds a bare category. Some policies read a bare category as its whole family.
type bareState uint8

const (
	bareAdded  bareState = iota // the category alone
	bareMarked                  // the category, and a longer code that makes it stand for itself alone
	bareLeft                    // nothing
)

// submittedRow is a row to add.
type submittedRow struct {
	text string
	at   codelist.Position // position of the entry that covers the code
	term string
}

// newSubmitted finds the texts of a list that its file lacks.
func newSubmitted(l *codelist.List, dots bool) *submitted {
	s := &submitted{list: l, bare: make(map[coding.Prefix]bareState)}
	type cell struct {
		system coding.System
		text   string
	}
	present := make(map[cell]bool)
	last := -1
	for out := range l.Report().Outcomes() {
		switch {
		case out.Entry < 0:
		case !l.Entry(out.Entry).Exclude:
			present[cell{out.System, out.Raw}] = true
		case out.Row != last:
			s.excluded++
			last = out.Row
		}
	}
	for _, sys := range coding.Systems() {
		for _, t := range textsOf(l.Codes(sys), dots) {
			s.codes++
			s.texts += len(t.texts)
			if t.cut != 0 {
				s.cut = append(s.cut, t.cut)
			}
			if t.code.Prefix(5).Len() == 5 {
				s.long = append(s.long, t.code.Prefix(5))
			}
			for _, text := range t.texts {
				if present[cell{sys, text}] {
					s.present++
					continue
				}
				s.missing = append(s.missing, submittedText{text, t.code, l.Decide(t.code.Value()).Entry})
				if len(text) == 3 {
					s.bare[t.code.Prefix(3)] = bareAdded
				}
			}
		}
	}
	return s
}

// codeTexts holds the texts that data may hold for a code.
type codeTexts struct {
	code  coding.Code
	texts []string

	// In a column that truncates codes to the length of the first text, this text stands for a prefix. If the list
	// covers only part of that prefix, cut is the prefix; otherwise cut is 0.
	cut coding.Prefix
}

// textsOf returns the codes of a set that need their own texts. A subcategory counts as one code if the set has all
// codes of the subcategory.
func textsOf(set coding.Set, dots bool) []codeTexts {
	var all []codeTexts
	codes := slices.Collect(set.All())
	for len(codes) > 0 {
		family := sameStart(codes, 3)
		codes = codes[len(family):]
		whole := 1 // number of codes of a subcategory
		if family[0].System().Longest() == 5 {
			whole = 11
		}
		isFamily := len(family) == 11*whole
		for len(family) > 0 {
			own := sameStart(family, 4)
			family = family[len(own):]
			isWhole := len(own) == whole
			if isWhole {
				own = own[:1]
			}
			for _, code := range own {
				t := codeTexts{code: code, texts: textsOfCode(code, dots, dots && isFamily)}
				switch n := len(t.texts[0]); {
				case n == 3 && !isFamily, n == 4 && !isWhole:
					t.cut = code.Prefix(n)
				}
				all = append(all, t)
			}
		}
	}
	return all
}

// sameStart returns the leading codes that share their first n characters.
func sameStart(codes []coding.Code, n int) []coding.Code {
	end := slices.IndexFunc(codes, func(c coding.Code) bool { return c.Prefix(n) != codes[0].Prefix(n) })
	if end < 0 {
		return codes
	}
	return codes[:end]
}

// textsOfCode returns the texts that data may hold for a code. If the argument dots is true, it adds texts with a dot.
// For an undivided category, the argument wildcard decides instead, because E11.X stands for the whole family in a
// codelist.
func textsOfCode(code coding.Code, dots, wildcard bool) []string {
	text := code.Prefix(5).String()
	dotted := text[:3] + "." + text[3:]
	texts := []string{text}
	if len(text) == 4 && text[3] == 'X' {
		texts = []string{text[:3], text}
		dots = wildcard
	}
	if dots {
		texts = append(texts, dotted)
	}
	return texts
}

// rows returns the rows to add, in order of codes.
func (s *submitted) rows() []submittedRow {
	rows := make([]submittedRow, 0, len(s.missing))
	for _, m := range s.missing {
		e := s.list.Entry(m.entry)
		category := m.code.Prefix(3)
		state := s.bare[category]
		if len(m.text) > 3 || state != bareLeft {
			rows = append(rows, submittedRow{m.text, e.Pos, "added by hesopmatch: covered by " + e.Prefix.String()})
		}
		if len(m.text) == 3 && state == bareMarked {
			rows = append(rows, submittedRow{
				m.text + "X0", e.Pos, "added by hesopmatch: so that " + m.text + " stands for itself alone",
			})
		}
	}
	return rows
}

// settle compares the original list with the same list as it was read from the file with the added rows. Where the two
// differ, settle changes how the bare category is added. It reports whether it could do so for each category that
// differs.
func (s *submitted) settle(again *codelist.List) bool {
	settled := false
	for _, sys := range coding.Systems() {
		was, is := s.list.Codes(sys), again.Codes(sys)
		var last coding.Prefix
		for code := range bothSets(was.Minus(is), is.Minus(was)) {
			category := code.Prefix(3)
			if category == last {
				continue
			}
			last = category
			state, bare := s.bare[category]
			if !bare || state == bareLeft {
				return false
			}
			s.bare[category] = bareLeft
			if state == bareAdded && sys == coding.ICD10 && s.list.Report().Policy == codelist.Auto {
				s.bare[category] = bareMarked
			}
			settled = true
		}
	}
	return settled
}

// bothSets yields the codes of one set, and then those of the other.
func bothSets(a, b coding.Set) iter.Seq[coding.Code] {
	return func(yield func(coding.Code) bool) {
		for _, set := range [...]coding.Set{a, b} {
			for code := range set.All() {
				if !yield(code) {
					return
				}
			}
		}
	}
}
