package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
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

// blocks returns the code blocks in one language from a document of the repository.
func blocks(t *testing.T, document, language string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", document))
	require.NoError(t, err)
	var found []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	require.NotEmpty(t, found)
	return found
}

// program returns the program that the README shows.
func program(t *testing.T) string {
	t.Helper()
	found := blocks(t, "README.md", "go")
	require.Len(t, found, 1)
	return found[0]
}

// offline returns the four blocks of commands that CONTRIBUTING shows for a computer without internet access.
func offline(t *testing.T) []string {
	t.Helper()
	found := blocks(t, "CONTRIBUTING.md", "sh")
	require.Len(t, found, 5)
	return found[1:]
}

// TestReadmeProgram runs the program of the README on the test data, and on data without dates and attendances.
func TestReadmeProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	root, dir := build(t, program(t))
	run := func(folder string) string {
		cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "study"))
		cmd.Dir = folder
		got, err := cmd.CombinedOutput()
		require.NoError(t, err, string(got))
		return string(got)
	}
	require.Contains(t, blocks(t, "README.md", "text"), run(root))
	data := t.TempDir()
	list, err := os.ReadFile(filepath.Join(root, "testdata/codelists/depression.csv"))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(data, "testdata", "codelists"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(data, "testdata/codelists/depression.csv"), list, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(data, "testdata/appointments.csv"), []byte("diag_4_01\nF321\nI10X\n"), 0o600))
	require.Equal(t, "row 1: not stated\n", run(data))
}

// build builds a program that uses this module. It returns the root of the module, and the folder in which it wrote the
// program as the file study.
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

// TestReadmeCommands runs the commands of the README and requires the output that the README shows.
func TestReadmeCommands(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands need a POSIX shell")
	}
	for _, block := range blocks(t, "README.md", "console") {
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

// TestOfflineProgram fetches what the program needs into a copy of the repository, and runs the program
// there without a network.
func TestOfflineProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("copies the repository")
	}
	if _, err := os.Stat("../../.git"); err != nil {
		t.Skip("only a git checkout shows which files belong to the repository")
	}
	lines := strings.Split(strings.TrimSpace(offline(t)[3]), "\n")
	require.Len(t, lines, 2)
	dir, empty := t.TempDir(), t.TempDir()
	files, err := exec.CommandContext(t.Context(), "git", "-C", "../..", "ls-files", "-z").Output()
	require.NoError(t, err)
	for file := range strings.SplitSeq(strings.Trim(string(files), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join("../..", file))
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, and not committed yet
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

// TestOfflineWorkbooks builds a separate module with a program that reads workbooks.
func TestOfflineWorkbooks(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	dir := t.TempDir()
	const program = "package main\n\nimport \"hesopmatch/codelist/xlsx\"\n\nfunc main() { _ = xlsx.Workbooks() }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
	for line := range strings.Lines("go mod init study\n" + offline(t)[2]) {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(line, "/srv/hesopmatch", root))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", line, out)
	}
}

// TestOffline builds the program of the README as a separate module and runs it. The module finds hesopmatch through a
// replace line, or through a vendor folder.
func TestOffline(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	program := program(t)
	want := blocks(t, "README.md", "text")[0]
	commands := offline(t)
	for name, block := range map[string]string{"replaced": commands[0], "vendored": commands[0] + commands[1]} {
		t.Run(name, func(t *testing.T) {
			dir, empty := t.TempDir(), t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
			sh := func(command string) string {
				cmd := exec.CommandContext(t.Context(), "go", strings.Fields(command)...)
				cmd.Dir = dir
				// No network, and an empty module cache.
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
