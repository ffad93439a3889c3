package hesop

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// slots describes the slots of the first row of a table by column, position and text.
func slots(t *testing.T, header, row string) (string, *Codes) {
	t.Helper()
	r := open(t, header+"\n"+row+"\n", Delimiter('|'))
	for a, err := range r.All() {
		require.NoError(t, err)
		var words []string
		for _, s := range a.Codes().Slots() {
			words = append(words, fmt.Sprintf("%s:%d:%s", a.Codes().Column(s).Name(), s.Position, a.Codes().Text(s)))
		}
		return strings.Join(words, " "), a.Codes()
	}
	return "", nil
}

func TestCodes(t *testing.T) {
	const both = "d|diag_4_01|diag_4_02|diag_4_03|diag_4_concat"
	const raw = "diag_01|diag_02|diag_4_01|diag_4_02|diag_4_concat"
	tests := []struct {
		header, row   string
		want          string
		disagreements int
		unrecognised  int
		reason        string
	}{
		{both, "|E119|I10X||E119,I10X", "diag_4_01:1:E119 diag_4_02:2:I10X", 0, 0, "columns that agree: each code counts once"},
		{both, "|E119||I10X|E119,,I10X", "diag_4_01:1:E119 diag_4_03:3:I10X", 0, 0, "an empty slot keeps its position"},
		{both, "|E119||I10X|E119,I10X", "diag_4_01:1:E119 diag_4_03:3:I10X", 0, 0, "... or is dropped: codes pair at any position"},
		{both, "|I10|||I10X", "diag_4_01:1:I10", 0, 0, "values are compared as codes"},
		{both, "|E119|||E11.9 , I10X ", "diag_4_01:1:E119 diag_4_concat:2: I10X ", 1, 0, "spaces are ignored, but kept in the text"},
		{both, "|E119|||", "diag_4_01:1:E119", 1, 0, "a code only in the positional fields"},
		{both, "||||E119,E119", "diag_4_concat:1:E119 diag_4_concat:2:E119", 2, 0, "a code only in the concatenated field: each repetition counts"},
		{both, "|E119|E119||E119", "diag_4_01:1:E119 diag_4_02:2:E119", 1, 0, "the concatenated field has a code once less than the positional fields"},
		{both, "||E119||E119,E119", "diag_4_02:2:E119 diag_4_concat:1:E119", 1, 0, "codes at the same position pair first; the code without a partner at its position is left over"},
		{both, "|R69X|||R69X", "diag_4_01:1:R69X", 0, 0, "missing values pair too if they look like codes"},
		{both, "|R69X|||", "diag_4_01:1:R69X", 0, 0, "... but do not count as disagreements"},
		{both, "|&|||&", "diag_4_01:1:& diag_4_concat:1:&", 0, 0, "other missing values do not pair"},
		{both, "|AU00|||AU00", "diag_4_01:1:AU00 diag_4_concat:1:AU00", 0, 2, "an unrecognised value counts in each field"},
		{both, "|R69ZZ|||R69ZZ", "diag_4_01:1:R69ZZ", 0, 0, "malformed missing values pair by their text"},
		{both, "|R69ZZ|||R69YY", "diag_4_01:1:R69ZZ diag_4_concat:1:R69YY", 0, 0, "... but not if their texts differ"},
		{both, "|R69ZZ|||R69", "diag_4_01:1:R69ZZ diag_4_concat:1:R69", 0, 0, "... and not with the code that they start with"},
		{both, "|r69.z-||| R69Z", "diag_4_01:1:r69.z-", 0, 0, "a malformed value may be spelled in several ways"},
		{both, `|E119|||"E119,I10X"`, "diag_4_01:1:E119 diag_4_concat:2:I10X", 1, 0, "the concatenated field is quoted"},
		{"diag_4_01|diag_4_02", "E119|E119", "diag_4_01:1:E119 diag_4_02:2:E119", 0, 0, "a repeated code is several values; without a concatenated field nothing disagrees"},
		{raw, "R69ZZ||R69Z||R69Z", "diag_01:1:R69ZZ", 0, 0, "a malformed raw value represents its first four characters"},
		{raw, "R69ZZ||R69ZZ||R69Y", "diag_01:1:R69ZZ diag_4_concat:1:R69Y", 0, 0, "... and the same text, but nothing else"},
		{raw, "R69X66||R69X||R69X", "diag_01:1:R69X66", 0, 0, "... even if those four characters are themselves a code"},
		{raw, "M0510||M051||M051", "diag_01:1:M0510", 0, 0, "a raw value represents all its shorter forms"},
		{raw, "M0510||M051|M051|M051", "diag_01:1:M0510", 1, 0, "... however often they occur; the extra positional one still counts as a disagreement"},
		{raw, "I10X-D|E119|I10X|E119|I10X,E119", "diag_01:1:I10X-D diag_02:2:E119", 0, 0, "dagger and asterisk marks do not count"},
		{raw, "M45X5||M45X||", "diag_01:1:M45X5", 1, 0, "a filler followed by a fifth character"},
		{raw, "E11999||E119||", "diag_01:1:E11999", 1, 1, "a raw value that is not a code represents its first four characters too"},
		{raw, "\u00a0E11.999||E119||", "diag_01:1:\u00a0E11.999", 1, 1, "... with a no-break space and a dot"},
		{raw, "E119||E112||", "diag_01:1:E119 diag_4_01:1:E112", 1, 0, "a raw value does not represent a different code"},
		{raw, "||E119||E119", "diag_4_01:1:E119", 0, 0, "no raw value"},
		{"opertn_4_01|opertn_4_concat|diag_4_01", "K401|K401|Z941", "diag_4_01:1:Z941 opertn_4_01:1:K401", 0, 0, "ICD-10 codes come first"},
	}
	for _, tt := range tests {
		got, codes := slots(t, tt.header, tt.row)
		require.Equal(t, tt.want, got, "%s: %s", tt.row, tt.reason)
		require.Equal(t, tt.disagreements, codes.Disagreements(), "%s: %s", tt.row, tt.reason)
		require.Equal(t, tt.unrecognised, codes.Unrecognised(), "%s: %s", tt.row, tt.reason)
	}
	got, _ := slots(t, both, `||||"E119,I10"""`)
	require.Equal(t, `diag_4_concat:1:E119 diag_4_concat:2:I10"`, got, "a doubled quote is one character of the slot")
}

