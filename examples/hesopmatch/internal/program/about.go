package program

import (
	"fmt"
	"io"
	"runtime"
)

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

// About describes this build of the program.
type About struct {
	Program   string `json:"program"`
	Version   string `json:"version"`
	Revision  string `json:"revision"`
	Go        string `json:"go"`
	System    string `json:"system"`
	Build     string `json:"build"`
	Processor string `json:"processor,omitempty"`
	Licence   string `json:"licence"`
	Cite      string `json:"cite"`
}

// NewAbout returns the About of this program.
func NewAbout(name string) About {
	build, processor := buildKind()
	return About{
		Program: name, Version: Version, Revision: Revision(), Go: runtime.Version(),
		System: runtime.GOOS + "/" + runtime.GOARCH, Build: build, Processor: processor, Licence: licence,
		Cite: Citation(),
	}
}

// Write writes an About, one fact on each line. The first three lines are those of WriteVersion.
func (a About) Write(w io.Writer) error {
	build := a.Build
	if a.Processor != "" {
		build += " (" + a.Processor + ")"
	}
	WriteVersion(w, a.Program)
	_, err := fmt.Fprintf(w, "build %s\nlicence %s\ncite %s\n", build, a.Licence, a.Cite)
	return err
}
