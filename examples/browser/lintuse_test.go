package browser

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// list writes a codelist and returns its path.
func list(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// testRequests requires the browser to refuse every request of the page and of its worker.
func (l lint) testRequests(t *testing.T) {
	ctx, w := l.open(t, screens[2])
	const tries = `Promise.all([
		fetch("https://example.invalid/").then(() => "sent", () => "refused"),
		new Promise(done => { const x = new XMLHttpRequest(); x.onload = () => done("sent"); x.onerror = () => done("refused");
			x.open("GET", "https://example.invalid/x"); x.send(); }),
		new Promise(done => { const i = new Image(); i.onload = () => done("sent"); i.onerror = () => done("refused");
			i.src = "https://example.invalid/i"; }),
		new Promise(done => {
			const text = 'fetch("https://example.invalid/w").then(() => postMessage("sent"), () => postMessage("refused"))';
			new Worker(URL.createObjectURL(new Blob([text]))).onmessage = e => done(e.data); }),
	])`
	evaluate[any](ctx, t, `window.violations = 0; addEventListener("securitypolicyviolation", () => window.violations++)`)
	require.Equal(t, []string{"refused", "refused", "refused", "refused"}, evaluate[[]string](ctx, t, tries))
	require.Equal(t, 3, evaluate[int](ctx, t, `window.violations`), "the policy, not the network, refuses the requests")
	for _, complaint := range w.see(ctx, t).complaints {
		require.Contains(t, complaint, "Content Security Policy")
	}
	require.Zero(t, evaluate[int](ctx, t, `document.cookie.length + performance.getEntriesByType("resource").filter(
		e => !/^(blob|data|file):/.test(e.name) && e.transferSize > 0).length`))
}

// testHostile requires the page to treat nothing in a name or a cell as HTML or as a control.
func (l lint) testHostile(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	choose(ctx, t, list(t, hostileName, hostileList))
	require.Equal(t, "undefined", evaluate[string](ctx, t, `typeof window.ran`))
	require.Zero(t, evaluate[int](ctx, t, `document.querySelectorAll("main :is(img, script, svg, tbody b)").length`))
	require.True(t, evaluate[bool](ctx, t, `lists[0].section.querySelector("h2").textContent.startsWith(lists[0].path)`))
	require.Contains(t, evaluate[string](ctx, t, `lists[0].more.textContent`), "<img src=x onerror=window.ran=2>")
	require.Contains(t, evaluate[string](ctx, t, `lists[0].found.textContent`), `"-lenient"`)
	require.Zero(t, evaluate[int](ctx, t, `lists[0].found.querySelectorAll("button").length`), "text of a file does not become a button")

	for name, text := range map[string]string{
		"r -lenient.csv":           "icd10\nR69\n",
		"my -lenient -icd10 x.csv": "code,coding_system\nE11,ICD-10\nzz,x -lenient\n",
	} {
		choose(ctx, t, list(t, name, text))
		require.Zero(t, evaluate[int](ctx, t, `lists.at(-1).section.querySelectorAll("button.inline").length`), name)
	}
}

// testReadingAgain requires that, while the page reads a list again, the old report cannot be saved and the focus does
// not move.
func (l lint) testReadingAgain(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	choose(ctx, t, list(t, "plain.csv", "icd10\nF32\nF321\n"))
	require.Equal(t, "Remove plain.csv 3", evaluate[string](ctx, t, `(() => {
		document.querySelector("#overview button").focus();
		const read = readList(lists[0]);
		const disabled = lists[0].more.querySelectorAll(".saves button:disabled").length;
		return document.activeElement.getAttribute("aria-label") + " " + disabled;
	})()`))
	until(ctx, t, `lists[0].report !== null`)
	require.Equal(t, "Remove plain.csv 0", evaluate[string](ctx, t, `document.activeElement.getAttribute("aria-label") + " " +
		lists[0].more.querySelectorAll(".saves button:disabled").length`))
}

// testKeyboard uses the page with the keyboard only.
func (l lint) testKeyboard(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	press := func(keys string) {
		require.NoError(t, chromedp.Do(ctx, chromedp.KeyEvent(keys)))
	}
	active := func() string {
		return evaluate[string](ctx, t, `(e => e.id || e.getAttribute("aria-label") || e.textContent)(document.activeElement)`)
	}
	press(kb.Tab)
	require.Equal(t, "files", active(), "the first stop is the file input")
	choose(ctx, t, list(t, "plain.csv", "code,term\nF32,Depression\nF321,Moderate\nF33,Recurrent\nF,Broad\n"))
	require.Equal(t, "plain.csv: refused.", evaluate[string](ctx, t, `byId("status").textContent`), "the answer is announced")
	walk := func(to string) {
		for range 40 {
			press(kb.Tab)
			require.True(t, evaluate[bool](ctx, t, `(s => s.outlineStyle != "none" && parseFloat(s.outlineWidth) >= 2)(getComputedStyle(document.activeElement))`),
				"the focus is visible on %s", active())
			if active() == to {
				return
			}
		}
		require.Fail(t, "Tab does not reach "+to)
	}
	walk("Remove plain.csv")
	walk("ICD-10")
	press(kb.Enter)
	until(ctx, t, `lists[0].report?.verdict == "cannot be used as it is"`)
	require.Equal(t, "list-1-title", active(), "the focus is on the list whose report changed")
	require.Equal(t, "icd10", evaluate[string](ctx, t, `byId("list-1-system").value`))
	walk("Broad prefixes")
	press(kb.Enter) // the finding's own control
	until(ctx, t, `lists[0].report?.verdict == "can be used; please look"`)
	require.True(t, evaluate[bool](ctx, t, `byId("list-1-allow-broad").checked`))
	walk("list-1-lenient")
	press(" ")
	until(ctx, t, `lists[0].values.lenient && `+allRead)
	walk("list-1-verdict")
	press("acc")
	until(ctx, t, `byId("list-1-verdict").value == "accepted"`)
	require.Equal(t, 4, evaluate[int](ctx, t, `lists[0].section.querySelectorAll(".rows tbody tr").length`))
	walk("Summary for a protocol")
	walk("Copy")
	walk("Submission form")
	order := evaluate[[]string](ctx, t, `[...document.querySelectorAll("[tabindex]")].map(e => e.getAttribute("tabindex"))`)
	for _, place := range order {
		require.Contains(t, []string{"0", "-1"}, place, "the Tab key follows the order of the page")
	}
	requireNamed(ctx, t)
}

// requireNamed requires every control to have a name for screen readers.
func requireNamed(ctx context.Context, t *testing.T) {
	t.Helper()
	tree := call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	controls := 0
	for _, node := range tree.Nodes {
		if node.Ignored || node.Role == nil {
			continue
		}
		var role, name string
		_ = json.Unmarshal([]byte(node.Role.Value), &role) // role stays "" if there is none
		if node.Name != nil {
			_ = json.Unmarshal([]byte(node.Name.Value), &name)
		}
		switch role {
		case "button", "link", "textbox", "combobox", "checkbox", "spinbutton", "region":
			controls++
			require.NotEmpty(t, strings.TrimSpace(name), "a %s has no name", role)
		}
	}
	require.Greater(t, controls, 20)
}

// testCompare requires the page to show the differences that lint -diff reports, for two lists with the same name. Only
// one of the lists states its coding system.
func (l lint) testCompare(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	first := list(t, "one.csv", "icd10\nE11\nE12\n")
	second := list(t, "one.csv", "code\nE11%\nE13\n")
	choose(ctx, t, first)
	choose(ctx, t, second)
	require.True(t, evaluate[bool](ctx, t, `byId("compare").hidden`), "nothing is compared while a list is refused")
	evaluate[any](ctx, t, `setControl("list-2", "system", "icd10")`)
	until(ctx, t, `!byId("compare").hidden && byId("difference").textContent.includes("fingerprint")`)
	text := evaluate[string](ctx, t, `byId("compare").innerText`)
	for _, part := range []string{
		"They do not cover the same codes.", "Covered by A only, ICD-10", "E12%", "Covered by B only, ICD-10", "E13%",
	} {
		require.Contains(t, text, part)
	}
	shown := evaluate[[][]string](ctx, t, `[...byId("difference").querySelectorAll(".differ tbody tr")].map(
		r => [...r.children].map(c => c.textContent))`)
	var d struct {
		Entries []struct{ Code, System, What, A, B string } `json:"entries"`
	}
	require.NoError(t, json.Unmarshal([]byte(l.says(t, ".", "lint", "-diff", "-format", "json", "-codelist", first, "-icd10", second)), &d))
	require.Len(t, shown, len(d.Entries))
	for i, e := range d.Entries {
		what := map[string]string{"removed": "only in A", "added": "only in B", "changed": "changed"}[e.What]
		require.Equal(t, []string{e.Code, e.System, what, inWords(e.A), inWords(e.B)}, shown[i])
	}
	evaluate[any](ctx, t, `setControl("list-2", "descendants", "never")`)
	until(ctx, t, `byId("compared").textContent.includes("different settings")`)
	require.Empty(t, evaluate[string](ctx, t, `byId("difference").textContent`), "the previous comparison is gone")
	evaluate[any](ctx, t, `setControl("list-1", "descendants", "never"); byId("compare-b").value = "list-1"; byId("compare-b").onchange()`)
	until(ctx, t, allRead+` && byId("compared").textContent == "Choose two lists."`)
}

// inWords returns the page's words for a coverage that lint -diff reports.
func inWords(reach string) string {
	return cmp.Or(strings.NewReplacer("descendants", "with all codes below it", "exact", "this code alone").Replace(reach), "–")
}

// testSave requires the files that the page saves to equal those that the program writes.
func (l lint) testSave(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	dir := t.TempDir()
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, //nolint:misspell // the API's spelling
	})
	require.NoError(t, err)
	depression := filepath.Join("..", "..", "testdata", "codelists", "depression.csv")
	book := list(t, "book.xlsx", workbook(t))
	joints := filepath.Join("..", "..", "testdata", "codelists", "joints.csv")
	refused := filepath.Join("..", "..", "testdata", "codelists", "faulty.csv")
	choose(ctx, t, depression, book, refused, joints)
	for _, c := range []struct {
		list         int
		button, file string
		path         string
		args         []string
	}{
		{0, "Report as JSON", "depression-report.json", depression, []string{"lint", "-format=json"}},
		{0, "Report as CSV", "depression-report.csv", depression, []string{"lint", "-format=csv"}},
		{0, "Submission form", "depression-submission.csv", depression, []string{"syntax", "-dialect=submission"}},
		{1, "Submission form", "book-submission.xlsx", book, []string{"syntax", "-dialect=submission"}},
		{3, "Submission form", "joints-submission.csv", joints, []string{"syntax", "-dialect=submission"}},
	} {
		evaluate[any](ctx, t, `[...lists[`+string(rune('0'+c.list))+`].more.querySelectorAll("button")].find(b => b.textContent == "`+c.button+`").click()`)
		expected := l.says(t, filepath.Dir(c.path), append(c.args, "-codelist="+filepath.Base(c.path))...)
		require.NotEmpty(t, expected)
		require.Equal(t, expected, string(downloaded(ctx, t, filepath.Join(dir, c.file))), c.file)
	}
	evaluate[any](ctx, t, `[...lists[2].more.querySelectorAll("button")].find(b => b.textContent == "Submission form").click()`)
	until(ctx, t, `lists[2].more.querySelector(".told").textContent.startsWith("There is no submission form: faulty.csv:")`)
}

