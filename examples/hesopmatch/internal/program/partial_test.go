package program

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRemoveLeft requires RemoveLeft to name and remove what a killed run left, and to keep the files of running
// processes, other machines and other programs.
func TestRemoveLeft(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("runs a Unix program")
	}
	gone := exec.CommandContext(t.Context(), "true")
	require.NoError(t, gone.Run())
	dir := t.TempDir()
	name := func(file string, machine uint32, pid int) string {
		return fmt.Sprintf("%s.%08x-%d-0123abcd.partial", file, machine, pid)
	}
	left, other := name("out.csv", machine(), gone.Process.Pid), name("manifest", machine(), gone.Process.Pid)
	stay := []string{
		// The process is alive.
		name("out.csv", machine(), os.Getpid()),
		// The process is on another machine, so its state is unknown.
		name("out.csv", machine()+1, gone.Process.Pid),
		// These are files of other programs.
		"out.csv.partial", "out.csv.0123abcd-1.partial",
		name("out.csv", machine(), 0),
	}
	for _, file := range append(stay, left, other) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte("SYNTH0001"), 0o600))
	}
	var b strings.Builder
	RemoveLeft(&b, "", "-", filepath.Join(dir, "out.csv"), filepath.Join(dir, "manifest"))
	require.ElementsMatch(t, stay, listed(t, dir))
	for _, file := range []string{left, other} {
		require.Contains(t, b.String(), fmt.Sprintf("note: removed %s, which a run that was killed (process %d) left unfinished\n", filepath.Join(dir, file), gone.Process.Pid))
	}
	require.Contains(t, b.String(),
		"note: a run on another machine, or in another container, is writing "+filepath.Join(dir,
			stay[1])+" or left it unfinished; remove it if no run is writing it\n")
	require.Equal(t, 3, strings.Count(b.String(), "\n"))
}

// TestLongNames requires Create to accept a name as long as the file system allows.
func TestLongNames(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, strings.Repeat("n", 255))
	f, err := Create(path)
	require.NoError(t, err)
	require.Len(t, listed(t, dir), 1)
	require.Regexp(t, partialName, listed(t, dir)[0])
	require.NoError(t, f.Commit())
	require.NoError(t, f.Close())
	require.Equal(t, []string{filepath.Base(path)}, listed(t, dir))
	_, err = Create(path + "n")
	require.NoError(t, err, "a name that is too long fails only in Commit")
}

// TestOneNewFile requires SameFile to recognise two spellings of one file that does not exist yet.
func TestOneNewFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege on Windows")
	}
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.Mkdir("real", 0o700))
	for link, to := range map[string]string{
		"link": "real", "dangling": "real/x", "chain": "dangling", "loop": "pool", "pool": "loop", "real/up": "../y",
	} {
		require.NoError(t, os.Symlink(to, link))
	}
	for _, test := range []struct {
		reason string
		a, b   string
		want   bool
	}{
		{"relative and absolute", "x", filepath.Join(dir, "x"), true},
		{"by a link to a folder", "real/x", "link/x", true},
		{"by a dangling link", "dangling", "real/x", true},
		{"by a chain of links", "link/x", "chain", true},
		{"a link that goes up from a folder that is a link", "link/up", "y", true},
		{"two names", "real/x", "real/y", false},
		{"one name in two folders", "x", "real/x", false},
		{"a loop", "loop", "pool", false},
		{"a missing folder", "none/x", "none/x", false},
	} {
		t.Run(test.reason, func(t *testing.T) {
			require.Equal(t, test.want, SameFile(test.a, test.b))
			w := Written{Written: []string{test.a, test.b}}
			if err := w.CheckFiles(); test.want {
				require.ErrorContains(t, err, "leads to the same file as "+test.a+", which is also read or written: name "+
					"another file")
			} else {
				require.NoError(t, err)
			}
		})
	}
	require.NoError(t, Written{Written: []string{"-", "-", "", ""}}.CheckFiles(), "standard output is not a file")

	_, err := Create("loop")
	require.ErrorContains(t, err, "loop: too many links, or links in a loop")
	f, err := Create("chain")
	require.NoError(t, err)
	require.NoError(t, f.Commit())
	require.NoError(t, f.Close())
	require.FileExists(t, "real/x", "the file that the chain leads to")
	info, err := os.Lstat("dangling")
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink, "the links remain links")
}

// TestNoPermission requires Create to fail for a file without write permission.
func TestNoPermission(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("this user may write every file")
	}
	path := filepath.Join(t.TempDir(), "x")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o400))
	_, err := Create(path)
	require.ErrorIs(t, err, os.ErrPermission)
}
