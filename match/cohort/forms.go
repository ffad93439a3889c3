package cohort

// forms counts the shapes of dates that are not understood: see hesop.DateForm.
type forms map[string]int64

// mostForms is how many shapes are told apart.
const mostForms = 1000

func (f forms) add(form string, n int64) {
	if _, known := f[form]; known || len(f) < mostForms {
		f[form] += n
	}
}

// commonest returns the form with the greatest count, and of two alike the one that sorts first.
func (f forms) commonest() (form string) {
	most := int64(0)
	for text, n := range f {
		if text != "" && (n > most || n == most && text < form) {
			form, most = text, n
		}
	}
	return form
}
