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

// rerun repeats the run that a manifest records, and reports what differs. Options that are given after the manifest,
// such as another -o, are added after the run's own options.
func rerun(ctx context.Context, args []string, std program.IO) (err error) {
	if len(args) == 0 {
		return program.Usage("-rerun needs the FILE that -manifest wrote")
	}
	path, more := args[0], args[1:]
	if strings.HasPrefix(path, "-") {
		return program.Usage("-rerun needs the FILE that -manifest wrote, and %s is an option", program.Plain(path))
	}
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
		return fmt.Errorf("%s: is not a manifest of flag or cohort of this version", program.Plain(path))
	}
	for _, arg := range more {
		switch option, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "="); option {
		case "-manifest", "manifest":
			return program.Usage("-manifest: -rerun compares the record of the run, and does not write it")
		case "-config", "config":
			return program.Usage("-config: give the options themselves after the manifest")
		}
	}
	outputs := program.OutputsOf(old.Program, more)
	if rest := program.BehindOptions(old.Program, more); len(rest) > 0 {
		return program.Usage("-rerun takes only options after the manifest, and %s is not one: the files are those "+
			"of the manifest", program.Plain(rest[0]))
	}
	for option, output := range outputs {
		if program.SameFile(output, path) {
			return program.Usage("%s would be overwritten: -%s names it, and it is also read: name another file",
				program.Plain(path), option)
		}
	}
	folder, err := os.MkdirTemp("", "hesopmatch")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // it is temporary
	now := filepath.Join(folder, "manifest.json")
	// These options send an output of the recorded run to folder, unless an option after the manifest names the output.
	var aside []string
	for _, option := range old.Outputs {
		if outputs[option] == "" {
			aside = append(aside, "-"+option, filepath.Join(folder, option))
		}
	}
	args = slices.Concat(old.Arguments, aside, more, []string{"-manifest", now, "--"}, old.Files)
	if err := run(ctx, args, std); err != nil {
		return err
	}
	again, err := readManifest(now)
	if err != nil {
		return err
	}
	return writeDifferences(std, path, old, again, len(aside) > 0)
}

// manifest holds what rerun reads from a manifest.
type manifest struct {
	program.Origin
	values map[string]string // every value of the manifest, by its path
}

func readManifest(path string) (m manifest, err error) {
	file, err := program.Open("manifest", path, "-rerun")
	if err != nil {
		return m, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(file)
	if err != nil {
		return m, err
	}
	var all any
	if err = json.Unmarshal(data, &all); err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return m, fmt.Errorf("%s: is not a manifest: %w", program.Plain(path), err)
	}
	m.values = make(map[string]string)
	m.add("", all)
	return m, nil
}

// add records a value, or each value inside it, under its path.
func (m *manifest) add(path string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, v := range value {
			m.add(strings.TrimPrefix(path+"."+name, "."), v)
		}
	case []any:
		for i, v := range value {
			element := fmt.Sprintf("%s[%d]", path, i)
			if named, ok := v.(map[string]any); ok && named["name"] != nil {
				element = fmt.Sprintf("%s %q", strings.TrimSuffix(path, "s"), named["name"])
			}
			m.add(element, v)
		}
	default:
		m.values[path] = fmt.Sprint(value)
	}
}

// writeDifferences reports the values that differ between the manifest of a run and the manifest of its repeat. It
// fails if a value other than the version or revision differs. isDropped means that the repeat wrote output that rerun
// discards.
func writeDifferences(std program.IO, path string, old, again manifest, isDropped bool) error {
	var notices program.Notices
	if isDropped {
		notices.Note("the repeat's output was compared and discarded: to keep it, give -o FILE or similar after " +
			"the manifest")
	}
	keys := slices.Concat(slices.Collect(maps.Keys(old.values)), slices.Collect(maps.Keys(again.values)))
	slices.Sort(keys)
	differ := 0
	for _, key := range slices.Compact(keys) {
		was, is := old.values[key], again.values[key]
		element, _ := ofElement(key)
		switch {
		case element != "" && !old.has(element), element != "" && !again.has(element):
			if strings.HasSuffix(key, ".name") {
				differ++
				word := "new"
				if old.has(element) {
					word = "absent"
				}
				notices.Warn("%s is %s", element, word)
			}
		case was == is, key == "time", strings.HasPrefix(key, "arguments["), strings.HasPrefix(key, "outputs["):
		case key == "version", key == "revision":
			notices.Note("%s differs: it was %s and is %s", key, was, is)
		default:
			differ++
			notices.Warn("%s differs: it was %s and is %s", described(key), orNone(was), orNone(is))
		}
	}
	if differ == 0 {
		notices.Note("the same as in %s: codelists, inputs, counts and output", program.Plain(path))
	}
	var b strings.Builder
	notices.Write(&b)
	if _, err := io.WriteString(std.Stderr, b.String()); err != nil {
		return err
	}
	if differ > 0 {
		return fmt.Errorf("-rerun %s: %s differ", program.Plain(path), program.Count(differ, "value"))
	}
	return nil
}

// ofElement splits the path of a value into the list or input that holds the value, and the path inside that element.
// If the value is not in a list or input, element is empty.
func ofElement(path string) (element, rest string) {
	i := strings.LastIndex(path, `".`)
	if i < 0 {
		return "", path
	}
	return path[:i+1], path[i+2:]
}

// has reports whether the manifest records the given list or input.
func (m manifest) has(element string) bool { return m.values[element+".name"] != "" }

// described returns the path of a value in the form that messages use.
func described(path string) string {
	if element, rest := ofElement(path); element != "" {
		return rest + " of " + element
	}
	return path
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}
