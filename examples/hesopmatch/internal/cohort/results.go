package cohort

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// acroVersion is the version of the format of outputs.json. The acro package reads only its own version; the viewer of
// SACRO also reads earlier versions, back to 0.4.
const acroVersion = "1.0.2"

// acroResults is the content of outputs.json.
type acroResults struct {
	Version string   `json:"version"` // of the format
	Tool    acroTool `json:"tool"`
	Results object   `json:"results"` // acroResult by uid
}

// acroTool is the program that made the results.
type acroTool struct {
	Type    string `json:"@type"`
	Name    string `json:"name"`
	Version string `json:"version"`
}

// acroResult is one output to be released. The format allows the statuses pass, review and fail.
type acroResult struct {
	UID        string     `json:"uid"`
	Status     string     `json:"status"`
	Type       string     `json:"type"`
	Properties object     `json:"properties"`
	Files      []acroFile `json:"files"`
	Outcome    object     `json:"outcome"`
	Command    string     `json:"command"`
	Summary    string     `json:"summary"`
	Timestamp  string     `json:"timestamp"`
	Comments   []string   `json:"comments"`
	Exception  string     `json:"exception"`
	Fair       object     `json:"fair"`
}

// acroFile is a file of a result, with the outcome of its checks.
type acroFile struct {
	Name string `json:"name"`
	SDC  any    `json:"sdc"`
}

// acroSDC counts the cells that each check of ACRO flags, and gives their positions.
type acroSDC struct {
	Summary acroCounts `json:"summary"`
	Cells   acroCells  `json:"cells"`
}

type acroCounts struct {
	Suppressed bool `json:"suppressed"`
	Negative   int  `json:"negative"`
	Missing    int  `json:"missing"`
	Threshold  int  `json:"threshold"`
	PRatio     int  `json:"p-ratio"`
	NKRule     int  `json:"nk-rule"`
	Same       int  `json:"all-values-are-same"`
}

type acroCells struct {
	Negative  [][2]int `json:"negative"`
	Missing   [][2]int `json:"missing"`
	Threshold [][2]int `json:"threshold"`
	PRatio    [][2]int `json:"p-ratio"`
	NKRule    [][2]int `json:"nk-rule"`
	Same      [][2]int `json:"all-values-are-same"`
}

// toReview is the status of all results. ACRO gives this status to output that ACRO itself has suppressed or rounded: a
// person has to review the output, but nothing is left to correct.
const toReview = "review"

// result describes a table.
func (info releaseInfo) result(t releaseTable, file string) acroResult {
	hidden, none := t.hidden(), [][2]int{}
	r := info.described(t.Name, "table", t.Title)
	r.Files = []acroFile{{file, acroSDC{
		acroCounts{Suppressed: true, Threshold: len(hidden)},
		acroCells{none, none, hidden, none, none, none},
	}}}
	r.Properties = object{
		{"method", "frequency"},
		{"mitigation", "suppress and round"},
		{"profile", info.Profile},
		{"threshold", info.Least},
		{"threshold_unit", "people"},
		{"round_base", info.Nearest},
	}
	r.Summary = info.summary(len(hidden))
	if file != summaryFile { // the rows of the summary have no names
		r.Outcome = t.outcome()
	}
	r.Fair = object{{"analysis_name", "FrequencyTable"}, {"independent", t.Head}}
	return r
}

// page describes the page, which tools for tables do not read.
func (info releaseInfo) page() acroResult {
	r := info.described("page", "custom", "The numbers of the tables as a page of charts and tables, for a browser.")
	r.Files = []acroFile{{pageFile, object{}}}
	r.Properties = object{{"method", "page"}}
	r.Summary = toReview
	return r
}

// described returns a result with the fields that all results share.
func (info releaseInfo) described(uid, kind, title string) acroResult {
	comments := []string{forViewer(title)}
	for _, note := range info.Notes {
		comments = append(comments, forViewer(note))
	}
	return acroResult{
		UID: uid, Status: toReview, Type: kind, Properties: object{}, Outcome: object{}, Fair: object{},
		Command: program.Plain(info.Command), Timestamp: info.Time.UTC().Format(time.RFC3339), Comments: comments,
		Exception: fmt.Sprintf("Numbers of fewer than %d people are suppressed (%s), and all others are rounded to "+
			"the nearest %d.", info.Least, info.sign(), info.Nearest),
	}
}

// summary states what was done to a table. The viewer of SACRO shows the text before the first semicolon as the
// verdict.
func (info releaseInfo) summary(hidden int) string {
	count := "no cell"
	if hidden > 0 {
		count = program.Count(hidden, "cell")
	}
	return fmt.Sprintf("threshold: %s suppressed; all numbers rounded to the nearest %d", count, info.Nearest)
}

// outcome returns the verdict on each cell, by measure and row, in ACRO's words.
func (t releaseTable) outcome() object {
	names := t.names()
	var out object
	for column, measure := range t.Measures {
		var cells object
		for i, row := range t.Rows {
			verdict := "ok"
			if column < len(row.Hidden) && row.Hidden[column] {
				verdict = "threshold; "
			}
			cells = append(cells, member{names[i], verdict})
		}
		out = append(out, member{measure, cells})
	}
	return out
}

// outputs returns outputs.json.
func (info releaseInfo) outputs(results object) ([]byte, error) {
	return indented(acroResults{
		Version: acroVersion,
		Tool:    acroTool{"SoftwareApplication", "hesopmatch cohort", info.Version},
		Results: results,
	})
}

// config returns config.json, the rule in the words of ACRO's own configuration.
func (info releaseInfo) config() ([]byte, error) {
	return indented(object{
		{"profile", info.Profile},
		{"safe_threshold", info.Least},
		{"safe_round_base", info.Nearest},
		{"zeros_are_disclosive", true},
		{"suppress", true},
	})
}

// forViewer returns a text in which a browser finds no tag, because the viewer of SACRO treats comments as HTML. A <
// before a digit starts no tag.
func forViewer(text string) string {
	var b strings.Builder
	text = program.Plain(text)
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] != '<' || i+1 == len(text) {
			continue
		}
		next := text[i+1] | 0x20 // a letter in lower case
		if next >= 'a' && next <= 'z' || strings.IndexByte("/!?", text[i+1]) >= 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// object is a JSON object whose members keep their order, because tools show them in that order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON encodes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			out = append(out, ',')
		}
		for j, part := range []any{m.name, m.value} {
			text, err := encoded(part, "")
			if err != nil {
				return nil, err
			}
			if j > 0 {
				out = append(out, ':')
			}
			out = append(out, text...)
		}
	}
	return append(out, '}'), nil
}

// indented returns a value as JSON in ASCII, because the viewer of SACRO reads the file in the encoding of its system.
func indented(value any) ([]byte, error) {
	text, err := encoded(value, "  ")
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(text)+1)
	for _, r := range string(text) {
		switch a, b := utf16.EncodeRune(r); {
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case a == utf8.RuneError: // one unit of UTF-16
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = fmt.Appendf(out, `\u%04x\u%04x`, a, b)
		}
	}
	return append(out, '\n'), nil
}

// encoded returns a value as JSON, with < and & unescaped.
func encoded(value any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(value)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

// sum returns the text that the folder "checksums" holds for a file: the SHA-256 of the file in hexadecimal, without a
// line end.
func sum(data []byte) []byte {
	digest := sha256.Sum256(data)
	return []byte(hex.EncodeToString(digest[:]))
}