// downloaded waits for a file that the browser saves and returns its content. The browser gives the file its name only
// when the file is complete.
func downloaded(ctx context.Context, t *testing.T, path string) []byte {
	t.Helper()
	for {
		if data, err := os.ReadFile(path); err == nil && len(data) > 0 {
			return data
		}
		require.NoError(t, ctx.Err())
		time.Sleep(10 * time.Millisecond)
	}
}

// testSettings requires each control to have the effect of its option, and an error to name the control that resolves
// it.
func (l lint) testSettings(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	path := list(t, "signs.csv", "title\nconcept,mine,sign,other\nA,E11,keep,E12\nA,E11.9,drop,E13\nB,F32,keep,E14\nB,F,keep,E15\nB,IX,keep,E16\n")
	choose(ctx, t, path)
	columns := list(t, "columns.csv", "icd10,status,note\nE11,include,a\nE12,exclude,b\n")
	choose(ctx, t, columns)
	require.Equal(t, []string{"status"}, evaluate[[]string](ctx, t,
		`[...byId("list-2-columns").children].map(e => e.value)`), "the page offers the column that the refusal names")
	evaluate[any](ctx, t, `setControl("list-2", "exclude-column", "status")`)
	until(ctx, t, allRead)
	require.Equal(t, "can be used", evaluate[string](ctx, t, `lists[1].report.verdict`))
	args := []string{"lint", "-format", "json"}
	for _, c := range []struct{ option, value, arg string }{
		{"system", `"icd10"`, ""},
		{"header-row", `"2"`, "-header-row=2"},
		{"code-column", `"mine"`, "-code-column=mine"},
		{"exclude-when", `"drop"`, "-exclude-when=drop"},
		{"exclude-column", `"sign"`, "-exclude-column=sign"},
		{"group", `"concept"`, "-group=concept"},
		{"descendants", `"always"`, "-descendants=always"},
		{"headings", `"ignore"`, "-headings=ignore"},
		{"allow-broad", `true`, "-allow-broad"},
		{"lenient", `true`, "-lenient"},
	} {
		evaluate[any](ctx, t, `setControl("list-1", "`+c.option+`", `+c.value+`)`)
		until(ctx, t, allRead)
		if c.arg != "" {
			args = append(args, c.arg)
		}
		expected := l.says(t, filepath.Dir(path), append(append([]string{}, args...), "-icd10=signs.csv")...)
		require.Equal(t, expected, evaluate[string](ctx, t, `lists[0].json ? decoder.decode(lists[0].json) : ""`), c.option)
		if c.option == "exclude-when" {
			require.Equal(t, "error: Exclusion value needs the column that holds the value: Exclusion column NAME",
				evaluate[string](ctx, t, `lists[0].found.textContent`), "the program's own error, in the page's words")
		}
	}
	require.Equal(t, "can be used", evaluate[string](ctx, t, `lists[0].report.verdict`))
}

