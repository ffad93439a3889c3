package program

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../../../.."

// citationFields returns the one-line fields of CITATION.cff and the first author.
func citationFields(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "CITATION.cff"))
	require.NoError(t, err)
	fields := make(map[string]string)
	for _, m := range regexp.MustCompile(`(?m)^(?:  - )?([a-z-]+): (.+)$`).FindAllStringSubmatch(string(data), -1) {
		require.NotContains(t, fields, m[1])
		fields[m[1]] = strings.Trim(m[2], `"`)
	}
	return fields
}

// TestCitation requires the program and CITATION.cff to agree on version, title, licence and author. CITATION.cff must
// have the release date that CHANGELOG.md gives for this version, or no date before the release.
func TestCitation(t *testing.T) {
	fields := citationFields(t)
	require.Equal(t, "1.2.0", fields["cff-version"])
	require.Equal(t, Version, fields["version"])
	require.Equal(t, title, fields["title"])
	require.Equal(t, licence, fields["license"])
	require.Equal(t, authors, fields["name"])
	for _, fact := range []string{authors, title, Version, Revision(), licence} {
		require.Contains(t, Citation(), fact)
	}
	require.NotContains(t, Citation(), "\n")

	changes, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	require.NoError(t, err)
	heading := regexp.MustCompile(`(?m)^## (\S+) \((.*)\)$`).FindStringSubmatch(string(changes))
	require.Len(t, heading, 3)
	require.Equal(t, Version, heading[1])
	released := heading[2]
	if released == "not released" {
		released = ""
	}
	require.Equal(t, released, fields["date-released"])
	text, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(text), licence+" License\n"))
}

// TestAbout requires the lines and the JSON to state the same facts, and the first three lines to be those of -version.
func TestAbout(t *testing.T) {
	about := NewAbout("hesopmatch")
	var lines, short, asJSON strings.Builder
	require.NoError(t, about.Write(&lines))
	WriteVersion(&short, "hesopmatch")
	require.True(t, strings.HasPrefix(lines.String(), short.String()))
	require.NoError(t, WriteJSON(&asJSON, about))
	for _, fact := range []string{about.Version, about.Revision, about.Go, about.System, about.Build, about.Processor, about.Licence} {
		require.Contains(t, lines.String(), fact)
		require.Contains(t, asJSON.String(), fact)
	}
	require.True(t, strings.HasSuffix(lines.String(), "\ncite "+Citation()+"\n"))
}

// TestBuildConstraint requires build_simd.go and build_other.go to have the same constraints as the files of package
// index that differ between the builds.
func TestBuildConstraint(t *testing.T) {
	first := func(path string) string {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		line, _, _ := strings.Cut(string(data), "\n")
		return line
	}
	index := filepath.Join(root, "hesop", "internal", "index")
	require.Equal(t, first(filepath.Join(index, "mask_simd.go")), first("build_simd.go"))
	require.Equal(t, first(filepath.Join(index, "mask_other.go")), first("build_other.go"))
}
