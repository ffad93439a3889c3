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

// length is how many lines may not stand twice.
const length = 6

var (
	// outside are the folders that the rule is not for: the oracle shares no code with what it
	// checks, and the small examples are each to be copied whole.
	outside = regexp.MustCompile(`^(\.|internal/oracle|examples/(database|groups|people|quickstart|service))`)
	// slight are lines that say little by themselves, and those of tables.
	slight = regexp.MustCompile("^([{}()\\],; ]*|return|return err|return nil(, err)?|return (true|false|0)|" +
		"if err != nil \\{|default:|(const|type|var) \\(|\\} else \\{|continue|break|switch \\{|\".*|.*`json:.*)$")
)

// TestNothingStandsTwice fails if six lines, of which no two are slight, stand in two places: what is
// said twice is changed once.
func TestNothingStandsTwice(t *testing.T) {
	const root = "../.."
	seen := make(map[string]string) // places by lines
	ends := make(map[string]int)    // of what was found, in lines of a file, so that ten lines are told once
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
			key, place := strings.Join(lines[i:i+length], "\n"), fmt.Sprintf("%s:%d", name, numbers[i])
			if other, twice := seen[key]; !twice {
				seen[key] = place
			} else if numbers[i] > ends[name] {
				t.Errorf("%s: these lines stand at %s too:\n%s", place, other, key)
				ends[name] = numbers[i] + length
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(seen), 1000)
}

// linesOf returns the lines of a file, those without code aside, and their numbers.
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

// little reports whether two lines or more of some are slight.
func little(lines []string) bool {
	n := 0
	for _, line := range lines {
		if slight.MatchString(line) {
			n++
		}
	}
	return n > 1
}
