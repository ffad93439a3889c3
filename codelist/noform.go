package codelist

import "hesopmatch/internal/noform"

// noForm makes a List, a Report and a Reference fail to marshal.
type noForm = noform.Of[whyNoForm]

type whyNoForm struct{}

// Reason returns the text of the error.
func (whyNoForm) Reason() string {
	return "codelist: a List, Report or Reference has no binary or text form, because such a form would lose its " +
		"rows: send the file, or what List.WriteCSV writes, and parse it again"
}
