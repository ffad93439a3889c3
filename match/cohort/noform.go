package cohort

import "hesopmatch/internal/noform"

type (
	// noForm makes a Cohort fail to marshal.
	noForm = noform.Of[whyNoForm]
	noCopy = noform.NoCopy
)

type whyNoForm struct{}

// Reason says why.
func (whyNoForm) Reason() string {
	return "cohort: a Cohort has no binary or text form, which would lose its codelists and people: " +
		"send what Totals, Members or Release return"
}
