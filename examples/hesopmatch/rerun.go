package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// rerun repeats the run that a manifest tells of, and says what differs. What follows the manifest are options for the
// run, such as another -o, behind its own.
func rerun(ctx context.Context, args []string, std program.IO) (err error) {
	if len(args) == 0 {
		return program.Usage("-rerun needs the FILE that -manifest wrote")
	}
	path, more := args[0], args[1:]
	old, err := readManifest(path)
	if err != nil {
		return err
	}
	var run program.Command
	for _, c := range commands() {
		if c.name == old.Program && (c.name == "flag" || c.name == "cohort") {
			run = c.run
		}
	}
	if run == nil || old.Arguments == nil {
		return fmt.Errorf("%s: is no manifest of flag or cohort of this version", program.Plain(path))
	}
	for _, arg := range more {
		if option, _, _ := strings.Cut(arg, "="); option == "-manifest" || option == "--manifest" {
			return program.Usage("-manifest: the account of a run that is repeated is compared, and not written")
		}
	}
	folder, err := os.MkdirTemp("", "hesopmatch")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // of the system's temporary files
	now := filepath.Join(folder, "manifest.json")
	args = slices.Concat(old.Arguments, more, []string{"-manifest", now, "--"}, old.Files)
	if err := run(ctx, args, std); err != nil {
		return err
	}
	again, err := readManifest(now)
	if err != nil {
		return err
	}
	return tellDifferences(std, path, old, again)
}

// manifest is what is read of one.
type manifest struct {
	program.Origin
	values map[string]string // all, by where they stand
}

func readManifest(path string) (m manifest, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	var all any
	if err = json.Unmarshal(data, &all); err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return m, fmt.Errorf("%s: is no manifest: %w", program.Plain(path), err)
	}
	m.values = make(map[string]string)
	m.add("", all)
	return m, nil
}

// add adds the values below a place.
func (m *manifest) add(place string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, v := range value {
			m.add(strings.TrimPrefix(place+"."+name, "."), v)
		}
	case []any:
		for i, v := range value {
			m.add(fmt.Sprintf("%s[%d]", place, i), v)
		}
	default:
		m.values[place] = fmt.Sprint(value)
	}
}

// tellDifferences says in which values two manifests of one run differ. These are warnings, which -warnings error makes
// fail.
func tellDifferences(std program.IO, path string, old, again manifest) error {
	var notices program.Notices
	if args := strings.Join(again.Arguments, " "); strings.Contains(args, "-warnings error") ||
		strings.Contains(args, "-warnings=error") {
		notices.Warnings = "error"
	}
	places := slices.Concat(slices.Collect(maps.Keys(old.values)), slices.Collect(maps.Keys(again.values)))
	slices.Sort(places)
	differ := 0
	for _, place := range slices.Compact(places) {
		was, is := old.values[place], again.values[place]
		switch {
		case was == is, place == "time", strings.HasPrefix(place, "arguments["):
		case place == "version", place == "revision":
			notices.Note("%s was %s and is %s", place, was, is)
		default:
			differ++
			notices.Warn("%s was %s and is %s", place, orNone(was), orNone(is))
		}
	}
	if differ == 0 {
		notices.Note("the same as in %s: codelists, inputs, counts and output", path)
	}
	var b strings.Builder
	notices.Write(&b)
	if _, err := io.WriteString(std.Stderr, b.String()); err != nil {
		return err
	}
	return notices.Err()
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}
