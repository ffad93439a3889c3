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

// rule returns the id of findings of one kind and reason. It is the same in every file and run.
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

// slug returns the first clause of a sentence in small letters and digits with hyphens between.
func slug(sentence string) string {
	words := strings.FieldsFunc(strings.ToLower(clause(sentence)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

// title returns what a rule is about, in few words.
func (f *finding) title() string {
	if f.reason == "" || f.kind == kindRepaired || f.kind == kindDuplicate {
		return f.kind
	}
	return f.kind + ": " + clause(f.reason)
}

// help returns what settles findings of a rule.
func (f *finding) help() string {
	if f.advice != "" && f.kind != kindEmpty {
		return f.advice
	}
	switch f.kind {
	case kindRefused:
		return "the file cannot be read as a codelist; the message says what settles it, or take the file out"
	case kindEmpty:
		return "correct the rows that are rejected, or look whether the file was saved whole"
	case kindWarning:
		return "the list can be used, and probably does not say what was meant; the message says what settles it"
	case kindUnchecked:
		return "add the codes of the coding system to the reference"
	case kindSheet:
		return "name the sheet to read, or take out the one that holds no codes"
	case kindUnused:
		return "nothing, unless one of the columns was to be used: name it with -code-column, -system-column or " +
			"-exclude-column"
	case kindUnsigned:
		return "nothing, if all rows of the list include"
	case kindIgnored:
		return "nothing, if the row was to be left out; otherwise write a code of ICD-10 or OPCS-4"
	case kindRepaired:
		return "nothing; write the code as it was read, if the list is to need no repair"
	case kindDuplicate:
		return "nothing; take the later row out, if the list is to name each code once"
	default:
		return "nothing, unless it is not what was meant"
	}
}
