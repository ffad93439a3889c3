package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestQuickstart(t *testing.T) {
	var b strings.Builder
	require.NoError(t, run(t.Context(), &b))
	require.Equal(t, `row 1: F32X by depression, entry F32
row 3: F339 by depression, entry F33
row 5: W371 by hip replacement, entry W37.%

list             match  no match  unknown
depression       2      3         1
hip replacement  1      1         4
`, b.String())
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	require.Less(t, strings.Count(string(source), "\n"), 80, "short enough to copy")
}

// blocks returns the code blocks of the README in one language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var found []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	require.NotEmpty(t, found)
	return found
}

func isProgram(block string) bool { return strings.HasPrefix(block, "package main\n") }

// programs returns the Go blocks of the README that are whole programs.
func programs(t *testing.T) []string {
	t.Helper()
	found := slices.DeleteFunc(blocks(t, "go"), func(block string) bool { return !isProgram(block) })
	require.Len(t, found, 2)
	return found
}

// TestReadmeRelease runs the program of the README that makes tables for release, and requires it to be as short as the
// README promises.
func TestReadmeRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	program := programs(t)[1]
	lines := strings.Count(regexp.MustCompile(`\n+`).ReplaceAllString(program, "\n"), "\n")
	require.LessOrEqual(t, lines, 30, "lines without blank ones")
	root, dir := build(t, program)
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "study"))
	cmd.Dir = root
	got, err := cmd.CombinedOutput()
	require.NoError(t, err, string(got))
	require.Contains(t, string(got), "appointments taken in [20]\n")
	require.Contains(t, string(got), "lists  [<10 <10 <10 not applicable <10]\n", "two people are too few")
}

// TestReadmeFirst runs the first program of the README on its own data, and on data without a date and an attendance.
func TestReadmeFirst(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	root, dir := build(t, programs(t)[0])
	run := func(folder string) string {
		cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "study"))
		cmd.Dir = folder
		got, err := cmd.CombinedOutput()
		require.NoError(t, err, string(got))
		return string(got)
	}
	require.Contains(t, blocks(t, "text"), run(root))
	data := t.TempDir()
	list, err := os.ReadFile(filepath.Join(root, "testdata/codelists/depression.csv"))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(data, "testdata", "codelists"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(data, "testdata/codelists/depression.csv"), list, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(data, "testdata/appointments.csv"), []byte("diag_4_01\nF321\nI10X\n"), 0o600))
	require.Equal(t, "row 1: not stated\n", run(data))
}

// build builds a program that uses this module, under the name study.
func build(t *testing.T, program string) (root, dir string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	dir = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
	command := "go mod init study && go mod edit -require hesopmatch@v0.0.0 -replace hesopmatch=" + root + " && go build -o study ."
	cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return root, dir
}

// TestReadmeCommands runs the commands that the README shows at a prompt.
func TestReadmeCommands(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a POSIX shell")
	}
	path := filepath.Join("..", "..", "release")
	require.NoDirExists(t, path, "the commands create it")
	t.Cleanup(func() { _ = os.RemoveAll(path) })
	for _, block := range blocks(t, "console") {
		command, want, _ := strings.Cut(block, "\n")
		command, ok := strings.CutPrefix(command, "$ ")
		require.True(t, ok, block)
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
		cmd.Dir = "../.."
		got, err := cmd.Output()
		require.NoError(t, err, command)
		require.Equal(t, want, string(got), command)
	}
}

// TestReadmeVendored vendors the dependencies in a copy of the repository, and runs a program there without a network.
func TestReadmeVendored(t *testing.T) {
	if testing.Short() {
		t.Skip("copies the repository")
	}
	if _, err := os.Stat("../../.git"); err != nil {
		t.Skip("only a checkout knows which files belong to the repository")
	}
	lines := strings.Split(strings.TrimSpace(blocks(t, "sh")[4]), "\n")
	require.Len(t, lines, 2)
	dir, empty := t.TempDir(), t.TempDir()
	files, err := exec.CommandContext(t.Context(), "git", "-C", "../..", "ls-files", "-z").Output()
	require.NoError(t, err)
	for file := range strings.SplitSeq(strings.Trim(string(files), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join("../..", file))
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, but not committed yet
		}
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(file)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), text, 0o600))
	}
	for i, line := range lines {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=")
		if i > 0 {
			cmd.Env = append(cmd.Env, "GOPROXY=off", "GOMODCACHE="+empty)
		}
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", line, out)
	}
}

// TestReadmeWorkbooks builds a program that reads workbooks, in a separate module, as the README shows.
func TestReadmeWorkbooks(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	dir := t.TempDir()
	const program = "package main\n\nimport \"hesopmatch/codelist/xlsx\"\n\nfunc main() { _ = xlsx.Workbooks() }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
	for line := range strings.Lines("go mod init study\n" + blocks(t, "sh")[3]) {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(line, "/srv/hesopmatch", root))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", line, out)
	}
}

// TestReadmeProgram builds the program of the README in a separate module, in both ways that the README shows for
// computers without internet, and runs it.
func TestReadmeProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	program := programs(t)[0]
	want := blocks(t, "text")[0]
	commands := blocks(t, "sh")
	for name, block := range map[string]string{"replaced": commands[1], "vendored": commands[1] + commands[2]} {
		t.Run(name, func(t *testing.T) {
			dir, empty := t.TempDir(), t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
			sh := func(command string) string {
				cmd := exec.CommandContext(t.Context(), "go", strings.Fields(command)...)
				cmd.Dir = dir
				// No network, and nothing fetched before.
				cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOMODCACHE="+empty)
				out, err := cmd.CombinedOutput()
				require.NoError(t, err, "go %s: %s", command, out)
				return string(out)
			}
			sh("mod init study")
			for line := range strings.Lines(block) {
				command, ok := strings.CutPrefix(strings.TrimSpace(line), "go ")
				require.True(t, ok, line)
				sh(strings.ReplaceAll(command, "/srv/hesopmatch", root))
			}
			sh("build -o study .")
			cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "study"))
			cmd.Dir = root
			got, err := cmd.CombinedOutput()
			require.NoError(t, err, string(got))
			require.Equal(t, want, string(got))
		})
	}
}
