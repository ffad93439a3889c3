package main

import (
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"

	"github.com/stretchr/testify/require"
)

// startBlocks returns the blocks of START-HERE.html that have the given class. For each block it returns two texts. The
// first one is " fails" or empty, and the second one is the content.
func startBlocks(t *testing.T, class string) (blocks [][]string) {
	t.Helper()
	page, err := os.ReadFile("START-HERE.html")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`(?s)<pre class="`+class+`( fails)?">(.*?)</pre>`).FindAllStringSubmatch(string(page), -1) {
		text := regexp.MustCompile(`</?(kbd|samp|b)>`).ReplaceAllString(m[2], "")
		blocks = append(blocks, []string{m[1], html.UnescapeString(text)})
	}
	require.NotEmpty(t, blocks)
	return blocks
}

// TestStartHere runs the commands of START-HERE.html in order, in a folder with the lists of a release archive, and
// requires the output that the page shows. An ellipsis stands for any number of lines.
func TestStartHere(t *testing.T) {
	t.Chdir("../..")
	runs, r := startBlocks(t, "run"), startBlocks(t, "r")
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("testdata")))
	t.Chdir(dir)
	for _, block := range runs {
		command, want, _ := strings.Cut(block[1], "\n")
		args := strings.Fields(command)
		var printed string
		switch args[0] {
		case `.\hesopmatch.exe`:
			got := hesopmatch(t, args[1:]...)
			require.Equal(t, block[0] == " fails", got.Status == 1, got.Stderr)
			require.Less(t, got.Status, 2, got.Stderr)
			printed = got.Stdout + got.Stderr
		case "Get-Content":
			data, err := os.ReadFile(args[1])
			require.NoError(t, err)
			lines := strings.SplitAfter(string(data), "\n")
			if len(args) > 2 {
				require.Equal(t, "-TotalCount", args[2])
				n, err := strconv.Atoi(args[3])
				require.NoError(t, err)
				lines = lines[:n]
			}
			printed = strings.Join(lines, "")
		default:
			require.Fail(t, "this test does not know the command", command)
		}
		requireShown(t, command, want, printed)
	}
	requireInR(t, r[0][1]+`; cat(class(people$person), class(people$first), nrow(people))`, "character Date 45")
}

// requireShown requires a command to print the lines that a page shows, in this order.
func requireShown(t *testing.T, command, want, printed string) {
	t.Helper()
	if want == "" {
		return
	}
	if !strings.Contains(want, "…") {
		require.Equal(t, want, strings.TrimRight(printed, "\n"), command)
		return
	}
	for part := range strings.SplitSeq(want, "…") {
		_, after, found := strings.Cut(printed, strings.Trim(part, "\n"))
		require.True(t, found, "%s: the page shows\n%s\nbut the command printed\n%s", command, part, printed)
		printed = after
	}
}

func requireInR(t *testing.T, script, want string) {
	t.Helper()
	r, err := exec.LookPath("Rscript")
	if err != nil {
		require.Empty(t, os.Getenv("HESOPMATCH_NEED_R"), "R is missing")
		return
	}
	out, err := exec.CommandContext(t.Context(), r, "-e", script).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, want, string(out))
}

// TestStartHereNames requires START-HERE.html to name the files of this version and to load nothing.
func TestStartHereNames(t *testing.T) {
	page, err := os.ReadFile("../../START-HERE.html")
	require.NoError(t, err)
	names := regexp.MustCompile(`hesopmatch-[0-9.]+-[a-z]+-`).FindAllString(string(page), -1)
	require.NotEmpty(t, names)
	for _, name := range names {
		require.True(t, strings.HasPrefix(name, "hesopmatch-"+program.Version+"-"), name)
	}
	require.NotRegexp(t, `<script|https?:|src=`, string(page))
}
