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

// TestFolder requires a folder to appear whole, or not at all.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	f, err := CreateFolder(path + "/")
	require.NoError(t, err)
	require.NoError(t, f.Write("a.txt", []byte("one")))
	require.NoError(t, f.Write("sums/a.txt", []byte("two")))
	require.NoDirExists(t, path, "the folder is not complete yet")
	require.NoError(t, f.Commit())
	require.NoError(t, f.Close())
	require.Equal(t, []string{"out"}, listed(t, dir))
	require.Equal(t, []string{"a.txt", "sums"}, listed(t, path))
	text, err := os.ReadFile(filepath.Join(path, "sums", "a.txt"))
	require.NoError(t, err)
	require.Equal(t, "two", string(text))

	_, err = CreateFolder(path)
	require.EqualError(t, err, path+": already exists, and this must be a new folder: name another")
	require.Equal(t, []string{"out"}, listed(t, dir))
}

// TestFolderInTheWay requires Commit not to touch a folder that was created at its path in the meantime.
func TestFolderInTheWay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	f, err := CreateFolder(path)
	require.NoError(t, err)
	require.NoError(t, f.Write("a.txt", nil))
	require.NoError(t, os.Mkdir(path, 0o700))
	require.ErrorContains(t, f.Commit(), "out: already exists")
	require.NoError(t, f.Close())
	require.Equal(t, []string{"out"}, listed(t, dir))
	require.Empty(t, listed(t, path))
}

// TestFolderLeft requires RemoveLeft to remove the folder of a killed run with its contents, and to keep the folder of
// a running one.
func TestFolderLeft(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("runs a Unix program")
	}
	gone := exec.CommandContext(t.Context(), "true")
	require.NoError(t, gone.Run())
	dir := t.TempDir()
	name := func(pid int) string { return fmt.Sprintf("out.%08x-%d-0123abcd.partial", machine(), pid) }
	for _, pid := range []int{gone.Process.Pid, os.Getpid()} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, name(pid), "sums"), 0o700))
	}
	var b strings.Builder
	RemoveLeft(&b, filepath.Join(dir, "out")+"/")
	require.Equal(t, []string{name(os.Getpid())}, listed(t, dir))
	require.Equal(t, fmt.Sprintf("note: removed %s, which a run that was killed (process %d) left unfinished\n",
		filepath.Join(dir, name(gone.Process.Pid)), gone.Process.Pid), b.String())
}
