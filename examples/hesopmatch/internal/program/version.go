package program

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"time"
)

// Version is the version of the program and of the library it is built on,
// the one that CHANGELOG.md has last.
const Version = "0.1.0"

// Revision is the commit that the program was built from, with a + if files had changed since, and
// "unknown" where the build did not note it, as go run and tests do not.
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

// Origin says which command made an account, how and when.
type Origin struct {
	Program   string   `json:"program"`
	Version   string   `json:"version"`
	Revision  string   `json:"revision"`
	Time      string   `json:"time"`
	Arguments []string `json:"arguments"` // the options that bear on the result, as they were given
	Outputs   []string `json:"outputs"`   // those that named what was written, without the names
	Files     []string `json:"files"`     // what stood behind them
}

// NewOrigin returns the Origin of an account that a command makes now.
func NewOrigin(fs *Flags, now time.Time) Origin {
	return Origin{
		Program: fs.command, Version: Version, Revision: Revision(), Time: now.UTC().Format(time.RFC3339),
		Arguments: fs.arguments(), Outputs: fs.outputs(), Files: fs.Args(),
	}
}

// WriteVersion writes version, revision and build behind the name of the program or of a command.
func WriteVersion(w io.Writer, name string) {
	fmt.Fprintf(w, "%s %s\nrevision %s\n%s %s/%s\n", name, Version, Revision(), runtime.Version(), runtime.GOOS,
		runtime.GOARCH)
}