func TestCoded(t *testing.T) {
	_, codes := slots(t, "diag_4_01|opertn_4_01", "R69X|K401")
	require.False(t, codes.Coded(coding.ICD10), "a missing value is not a code")
	require.True(t, codes.Coded(coding.OPCS4))
	_, codes = slots(t, "diag_4_01|diag_4_02|opertn_4_01", "R69X|E119|&")
	require.True(t, codes.Coded(coding.ICD10), "position 1 does not decide alone")
	require.False(t, codes.Coded(coding.OPCS4))
	_, codes = slots(t, "diag_01|diag_4_01", "E11999|E119")
	require.False(t, codes.Coded(coding.ICD10), "E119 does not count: it is the shorter form of a raw value that is not a code")
}

func TestTextsNeverShare(t *testing.T) {
	r := open(t, "a,b,diag_4_01\n\"x\"\"1\",\"y\"\"2\",E119\n")
	a1, _ := r.Column("a")
	b1, _ := r.Column("b")
	for a, err := range r.All() {
		require.NoError(t, err)
		x := a.Text(a1)
		y := a.Text(b1)
		_ = append(a.Text(a1), "!!!!!!!!!!!!"...)
		z := append(a.Text(b1)[:1:1], 'z')
		require.Equal(t, `x"1`, string(x))
		require.Equal(t, `y"2`, string(y))
		require.Equal(t, `yz`, string(z))
	}
}

// TestTextOfManyColumns: after some look-ups of single fields of a row, all fields are found at once.
func TestTextOfManyColumns(t *testing.T) {
	const columns = 3 * manyFields
	var header, row strings.Builder
	for i := range columns {
		fmt.Fprintf(&header, "c%d,", i)
		fmt.Fprintf(&row, "\"%d\"\"\",", i)
	}
	r := open(t, header.String()+"diag_4_01\n"+strings.Repeat(row.String()+"E119\n", 3))
	handles := slices.Collect(r.Columns())
	for a, err := range r.All() {
		require.NoError(t, err)
		for range 2 {
			for i := range columns {
				require.Equal(t, fmt.Sprintf(`%d"`, i), string(a.Text(handles[i])))
				require.Equal(t, i >= manyFields || a.asked > manyFields, a.whole)
			}
		}
		require.Equal(t, "E119", string(a.Text(handles[columns])))
	}
}

