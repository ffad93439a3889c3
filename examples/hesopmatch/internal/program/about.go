package program

import "fmt"

// The title, the authors and the licence are those of CITATION.cff.
const (
	title   = "hesopmatch: which outpatient appointments carry a code of which clinical codelist"
	authors = "The hesopmatch developers"
	licence = "MIT"
)

// Citation returns the sentence that cites this program, from the fields of CITATION.cff and the revision.
func Citation() string {
	return fmt.Sprintf("%s. %s. Version %s, revision %s. Computer software, %s licence.",
		authors, title, Version, Revision(), licence)
}
