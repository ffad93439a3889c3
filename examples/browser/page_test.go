// Package browser tests the pages of cohort and lint in a real browser. It is a separate module, so that the library
// does not depend on packages for browsers.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// screen is a screen, or paper, on which a test views a page.
type screen struct {
	name          string
	width, height int64
	mobile, print bool
	grey, dark    bool
}

var screens = []screen{
	{name: "narrow", width: 320, height: 700, mobile: true},
	{name: "print", width: 794, height: 1123, print: true},
	{name: "desk", width: 1280, height: 900},
	{name: "phone", width: 390, height: 844, mobile: true},
	{name: "dark", width: 1280, height: 900, dark: true},
	{name: "grey", width: 1280, height: 900, grey: true},
}

// extremes holds the screens with the least room for a page.
var extremes = screens[:2]

func TestPage(t *testing.T) {
	requireChromium(t)
	made := makeData(t)
	for _, pages := range []struct {
		name  string
		lists map[string]string
		least int64 // the smallest number that the page may show
		args  []string
		on    []screen
	}{
		{"ukllc", hostile, 10, nil, screens},
		{"nhse-sde", hostile, 10, nil, extremes},
		{"opensafely", hostile, 10, nil, extremes},
		{"none", hostile, 0, nil, screens},
		{"ukllc", five, 10, nil, screens},
		{"ukllc", one, 10, nil, extremes},
		{
			"ukllc", five, 10,
			[]string{"-primary", "-min", "2", "-attended", "-from", "2010-06-01", "-to", "2019-12-31"},
			extremes,
		},
		{"ukllc", five, 10, []string{"-subset-by", "asthma"}, extremes},
	} {
		path := made.page(t, pages.name, pages.lists, pages.args...)
		for _, s := range pages.on {
			t.Run(fmt.Sprintf("%s, %d lists %v/%s", pages.name, len(pages.lists), pages.args, s.name), func(t *testing.T) {
				seen := look(t, path, s)
				require.Empty(t, seen.complaints, "the console has no errors or warnings")
				require.Empty(t, seen.requests, "the browser requests nothing except the page")
				require.Equal(t, s.width, seen.Width, "the page does not scroll sideways")
				require.Empty(t, seen.Beyond, "no element overflows its container")
				require.NotZero(t, seen.Tables)
				require.NotZero(t, seen.Charts)
				require.Equal(t, seen.Charts, seen.Named, "a screen reader has a name for every chart")
				require.Empty(t, seen.Elements, "charts use only rect, line, polyline and text")
				require.GreaterOrEqual(t, seen.SmallestText, 12.0, "the smallest text, in pixels: %s", seen.SmallestIs)
				require.GreaterOrEqual(t, seen.Contrast, 4.5, "the lowest contrast of text: %s", seen.ContrastIs)
				require.Zero(t, seen.Untold, "every folded table has a visible summary line")
				require.Equal(t, !s.print && seen.Fits > 0, seen.Folded > 0, "tables that fit are folded on a screen, and not "+
					"on paper")
				require.Empty(t, seen.Tableless, "every number of a chart is in a table of the same section")
				require.NotEmpty(t, seen.Numbers)
				for _, number := range seen.Numbers {
					requireShown(t, number, pages.least)
				}
			})
		}
	}
}

// requireChromium skips a test if Chromium is missing, or fails it if HESOPMATCH_NEED_CHROMIUM is also set.
func requireChromium(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		require.Empty(t, os.Getenv("HESOPMATCH_NEED_CHROMIUM"), "HESOPMATCH_NEED_CHROMIUM is set, but there is no Chromium")
		t.Skip("no Chromium (Debian: chromium)")
	}
}

var (
	digits  = regexp.MustCompile(`^\d{1,3}(,\d{3})*$`)
	percent = regexp.MustCompile(`^\d+(\.\d+)?%$`)
	hidden  = regexp.MustCompile(`^<\d+$`)
)

// requireShown fails the test if a page must not show the given number. It accepts every percentage, because a
// percentage follows from two numbers that the page shows.
func requireShown(t *testing.T, number string, least int64) {
	t.Helper()
	switch {
	case number == "not applicable", number == "–", percent.MatchString(number):
		return
	case hidden.MatchString(number):
		require.NotZero(t, least, "%q where nothing is hidden", number)
		return
	}
	require.Regexp(t, digits, number)
	n, err := strconv.ParseInt(strings.ReplaceAll(number, ",", ""), 10, 64)
	require.NoError(t, err)
	require.GreaterOrEqual(t, n, least)
}

// seen is the result of viewing a page.
type seen struct {
	complaints, requests []string
	onPage
}

// onPage holds the values that the script in the constant inspect returns.
type onPage struct {
	Width                int64
	Beyond               []string // elements that overflow their container
	Tables, Fits, Folded int
	Untold               int
	Charts, Named        int
	Elements             []string // elements of charts other than the four allowed
	Tableless            []string // numbers of charts that are in no table
	SmallestText         float64
	SmallestIs           string
	Contrast             float64
	ContrastIs           string
	Numbers              []string
}