func TestAllCodeTexts(t *testing.T) {
	r := open(t, "diag_3_01,diag_4_concat,note,diag_4_01,diag_4_02\n"+
		"E11,\"E119,I10X\",n,,\"a \"\"b\"\"\"\n,,,,\n\"\",x,,,y,,\n")
	var columns []string
	for column := range r.AllCodeFields() {
		columns = append(columns, column.Name())
	}
	require.Equal(t, []string{"diag_3_01", "diag_4_concat", "diag_4_01", "diag_4_02"}, columns, "in the order of the file, whether or not they are read")
	var got []string
	for a, err := range r.All() {
		require.NoError(t, err)
		for _, each := range []*Appointment{a, a.Clone()} { // one whose fields are not all found yet, and a copy
			for i, text := range each.AllCodeTexts() {
				got = append(got, fmt.Sprintf("%d %s %s", a.Row(), columns[i], text))
			}
		}
	}
	first := []string{"1 diag_3_01 E11", "1 diag_4_concat E119,I10X", `1 diag_4_02 a "b"`}
	third := []string{"3 diag_4_concat x", "3 diag_4_02 y"}
	require.Equal(t, slices.Concat(first, first, third, third), got)
	require.Panics(t, func() {
		for range new(Appointment).AllCodeTexts() {
			t.Fatal("the zero Appointment yielded a text")
		}
	})
}

func TestDisagreementsIn(t *testing.T) {
	_, codes := slots(t, "diag_4_01|diag_4_concat|opertn_4_01|opertn_4_concat", "E119|E119,I10X|K401|W371")
	require.Equal(t, 3, codes.Disagreements())
	require.Equal(t, 1, codes.DisagreementsIn(coding.ICD10))
	require.Equal(t, 2, codes.DisagreementsIn(coding.OPCS4))
	require.Zero(t, codes.DisagreementsIn(coding.System(7)), "no such system")
}

func TestClone(t *testing.T) {
	r := open(t, "key,diag_4_01,diag_4_concat\n\"1\"\"\",E119,\n2,I10X,I10X\n")
	key, _ := r.Column("key")
	var kept []*Appointment
	var copied Appointment
	for a, err := range r.All() {
		require.NoError(t, err)
		require.Equal(t, coding.ClassCode, a.Codes().Slots()[0].Value.Class())
		kept = append(kept, a.Clone())
		a.CopyTo(&copied)
	}
	require.Equal(t, `1"`, string(kept[0].Text(key)))
	require.Equal(t, "2", string(kept[1].Text(key)))
	require.Equal(t, "2", string(copied.Text(key)))
	require.Equal(t, int64(1), kept[0].Row())
	require.Equal(t, int64(2), kept[0].Line())
	require.Equal(t, int64(28), kept[0].Offset())
	require.Equal(t, 1, kept[0].Codes().Disagreements())
	require.Equal(t, "E119", kept[0].Codes().Slots()[0].Value.Code().String())
	require.Equal(t, "I10X", string(copied.Codes().Text(copied.Codes().Slots()[0])))
}

