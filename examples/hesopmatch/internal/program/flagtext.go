package program

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hesopmatch/codelist"
)

// FlagText replaces the options of the libraries in a text by the flags of the command line: RawWidth(4) becomes
// -raw-width 4. It does not change text in double quotes, parts of paths, or the given names, such as that of a file.
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

// verbatim returns how many bytes at the start of a text are a name or a quoted string.
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

// quotedPrefix returns the quoted string that a text begins with, "" for none.
func quotedPrefix(text string) string {
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil {
		return ""
	}
	return quoted
}

// continuesWord reports whether a word right after this character is part of a longer word or of a path.
func continuesWord(before rune) bool {
	return unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune(`_-./\=#@~`, before)
}

// beginsWord reports whether the start of this text continues the word right before the text.
func beginsWord(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if r == '.' { // the end of a sentence, or the start of a file's extension
		next, _ := utf8.DecodeRuneInString(text[size:])
		return unicode.IsLetter(next) || unicode.IsDigit(next)
	}
	return size > 0 && continuesWord(r)
}

// wordLength returns how many bytes of letters and digits a text begins with.
func wordLength(text string) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); n >= 0 {
		return n
	}
	return len(text)
}

// packages are the packages that a message may name before an option.
var packages = []string{"codelist", "xlsx", "coding", "hesop", "match", "cohort", "syntax"}

// flagOf returns the flag for the option that a text begins with, and the length of that option in bytes. The length is
// 0 if the text does not begin with an option.
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

// in returns the flag for an option whose name ends at this offset of a text. If arguments follow the name, the flag
// gets its value from the arguments. The second result is the offset after the option.
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

// arguments returns the arguments of a call at the start of a text, and their length in bytes, brackets included. The
// length is 0 if the text does not begin with arguments.
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

// shellWord returns a text as one word for a shell, quoted if necessary.
func shellWord(text string) string {
	isPlain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.=-,/:", r)
	}
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !isPlain(r) }) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// flagError is an error of the libraries whose text passes through FlagText.
type flagError struct {
	err   error
	names []string
}

// FlagError returns an error that wraps err. Its text is the text of err, passed through FlagText. It returns nil if
// err is nil.
func FlagError(err error, names ...string) error {
	if err == nil {
		return nil
	}
	return flagError{err, names}
}

// Error returns the text with flags in place of options.
func (e flagError) Error() string { return FlagText(e.err.Error(), e.names...) }

// Unwrap returns the error of the library.
func (e flagError) Unwrap() error { return e.err }

// FlagNotices passes the text of each notice of the libraries through FlagText.
func FlagNotices(notices []codelist.Notice, names ...string) []codelist.Notice {
	all := make([]codelist.Notice, len(notices))
	for i, n := range notices {
		all[i] = codelist.Notice{Level: n.Level, Text: FlagText(n.Text, names...)}
	}
	return all
}
