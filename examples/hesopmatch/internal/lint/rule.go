package lint

import "strings"

// The kinds of findings.
const (
	kindRefused   = "refused"
	kindEmpty     = "no entry is left"
	kindRejected  = "rejected"
	kindWarning   = "warning of the list"
	kindNote      = "note on the list"
	kindUnknown   = "not in the reference"
	kindUnchecked = "not checked"
	kindSheet     = "sheet passed over"
	kindDecided   = "decided by policy"
	kindUnused    = "columns not used"
	kindUnsigned  = "no column of exclusions"
	kindIgnored   = "ignored"
	kindRepaired  = "repaired"
	kindDuplicate = "duplicate"
)

// rule returns the id of the findings of one kind and reason. The id is the same in every file and run.
func (f *finding) rule() string {
	id := slug(f.kind)
	if f.reason != "" && f.kind != kindRepaired && f.kind != kindDuplicate {
		id += "/" + slug(f.reason)
	}
	return id
}

// clause returns the first clause of a sentence.
func clause(sentence string) string {
	if at := strings.IndexAny(sentence, ",;:("); at > 0 {
		sentence = sentence[:at]
	}
	return strings.TrimSpace(sentence)
}

// slug returns the first clause of a sentence as lower-case letters and digits, with hyphens between the words.
func slug(sentence string) string {
	words := strings.FieldsFunc(strings.ToLower(clause(sentence)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

// title returns what a rule is about, in a few words.
func (f *finding) title() string {
	if f.reason == "" || f.kind == kindRepaired || f.kind == kindDuplicate {
		return f.kind
	}
	return f.kind + ": " + clause(f.reason)
}

// help returns what to do about the findings of a rule.
func (f *finding) help() string {
	if f.advice != "" && f.kind != kindEmpty {
		return f.advice
	}
	switch f.kind {
	case kindRefused:
		return "the file cannot be read as a codelist; do what the message says, or leave the file out"
	case kindEmpty:
		return "correct the rejected rows, or check that the whole file was saved"
	case kindWarning:
		return "the list can be used, but it probably does not say what was meant; do what the message says"
	case kindUnchecked:
		return "add the codes of the coding system to the reference"
	case kindSheet:
		return "name the sheet to read, or remove the sheet that holds no codes"
	case kindUnused:
		return "nothing to do, unless one of the columns should be used: name it with -code-column, -system-column " +
			"or -exclude-column"
	case kindUnsigned:
		return "nothing to do, if every row of the list is an inclusion"
	case kindIgnored:
		return "nothing to do, if the row should be left out; otherwise write a code of ICD-10 or OPCS-4"
	case kindRepaired:
		return "nothing to do; to avoid the repair, write the code as it was read"
	case kindDuplicate:
		return "nothing to do; to name each code once, remove the later row"
	default:
		return "nothing to do, if this is what was meant"
	}
}
