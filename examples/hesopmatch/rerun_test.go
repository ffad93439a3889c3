package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRerun(t *testing.T) {
	write := func(t *testing.T, name, text string) {
		t.Helper()
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	read := func(t *testing.T, name string) string {
		t.Helper()
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		return string(data)
	}
	run := func(t *testing.T, status int, args ...string) (stdout, stderr string) {
		t.Helper()
		got := hesopmatch(t, args...)
		require.Equal(t, status, got.Status, got.Stderr)
		return got.Stdout, got.Stderr
	}
	const same = "note: the same as in run.json: codelists, inputs, counts and output\n"

	t.Run("flag gives the same output, in its file and on standard output", func(t *testing.T) {
		t.Chdir(testdata(t))
		write(t, "options.txt", "-icd10 codelists/depression.csv\n-rows all\n")
		run(t, 0, "flag", "-config", "options.txt", "-workers", "1", "-o", "out.csv", "-manifest", "run.json", "appointments.csv")
		first := read(t, "out.csv")
		require.NoError(t, os.Remove("options.txt"), "the manifest holds the options of options.txt")
		write(t, "out.csv", "mine\n")
		out, says := run(t, 0, "-rerun", "run.json")
		require.Contains(t, says, same)
		require.Contains(t, says, "note: the repeat's output was compared and discarded: to keep it, give -o FILE or similar after the manifest\n")
		require.Empty(t, out)
		require.Equal(t, "mine\n", read(t, "out.csv"), "the repeat overwrites nothing")
		_, says = run(t, 0, "-rerun", "run.json", "-o", "again.csv")
		require.Contains(t, says, same)
		require.NotContains(t, says, "discarded")
		require.Equal(t, first, read(t, "again.csv"))
		out, _ = run(t, 0, "-rerun", "run.json", "-workers", "2", "-o", "-")
		require.Equal(t, first, out)

		run(t, 0, "flag", "-icd10", "codelists/depression.csv", "-rows", "all", "-o", "other.csv", "-manifest", "other.json", "appointments.csv")
		withoutTime := regexp.MustCompile(`"time": "[^"]*"`)
		require.Equal(t, withoutTime.ReplaceAllString(read(t, "run.json"), ""), withoutTime.ReplaceAllString(read(t, "other.json"), ""),
			"the name of the output and the number of workers do not change the manifest")
	})
	t.Run("an added list is reported as new, and each other list is compared with itself", func(t *testing.T) {
		t.Chdir(testdata(t))
		require.NoError(t, os.Mkdir("lists", 0o777))
		write(t, "lists/dep.csv", "icd10\nF32\n")
		run(t, 0, "flag", "-icd10", "lists/*.csv", "-o", "out.csv", "-manifest", "run.json", "appointments.csv")
		write(t, "lists/ast.csv", "icd10\nJ45\n")
		_, says := run(t, 1, "-rerun", "run.json")
		require.Contains(t, says, `warning: list "ast" is new`)
		require.NotContains(t, says, `of list "dep"`)
		require.NoError(t, os.Rename("lists/dep.csv", "lists/d.csv"))
		_, says = run(t, 1, "-rerun", "run.json")
		require.Contains(t, says, `warning: list "dep" is absent`)
	})
	t.Run("cohort gives the same lines and the same numbers", func(t *testing.T) {
		t.Chdir(testdata(t))
		first, _ := run(t, 0, "cohort", "-icd10", "codelists/depression.csv", "-manifest", "run.json", "appointments.csv")
		out, says := run(t, 0, "-rerun", "run.json")
		require.Equal(t, first, out)
		require.Contains(t, says, same)
		run(t, 0, "cohort", "-icd10", "codelists/depression.csv", "-disclosure", "ukllc", "-release", "out", "-manifest", "run.json", "appointments.csv")
		_, says = run(t, 0, "-rerun", "run.json")
		require.Contains(t, says, same)
		require.Contains(t, says, "was compared and discarded")
		require.NoDirExists(t, "release")
		_, says = run(t, 0, "-rerun", "run.json", "-release", "again")
		require.Contains(t, says, same)
		require.Equal(t, read(t, filepath.Join("out", "tables.csv")), read(t, filepath.Join("again", "tables.csv")))
	})
	t.Run("each value that differs is reported", func(t *testing.T) {
		t.Chdir(testdata(t))
		run(t, 0, "flag", "-icd10", "codelists/depression.csv", "-manifest", "run.json", "appointments.csv")
		write(t, "codelists/depression.csv", "ICD-10 code\nF32.1\n")
		_, says := run(t, 1, "-rerun", "run.json")
		require.Contains(t, says, "warning: entries of list \"depression\" differs: it was 5 and is 1\n")
		require.Contains(t, says, "warning: sha256 of list \"depression\" differs: ")
		require.Contains(t, says, "warning: output_sha256 differs: ")
		require.Regexp(t, `hesopmatch: -rerun run.json: \d+ values differ\n$`, says)
		require.NotContains(t, says, "the same as")
	})
	t.Run("wrong use, and files that are not manifests", func(t *testing.T) {
		t.Chdir(testdata(t))
		write(t, "other.json", `{"program": "synth", "arguments": []}`)
		write(t, "old.json", `{"program": "flag", "options": {}}`)
		_, says := run(t, 2, "-rerun")
		require.Contains(t, says, "-rerun needs the FILE that -manifest wrote")
		_, says = run(t, 1, "-rerun", "none.json")
		require.Contains(t, says, "none.json")
		_, says = run(t, 1, "-rerun", "appointments.csv")
		require.Contains(t, says, "appointments.csv: is not a manifest")
		for _, name := range []string{"other.json", "old.json"} {
			_, says = run(t, 1, "-rerun", name)
			require.Contains(t, says, name+": is not a manifest of flag or cohort of this version")
		}
		run(t, 0, "flag", "-icd10", "codelists/depression.csv", "-manifest", "run.json", "appointments.csv")
		_, says = run(t, 2, "-rerun", "run.json", "-manifest", "x.json")
		require.Contains(t, says, "-manifest")
		_, says = run(t, 2, "-rerun", "run.json", "-o", "run.json")
		require.Contains(t, says, "run.json would be overwritten: -o names it, and it is also read")
		_, says = run(t, 2, "-rerun", "run.json", "-o", "x.csv", "b.csv")
		require.Contains(t, says, "b.csv is not one: the files are those of the manifest")
		_, says = run(t, 2, "-rerun", "-h")
		require.Contains(t, says, "-rerun needs the FILE")
		write(t, "options.txt", "-icd10 codelists/depression.csv\n")
		_, says = run(t, 2, "flag", "-config", "options.txt", "-o", "options.txt", "appointments.csv")
		require.Contains(t, says, "options.txt would be overwritten")
	})
}
