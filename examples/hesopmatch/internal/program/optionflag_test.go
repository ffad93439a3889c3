package program

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// withoutFlag lists the options without a flag of the command line, with the reason.
var withoutFlag = map[string]string{
	"codelist.AllowEmpty": "lint always gives it, and no other command does",
	"codelist.FileName":   "the FILE of the command line",
	"codelist.SizeLimits": "limits",
	"codelist.Workbooks":  "always given",
	"xlsx.SizeLimits":     "limits",
	"xlsx.Workbooks":      "always given",
	"hesop.FileName":      "the INPUT of the command line",
	"hesop.LineLimit":     "a limit",
	"hesop.NotCodes":      "the names of the lists",
	"hesop.OtherColumns":  "-columns chooses what is written",
	"match.BlockSize":     "for tests",
	"match.Collect":       "internal to the writing of output",
	"match.MatchedOnly":   "-rows chooses what is written, not what is matched",
	"match.Only":          "-where chooses what is explained",
	"cohort.BlockSize":    "for tests",
	"cohort.WithTotals":   "the outputs decide whether there are totals",
}

// TestEveryOptionHasAFlag requires either a flag or a reason for every option that the libraries export, and a reason
// for nothing else.
func TestEveryOptionHasAFlag(t *testing.T) {
	flags, known := optionFlags(), make(map[string]bool)
	for _, dir := range []string{"codelist", "codelist/xlsx", "hesop", "hesop/quality", "match", "match/cohort", "match/syntax"} {
		found := optionsIn(t, filepath.Join("../../../..", dir))
		for _, name := range found {
			_, hasFlag := flags[name]
			full := filepath.Base(dir) + "." + name
			known[full] = true
			require.True(t, hasFlag || withoutFlag[full] != "",
				"%s: no flag in optionFlags, and no reason in withoutFlag", full)
			require.False(t, hasFlag && withoutFlag[full] != "", "%s: has both a flag and a reason to have none", full)
		}
	}
	for _, full := range slices.Sorted(maps.Keys(withoutFlag)) {
		require.True(t, known[full], "%s: a reason for an option that does not exist", full)
	}
}

// optionsIn returns the exported functions of a package whose result is an option.
func optionsIn(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files, dir)
	var names []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, decl := range parsed.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil || !f.Name.IsExported() || f.Type.Results == nil || f.Type.Results.NumFields() != 1 {
				continue
			}
			result := f.Type.Results.List[0].Type
			if selector, ok := result.(*ast.SelectorExpr); ok {
				result = selector.Sel
			}
			if name, ok := result.(*ast.Ident); ok && strings.HasSuffix(name.Name, "Option") {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}
