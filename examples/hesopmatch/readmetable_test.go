package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadmeTable runs the commands of the README's table of tasks, in a folder with the files that they name.
func TestReadmeTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	require.NoError(t, err)
	from := testdata(t)
	list, err := os.ReadFile(filepath.Join(from, "codelists", "depression.csv"))
	require.NoError(t, err)
	appointments, err := os.ReadFile(filepath.Join(from, "appointments.csv"))
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	for name, data := range map[string][]byte{
		"list.csv": list, "old.csv": list, "new.csv": list, "appointments.csv": appointments, "y1.csv": appointments,
	} {
		require.NoError(t, os.WriteFile(name, data, 0o666))
	}
	require.Equal(t, 0, hesopmatch(t, "synth", "-layout", "national", "-rows", "50", "-o", "y2.csv").Status)
	var before []string
	rows := regexp.MustCompile(`(?m)^\| [^|]* \| (.*) \|$`).FindAllStringSubmatch(string(text), -1)
	tasks := 0
	for _, row := range rows {
		for _, quoted := range regexp.MustCompile("`([^`]*)`").FindAllStringSubmatch(row[1], -1) {
			args := strings.Fields(strings.ReplaceAll(quoted[1], "'", ""))
			switch {
			case args[0] == "hesopmatch": // hesopmatch -rerun repeats the last cohort command
				args = args[1:]
			case strings.HasPrefix(args[0], "-") && before != nil: // an option to add to the last cohort command
				args = append(append([]string{before[0]}, args...), before[1:]...)
				require.NoError(t, os.RemoveAll("release"))
			case len(args) == 1 && args[0] == "version":
			case strings.Contains(quoted[1], "("), strings.HasPrefix(quoted[1], "hm_"):
				continue // another language
			case !strings.Contains(quoted[1], "list.csv") && !strings.HasPrefix(quoted[1], "lint -diff"):
				continue // another table
			}
			t.Run(strings.Join(args, " "), func(t *testing.T) {
				if args[0] == "-rerun" {
					require.NoError(t, os.RemoveAll("release"))
				}
				got := hesopmatch(t, args...)
				require.Equal(t, 0, got.Status, got.Stderr)
			})
			if args[0] == "cohort" {
				before = args
			}
			tasks++
		}
	}
	require.Equal(t, 12, tasks)
}
