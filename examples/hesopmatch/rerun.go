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
		return fmt.Errorf("%s: is no manifest of flag or cohort of this version", program.Plain(path))
	}
	for _, arg := range more {
		switch option, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "="); option {
		case "-manifest", "manifest":
			return program.Usage("-manifest: the account of a run that is repeated is compared, and not written")
		case "-config", "config":
			return program.Usage("-config: write its options behind the manifest themselves")
		}
	}
	outputs := program.OutputsOf(old.Program, more)
	if rest := program.BehindOptions(old.Program, more); len(rest) > 0 {
		return program.Usage("-rerun takes options behind the manifest, and %s is none: the files are those of the "+
			"manifest", program.Plain(rest[0]))
	}
	for option, output := range outputs {
		if program.SameFile(output, path) {
			return program.Usage("%s would be overwritten: -%s names it, and it is read: name another file",
				program.Plain(path), option)
		}
	}
	folder, err := os.MkdirTemp("", "hesopmatch")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // of the system's temporary files
	now := filepath.Join(folder, "manifest.json")
	var aside []string // what the run wrote, and nothing has a place for now
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
	return tellDifferences(std, path, old, again, len(aside) > 0)
}

// manifest is what is read of one.
type manifest struct {
	program.Origin
	values map[string]string // all, by where they stand
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
			element := fmt.Sprintf("%s[%d]", place, i)
			if named, ok := v.(map[string]any); ok && named["name"] != nil {
				element = fmt.Sprintf("%s %q", strings.TrimSuffix(place, "s"), named["name"])
			}
			m.add(element, v)
		}
	default:
		m.values[place] = fmt.Sprint(value)
	}
}

// tellDifferences says in which values two manifests of one run differ, and fails if any do. isDropped reports whether
// something was written that is not kept.
func tellDifferences(std program.IO, path string, old, again manifest, isDropped bool) error {
	var notices program.Notices
	if isDropped {
		notices.Note("what the repeat wrote was compared and dropped: -o FILE and its like behind the manifest keep it")
	}
	places := slices.Concat(slices.Collect(maps.Keys(old.values)), slices.Collect(maps.Keys(again.values)))
	slices.Sort(places)
	differ := 0
	for _, place := range slices.Compact(places) {
		was, is := old.values[place], again.values[place]
		element, _ := ofElement(place)
		switch {
		case element != "" && !old.has(element), element != "" && !again.has(element):
			if strings.HasSuffix(place, ".name") {
				differ++
				word := "new"
				if old.has(element) {
					word = "absent"
				}
				notices.Warn("%s is %s", element, word)
			}
		case was == is, place == "time", strings.HasPrefix(place, "arguments["), strings.HasPrefix(place, "outputs["):
		case place == "version", place == "revision":
			notices.Note("%s differs: it was %s and is %s", place, was, is)
		default:
			differ++
			notices.Warn("%s differs: it was %s and is %s", described(place), orNone(was), orNone(is))
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

// ofElement returns the list or input that a place is of, "" if of none, and what of it.
func ofElement(place string) (element, what string) {
	i := strings.LastIndex(place, `".`)
	if i < 0 {
		return "", place
	}
	return place[:i+1], place[i+2:]
}

// has reports whether the manifest has a list or input.
func (m manifest) has(element string) bool { return m.values[element+".name"] != "" }

// described returns a place as messages name it.
func described(place string) string {
	if element, what := ofElement(place); element != "" {
		return what + " of " + element
	}
	return place
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}