func TestDates(t *testing.T) {
	tests := []struct {
		text   string
		want   string
		err    error
		reason string
	}{
		{"2019-01-02", "2019-01-02", nil, "ISO"},
		{"20190102", "2019-01-02", nil, "compact"},
		{"02/01/2019", "2019-01-02", nil, "day first"},
		{" 2019-01-02 ", "2019-01-02", nil, "padded"},
		{"2019-01-02 00:00:00.000", "2019-01-02", nil, "with a time"},
		{"2019-01-02T09:30:00Z", "2019-01-02", nil, "with a time, ISO"},
		{"02/01/2019 09:30", "2019-01-02", nil, "with a time, day first"},
		{"2020-02-29", "2020-02-29", nil, "leap year"},
		{"2000-02-29", "2000-02-29", nil, "a leap year: divisible by 400"},
		{"", "", ErrDateMissing, "empty"},
		{"  ", "", ErrDateMissing, "blank"},
		{"1800-01-01", "", ErrDateMissing, "a missing date in HES"},
		{"1801-01-01", "", ErrDateMissing, "a missing date in HES: an invalid one was submitted"},
		{"18000101", "", ErrDateMissing, "... compact"},
		{"01/01/1600", "", ErrDateMissing, "... day first"},
		{"1582-10-15 00:00:00", "", ErrDateMissing, "the first day of the Gregorian calendar"},
		{"2019-02-29", "", ErrDateForm, "no such day"},
		{"1900-02-29", "", ErrDateForm, "not a leap year"},
		{"2019-13-01", "", ErrDateForm, "no such month"},
		{"2019-1-2", "", ErrDateForm, "short"},
		{"31/02/2019", "", ErrDateForm, "no such day"},
		{"20190102x", "", ErrDateForm, "text after the date"},
		{"2019-01-02 noon", "", ErrDateForm, "not a time"},
		{"0000-01-01", "", ErrDateForm, "no such year"},
		{"R69X", "", ErrDateForm, "a code"},

		{"2019/05/08", "2019-05-08", nil, "ISO with slashes"},
		{"8/5/2019", "2019-05-08", nil, "day first, one digit each"},
		{"8/12/2019", "2019-12-08", nil, "... for the day only"},
		{"18/5/2019", "2019-05-18", nil, "... for the month only"},
		{"8-5-2019", "2019-05-08", nil, "day first with hyphens, one digit each"},
		{"18-05-2019", "2019-05-18", nil, "day first with hyphens"},
		{"08may2019", "2019-05-08", nil, "Stata's %td"},
		{"09MAY2019", "2019-05-09", nil, "SAS's date9."},
		{"31Dec2019", "2019-12-31", nil, "a name in another case"},
		{"01jan1800", "", ErrDateMissing, "a missing date in HES, as Stata writes it"},
		{"1/1/1800", "", ErrDateMissing, "... one digit each"},
		{"08may2019 09:30:00", "2019-05-08", nil, "Stata's %tc"},
		{"08MAY2019:09:30:00.000", "2019-05-08", nil, "SAS's datetime."},
		{"2019/05/08 9:30", "2019-05-08", nil, "an hour of one digit"},
		{"8/5/2019 09:30", "2019-05-08", nil, "a time after a date whose day and month have one digit each"},
		{"2019-05-08 09:30:00 UTC", "2019-05-08", nil, "R's UTC"},
		{"2019-05-08 09:30:00.123456+01:00", "2019-05-08", nil, "an offset"},
		{"2019-05-08 09:30:00 +01", "2019-05-08", nil, "... of hours, after a space"},
		{"2019-05-08T0930Z", "2019-05-08", nil, "ISO's basic time"},
		{"20190508T093000+0100", "2019-05-08", nil, "ISO's basic form throughout"},
		{"20190508 09:30", "2019-05-08", nil, "compact with a time"},
		{"43593", "", ErrDateForm, "a day number of a spreadsheet"},
		{"43593.5", "", ErrDateForm, "... with a time of day"},
		{"21677", "", ErrDateForm, "a day number of Stata or SAS"},
		{"1557273600", "", ErrDateForm, "a number of seconds"},
		{"20190508.0", "", ErrDateForm, "a compact date written as a number"},
		{"05/28/2019", "", ErrDateForm, "the month first"},
		{"8/5/19", "", ErrDateForm, "a year of two digits"},
		{"8/05-2019", "", ErrDateForm, "two kinds of separator"},
		{"2019/05-08", "", ErrDateForm, "... the year first"},
		{"//1/2019", "", ErrDateForm, "no day"},
		{"8//2019", "", ErrDateForm, "no month"},
		{"8/5/2019x", "", ErrDateForm, "text after the date, day first"},
		{"8may2019", "", ErrDateForm, "the name of a month after one digit"},
		{"08mai2019", "", ErrDateForm, "a month in another language"},
		{"08may201", "", ErrDateForm, "a year of three digits"},
		{"30feb2019", "", ErrDateForm, "no such day, by name"},
		{"08 May 2019", "", ErrDateForm, "words with spaces"},
		{"2019-05-08 09", "", ErrDateForm, "an hour alone"},
		{"2019-05-08 0930", "2019-05-08", nil, "four digits are read as a time"},
		{"2019-05-08 9300", "", ErrDateForm, "... but only if they are a time of day"},
		{"2019-05-08 24:30", "", ErrDateForm, "no such hour"},
		{"2019-05-08 09:60", "", ErrDateForm, "no such minute"},
		{"2019-05-08 23:59:59", "2019-05-08", nil, "the last second"},
		{"2019-05-08 09:30:", "", ErrDateForm, "no seconds"},
		{"2019-05-08 09:30 GMT+1", "", ErrDateForm, "another zone"},
		{"2019-05-08Z", "", ErrDateForm, "a zone without a time"},
	}
	for _, tt := range tests {
		d, err := ParseDate([]byte(tt.text))
		require.ErrorIs(t, err, tt.err, tt.reason)
		if tt.err != nil {
			require.Equal(t, Date{}, d)
			require.False(t, d.IsValid())
			continue
		}
		require.True(t, d.IsValid())
		require.Equal(t, tt.want, d.String(), tt.reason)
	}
	require.Negative(t, Date{2019, 1, 31}.Compare(Date{2019, 2, 1}))
	require.Positive(t, Date{2020, 1, 1}.Compare(Date{2019, 12, 31}))
	require.Zero(t, Date{2019, 1, 2}.Compare(Date{2019, 1, 2}))

	r := open(t, "apptdate,diag_4_01\n2019-01-02,\n1800-01-01,\n")
	c, _ := r.Column("APPTDATE")
	var got []Date
	for a, err := range r.All() {
		require.NoError(t, err)
		if d, ok := a.Date(c); ok {
			got = append(got, d)
		}
	}
	require.Equal(t, []Date{{2019, 1, 2}}, got)
}

