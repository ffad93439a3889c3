package coding

import (
	"testing"

	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

func TestReadValue(t *testing.T) {
	const blank = "" // no code
	tests := []struct {
		sys     System
		field   string
		width   int
		class   Class
		code    string
		missing Missing
		cut     int
		reason  string
	}{
		{ICD10, "E119", 6, ClassCode, "E119", NotMissing, 0, "a raw field truncates nothing"},
		{ICD10, "E119", 4, ClassCode, "E119", NotMissing, 4, "a fifth character may have been cut off"},
		{ICD10, "E11", 4, ClassCode, "E11", NotMissing, 0, "three characters in a field of four are whole"},
		{ICD10, "E11", 3, ClassCode, "E11", NotMissing, 3, "three characters in a field of three may be truncated"},
		{ICD10, "I10X", 4, ClassCode, "I10", NotMissing, 4, "a fifth character after X may have been cut off"},
		{ICD10, "M0510", 4, ClassCode, "M0510", NotMissing, 0, "longer than its field: not truncated"},
		{ICD10, "E11-", 4, ClassCode, "E11", NotMissing, 0, "a dash is not part of the code"},
		{OPCS4, "K401", 4, ClassCode, "K401", NotMissing, 0, "OPCS-4 has no fifth character"},
		{OPCS4, "K40", 3, ClassCode, "K40", NotMissing, 3, "... but has a fourth"},
		{ICD10, "", 4, ClassEmpty, blank, NotMissing, 0, "an empty field"},
		{ICD10, " \t\u00A0\xA0", 4, ClassEmpty, blank, NotMissing, 0, "white space, including no-break spaces in two encodings"},
		{ICD10, "\r\n", 4, ClassEmpty, blank, NotMissing, 0, "line ends in a quoted field are white space"},
		{ICD10, "\f \f", 4, ClassEmpty, blank, NotMissing, 0, "form feeds around a space; found by fuzzing, keep"},
		{ICD10, "&", 4, ClassMissing, blank, MissingUnknown, 0, "not known"},
		{ICD10, "-", 4, ClassMissing, blank, MissingNone, 0, "none"},
		{OPCS4, "&\t ", 4, ClassMissing, blank, MissingUnknown, 0, "\"not known\", padded as in the artificial data"},
		{OPCS4, "-", 4, ClassMissing, blank, MissingNone, 0, "a dash alone is not removed"},
		{ICD10, "A0000---A", 6, ClassCode, "A0000", NotMissing, 0, "any number of dashes; found by fuzzing, keep"},
		{ICD10, "A00---------", 6, ClassCode, "A00", NotMissing, 0, "... without a mark"},
		{OPCS4, "--", 4, ClassUnrecognised, blank, NotMissing, 0, "nothing but dashes, yet not empty"},
		{ICD10, "R69X", 4, ClassMissing, "R69", MissingUnknown, 4, "not known"},
		{ICD10, "R69", 3, ClassMissing, "R69", MissingUnknown, 3, "truncated to three"},
		{ICD10, "r69.x6", 6, ClassMissing, "R69X6", MissingPrimary, 0, "no primary diagnosis"},
		{ICD10, "R69X8", 6, ClassMissing, "R69X8", MissingInvalid, 0, "invalid"},
		{ICD10, "R69X3-", 6, ClassMissing, "R69X3", MissingExternal, 0, "external cause as primary"},
		{ICD10, "R69X66", 6, ClassMissing, "R69X6", MissingUnknown, 0, "malformed: the longest code at its start"},
		{ICD10, "R69ZZ", 6, ClassMissing, "R69", MissingUnknown, 0, "malformed: the category"},
		{OPCS4, "X997", 4, ClassMissing, "X997", MissingUnknown, 0, "not known"},
		{OPCS4, "X998", 4, ClassMissing, "X998", MissingNoCode, 0, "no code available"},
		{OPCS4, "X999", 4, ClassMissing, "X999", MissingNone, 0, "none"},
		{OPCS4, "X99", 3, ClassMissing, "X99", MissingUnknown, 3, "truncated to three"},
		{ICD10, "X99", 4, ClassCode, "X99", NotMissing, 0, "assault by a sharp object is a diagnosis"},
		{ICD10, "X991", 4, ClassCode, "X991", NotMissing, 4, "... and so are its subcategories"},
		{OPCS4, "R69", 4, ClassCode, "R69", NotMissing, 0, "R69 means missing in ICD-10 only"},
		{ICD10, "0000", 4, ClassUnrecognised, blank, NotMissing, 0, "junk"},
		{ICD10, "AU00", 4, ClassUnrecognised, blank, NotMissing, 0, "junk"},
		{ICD10, "E11 9", 6, ClassUnrecognised, blank, NotMissing, 0, "inner spaces are not removed in data"},
		{OPCS4, "1   ", 4, ClassUnrecognised, blank, NotMissing, 0, "padded junk"},
	}
	for _, tt := range tests {
		t.Run(tt.sys.String()+" "+tt.field, func(t *testing.T) {
			v := ReadValue(tt.sys, []byte(tt.field), tt.width)
			require.Equal(t, tt.class, v.Class(), tt.reason)
			require.Equal(t, tt.code, v.Code().String(), tt.reason)
			require.Equal(t, tt.missing, v.Missing(), tt.reason)
			require.Equal(t, tt.cut, v.Cut(), tt.reason)
			require.Equal(t, tt.sys, v.System())

			class, _ := oracle.Classify(tt.sys.String(), tt.field)
			require.Equal(t, class, v.Class().String(), "the oracle agrees")
		})
	}
}

// TestReadValueOfFour compares the fast path for four characters with readAny, for all combinations of the characters
// that one of the two tells apart.
func TestReadValueOfFour(t *testing.T) {
	characters := []byte("AIRXZaix@[0123456789/: .-&\x00\xA0")
	var field [4]byte
	for n := range len(characters) * len(characters) * len(characters) * len(characters) {
		for i := range field {
			field[i] = characters[n%len(characters)]
			n /= len(characters)
		}
		for _, sys := range []System{ICD10, OPCS4, 0} {
			for _, width := range []int{4, 3, 6} {
				if got, want := ReadValue(sys, field[:], width), readAny(sys, field[:], width); got != want {
					t.Fatalf("%q of %v, width %d: %+v, not %+v", field, sys, width, got, want)
				}
			}
		}
	}
}

// TestReadValueOfOthers compares ReadValue with readAny for texts of other lengths, each with one character replaced.
func TestReadValueOfOthers(t *testing.T) {
	for _, text := range []string{
		"A0000", "R6900", "R6999", "R6899", "Z9999", "I1000", "M0510", "X9999", "A00", "R69", "R68", "Z99", "I10", "X99", "X98", "",
		"A000000", "E1", "-",
	} {
		for i := range text {
			for c := range 256 {
				field := []byte(text)
				field[i] = byte(c)
				for _, sys := range []System{ICD10, OPCS4, 0} {
					for _, width := range []int{0, 3, 4, 6} {
						require.Equal(t, readAny(sys, field, width), ReadValue(sys, field, width), "%q of %v, width %d", field, sys, width)
					}
				}
			}
		}
	}
}

func FuzzReadValue(f *testing.F) {
	for _, seed := range []string{"E119", "I10X-D", "R69X6", "R69ZZ", "&\t ", "-", "--", ".-", "\xC2\xA0E11\xA0", "M45.X5", "X999", "K401A", "E10D", "\v"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		for _, sys := range Systems() {
			v := ReadValue(sys, []byte(field), 4)
			class, _ := oracle.Classify(sys.String(), field)
			require.Equal(t, class, v.Class().String())
			if v.Class() == ClassCode {
				code, err := ParseCode(sys, v.Code().String())
				require.NoError(t, err)
				require.Equal(t, v.Code(), code)
			}
		}
	})
}
