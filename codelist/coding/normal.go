package coding

// normal is a field or cell in upper case, without dots and outer white space. Case, dots and outer white space do not
// distinguish codes.
//
// text[:min(n, len(text))] holds the first characters; n counts all of them. A text that does not fit is a code only if
// the characters that do not fit are marks and dashes. The fields undashed and unmarked record where the text ends
// without marks and dashes. Always 0 ≤ unmarked ≤ undashed ≤ n.
type normal struct {
	text [8]byte
	n    int

	last     byte // last character
	undashed int  // number of characters without trailing dashes
	unmarked int  // the same, with the last of these characters and the dashes before it removed too
}

// normalise reads a field into the form that the rules compare. The result blank is true if the field has only white
// space.
func normalise[T string | []byte](field T) (t normal, blank bool) {
	start, end := trim(field)
	blank = true
	for i := start; i < end; i++ {
		c := field[i]
		blank = blank && (c == ' ' || '\t' <= c && c <= '\r') // including line ends
		if c == '.' {
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if t.n < len(t.text) {
			t.text[t.n] = c
		}
		t.n++
		t.last = c
		if c != '-' {
			t.unmarked, t.undashed = t.undashed, t.n
		}
	}
	return t, blank
}

// trim returns the bounds of the field without outer spaces, tabs and no-break spaces. It accepts no-break spaces as
// UTF-8 and as the single byte of Windows-1252.
func trim[T string | []byte](field T) (start, end int) {
	end = len(field)
	for start < end {
		switch c := field[start]; {
		case c == ' ', c == '\t', c == 0xA0:
			start++
		case c == 0xC2 && start+1 < end && field[start+1] == 0xA0:
			start += 2
		default:
			for start < end {
				switch c := field[end-1]; {
				case c == 0xA0 && end-2 >= start && field[end-2] == 0xC2:
					end -= 2
				case c == ' ', c == '\t', c == 0xA0:
					end--
				default:
					return start, end
				}
			}
		}
	}
	return start, start
}

func (t *normal) is(s string) bool {
	return t.n == len(s) && string(t.text[:t.n]) == s
}

// startsWith reports whether the text starts with s, which must not be longer than the array text.
func (t *normal) startsWith(s string) bool {
	return t.n >= len(s) && string(t.text[:len(s)]) == s
}

// stripMarks removes what HES writes after a code: the dashes that fill unused characters and then, in diagnoses, at
// most one dagger or asterisk mark (D, A). At least four characters, dashes included, precede a mark.
func (t *normal) stripMarks(sys System) {
	if sys == ICD10 && t.n > 4 && (t.last == 'A' || t.last == 'D') {
		t.n = t.unmarked
	} else {
		t.n = t.undashed
	}
}

// code reads the text by the grammar of a system.
func (t *normal) code(sys System) (Code, bool) {
	if t.n < 3 || t.n > sys.Longest() {
		return 0, false
	}
	letter, tens, units := t.text[0]-'A', t.text[1]-'0', t.text[2]-'0'
	if letter > 25 || tens > 9 || units > 9 || sys == OPCS4 && letter == 'I'-'A' {
		return 0, false
	}
	var fourth, fifth uint8
	if t.n > 3 && t.text[3] != 'X' {
		if fourth = t.text[3] - '0' + 1; fourth < 1 || fourth > 10 {
			return 0, false
		}
	}
	if t.n > 4 {
		if fifth = t.text[4] - '0' + 1; fifth < 1 || fifth > 10 {
			return 0, false
		}
	}
	return newCode(sys, int(letter)*100+int(tens)*10+int(units), fourth, fifth), true
}