func TestDateForm(t *testing.T) {
	tests := []struct{ text, want, reason string }{
		{"08 May 2019", "99 xxx 9999", "digits and letters"},
		{" 43593 ", "99999", "padding is dropped"},
		{"08.05.19", "99.99.99", "other characters stay as they are"},
		{"é٣½", "x9x", "letters and digits of other scripts"},
		{"SW1A 9ZZ, NHSNUMBER9999999999", "xx9x 9xx, xxxxxxxxx9…", "at most 20 characters, and no letter or digit of the text"},
		{"", "", "nothing"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, DateForm([]byte(tt.text)), tt.reason)
	}
}

func TestParseDateAllocates(t *testing.T) {
	for _, text := range []string{"2019-05-08", "08may2019 09:30:00 UTC", "8/5/2019", "", "43593"} {
		b := []byte(text)
		require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = ParseDate(b) }), text)
	}
}

func TestAttended(t *testing.T) {
	for text, want := range map[string]Attended{
		"": NotStated, " ": NotStated, "0": InFuture, "2": CancelledByPatient, "3": DidNotAttend, "4": CancelledByHospital,
		"5": Seen, " 6 ": SeenLate, "7": LateNotSeen, "9": AttendedUnknown, "1": AttendedOther, "55": AttendedOther,
	} {
		got := parseAttended([]byte(text))
		require.Equal(t, want, got, text)
		require.Equal(t, want == Seen || want == SeenLate, got.WasSeen(), text)
	}
	seen := make(map[string]bool)
	for a := NotStated; a <= AttendedOther; a++ {
		require.False(t, seen[a.String()], "no two values have the same label")
		seen[a.String()] = true
	}
	r := open(t, "ATTENDED,diag_4_01\n5,\n")
	for a, err := range r.All() {
		require.NoError(t, err)
		require.Equal(t, Seen, a.Attended())
	}
	r = open(t, "diag_4_01\nE11\n")
	for a, err := range r.All() {
		require.NoError(t, err)
		require.Equal(t, NotStated, a.Attended(), "no such column")
	}
}

func TestNoAllocs(t *testing.T) {
	row := "1,2019-01-02,5,E119,I10X,\"E119,I10X,R69X\",\"a \"\"b\"\"\"\n"
	r := open(t, "key,apptdate,attended,diag_4_01,diag_4_02,diag_4_concat,note\n"+strings.Repeat(row, 3000))
	key, _ := r.Column("key")
	date, _ := r.Column("apptdate")
	note, _ := r.Column("note")
	read := func() {
		for a, err := range r.All() {
			d, ok := a.Date(date)
			if err != nil || string(a.Text(key)) != "1" || string(a.Text(note)) != `a "b"` || !ok || d.Year != 2019 ||
				a.Attended() != Seen || len(a.Codes().Slots()) != 3 || string(a.Codes().Text(a.Codes().Slots()[2])) != "R69X" {
				panic(fmt.Sprint("row ", r.Rows(), " was read wrongly: ", err))
			}
			for i, text := range a.AllCodeTexts() {
				if i == 1 && string(text) != "I10X" {
					panic("wrong text in the second code column")
				}
			}
			if a.Row()%100 == 0 {
				return
			}
		}
		panic("no rows left")
	}
	read() // grows the buffers
	require.Zero(t, testing.AllocsPerRun(20, read), "allocations for a hundred rows")
}
