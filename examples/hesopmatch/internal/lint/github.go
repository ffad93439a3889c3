package lint

import (
	"fmt"
	"io"
	"strings"

	"hesopmatch/codelist"
)

// writeGitHub writes each finding as a workflow command of GitHub. The command annotates the first row of the finding.
// GitHub shows only ten annotations of each level for a step, although the log of the step has them all. Hence all rows
// of a finding share one annotation.
func writeGitHub(w io.Writer, opts *options, files []checked, ref *codelist.Reference) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, c := range bySeverity(files) {
		path := property.Replace(relative(c.Path))
		for _, f := range append(c.findings(ref), c.unsigned()...) {
			level := opts.level(&f).String()
			if f.level == codelist.LevelNote {
				level = "notice"
			}
			message := strings.Join(append([]string{c.named(&f)}, f.shown()...), "\n")
			if f.advice != "" {
				message += "\n→ " + f.advice
			}
			fmt.Fprintf(&b, "::%s file=%s,line=%d,title=%s::%s\n", level, path, f.first(), property.Replace(f.title()),
				data.Replace(message))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
