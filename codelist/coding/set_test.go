package coding

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// everyCode returns all codes of the given categories as texts.
func everyCode(sys System, categories ...string) (all []string) {
	for _, category := range categories {
		for fourth := range strings.SplitSeq("X0123456789", "") {
			all = append(all, category+fourth)
			if sys == ICD10 {
				for fifth := range strings.SplitSeq("0123456789", "") {
					all = append(all, category+fourth+fifth)
				}
			}
		}
	}
	return all
}

// TestSet compares sets with maps of the same codes.
func TestSet(t *testing.T) {
	texts := everyCode(ICD10, "A00", "E11", "E12", "Z99")
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		draw := func() (Set, map[Code]bool) {
			codes, share := make(map[Code]bool), r.Float64()
			for _, text := range texts {
				if c, err := ParseCode(ICD10, text); err == nil && r.Float64() < share {
					codes[c] = true
				}
			}
			var list []Code
			for c := range codes {
				list = append(list, c, c)
			}
			return Collect(slices.Values(append(list, 0))), codes
		}
		a, inA := draw()
		b, inB := draw()
		minus := a.Minus(b)
		for _, text := range texts {
			c, err := ParseCode(ICD10, text)
			require.NoError(t, err)
			require.Equal(t, inA[c], a.Has(c), text)
			require.Equal(t, inA[c] && !inB[c], minus.Has(c), text)
			in := 0
			for g := range a.Groups() {
				spelled := text
				if g.Alone && g.Prefix.String() == spelled || !g.Alone && strings.HasPrefix(spelled, g.Prefix.String()) {
					in++
				}
			}
			require.Equal(t, inA[c], in == 1, "%s is in %d groups of %v", text, in, a)
		}
		require.Equal(t, len(inA), a.Len())
		all := slices.Collect(a.All())
		require.Len(t, all, len(inA))
		require.True(t, slices.IsSortedFunc(all, Code.Compare))
		require.True(t, a.Equal(Collect(slices.Values(all))))
		require.Equal(t, a.Minus(b).Len() == 0, a.Within(b))
		require.True(t, minus.Within(a))
		require.Equal(t, a.Equal(b), a.Minus(b).Len()+b.Minus(a).Len() == 0)

		binary, err := a.MarshalBinary()
		require.NoError(t, err)
		var back Set
		require.NoError(t, back.UnmarshalBinary(binary))
		require.True(t, a.Equal(back))
		text, err := a.MarshalText()
		require.NoError(t, err)
		back = Set{}
		require.NoError(t, back.UnmarshalText(text))
		require.True(t, a.Equal(back))

		var between []Code // the codes of all intervals
		for first, last := range a.Intervals() {
			for c := first; ; c = c.next() {
				between = append(between, c)
				if c == last {
					break
				}
			}
			require.False(t, last.next().IsValid() && a.Has(last.next()), "an interval is as long as possible")
		}
		require.Equal(t, all, between)
	}
}

func TestSetEdges(t *testing.T) {
	var zero Set
	require.Zero(t, zero.Len())
	require.Empty(t, zero.String())
	require.True(t, zero.Equal(Collect(slices.Values([]Code{0}))))
	for range zero.Intervals() {
		t.Fatal("the empty set has an interval")
	}
	parse := func(sys System, text string) Code {
		c, err := ParseCode(sys, text)
		require.NoError(t, err)
		return c
	}
	require.Equal(t, parse(ICD10, "E110"), parse(ICD10, "E11X9").next(), "the undivided category comes first")
	require.Equal(t, parse(ICD10, "E12"), parse(ICD10, "E1199").next())
	require.Equal(t, parse(OPCS4, "J00"), parse(OPCS4, "H999").next(), "no code of OPCS-4 begins with I")
	require.Zero(t, parse(ICD10, "Z9999").next())
}

// TestSetBinary requires that UnmarshalBinary refuses bytes that are not the binary form of a set.
func TestSetBinary(t *testing.T) {
	good, err := Collect(func(yield func(Code) bool) { _ = yield(newCode(OPCS4, 3, 1, 0)) && yield(newCode(OPCS4, 4, 1, 0)) }).MarshalBinary()
	require.NoError(t, err)
	for reason, change := range map[string]func(b []byte) []byte{
		"a part is missing":           func(b []byte) []byte { return b[:len(b)-1] },
		"no such system":              func(b []byte) []byte { b[0] = 7; return b },
		"a category with I in OPCS-4": func(b []byte) []byte { b[1], b[2] = 3, 32; return b },
		"no such category":            func(b []byte) []byte { b[1] = 255; return b },
		"an empty category":           func(b []byte) []byte { clear(b[3:19]); return b },
		"a fifth character in OPCS-4": func(b []byte) []byte { b[18] = 0; b[10] |= 2; return b },
		"categories out of order":     func(b []byte) []byte { return append(b[19:], b[:19]...) },
	} {
		require.Error(t, new(Set).UnmarshalBinary(change(slices.Clone(good))), reason)
	}
	require.NoError(t, new(Set).UnmarshalBinary(good))
	require.Error(t, new(Set).UnmarshalText([]byte("E11%")), "not base64")
	require.Error(t, new(Set).UnmarshalText([]byte("E11=")), "base64 of another text")
}

// TestText requires that every value can be read back from its text form.
func TestText(t *testing.T) {
	for _, sys := range Systems() {
		for _, text := range []string{
			"", " ", "-", "&", "E11", "E119", "K401", "M0510", "M45X5", "R69X", "R69X6", "R69X66", "R69ZZ",
			"X999", "X99", "x99zz", "nonsense", "12345",
		} {
			for width := range 7 {
				v := ReadValue(sys, []byte(text), width)
				marshalled, err := v.MarshalText()
				require.NoError(t, err)
				var back Value
				require.NoError(t, back.UnmarshalText(marshalled), "%s", marshalled)
				require.Equal(t, v, back, "%s", marshalled)
				reads(t, v.Code(), new(Code))
				for n := 1; v.Code().IsValid() && n <= 4; n++ {
					reads(t, v.Code().Prefix(n), new(Prefix))
				}
			}
		}
		reads(t, sys, new(System))
	}
	reads(t, System(0), new(System))
	reads(t, Value(0), new(Value))
	reads(t, Prefix(0), new(Prefix))
	require.Equal(t, "ICD-10 code E119 cut to 4", ReadValue(ICD10, []byte("E119"), 4).String())
	require.Equal(t, "OPCS-4 missing X999 (none)", ReadValue(OPCS4, []byte("X999"), 0).String())
	for _, bad := range []string{
		"", "E11", "ICD-9 E11", "ICD-10 code", "ICD-10 what E11", "ICD-10 code K40111", "ICD-10 missing (why)", "ICD-10 empty E119",
		"ICD-10 code E119 cut to 3", "OPCS-4 code X999", "ICD-10 missing E119 (none)",
	} {
		if bad != "ICD-10 code" {
			require.Error(t, new(Value).UnmarshalText([]byte(bad)), bad)
		}
		if bad != "" {
			require.Error(t, new(Code).UnmarshalText([]byte(bad)), bad)
		}
	}
}

// reads requires that v can be read back from its text form.
func reads[T interface {
	comparable
	MarshalText() ([]byte, error)
}, P interface {
	*T
	UnmarshalText([]byte) error
}](t *testing.T, v T, back P) {
	t.Helper()
	text, err := v.MarshalText()
	require.NoError(t, err)
	require.NoError(t, back.UnmarshalText(text), "%s", text)
	require.Equal(t, v, *back)
}
