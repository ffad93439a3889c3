package program_test

import (
	"context"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/cohort"
	"hesopmatch/examples/hesopmatch/internal/explain"
	flagging "hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/lint"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/syntax"

	"github.com/stretchr/testify/require"
)

// flags returns the flags in the help of all commands that read codelists, without the hyphens.
func flags(t *testing.T) []string {
	t.Helper()
	var help strings.Builder
	for _, run := range []program.Command{lint.Run, flagging.Run, explain.Run, cohort.Run, syntax.Run} {
		err := run(context.Background(), []string{"-h"}, program.IO{Stdout: &help})
		require.ErrorIs(t, err, flag.ErrHelp)
	}
	var names []string
	for _, match := range regexp.MustCompile(`(?m)^  -([a-z0-9-]+)`).FindAllStringSubmatch(help.String(), -1) {
		names = append(names, match[1])
	}
	require.Contains(t, names, "icd10")
	return names
}

var flagWord = regexp.MustCompile("(?:^|[ (\"'`/])-([a-z][a-z0-9-]*)")

// TestFlagsExist requires each flag of optionFlags to belong to some command.
func TestFlagsExist(t *testing.T) {
	have := flags(t)
	for option, text := range program.FlagsOfOptions() {
		words := flagWord.FindAllStringSubmatch(text, -1)
		require.NotEmpty(t, words, option)
		for _, word := range words {
			require.Contains(t, have, word[1], option)
		}
	}
}

// TestLibrariesNameNoFlag fails if a text or comment of a library names a flag. Other users of the library have other
// flags, or none; FlagText replaces the options by the flags of this command line.
func TestLibrariesNameNoFlag(t *testing.T) {
	have := flags(t)
	for _, folder := range []string{"codelist", "hesop", "match", "internal"} {
		root := filepath.Join("../../../..", folder)
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && slices.Contains([]string{"bench", "exported", "postgrestest", "release", "sqloracle"}, entry.Name()):
				return fs.SkipDir // programs, and packages that only tests use
			case entry.IsDir(), !strings.HasSuffix(path, ".go"), strings.HasSuffix(path, "_test.go"):
				return nil
			}
			for at, text := range textsOf(t, path) {
				for _, word := range flagWord.FindAllStringSubmatch(text, -1) {
					if slices.Contains(have, word[1]) {
						t.Errorf("%v: the flag -%s: name the option of the library instead", at, word[1])
					}
				}
			}
			return nil
		})
		require.NoError(t, err)
	}
}

// textsOf returns the strings and comments of a file by position.
func textsOf(t *testing.T, path string) map[token.Position]string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	texts := make(map[token.Position]string)
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			texts[set.Position(literal.Pos())] = text
		}
		return true
	})
	for _, group := range file.Comments {
		texts[set.Position(group.Pos())] = group.Text()
	}
	return texts
}
