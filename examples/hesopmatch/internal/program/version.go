package program

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"time"
)

// Version is the version of the program and of its library, the newest in CHANGELOG.md.
const Version = "0.1.0"

// Revision returns the commit that the program was built from, with a + if files had changed since. It returns
// "unknown" if the build did not record the commit, as with go run and in tests.
func Revision() string {
	revision, changed := "unknown", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = "+"
			}
		}
	}
	return revision + changed
}

// Origin is the part of a manifest that records which command wrote it, with which arguments, and when.
type Origin struct {
	Program   string   `json:"program"`
	Version   string   `json:"version"`
	Revision  string   `json:"revision"`
	Time      string   `json:"time"`
	Arguments []string `json:"arguments"` // the options that affect the result, as they were given
	Outputs   []string `json:"outputs"`   // the options that named outputs, without their values
	Files     []string `json:"files"`     // the arguments after the options
}

// NewOrigin returns the Origin of a manifest that a command writes now.
func NewOrigin(fs *Flags, now time.Time) Origin {
	return Origin{
		Program: fs.command, Version: Version, Revision: Revision(), Time: now.UTC().Format(time.RFC3339),
		Arguments: fs.arguments(), Outputs: fs.outputs(), Files: fs.Args(),
	}
}

// WriteVersion writes the name of the program or of a command, then version, revision and build.
func WriteVersion(w io.Writer, name string) {
	fmt.Fprintf(w, "%s %s\nrevision %s\n%s %s/%s\n", name, Version, Revision(), runtime.Version(), runtime.GOOS,
		runtime.GOARCH)
}
