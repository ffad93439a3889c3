package codelist

// readPlain reads a field of the form that nearly all fields of HES have: a capital
// letter, two digits, and a digit or the filler X. It is false for any other, which
// readAny reads; of these it says what readAny does.
func readPlain(sys System, field *[4]byte, width int) (v Value, ok bool) {
	letter, tens, units, last := uint(field[0]-'A'), uint(field[1]-'0'), uint(field[2]-'0'), uint8(field[3]-'0')
	fourth := last + 1
	if field[3] == 'X' {
		last, fourth = 0, 0
	}
	if letter > 25 || tens > 9 || units > 9 || last > 9 {
		return v, false
	}
	category := int(100*letter + 10*tens + units)
	class, missing, cut := ClassCode, NotMissing, uint8(0)
	switch sys {
	case ICD10:
		if category == missingDiagnosis {
			class, missing = ClassMissing, MissingUnknown
		}
		if width == 4 {
			cut = 4
		}
	case OPCS4:
		if letter == 'I'-'A' {
			return v, false
		}
		if category == missingProcedure {
			class, missing = ClassMissing, missingProcedures[fourth%16]
		}
	default:
		return v, false
	}
	return newValue(sys, class, missing, newCode(sys, category, fourth, 0), cut), true
}

// missingProcedures are the reasons of X99X and X990 to X999, by the fourth place of
// their codes.
var missingProcedures = [16]Missing{
	MissingUnknown, MissingUnknown, MissingUnknown, MissingUnknown, MissingUnknown, MissingUnknown,
	MissingUnknown, MissingUnknown, MissingUnknown, MissingNoCode, MissingNone,
}
