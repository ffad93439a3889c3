package program

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func listed(t *testing.T, dir string) []string {
	t.Helper()
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	var found []string
	for _, f := range files {
		found = append(found, f.Name())
	}
	return found
}

func TestFileIsWholeOrAbsent(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	f, err := Create(path)
	require.NoError(t, err)
	_, err = f.WriteString("half")
	require.NoError(t, err)
	require.NoFileExists(t, path)
	require.NoError(t, f.Close())
	require.Empty(t, listed(t, dir), "without a commit nothing remains")

	f, err = Create(path)
	require.NoError(t, err)
	_, err = f.WriteString("whole")
	require.NoError(t, err)
	require.NoError(t, f.Commit())
	require.NoError(t, f.Close())
	require.Equal(t, []string{"a.csv"}, listed(t, dir))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "whole", string(data))
}

func TestFileKeepsPermissionsAndLinks(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "a.csv"), filepath.Join(dir, "link.csv")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	require.NoError(t, os.Symlink(path, link))
	f, err := Create(link)
	require.NoError(t, err)
	_, err = f.WriteString("new")
	require.NoError(t, err)
	require.NoError(t, f.Commit())
	info, err := os.Lstat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode(), "the new file has the old permissions")
	data, err := os.ReadFile(link)
	require.NoError(t, err)
	require.Equal(t, "new", string(data))
	info, err = os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink, "the link remains a link")
}

func TestOneOf(t *testing.T) {
	var word string
	o := OneOf{Words: []string{"a", "b"}, Value: &word}
	require.NoError(t, o.Set("b"))
	require.Equal(t, "b", o.String())
	require.Error(t, o.Set("c"))
	require.Equal(t, "b", word)
	require.Empty(t, OneOf{}.String())
}
