package cohort

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// cells holds the cells of a table of the page, by the name of the row.
type cells map[string][]string

var (
	tableOf = regexp.MustCompile(`(?s)<table[^>]*>\s*<caption>(.*?)</caption>(.*?)</table>`)
	rowsIn  = regexp.MustCompile(`(?s)<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>`)
	cellsIn = regexp.MustCompile(`(?s)<td[^>]*>(.*?)</td>`)
	tags    = regexp.MustCompile(`(?s)<small>.*?</small>|<[^>]*>`)
)

// captioned returns the first table of a page whose caption begins with the given text.
func captioned(t *testing.T, page, caption string) cells {
	t.Helper()
	text := func(s string) string { return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(s, ""))) }
	for _, m := range tableOf.FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(text(m[1]), caption) {
			continue
		}
		all := make(cells)
		for _, row := range rowsIn.FindAllStringSubmatch(m[2], -1) {
			for _, c := range cellsIn.FindAllStringSubmatch(row[2], -1) {
				all[text(row[1])] = append(all[text(row[1])], text(c[1]))
			}
		}
		require.NotEmpty(t, all, caption)
		return all
	}
	t.Fatalf("no table %q", caption)
	return nil
}

// requireQuotient requires that a share is the quotient of two numbers as printed.
func requireQuotient(t *testing.T, share, part, whole string) {
	t.Helper()
	if whole == "0" {
		require.Equal(t, "–", share)
		return
	}
	if strings.HasPrefix(part, "<") || strings.HasPrefix(whole, "<") {
		require.True(t, strings.HasPrefix(share, "<"), "%s of %s is %s", part, whole, share)
		return
	}
	value := func(s string) float64 {
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSuffix(s, "%"), ",", ""), 64)
		require.NoError(t, err)
		return v
	}
	_, decimals, _ := strings.Cut(strings.TrimSuffix(share, "%"), ".")
	half := 0.5
	for range decimals {
		half /= 10
	}
	require.InDelta(t, 100*value(part)/value(whole), value(share), half+1e-9, "%s of %s", part, whole)
}

// requireRounded requires that all counts on a page, in tables and charts, are multiples of the given number.
func requireRounded(t *testing.T, page string, of int) {
	t.Helper()
	page, _, found := strings.Cut(page, `<section id="review"`)
	require.True(t, found)
	counts := regexp.MustCompile(`(?:<td>|class="val"[^>]*>|aria-label="[^"]*? )([\d,]+)(?: |<)`).FindAllStringSubmatch(page, -1)
	require.Greater(t, len(counts), 100)
	for _, c := range counts {
		n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSuffix(c[1], ","), ",", ""))
		require.NoError(t, err)
		require.Zero(t, n%of, c[0])
	}
}

// TestShares checks that each share on the page is the quotient of two numbers that the page prints, and that the share
// is hidden if one of the two is hidden.
func TestShares(t *testing.T) {
	t.Chdir("../../../..")
	data := synthetic(t, 20_000)
	for _, profile := range []string{"none", "ukllc", "opensafely"} {
		got := runHere(t, "", "-icd10", "testdata/codelists/depression.csv", "-icd10", "testdata/codelists/diabetes-2.csv",
			"-opcs4", "testdata/cases/joints.csv", "-disclosure", profile, "-format", "html", data)
		require.Equal(t, 0, got.Status, got.Stderr)
		page := got.Stdout
		requireRounded(t, page, map[string]int{"none": 1, "ukllc": 10, "opensafely": 5}[profile])
		stats := regexp.MustCompile(`<dt>With a (\w+) code</dt><dd>([\d,]+)`).FindAllStringSubmatch(page, -1)
		require.Len(t, stats, 2)
		coded := map[string]string{"depression": stats[0][2], "diabetes-2": stats[0][2], "joints": stats[1][2]}
		all := captioned(t, page, "All appointments") // by year
		sexes := captioned(t, page, "All coded appointments")
		column := map[string]int{"depression": 0, "diabetes-2": 0, "joints": 1} // column of the coded appointments
		shares := 0
		for list, found := range captioned(t, page, "Matched appointments and people") {
			requireQuotient(t, found[2], found[0], coded[list])
			years := captioned(t, page, list) // the tables of years come first
			for year, row := range years {
				if len(row) == 3 {
					requireQuotient(t, row[2], row[0], all[year][1+column[list]])
					shares++
				}
			}
			_, later, found := strings.Cut(page, `<section id="who"`)
			require.True(t, found)
			for group, row := range captioned(t, later, list) {
				requireQuotient(t, row[2], row[0], sexes[group][column[list]])
				shares++
			}
		}
		require.Greater(t, shares, 20)
	}
}

// unbrokenYear matches a year inside which no line ends.
var unbrokenYear = regexp.MustCompile(`<span class="nb">(.*?)</span>`)

