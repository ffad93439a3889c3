package browser

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestPaper prints the page for five lists. The page must fit on six sheets, and only the last sheet may be half empty.
// No text may be smaller than on a screen: a browser shrinks a page that is too wide.
func TestPaper(t *testing.T) {
	requireChromium(t)
	path := makeData(t).page(t, "ukllc", five)
	ctx := open(t)
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("file://"+path)))
	yes := true
	sheets := sheetsOf(t, call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes}).Data)
	require.LessOrEqual(t, len(sheets), 6)
	for i, s := range sheets {
		require.GreaterOrEqual(t, s.smallest, 8.99, "sheet %d: 12 pixels are 9 points", i+1)
		if i < len(sheets)-1 {
			require.Greater(t, s.full, 0.5, "sheet %d", i+1)
		}
	}
}

// sheet describes a page of a PDF: the share of its height down to its last text, and the size of its smallest text in
// points.
type sheet struct{ full, smallest float64 }

var (
	sheetObject = regexp.MustCompile(`/Type /Page\s[^>]*?(?s:.*?)/MediaBox \[0 0 ([\d.]+) ([\d.]+)\](?s:.*?)/Contents (\d+) 0 R`)
	operator    = regexp.MustCompile(`(?m)^(?:([-\d. ]+) cm|(q)|(Q)|/\S+ ([\d.]+) Tf|([-\d. ]+) Tm)$`)
)

// sheetsOf parses a PDF file. It handles only the parts of PDF that Chromium writes.
func sheetsOf(t *testing.T, pdf []byte) (all []sheet) {
	t.Helper()
	for _, m := range sheetObject.FindAllSubmatch(pdf, -1) {
		height, err := strconv.ParseFloat(string(m[2]), 64)
		require.NoError(t, err)
		_, object, found := bytes.Cut(pdf, fmt.Appendf(nil, "\n%s 0 obj\n", m[3]))
		require.True(t, found)
		_, stream, found := bytes.Cut(object, []byte("stream\n"))
		require.True(t, found)
		z, err := zlib.NewReader(bytes.NewReader(stream))
		require.NoError(t, err)
		text, err := io.ReadAll(z)
		require.NoError(t, err)
		all = append(all, sheetOf(t, string(text), height))
	}
	require.NotEmpty(t, all)
	return all
}

// matrix converts coordinates to points, with a factor and an offset for each direction. Nothing on the page is
// rotated.
type matrix struct{ across, down, x, y float64 }

// sheetOf follows the transformations in the content of a page to find the positions and sizes of its texts.
func sheetOf(t *testing.T, content string, height float64) sheet {
	t.Helper()
	now, kept := matrix{1, 1, 0, 0}, []matrix(nil)
	s := sheet{smallest: 1e9}
	lowest, size := height, 0.0
	numbers := func(text string) (all []float64) {
		for field := range strings.FieldsSeq(text) {
			v, err := strconv.ParseFloat(field, 64)
			require.NoError(t, err)
			all = append(all, v)
		}
		require.Len(t, all, 6)
		return all
	}
	for _, m := range operator.FindAllStringSubmatch(content, -1) {
		switch {
		case m[1] != "":
			v := numbers(m[1])
			now = matrix{now.across * v[0], now.down * v[3], now.x + now.across*v[4], now.y + now.down*v[5]}
		case m[2] != "":
			kept = append(kept, now)
		case m[3] != "" && len(kept) > 0:
			now, kept = kept[len(kept)-1], kept[:len(kept)-1]
		case m[4] != "":
			size, _ = strconv.ParseFloat(m[4], 64)
		case m[5] != "":
			v := numbers(m[5])
			lowest = min(lowest, now.y+now.down*v[5])
			s.smallest = min(s.smallest, size*now.down*v[3])
		}
	}
	s.full = 1 - lowest/height
	return s
}
