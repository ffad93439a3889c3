package cohort

// forms are the shapes of dates that are not understood, by number: see hesop.DateForm. What
// comes up behind the first mostForms is not kept apart.
type forms struct {
	texts  []string // from number otherForm + 1 on
	byText map[string]uint32
}

const (
	understood = 0 // the date is, or it is missing
	otherForm  = 1
	mostForms  = 1000
)

// number finds or gives the number of a form.
func (f *forms) number(text string) uint32 {
	if n, known := f.byText[text]; known {
		return n
	}
	if len(f.texts) == mostForms || text == "" {
		return otherForm
	}
	f.texts = append(f.texts, text)
	n := uint32(otherForm + len(f.texts))
	if f.byText == nil {
		f.byText = make(map[string]uint32)
	}
	f.byText[text] = n
	return n
}

// text is the form of a number, "" for those that are not kept apart.
func (f *forms) text(n uint32) string {
	if n <= otherForm {
		return ""
	}
	return f.texts[n-otherForm-1]
}

// addForm counts a form n times more.
func addForm(counts []int64, form uint32, n int64) []int64 {
	for uint32(len(counts)) <= form {
		counts = append(counts, 0)
	}
	counts[form] += n
	return counts
}

// commonest is the form that counts have most of. Of two alike it is the one that sorts first.
func (f *forms) commonest(counts []int64) (form string) {
	most := int64(0)
	for n, count := range counts {
		text := f.text(uint32(n))
		if text != "" && (count > most || count == most && count > 0 && text < form) {
			form, most = text, count
		}
	}
	return form
}
