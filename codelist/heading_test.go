package codelist

import (
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

func TestHeadings(t *testing.T) {
	tests := []struct{ cells, want, reason string }{
		{"E10-E14 E11", "2", "a category inside the range"},
		{"E10-E14 E119", "2", "a subcategory inside the range"},
		{"E10-E14 E11X", "2", "the undivided category begins with a code of the range"},
		{"E10-E14 E15 E09", "", "codes outside the range"},
		{"E10-E14 E12-E13", "", "another range does not count as a named code"},
		{"E10.0-E10.8 E109 E10 E10X", "", "codes that the range does not yield"},
		{"E10.0-E10.9 E10X", "2", "a range of all ten digits also yields E10X"},
		{"E10-E14 !E11", "", "a code of the other sign"},
		{"E10-E14 !E11 E119", "", "E119 is an exception to the exclusion, not to the range"},
		{"E10-E14 !E119 E119", "2", "an exclusion that is not shorter than the code"},
		{"E10-E14 I10,E11", "2", "the code inside is in a cell with several codes"},
		{"I10,E10-E14 E11", "2", "the whole cell is rejected"},
		{"R68-R70 R69", "", "ranges do not yield R69"},
		{"E10-E14 E1[12]", "2", "members of a class count as named"},
	}
	for _, tt := range tests {
		cells := append(strings.Fields(tt.cells), "A00")
		l, err := Parse("list", strings.NewReader(cellsFile(cells)), CodingSystem(coding.ICD10), ExcludeColumn("exclude"), AllowRejected())
		require.NoError(t, err, tt.reason)
		var lines []string
		for out := range l.Report().Outcomes() {
			if out.Verdict == Rejected {
				require.Equal(t, reasonHeading, out.Reason)
				lines = append(lines, strconv.Itoa(out.Pos.Line))
			}
		}
		require.Equal(t, tt.want, strings.Join(lines, " "), "%s: %s", tt.cells, tt.reason)
	}
	// Dropping a range can change what a category covers.
	l := func(cells ...string) string {
		l, err := Parse("list", strings.NewReader(cellsFile(cells)), CodingSystem(coding.ICD10), ExcludeColumn("exclude"), AllowRejected())
		require.NoError(t, err)
		return l.shown()
	}
	require.Equal(t, "E11% E100%", l("E11", "E10.0-E11.1", "E10.0"))
}

func TestHeadingRows(t *testing.T) {
	tests := []struct {
		headings        Headings
		cells, want     string
		verdict, reason string
	}{
		{RejectHeadings, "E10-E14 E11 I10", "E11% I10%", "rejected", "the default: the range may be a heading or an entry"},
		{IgnoreHeadings, "E10-E14 E11 I10", "E11% I10%", "ignored", "a heading: only the codes count"},
		{ExpandHeadings, "E10-E14 E11.9 I10", "E10% E11% E12% E13% E14% E119% I10%", "accepted", "an entry: the range yields its members, and the codes named inside stay"},
		{RejectHeadings, "IX I10", "I10%", "rejected", "a chapter number"},
		{IgnoreHeadings, "IX. I10", "I10%", "ignored", "... is ignored"},
		{ExpandHeadings, "IX I10", "I10%", "ignored", "... and cannot be expanded"},
		{IgnoreHeadings, "E10-E14 I10", "E10% E11% E12% E13% E14% I10%", "accepted", "a range with no code named inside is an entry under every choice"},
		{IgnoreHeadings, "I20,E10-E14 E11", "E11%", "ignored", "a split cell is ignored as a whole"},
		{ExpandHeadings, "I20,E10-E11 E11", "I20% E10% E11%", "repaired", "... or read as a whole"},
		{IgnoreHeadings, "E11.0-E11.1 E11 E110", "E11 E110%", "ignored", "without the range, the child E110 is left"},
	}
	for _, tt := range tests {
		l, err := Parse("list", strings.NewReader(cellsFile(strings.Fields(tt.cells))), CodingSystem(coding.ICD10), ExcludeColumn("exclude"), AllowRejected(), HeadingRows(tt.headings))
		require.NoError(t, err, tt.reason)
		require.Equal(t, tt.want, l.shown(), tt.reason)
		for out := range l.Report().Outcomes() {
			require.Equal(t, tt.verdict, out.Verdict.String(), tt.reason)
			break
		}
	}
	_, err := Parse("list", strings.NewReader(cellsFile([]string{"E10-E14", "E11"})), CodingSystem(coding.ICD10), ExcludeColumn("exclude"))
	var rejected *RejectedError
	require.ErrorAs(t, err, &rejected, "by default such a row makes Parse fail")
	_, err = Parse("list", strings.NewReader(cellsFile([]string{"E10-E14", "E11"})), CodingSystem(coding.ICD10), ExcludeColumn("exclude"), HeadingRows(IgnoreHeadings))
	require.NoError(t, err, "rows that are ignored on purpose do not make Parse fail")
}