// testCrash ends the page's program, as a lack of memory would. The page must refuse the list that it was reading and
// start the program again.
func (l lint) testCrash(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	evaluate[any](ctx, t, `window.kept = byId("program").textContent; byId("program").textContent = "AAAA";
		program.worker.terminate(); program.worker = null`)
	path := list(t, "a.csv", "icd10\nE11\n")
	choose(ctx, t, path)
	require.Contains(t, evaluate[string](ctx, t, `lists[0].found.textContent`), "error: a.csv: this browser cannot read it")
	evaluate[any](ctx, t, `byId("program").textContent = kept`)
	choose(ctx, t, path)
	require.Equal(t, "can be used", evaluate[string](ctx, t, `lists[1].report.verdict`))
}

// testLarge requires the page to refuse a file over the limit before reading it, and to show the rows of a long list 50
// at a time.
func (l lint) testLarge(t *testing.T) {
	ctx, _ := l.open(t, screens[2])
	choose(ctx, t, list(t, "huge.csv", "icd10\n"+strings.Repeat("E11\n", 4<<20)))
	require.Equal(t, "error: huge.csv: this browser cannot read it (it is 17 MiB; the limit of this page is 16); "+
		"the program hesopmatch can: it needs less memory", evaluate[string](ctx, t, `lists[0].found.textContent`))
	choose(ctx, t, list(t, "long.csv", "icd10\n"+strings.Repeat("E11\n", 120)+"x\n"))
	const rows = `[lists[1].more.querySelectorAll(".rows tbody tr").length, lists[1].more.querySelector(".where").textContent].join(": ")`
	require.Equal(t, "50: Rows 1 to 50 of 121", evaluate[string](ctx, t, rows))
	click := func(text string) {
		evaluate[any](ctx, t, `[...lists[1].more.querySelectorAll("button")].find(b => b.textContent == "`+text+`").click()`)
	}
	click("Next rows")
	click("Next rows")
	require.Equal(t, "21: Rows 101 to 121 of 121", evaluate[string](ctx, t, rows))
	require.True(t, evaluate[bool](ctx, t, `[...lists[1].more.querySelectorAll("button")].find(b => b.textContent == "Next rows").disabled`))
	click("Previous rows")
	require.Equal(t, "50: Rows 51 to 100 of 121", evaluate[string](ctx, t, rows))
	evaluate[any](ctx, t, `byId("list-2-verdict").value = "rejected"; byId("list-2-verdict").dispatchEvent(new Event("change"))`)
	require.Equal(t, "1: Rows 1 to 1 of 1", evaluate[string](ctx, t, rows))
}

