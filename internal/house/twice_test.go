package house

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// length is the number of consecutive lines that must not occur twice.
const length = 6

var (
	// outside matches the folders that are exempt. The oracle shares no code with the packages that it checks, and each
	// small example must be complete enough to copy.
	outside = regexp.MustCompile(`^(\.|internal/oracle|examples/(database|groups|people|quickstart|service))`)
	// slight matches lines that mean little by themselves, and lines of tables.
	slight = regexp.MustCompile("^([{}()\\],; ]*|return|return err|return nil(, err)?|return (true|false|0)|" +
		"if err != nil \\{|default:|(const|type|var) \\(|\\} else \\{|continue|break|switch \\{|\".*|.*`json:.*)$")
)

// TestNothingStandsTwice fails if six consecutive lines, at most one of them slight, occur twice. A later change to one
// copy would miss the other.
func TestNothingStandsTwice(t *testing.T) {
	const root = "../.."
	seen := make(map[string]string) // from six lines to the place where they occur
	ends := make(map[string]int)    // by file, where the last report ends, so that a longer copy is reported once
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case entry.IsDir() && name != "." && outside.MatchString(name):
			return fs.SkipDir
		case entry.IsDir(), !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lines, numbers := linesOf(string(text))
		for i := range len(lines) - length + 1 {
			if little(lines[i : i+length]) {
				continue
			}
			key, position := strings.Join(lines[i:i+length], "\n"), fmt.Sprintf("%s:%d", name, numbers[i])
			if other, twice := seen[key]; !twice {
				seen[key] = position
			} else if numbers[i] > ends[name] {
				t.Errorf("%s: these lines also occur at %s:\n%s", position, other, key)
				ends[name] = numbers[i] + length
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(seen), 1000)
}

// linesOf returns the lines of code of a file, and their numbers.
func linesOf(text string) (lines []string, numbers []int) {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "package ") &&
			!strings.HasPrefix(line, "import ") {
			lines, numbers = append(lines, line), append(numbers, i+1)
		}
	}
	return lines, numbers
}

// little reports whether two or more of the lines are slight.
func little(lines []string) bool {
	n := 0
	for _, line := range lines {
		if slight.MatchString(line) {
			n++
		}
	}
	return n > 1
}