// inspect collects every visible number: the cells of tables and the labels of charts. It counts the folded tables, and
// then unfolds them to measure all text.
const inspect = `(() => {
  const all = q => [...document.querySelectorAll(q)];
  const visible = e => e.checkVisibility({contentVisibilityAuto: true});
  const charts = all('svg[role=img]');
  const fits = all('details.fits table'), folded = fits.filter(e => !visible(e)).length;
  const untold = all('details').filter(d => !visible(d.querySelector('summary')) && !visible(d.querySelector('table'))).length;
  if (!matchMedia('print').matches) all('details').forEach(d => d.open = true);
  const texts = all('body *').filter(e => visible(e) && !e.matches('svg, details') &&
    [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()));
  const isLabel = e => e.namespaceURI.endsWith('svg');
  const size = e => parseFloat(getComputedStyle(e).fontSize) * (isLabel(e) ? e.getScreenCTM().d : 1);
  const channels = c => c.match(/[\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = channels(c).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, v = channels(c); if (v.length < 4 || v[3] > 0) return c; } return 'rgb(255, 255, 255)'; };
  const contrast = e => { const s = getComputedStyle(e), a = light(isLabel(e) ? s.fill : s.color), b = light(behind(e)); return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); };
  const least = f => texts.reduce((a, e) => f(e) < a[0] ? [f(e), e.outerHTML.slice(0, 200)] : a, [1e9, '']);
  const smallest = least(e => Math.round(size(e) * 100) / 100), faint = least(contrast);
  const wide = e => e.getBoundingClientRect().right > Math.ceil(e.parentElement.getBoundingClientRect().right) + 1;
  const value = e => e.textContent.trim().split(' ')[0];
  const cells = e => [...e.querySelectorAll('td')].map(c => (c.firstChild || {}).textContent);
  const labels = charts.flatMap(c => [...c.querySelectorAll('text.val')]).filter(e => /^[<\d]/.test(e.textContent));
  return {
    Width: document.scrollingElement.scrollWidth,
    Beyond: all('table, figure, .grid > *, dl, pre').filter(e => !e.closest('.scroll') && visible(e) && wide(e)).map(e => e.outerHTML.slice(0, 200)),
    Tables: all('table').length, Fits: fits.length, Folded: folded, Untold: untold,
    Charts: charts.length,
    Named: charts.filter(c => c.getAttribute('aria-label')).length,
    Elements: charts.flatMap(c => [...c.querySelectorAll('*')]).filter(e => !['rect', 'line', 'polyline', 'text'].includes(e.localName)).map(e => e.localName),
    Tableless: labels.filter(e => !cells(e.closest('section')).includes(value(e))).map(e => e.textContent)
      .concat(charts.filter(c => !c.closest('section').querySelector('table')).map(c => c.getAttribute('aria-label'))),
    SmallestText: smallest[0], SmallestIs: smallest[1], Contrast: faint[0], ContrastIs: faint[1],
    Numbers: all('table:not(.kv) td:not(.t):not(.b)').map(c => (c.firstChild || {textContent: ''}).textContent.trim())
      .concat(labels.map(value), all('.stats div:not(:first-child) dd').map(value)),
  };
})()`

// open starts a browser.
func open(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func look(t *testing.T, path string, s screen) seen {
	t.Helper()
	ctx := open(t)
	w := watch(ctx, t, path)
	s.visit(ctx, t, path)
	return w.see(ctx, t)
}

// watcher collects the console messages and requests of a page.
type watcher struct {
	mu    sync.Mutex
	found seen
}

// watch starts a watcher. Call watch before opening the page.
func watch(ctx context.Context, t *testing.T, path string) *watcher {
	t.Helper()
	w := &watcher{}
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			w.found.complaints = append(w.found.complaints, string(e.Type))
		case *runtime.EventExceptionThrown:
			w.found.complaints = append(w.found.complaints, e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			w.found.complaints = append(w.found.complaints, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if e.Request.URL != "file://"+path && !isInside(e.Request.URL) {
				w.found.requests = append(w.found.requests, e.Request.URL)
			}
		}
	}))
	call(ctx, t, network.Enable, network.EnableParams{})
	call(ctx, t, log.Enable, cdp.Empty{})
	call(ctx, t, runtime.Enable, cdp.Empty{})
	return w
}

// isInside reports whether an address refers to data that the page itself created.
func isInside(address string) bool {
	return strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "blob:")
}

// visit opens a page on a screen.
func (s screen) visit(ctx context.Context, t *testing.T, path string) {
	t.Helper()
	// Emulate the screen, because the window of a headless browser is at least 500 pixels wide.
	call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.width, Height: s.height, DeviceScaleFactor: 1, Mobile: s.mobile})
	if s.print {
		call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	}
	if s.dark {
		call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}, //nolint:misspell // CSS name
		})
	}
	if s.grey {
		call(ctx, t, emulation.SetEmulatedVisionDeficiency, emulation.SetEmulatedVisionDeficiencyParams{Type: emulation.SetEmulatedVisionDeficiencyTypeAchromatopsia})
	}
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("file://"+path)))
}

// see inspects the page as it is now.
func (w *watcher) see(ctx context.Context, t *testing.T) seen {
	t.Helper()
	inspected, err := chromedp.Run(ctx, chromedp.Evaluate[onPage](inspect))
	require.NoError(t, err)
	takePicture(ctx, t)
	w.mu.Lock()
	defer w.mu.Unlock()
	found := w.found
	found.onPage = inspected
	return found
}

// takePicture saves a screenshot of the page if HESOPMATCH_SCREENSHOTS names a folder for it.
func takePicture(ctx context.Context, t *testing.T) {
	t.Helper()
	dir := os.Getenv("HESOPMATCH_SCREENSHOTS")
	if dir == "" {
		return
	}
	beyond := true
	picture := call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
	name := strings.NewReplacer("/", "-", " ", "-").Replace(t.Name()) + ".png"
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), picture.Data, 0o666))
}

func call[P, R any](ctx context.Context, t *testing.T, command cdp.Command[P, R], params P) R {
	t.Helper()
	result, err := chromedp.Call(ctx, command, params)
	require.NoError(t, err, command.Method)
	return result
}