// TestFindings checks the sentences of the page against its numbers.
func TestFindings(t *testing.T) {
	t.Chdir("../../../..")
	row := func(year, code string, rows int) string {
		var b strings.Builder
		for i := range rows {
			b.WriteString("p" + strconv.Itoa(i) + "," + year + "-05-01," + code + "\n")
		}
		return b.String()
	}
	const header = "patid,apptdate,diag_4_01\n"
	for _, tt := range []struct {
		reason, rows string
		args         []string
		says         []string
		not          []string
	}{
		{
			"a share that rose, and coding that grew", row("2018", "F331", 20) + row("2018", "E11", 180) +
				row("2019", "F331", 80) + row("2019", "E11", 240), nil,
			[]string{
				"depression:</b> 100 appointments of 80 people, 19.2% of appointments with a diagnosis code",
				"Coded appointments grew, so read shares, not counts:", "1.6 times as many appointments had a diagnosis code",
				"Up from 10.0% to 25.0% of coded appointments",
			},
			[]string{"part year", "most often"},
		},
		{
			"a share that changed by less than a tenth", row("2018", "F331", 100) + row("2018", "E11", 900) + row("2019", "F331", 100) +
				row("2019", "E11", 850), nil,
			[]string{"About the same share of coded, 10.0% and 10.5%"},
			[]string{"Coded appointments grew"},
		},
		{
			"a last year with fewer than two thirds of the appointments", row("2018", "F331", 100) + row("2019", "F331", 100) + row("2020", "F331", 60),
			nil,
			[]string{
				"2020-21 is treated as a part year: it has fewer than two thirds of the appointments of 2019-20.",
				"<small>part</small>",
				"About the same share of coded, 100% and 100%",
			},
			[]string{"Down from"},
		},
		{
			"a year cut short by -to", row("2018", "F331", 100) + row("2019", "F331", 100),
			[]string{"-to", "2019-12-31"},
			[]string{"is a part year: only appointments up to 2019-12-31 are counted"},
			nil,
		},
		{
			"a year that -to does not cut short", row("2018", "F331", 100) + row("2019", "F331", 100),
			[]string{"-to", "2020-03-31"},
			nil,
			[]string{"part year"},
		},
		{
			"one year", row("2019", "F331", 100), nil,
			[]string{"100% of coded appointments in 2019-20"},
			[]string{"Up from", "NaN", "Inf"},
		},
		{
			"a year that is hidden", row("2018", "F331", 5) + row("2018", "E11", 95) + row("2019", "F331", 50) +
				row("2019", "E11", 50) + row("2020", "F331", 50) + row("2020", "E11", 50), nil,
			[]string{
				"Hidden in 2018-19.", `class="hid"`, `class="mark"`, "of coded appointments: too few to say more",
				`<th scope="row">2018-19</th><td>&lt;10</td><td>&lt;10</td><td>&lt;10</td></tr>`,
			},
			[]string{"Up from"},
		},
		{
			"nothing is shown", row("2019", "F331", 3), nil,
			[]string{"No finding: too few numbers are shown", "No number is shown", "&lt;10"},
			[]string{"most often", "NaN", "Inf", `role="img"`},
		},
		{
			"only the first position, and people with two or more appointments", row("2018", "F331", 100) + row("2019", "F331", 100),
			[]string{"-primary", "-min", "2"},
			[]string{
				"Only a code in the first position counts as a match.", "200 appointments, 100 people with 2 or more",
				"People with 2&#43;", "those with 2 or more of its appointments",
			},
			nil,
		},
		{
			"codes that columns truncate", strings.ReplaceAll(row("2019", "F32", 50)+row("2019", "E11", 50), "diag_4", ""),
			[]string{"-rename", "diag_4_01=diag_3_01"},
			[]string{"Unknown, cut\u00a0short", "a code was truncated, so it may or may not be a code of the list"},
			nil,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			args := append([]string{"-icd10", "testdata/codelists/depression.csv", "-disclosure", "ukllc", "-format", "html"},
				tt.args...)
			got := runHere(t, header+tt.rows, append(args, "-")...)
			require.Equal(t, 0, got.Status, got.Stderr)
			_, page, _ := strings.Cut(got.Stdout, "<body>")
			page = unbrokenYear.ReplaceAllString(page, "$1")
			for _, says := range tt.says {
				require.Contains(t, page, says)
			}
			for _, not := range tt.not {
				require.NotContains(t, page, not)
			}
		})
	}
}

func TestScales(t *testing.T) {
	for most, top := range map[float64]float64{0: 1, 0.03: 0.04, 0.051: 0.06, 0.0071: 0.008, 1: 1, 2.5: 4, 81: 100, 1100: 2000} {
		require.InDelta(t, top, niceTop(most), 1e-9, most)
	}
	for _, tt := range []struct {
		v        float64
		decimals int
		text     string
	}{{0, 1, "0%"}, {1, 1, "100%"}, {0.9996, 1, "99.96%"}, {0.00004, 1, "0.004%"}, {0.5, 0, "50%"}, {0.029, 1, "2.9%"}} {
		require.Equal(t, tt.text, percent(tt.v, tt.decimals))
	}
	times := func(factor float64) string {
		return growth{a: spanned{printed: 1}, z: spanned{printed: factor}}.times()
	}
	require.Equal(t, "9 times", times(8.64))
	require.Equal(t, "2.8 times", times(2.79))
	require.Equal(t, "1,234,560", grouped("1234560"))
	require.Equal(t, "<10", grouped("<10"))
	require.Equal(t, []string{"one two", "three", "fourteen-let", "ters"}, lines("one two three fourteen-letters", 12))
	require.Equal(t, "years-2-hip-or-knee-", fileOf("years", 1, "Hip or knee / <é>")+"-")
}
