package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestRun packs the archives of two targets twice, and requires the same bytes although the files' modes and times
// differ.
func TestRun(t *testing.T) {
	t.Chdir("../..")
	at := time.Date(2026, 11, 28, 12, 0, 1, 0, time.UTC)
	made := func(mode os.FileMode) map[string]string {
		built, out := t.TempDir(), t.TempDir()
		for name, text := range map[string]string{
			"windows-amd64/hesopmatch.exe": "a program", "linux-arm64/hesopmatch": "another", "common/completions/hesopmatch.bash": "words",
			"windows-amd64/THIRD-PARTY-LICENSES": "theirs", "linux-arm64/THIRD-PARTY-LICENSES": "theirs",
		} {
			path := filepath.Join(built, filepath.FromSlash(name))
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, []byte(text), mode))
		}
		require.NoError(t, run("1.2.3", at, built, out))
		entries, err := os.ReadDir(out)
		require.NoError(t, err)
		files := make(map[string]string)
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(out, e.Name()))
			require.NoError(t, err)
			files[e.Name()] = string(data)
		}
		return files
	}
	files := made(0o600)
	require.Equal(t, files, made(0o755))
	require.Len(t, files, 3)
	require.Equal(t, 2, strings.Count(files["SHA256SUMS"], "\n"))

	z, err := zip.NewReader(strings.NewReader(files["hesopmatch-1.2.3-windows-amd64.zip"]), int64(len(files["hesopmatch-1.2.3-windows-amd64.zip"])))
	require.NoError(t, err)
	var inZip, inTar []string
	for _, f := range z.File {
		require.True(t, f.Modified.Equal(at), f.Name)
		require.Equal(t, strings.HasSuffix(f.Name, ".exe"), f.Mode()&0o111 != 0, f.Name)
		inZip = append(inZip, strings.TrimSuffix(f.Name, ".exe"))
	}
	g, err := gzip.NewReader(strings.NewReader(files["hesopmatch-1.2.3-linux-arm64.tar.gz"]))
	require.NoError(t, err)
	for r := tar.NewReader(g); ; {
		header, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		require.True(t, header.ModTime.Equal(at), header.Name)
		require.Zero(t, header.Uid)
		require.Equal(t, strings.HasSuffix(header.Name, "/hesopmatch"), header.Mode&0o111 != 0, header.Name)
		inTar = append(inTar, header.Name)
	}
	require.Equal(t, inZip, inTar)
	for _, name := range []string{
		"START-HERE.html", "README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md", "THIRD-PARTY-LICENSES", "hesopmatch",
		"completions/hesopmatch.bash", "testdata/appointments.csv", "testdata/codelists/joints.csv",
	} {
		require.Contains(t, inZip, "hesopmatch-1.2.3/"+name)
	}
	require.NotContains(t, strings.Join(inZip, "\n"), "golden", "only tests read these files")
	require.NotContains(t, strings.Join(inZip, "\n"), "testdata/cases", "only tests read these files")
}

// TestState requires an error for a module without a licence.
func TestState(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	require.EqualError(t, state(&b, "a module", dir, []string{dir}), "a module: no licence file found")
	for name, text := range map[string]string{"LICENSE.txt": "\r\nfree\r\n", "license.go": "package x", "README": "read"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	require.NoError(t, state(&b, "a module", dir, []string{dir, dir}))
	require.Equal(t, "\n"+strings.Repeat("=", 80)+"\na module: LICENSE.txt\n\nfree\n", b.String())
}

// TestThirdParty requires the licences of Go and of the linked modules, and no others.
func TestThirdParty(t *testing.T) {
	t.Chdir("../..")
	text, err := thirdParty("windows/arm64", "./examples/hesopmatch")
	require.NoError(t, err)
	require.Contains(t, string(text), "hesopmatch for windows/arm64 is built")
	for _, name := range []string{"Go, its runtime and standard library: LICENSE", "github.com/xuri/excelize/v2 ", "github.com/parquet-go/parquet-go "} {
		require.Contains(t, string(text), "\n"+name)
	}
	require.NotContains(t, string(text), "testify", "only tests use testify")
	_, err = thirdParty("windows/arm64", "./examples/absent")
	require.Error(t, err)
}
