package syntax

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// FuzzSubmission requires that any text that Parse accepts has a submission form, or is refused with a reason. The form
// must have the same fingerprint and start with the original bytes.
func FuzzSubmission(f *testing.F) {
	for i, text := range []string{
		"E11.9\nI10X\n", "code,exclude\nE11,\nE11.3,1\n", "\"code\";\"term\"\r\n\"M05.10\";\"a\nb\"\r\n", "\xEF\xBB\xBFcode\tx\rE1[0-2]\t1\r",
		"\xFF\xFEi\x00c\x00d\x00\n\x00I\x001\x000\x00", "icd10_code,n\nE11.9\n\nn,opcs_code\n1,A01\n", "code\nE11.8-E11.9\n", `["E11.9"]`,
		"title\n# c\ncode,coding_system,disease\nE11,icd10,a\nA01,opcs4,b\n",
	} {
		f.Add([]byte(text), uint8(37*i))
	}
	// With rows added below it, the last row becomes the header of a second table.
	f.Add([]byte("iCd10\nA0\nopCs"), uint8(178))
	// The same happens to the last row but one, and no row has codes of the system that this header names.
	f.Add([]byte("iCd\nopCs\nA"), uint8(115))
	f.Fuzz(func(t *testing.T, source []byte, choice uint8) {
		read := []codelist.Option{
			codelist.CategoryPolicy(codelist.Policy(choice % 3)),
			codelist.SizeLimits(codelist.Limits{Rows: 10_000, CellCodes: 200, Entries: 1000}),
		}
		for i, opt := range []codelist.Option{
			codelist.CodingSystem(coding.ICD10), codelist.AllowRejected(), codelist.ExcludeColumn("exclude"),
			codelist.HeadingRows(codelist.ExpandHeadings), codelist.AllowBroad(),
		} {
			if choice>>i&1 == 1 {
				read = append(read, opt)
			}
		}
		was, err := codelist.Parse("list", bytes.NewReader(source), read...)
		if err != nil {
			return
		}
		var opts []SubmissionOption
		if choice>>5&1 == 1 {
			opts = append(opts, SubmissionDots())
		}
		s, err := NewSubmission("list", source, read, opts...)
		if err != nil {
			require.ErrorIs(t, err, ErrSubmission)
			fileErr, ok := errors.AsType[*codelist.FileError](err)
			require.True(t, ok)
			for _, known := range []string{"JSON has no rows", "a heading or an entry?", "limit exceeded", "HeaderRow", "this rejected row"} {
				if strings.Contains(fileErr.Detail, known) {
					return
				}
			}
			require.NoError(t, err)
		}
		is, err := codelist.Parse("list", bytes.NewReader(s.File), read...)
		require.NoError(t, err)
		require.Equal(t, was.Fingerprint(), is.Fingerprint())
		if len(was.Report().Tables) == 1 {
			require.True(t, bytes.HasPrefix(s.File, source))
		}
	})
}
