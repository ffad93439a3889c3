package match

import "hesopmatch/internal/noform"

type (
	// noForm makes a Matcher, a Result, a Hit and a Totals fail to marshal.
	noForm = noform.Of[whyNoForm]
	noCopy = noform.NoCopy
)

type whyNoForm struct{}

// Reason says why.
func (whyNoForm) Reason() string {
	return "match: a Matcher, Result, Hit or Totals has no binary or text form, which would lose its codelists: " +
		"send the numbers of Counts and Status, with the names of the lists"
}
