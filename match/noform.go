package match

import "hesopmatch/internal/noform"

type (
	// noForm makes a Matcher and a Result fail to marshal.
	noForm = noform.Of[whyNoForm]
	noCopy = noform.NoCopy
)

type whyNoForm struct{}

// Reason returns the error text.
func (whyNoForm) Reason() string {
	return "match: a Matcher or Result has no binary or text form, because such a form would lose its codelists: " +
		"send the codelists and compile them again, or send Totals or what Status returns"
}
