// Package browser looks at the page of cohort in a real browser. It is a module of
// its own, so that nothing that a browser needs comes with the library.
package browser

import (
	"context"
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

// screen is what a page is looked at on.
type screen struct {
	name          string
	width, height int64
	mobile, print bool
	grey          bool
}

var screens = []screen{
	{name: "desk", width: 1280, height: 900},
	{name: "phone", width: 390, height: 844, mobile: true},
	{name: "grey", width: 1280, height: 900, grey: true},
	{name: "print", width: 794, height: 1123, print: true},
}

func TestPage(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		require.Empty(t, os.Getenv("HESOPMATCH_NEED_CHROMIUM"), "Chromium is asked for and is not there")
		t.Skip("no Chromium (Debian: chromium)")
	}
	for _, profile := range []struct {
		name  string
		least int64 // that a number on the page may be
	}{{"ukllc", 10}, {"nhse-sde", 10}, {"opensafely", 10}, {"none", 0}} {
		path := makePage(t, profile.name)
		for _, s := range screens {
			t.Run(profile.name+"/"+s.name, func(t *testing.T) {
				seen := look(t, path, s)
				require.Empty(t, seen.complaints, "errors and warnings of the console")
				require.Empty(t, seen.requests, "requests for anything but the page")
				require.LessOrEqual(t, seen.Width, s.width, "nothing sticks out of the page")
				require.NotZero(t, seen.Tables)
				require.NotZero(t, seen.Charts)
				require.Equal(t, seen.Charts, seen.Named, "a screen reader has a name for every chart")
				require.GreaterOrEqual(t, seen.SmallestText, 9.0, "text that can be read, in pixels")
				require.Equal(t, s.print, seen.HiddenTables == 0, "tables are folded on a screen, and not on paper")
				require.NotEmpty(t, seen.Numbers)
				for _, number := range seen.Numbers {
					requireShown(t, number, profile.least)
				}
			})
		}
	}
}

var (
	digits = regexp.MustCompile(`^\d+$`)
	hidden = regexp.MustCompile(`^<\d+$`)
)

// requireShown requires of a number on the page that it may be there. The line of the categories that
// are not shown has none.
func requireShown(t *testing.T, number string, least int64) {
	t.Helper()
	switch {
	case number == "not applicable":
		return
	case number == "", hidden.MatchString(number):
		require.NotZero(t, least, "%q where nothing is hidden", number)
		return
	}
	require.Regexp(t, digits, number)
	n, err := strconv.ParseInt(number, 10, 64)
	require.NoError(t, err)
	require.GreaterOrEqual(t, n, least)
}

// seen is what came of a page.
type seen struct {
	complaints, requests []string
	onPage
}

// onPage is what there is on a page.
type onPage struct {
	Width                int64
	Tables, HiddenTables int
	Charts, Named        int
	SmallestText         float64
	Numbers              []string
}

// inspect finds every number that a person can see: cells of tables, and in charts what
// bars say, and labels that are numbers.
const inspect = `(() => {
  const all = q => [...document.querySelectorAll(q)];
  const charts = all('svg[role=img]');
  const size = e => { const m = e.getScreenCTM(); return parseFloat(getComputedStyle(e).fontSize) * (m ? m.d : 1); };
  const says = charts.flatMap(c => [...c.querySelectorAll('rect title')]).map(e => e.textContent)
    .map(s => s.slice(s.lastIndexOf(': ') + 2)).filter(s => s != 'not shown')
    .map(s => s.replace(/^(\d+) ?.*$/, '$1'));
  const labels = charts.flatMap(c => [...c.querySelectorAll('text')]).filter(e => e.matches('.number')).map(e => e.textContent);
  return {
    Width: document.scrollingElement.scrollWidth,
    Tables: all('table').length,
    HiddenTables: all('table').filter(t => !t.checkVisibility({contentVisibilityAuto: true})).length,
    Charts: charts.length,
    Named: charts.filter(c => (document.getElementById(c.getAttribute('aria-labelledby')) || {}).textContent).length,
    SmallestText: Math.min(...charts.flatMap(c => [...c.querySelectorAll('text')]).map(size)),
    Numbers: all('td.number').map(e => e.textContent).concat(says, labels),
  };
})()`

// look opens a page.
func look(t *testing.T, path string, s screen) seen {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	defer cancel()

	var found seen
	var mu sync.Mutex
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			found.complaints = append(found.complaints, string(e.Type))
		case *runtime.EventExceptionThrown:
			found.complaints = append(found.complaints, e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			found.complaints = append(found.complaints, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if e.Request.URL != "file://"+path && !strings.HasPrefix(e.Request.URL, "data:") {
				found.requests = append(found.requests, e.Request.URL)
			}
		}
	}))
	call(ctx, t, network.Enable, network.EnableParams{})
	call(ctx, t, log.Enable, cdp.Empty{})
	call(ctx, t, runtime.Enable, cdp.Empty{})
	// The window of a browser without a head is 500 pixels wide at least.
	call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.width, Height: s.height, DeviceScaleFactor: 1, Mobile: s.mobile})
	if s.print {
		call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	}
	if s.grey {
		call(ctx, t, emulation.SetEmulatedVisionDeficiency, emulation.SetEmulatedVisionDeficiencyParams{Type: emulation.SetEmulatedVisionDeficiencyTypeAchromatopsia})
	}
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("file://"+path)))
	inspected, err := chromedp.Run(ctx, chromedp.Evaluate[onPage](inspect))
	require.NoError(t, err)
	beyond := true
	picture := call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
	if dir := os.Getenv("HESOPMATCH_SCREENSHOTS"); dir != "" { // to be looked at
		name := strings.ReplaceAll(t.Name(), "/", "-") + ".png"
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), picture.Data, 0o666))
	}
	mu.Lock()
	defer mu.Unlock()
	found.onPage = inspected
	return found
}

func call[P, R any](ctx context.Context, t *testing.T, command cdp.Command[P, R], params P) R {
	t.Helper()
	result, err := chromedp.Call(ctx, command, params)
	require.NoError(t, err, command.Method)
	return result
}
