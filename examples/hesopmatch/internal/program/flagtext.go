package program

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hesopmatch/codelist"
)

// FlagText returns a text of the libraries with the flags of the command line in place of their
// options: RawWidth(4) becomes -raw-width 4. What stands in double quotes, what is part of a path
// and names, such as the file's, stay as they are.
func FlagText(text string, names ...string) string {
	flags := optionFlags()
	var b strings.Builder
	before := ' '
	for at := 0; at < len(text); {
		rest := text[at:]
		n := verbatim(rest, before, names)
		if n == 0 && !continuesWord(before) {
			flag, length := flagOf(flags, rest)
			b.WriteString(flag)
			n = length
			if n > 0 {
				at, before = at+n, ' '
				continue
			}
			n = wordLength(rest)
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(rest)
		}
		b.WriteString(rest[:n])
		at += n
		before, _ = utf8.DecodeLastRuneInString(rest[:n])
	}
	return b.String()
}

// verbatim is how many bytes at the start of a text are a name or stand in quotes.
func verbatim(text string, before rune, names []string) int {
	longest := 0
	for _, name := range names {
		if !continuesWord(before) && len(name) > longest && strings.HasPrefix(text, name) &&
			!beginsWord(text[len(name):]) {
			longest = len(name)
		}
	}
	if longest == 0 && text[0] == '"' {
		return len(quotedPrefix(text))
	}
	return longest
}

// quotedPrefix is the quoted string that a text begins with, "" for none.
func quotedPrefix(text string) string {
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil {
		return ""
	}
	return quoted
}

// continuesWord reports whether a word that stands behind a character is part of a longer one, or of
// a path.
func continuesWord(before rune) bool {
	return unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune(`_-./\=#@~`, before)
}

// beginsWord reports whether what stands at the start of a text would go on with a word before it.
func beginsWord(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if r == '.' { // of a sentence, or before the extension of a file
		next, _ := utf8.DecodeRuneInString(text[size:])
		return unicode.IsLetter(next) || unicode.IsDigit(next)
	}
	return size > 0 && continuesWord(r)
}

// wordLength is the length of the letters and digits that a text begins with.
func wordLength(text string) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); n >= 0 {
		return n
	}
	return len(text)
}

// packages are those that a message may name before an option.
var packages = []string{"codelist", "xlsx", "coding", "hesop", "match", "cohort", "syntax"}

// flagOf returns the flag of the option that a text begins with, and how many bytes of the text that
// is, 0 if it begins with none.
func flagOf(flags map[string]optionFlag, text string) (flag string, length int) {
	length = wordLength(text)
	if slices.Contains(packages, text[:length]) && strings.HasPrefix(text[length:], ".") {
		from := length + 1
		length = from + wordLength(text[from:])
		if f, ok := flags[text[:length]]; ok {
			return f.in(text, length)
		}
		f, ok := flags[text[from:length]]
		if !ok {
			return "", 0
		}
		f.isWord = false
		return f.in(text, length)
	}
	f, ok := flags[text[:length]]
	if !ok {
		return "", 0
	}
	return f.in(text, length)
}

// in returns a flag with the value from the arguments that stand at a place of a text, if any do, and
// where they end.
func (f optionFlag) in(text string, at int) (flag string, length int) {
	if beginsWord(text[at:]) {
		return "", 0
	}
	args, n := arguments(text[at:])
	switch {
	case n > 0:
		return f.withArguments(args), at + n
	case f.isWord:
		return "", 0
	default:
		return f.flag, at
	}
}

// arguments reads the arguments of a call at the start of a text, and how many bytes they have with
// their brackets, 0 if none stand there.
func arguments(text string) (args []string, length int) {
	if !strings.HasPrefix(text, "(") {
		return nil, 0
	}
	for at := 1; at < len(text); {
		rest := text[at:]
		quoted := quotedPrefix(rest)
		n := len(quoted)
		if n == 0 {
			n = max(strings.IndexAny(rest, ",)"), 0)
		}
		arg := rest[:n]
		if quoted != "" {
			arg, _ = strconv.Unquote(quoted)
		}
		if quoted != "" || arg != "" {
			args = append(args, arg)
		}
		at += n
		switch {
		case strings.HasPrefix(text[at:], ")"):
			return args, at + 1
		case strings.HasPrefix(text[at:], ", "):
			at += len(", ")
		default:
			return nil, 0
		}
	}
	return nil, 0
}

// shellWord is a text as one word of a shell.
func shellWord(text string) string {
	isPlain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.=-,/:", r)
	}
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !isPlain(r) }) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// flagError is an error of the libraries with FlagText for its text.
type flagError struct {
	err   error
	names []string
}

// FlagError returns an error of the libraries with the flags of the command line in place of their
// options, and with names as they are. It is nil if err is.
func FlagError(err error, names ...string) error {
	if err == nil {
		return nil
	}
	return flagError{err, names}
}

// Error returns the text with flags.
func (e flagError) Error() string { return FlagText(e.err.Error(), e.names...) }

// Unwrap returns the error of the library.
func (e flagError) Unwrap() error { return e.err }

// FlagNotices returns notices of the libraries with FlagText for their texts.
func FlagNotices(notices []codelist.Notice, names ...string) []codelist.Notice {
	all := make([]codelist.Notice, len(notices))
	for i, n := range notices {
		all[i] = codelist.Notice{Level: n.Level, Text: FlagText(n.Text, names...)}
	}
	return all
}
