package program

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
)

func TestFlagText(t *testing.T) {
	tests := []struct{ text, want, reason string }{
		{"SkipBadRows skips and counts such rows, Delimiter states another delimiter", "-skip-bad-rows skips and counts such rows, -delimiter states another delimiter", "names of options alone"},
		{"RawWidth(4) takes them as cut, RawWidth(6) as whole", "-raw-width 4 takes them as cut, -raw-width 6 as whole", "an option with a value"},
		{`name it with ExcludeColumn("keep").`, "name it with -exclude-column keep.", "a quoted value, before a full stop"},
		{`CodeColumn("ICD 10 code")`, `-code-column 'ICD 10 code'`, "a value that a shell would split"},
		{`CodeColumn("it's")`, `-code-column 'it'\''s'`, "a value whose quote would end the quotes of a shell"},
		{`CodeColumn("a \"b\" (c), d")`, `-code-column 'a "b" (c), d'`, "brackets and quotes in a value"},
		{`Rename("proc_#", "opertn_#"), Rename("x", "")`, `-rename 'proc_#=opertn_#', -rename x=`, "two arguments become one value"},
		{"Rename(NAME, \"diag_01\")", "-rename NAME=diag_01", "a value to be filled in"},
		{"by ReadFields(AllFields)", "by -fields all", "a constant as a value"},
		{"hesop.ReadFields(hesop.ConcatenatedFields)", "-fields concat", "names with their packages"},
		{"read AllFields", "read -fields all", "a constant by itself"},
		{"CategoryPolicy(codelist.Always)", "-descendants always", "a policy"},
		{"Delimiter(';')", "-delimiter ';'", "a character"},
		{`Delimiter('\t')`, "-delimiter tab", "a character that is invisible"},
		{"AllowRejected() goes on without", "-lenient goes on without", "a flag without a value"},
		{"CodingSystem(coding.ICD10), CodingSystem(0), CodingSystem", "-icd10, -codelist, -icd10 or -opcs4", "an option whose values have flags of their own"},
		{"HeadingRows(IgnoreHeadings)", "-headings ignore", "headings"},
		{"give it to codelist.Parse, and", "give it to -icd10, -opcs4 or -codelist, and", "a function that is not an option, but has flags on the command line"},
		{"give the file as the data (hesop.Open)", "give the file as the data (INPUT)", "a function that stands for an argument"},
		{"Parse", "Parse", "without its package, the name of a function stays"},
		{"From the first day To the last", "From the first day To the last", "words that could be options"},
		{"From(2019-01-01), cohort.To", "-from 2019-01-01, -to", "the same words, as options with arguments or a package"},
		{`column "Names" is not "Delimiter"`, `column "Names" is not "Delimiter"`, "names in quotes"},
		{`5" of Names`, `5" of -header`, "an unclosed quote"},
		{"/data/Names/x.csv: Names.csv, Names-2, my_Names, NAME=Names", "/data/Names/x.csv: Names.csv, Names-2, my_Names, NAME=Names", "within paths and longer words"},
		{"Renames, NamesOf", "Renames, NamesOf", "longer words"},
		{"codelist.List and match.Names2", "codelist.List and match.Names2", "exported names that are not options"},
		{"RawWidth(4", "-raw-width(4", "an unclosed bracket"},
		{"é Names é", "é -header é", "next to multi-byte characters"},
		{"", "", "nothing"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, FlagText(tt.text), tt.reason)
	}
}

func TestFlagTextKeepsNames(t *testing.T) {
	require.Equal(t, "My Names Once.csv: -header", FlagText("My Names Once.csv: Names", "My Names Once.csv"))
	require.Equal(t, "Names: -once", FlagText("Names: -once", "Names"))
	require.Equal(t, "Namesake -dedupe", FlagText("Namesake Once", "Name"), "a name is a whole word")
}

func TestFlagError(t *testing.T) {
	require.NoError(t, FlagError(nil))
	err := FlagError(&fs.PathError{Op: "open", Path: "Rename", Err: errors.New("see Rename")}, "Rename x")
	require.EqualError(t, err, "open -rename: see -rename")
	e, ok := errors.AsType[*fs.PathError](err)
	require.True(t, ok)
	require.Equal(t, "Rename", e.Path)
}

func TestFlagNotices(t *testing.T) {
	got := FlagNotices([]codelist.Notice{{Level: codelist.LevelNote, Text: "Once.csv: Once"}}, "Once.csv")
	require.Empty(t, cmp.Diff([]codelist.Notice{{Level: codelist.LevelNote, Text: "Once.csv: -dedupe"}}, got))
}
