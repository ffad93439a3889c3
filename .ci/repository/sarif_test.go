package repository

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// schema returns the schema of SARIF 2.1.0. Validation also checks formats, such as the format of a URI.
var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	return compiler.Compile(os.Getenv("HESOPMATCH_SARIF_SCHEMA"))
})

// validate validates a document against the schema.
func validate(t *testing.T, document []byte) error {
	t.Helper()
	if os.Getenv("HESOPMATCH_SARIF_SCHEMA") == "" {
		t.Skip("HESOPMATCH_SARIF_SCHEMA is not set; .ci/repository/run sets it")
	}
	s, err := schema()
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	require.NoError(t, err)
	return s.Validate(value)
}

// report holds the parts of a document that the tests read.
type report struct {
	Runs []struct {
		Results []struct {
			Locations []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI, URIBaseID string }
					Region           struct{ StartLine int }
				}
			}
		}
	}
}

func read(t *testing.T, document []byte) (r report) {
	t.Helper()
	require.NoError(t, json.Unmarshal(document, &r))
	require.Len(t, r.Runs, 1)
	return r
}

// lint runs the command lint in a folder and returns its SARIF output.
func lint(t *testing.T, folder string, args ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, append([]string{"lint", "-format", "sarif"}, args...)...)
	command.Dir = folder
	out, err := command.Output()
	if err != nil {
		require.ErrorContains(t, err, "exit status 1", "%v", args)
	}
	require.NotEmpty(t, out, args)
	return out
}

// TestSchema validates lint's output for all codelists in the test data.
func TestSchema(t *testing.T) {
	var files []string
	for _, pattern := range []string{
		"testdata/codelists/*", "testdata/cases/*", "testdata/first-hour/*", "codelist/testdata/shapes/*",
		"examples/repository/codelists/*/*",
	} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, found, pattern)
		for _, path := range found {
			path, err = filepath.Rel(root, path)
			require.NoError(t, err)
			files = append(files, path)
		}
	}
	require.Greater(t, len(files), 100)
	var all []string
	for i, file := range files {
		option := []string{"-icd10", "-opcs4", "-codelist"}[i%3]
		require.NoError(t, validate(t, lint(t, root, option, file)), file)
		all = append(all, option, file)
	}
	together := lint(t, root, append([]string{"-reference", "testdata/codelists/reference.csv"}, all...)...)
	require.NoError(t, validate(t, together))
	require.Greater(t, len(read(t, together).Runs[0].Results), 500)
	require.NoError(t, validate(t, lint(t, root, "-group", "concept_name", "testdata/codelists/conditions.csv")))
	require.NoError(t, validate(t, lint(t, root, "-icd10", "examples/repository/codelists/icd10")), "a document without results")
	require.NoError(t, validate(t, lint(t, root, "nowhere.csv")))
}

// TestHostileNames validates the output for files whose names need encoding, and requires the URI of a result to decode
// to the name of the file.
func TestHostileNames(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{
		"a list.csv", "100%.csv", "%20.csv", "a#b?c.csv", "ü-列-🩺.csv", "a\nb.csv", "a\r::error::b.csv", `a"b'c.csv`, "c:d.csv",
		"a::b,c=d.csv", "[x](1).csv", "{0}.csv", `a\b.csv`, "a;b&c+d@e$f.csv", "\xff\xfe.csv", "~a^b`c|d.csv", "a folder/b c.csv",
		"http:/x.csv",
	} {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte("code\nF32\n{0} [x](1) \"\x01<b>\n"), 0o600))
		for _, from := range []string{folder, root} { // lint runs inside the folder and outside it
			named := name
			if from == root {
				named = path
			}
			document := lint(t, from, "-icd10", "x="+named)
			require.NoError(t, validate(t, document), "%q", name)
			at := read(t, document).Runs[0].Results[0].Locations[0].PhysicalLocation
			address, err := url.Parse(at.ArtifactLocation.URI)
			require.NoError(t, err)
			require.Equal(t, 3, at.Region.StartLine)
			if from == root {
				require.Equal(t, "file", address.Scheme)
				require.Equal(t, path, address.Path)
				continue
			}
			require.Empty(t, address.Scheme+address.RawQuery+address.Fragment)
			require.Equal(t, name, address.Path)
			require.Equal(t, "%SRCROOT%", at.ArtifactLocation.URIBaseID)
		}
	}
}

// TestSchemaRefuses requires the schema to refuse faulty documents.
func TestSchemaRefuses(t *testing.T) {
	whole := lint(t, root, "-icd10", "testdata/codelists/faulty.csv")
	require.NoError(t, validate(t, whole))
	object := func(value any, path ...any) map[string]any {
		for _, at := range path {
			switch at := at.(type) {
			case string:
				value = value.(map[string]any)[at]
			case int:
				value = value.([]any)[at]
			}
		}
		return value.(map[string]any)
	}
	for reason, breaks := range map[string]func(document map[string]any){
		"no version":            func(d map[string]any) { delete(d, "version") },
		"another version":       func(d map[string]any) { d["version"] = "2.0.0" },
		"no tool":               func(d map[string]any) { delete(object(d, "runs", 0), "tool") },
		"a tool without a name": func(d map[string]any) { delete(object(d, "runs", 0, "tool", "driver"), "name") },
		"a result without text": func(d map[string]any) { delete(object(d, "runs", 0, "results", 0), "message") },
		"an unknown level":      func(d map[string]any) { object(d, "runs", 0, "results", 0)["level"] = "notice" },
		"an unknown property":   func(d map[string]any) { object(d, "runs", 0, "results", 0)["reason"] = "x" },
		"line 0": func(d map[string]any) {
			object(d, "runs", 0, "results", 0, "locations", 0, "physicalLocation", "region")["startLine"] = 0
		},
		"a rule twice": func(d map[string]any) {
			driver := object(d, "runs", 0, "tool", "driver")
			rules := driver["rules"].([]any)
			driver["rules"] = append(rules, rules[0])
		},
		"a name that is not a URI": func(d map[string]any) {
			object(d, "runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation")["uri"] = "100%.csv"
		},
	} {
		var document map[string]any
		require.NoError(t, json.Unmarshal(whole, &document))
		breaks(document)
		broken, err := json.Marshal(document)
		require.NoError(t, err)
		require.Error(t, validate(t, broken), reason)
	}
}
