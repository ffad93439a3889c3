package hesop

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hesopmatch/internal/persondata"
)

// origin says where the names of a header come from.
type origin uint8

const (
	fromText   origin = iota // the first row of a file: a header, or a data row mistaken for one
	fromCaller               // the option Names
	fromQuery
)

// naming explains what is wrong with the names of a header. It shows only names that cannot be a person's data.
type naming struct {
	origin
	names   []string
	known   int  // number of names that the package knows
	isOne   bool // the names look like a header
	hasData bool // at least one name that is not known looks like data
	unsplit bool // the first row of a file is a single cell that holds several words
}

func newNaming(names []string, from origin) naming {
	n := naming{origin: from, names: names}
	filled := 0
	for _, name := range names {
		if foldColumn(name) == "" {
			continue
		}
		filled++
		if isKnown(name) {
			n.known++
		} else {
			n.hasData = n.hasData || looksLikeData(name)
		}
	}
	n.unsplit = from == fromText && filled == 1 && n.known == 0 && slices.ContainsFunc(names, hasWords)
	n.isOne = !n.unsplit && (!n.hasData || 2*n.known > filled)
	return n
}

// hasWords reports whether a cell does not look like a single name. What separates its words may then be the delimiter
// of the row.
func hasWords(cell string) bool {
	cell = strings.TrimSpace(visible(cell))
	return !looksLikeName(cell) && !isCodeLike(foldColumn(cell))
}

// isMostlyKnown reports whether most names are columns of the data set.
func (n naming) isMostlyKnown() bool { return 2*n.known > len(n.names) }

// twice describes two columns that have the same name.
func (n naming) twice(first, second int) string {
	if n.origin == fromText && !n.isOne {
		return n.none()
	}
	advice := "; give them two names"
	if n.origin != fromText {
		advice = n.advise()
	}
	return fmt.Sprintf("columns %d and %d are both called %s%s", first+1, second+1, n.quote(n.names[second]), advice)
}

// none explains why none of the names can be used, and what to do about it.
func (n naming) none() string {
	if n.unsplit {
		return "line 1 has one column, which is not shown: set its delimiter with Delimiter; only comma, tab, " +
			"semicolon and vertical bar are detected"
	}
	if n.origin == fromText && !n.isOne {
		return "line 1 looks like data, not like column names" + n.advise()
	}
	return fmt.Sprintf("among %d columns: %s%s", len(n.names), n.quoteSome(), n.advise())
}

// quoteSome lists the first few names.
func (n naming) quoteSome() string {
	const most = 5
	var words []string
	for _, name := range n.names[:min(len(n.names), most)] {
		words = append(words, n.quote(name))
	}
	if len(n.names) > most {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}

// shows reports whether a name can be shown because it cannot be a person's data. The first row of a file may be data
// instead of a header, a file of names may hold rows, and a query may name a column after a value.
func (n naming) shows(name string) bool {
	switch {
	case isKnown(name), isCodeLike(foldColumn(name)) && !looksLikeData(name):
		return true
	case n.origin == fromText:
		return n.isOne && isPrintable(name) && len(name) <= longestShown &&
			(n.known > 0 || !strings.ContainsAny(name, notInNames))
	case n.origin == fromCaller:
		return !n.hasData && looksLikeName(name)
	default:
		return looksLikeName(name)
	}
}

// quote quotes a name for a message, or returns "(not shown)" if the name must not be shown.
func (n naming) quote(name string) string {
	if !n.shows(name) {
		return "(not shown)"
	}
	return strconv.Quote(name)
}

// notInNames are characters that may delimit cells. In a header without any known name, a name that contains any of
// them is not shown.
const notInNames = ",;|\t~^<> "

// longestShown is the length in bytes of the longest name that is shown: a longer one may be a sentence.
const longestShown = 60

// advise says what to do about names that cannot be used.
func (n naming) advise() string {
	switch {
	case n.origin == fromQuery:
		return "; name the columns in the query (AS) or the Source, or rename them with Rename"
	case n.origin == fromCaller && n.hasData:
		return "; the names given by Names look like rows of data: give column names only"
	case n.origin == fromCaller:
		return "; the names are those given by Names"
	case n.isOne && n.misspelt() >= 0:
		name := n.names[n.misspelt()]
		meant, _ := misspelt(name)
		return fmt.Sprintf("; the name %q is close to %s: if it holds codes, say so with %s", name, meant,
			renameTo(name, meant))
	case n.isOne && n.looksLikeList():
		return "; " + listAdvice + `; otherwise name the code columns with Rename(NAME, "diag_01")`
	case n.isMostlyKnown():
		return "; join it first with the file that has the codes of these appointments"
	case n.isOne:
		return `; name the code columns with Rename(NAME, "diag_01"), or set another delimiter with Delimiter`
	default:
		return "; a file without a header needs Names, another delimiter Delimiter"
	}
}

// isKnown reports whether name is a code column or another column of the data set.
func isKnown(name string) bool {
	_, isCode := readCodeName(name)
	return isCode || findColumn(name) != nil || isStudyPerson(foldColumn(name))
}

// isPrintable reports whether a name holds only visible characters.
func isPrintable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(visible(name),
		func(r rune) bool { return !unicode.IsPrint(r) && r != '\u00A0' })
}

// looksLikeData reports whether a cell looks like data and not like a name in a header. A cell looks like data if it
// contains more than three digits in a row, a date, a postcode, quotes in brackets (as program text does), a list or
// more than six words, or if it consists of a number or a code alone.
func looksLikeData(cell string) bool {
	return persondata.Looks(cell) || dataPattern().MatchString(strings.ToLower(cell))
}

var dataPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(strings.Join([]string{
		`^[-+., ]*$`,
		`^ *[a-z][0-9]{2}[.]?[0-9x][0-9]?[-a-z]? *$`,
		`[(\[{=:] *['"]|['"] *[)\]};:]`,
		`(?:[^ ]+ +){6}`,
		`, `,
	}, "|"))
})

// looksLikeName reports whether a text consists of letters, underscores and at most three digits. Identifiers, dates
// and numbers do not.
func looksLikeName(text string) bool {
	text = strings.TrimSpace(text)
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '_':
			letters++
		case '0' <= r && r <= '9':
			digits++
		default:
			return false
		}
	}
	return letters > 0 && digits <= 3 && len(text) <= 40
}
