package program

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist"
)

// Notices collects the warnings and notes of a run about its codelists and its data. The zero Notices is empty, and
// its Err does not fail for warnings.
type Notices struct {
	Warnings string // the value of -warnings: "report" or "error"

	all []codelist.Notice
}

// Register adds the option -warnings to fs.
func (n *Notices) Register(fs *Flags) {
	fs.Word("warnings", &n.Warnings)
}

// Add adds notices, without duplicates.
func (n *Notices) Add(notices ...codelist.Notice) {
	for _, notice := range notices {
		if !slices.Contains(n.all, notice) {
			n.all = append(n.all, notice)
		}
	}
}

// AddLists adds the notices of codelists, with flags in place of the library's options.
func (n *Notices) AddLists(loaded []Loaded) {
	for _, file := range loaded {
		if file.Unsigned != "" {
			n.Note("%s", file.Unsigned)
		}
		for _, r := range file.Reports() {
			n.Add(FlagNotices(r.Notices(), file.names()...)...)
		}
	}
}

// Warn adds a warning.
func (n *Notices) Warn(format string, args ...any) {
	n.Add(codelist.Notice{Level: codelist.LevelWarning, Text: fmt.Sprintf(format, args...)})
}

// Note adds a note.
func (n *Notices) Note(format string, args ...any) {
	n.Add(codelist.Notice{Level: codelist.LevelNote, Text: fmt.Sprintf(format, args...)})
}

// Write writes a line for each notice, errors first, then warnings, then notes.
func (n *Notices) Write(b *strings.Builder) {
	for _, level := range []codelist.Level{codelist.LevelError, codelist.LevelWarning, codelist.LevelNote} {
		for _, notice := range n.all {
			if notice.Level == level {
				b.WriteString(Plain(notice.String()) + "\n")
			}
		}
	}
}

// Err returns an error if Warnings is "error" and a warning was added. Rejected rows that -lenient tolerates are not
// warnings.
func (n *Notices) Err() error {
	if n.Warnings != "error" {
		return nil
	}
	var b strings.Builder
	for _, notice := range n.all {
		if notice.Level == codelist.LevelWarning {
			b.WriteString("\n  " + Plain(notice.String()))
		}
	}
	if b.Len() == 0 {
		return nil
	}
	return errors.New("there are warnings, and -warnings error makes them fail:" + b.String())
}
