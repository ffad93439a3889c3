package flag

import (
	"fmt"
	"strings"
)

// longestSafe is the greatest length of a name in Stata, in characters.
const longestSafe = 32

// nameLists sets the names of the lists in the output, and notes which of these names -names safe changes.
func (f *flagging) nameLists() error {
	lists := make(map[string]string) // names of lists, by the name in the output in lower case
	for _, l := range f.lists {
		name := l.Name()
		if f.opts.names == "safe" {
			name = safeName(name)
			if name != l.Name() {
				f.opts.notices.Note("list %q is called %s in the output (-names safe)", l.Name(), name)
			}
			other, twice := lists[strings.ToLower(name)]
			if twice {
				settle := "give one of them another name: NAME=FILE"
				if group := f.opts.lists.Group; group != "" {
					settle = "change a value of -group " + group
				}
				return fmt.Errorf("-names safe gives one name, %s, to the lists %q and %q: %s", name, other,
					l.Name(), settle)
			}
			lists[strings.ToLower(name)] = l.Name()
		}
		f.names = append(f.names, name)
	}
	return nil
}

// safeName returns the name of a list as a valid name of a variable in Stata and R.
func safeName(name string) string {
	isLetter := func(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
	safe := strings.Map(func(r rune) rune {
		if isLetter(r) || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, name)
	if safe == "" || !isLetter(rune(safe[0])) || isReserved(safe) {
		safe = "l_" + safe
	}
	return safe[:min(len(safe), longestSafe)]
}

// reserved are the reserved words of Stata and R. Stata also reserves str1, str2 and so on.
const reserved = " byte double float if in int long str strL using with " + // Stata
	"break else for function if in next repeat while FALSE Inf NA NA_character_ NA_complex_ NA_integer_ NA_real_ " +
	"NaN NULL TRUE " // R

func isReserved(name string) bool {
	digits, isString := strings.CutPrefix(name, "str")
	return strings.Contains(reserved, " "+name+" ") ||
		isString && digits != "" && strings.Trim(digits, "0123456789") == ""
}