// testLooks requires a legible layout without overflow, with lists of every verdict.
func (l lint) testLooks(t *testing.T) {
	folder := filepath.Join("..", "..", "testdata", "codelists")
	lists := []string{
		filepath.Join(folder, "diabetes-2.csv"), filepath.Join(folder, "depression.csv"), filepath.Join(folder, "faulty.csv"),
		filepath.Join(folder, "diabetes.tsv"), list(t, strings.Repeat("long-name-", 20)+".csv", hostileList),
	}
	for _, s := range screens[:5] { // all but grey
		t.Run(s.name, func(t *testing.T) {
			ctx, w := l.open(t, s)
			for _, state := range []string{"empty", "full"} {
				if state == "full" {
					choose(ctx, t, append([]string{}, lists...)...)
				}
				seen := w.see(ctx, t)
				require.Empty(t, seen.complaints)
				require.Empty(t, seen.requests)
				require.Equal(t, s.width, seen.Width, "the page does not scroll sideways")
				require.Empty(t, seen.Beyond, "no element overflows its container")
				require.GreaterOrEqual(t, seen.SmallestText, 12.0, "the smallest text, in pixels: %s", seen.SmallestIs)
				require.GreaterOrEqual(t, seen.Contrast, 4.5, "the lowest contrast of text: %s", seen.ContrastIs)
			}
		})
	}
}
