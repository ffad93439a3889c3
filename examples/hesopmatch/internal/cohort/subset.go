package cohort

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// addSubset adds a codelist named by -subset-by.
func (o *options) addSubset(arg string) error {
	if strings.TrimSpace(arg) == "" {
		return errors.New("must be the NAME of a codelist of this run, or the FILE of one")
	}
	o.subsetBy = append(o.subsetBy, arg)
	return nil
}

// subsetFiles returns the files that -subset-by names, except the lists of the run.
func (o *options) subsetFiles() (files []string) {
	names := make(map[string]bool)
	for _, f := range o.lists.Files() {
		names[f.Name] = true
	}
	for _, arg := range o.subsetBy {
		if !names[arg] {
			files = append(files, arg)
		}
	}
	return files
}

// loadSubset finds or reads the codelists that the extract was made with. It warns of each list of the run that covers
// a code outside these codelists.
func (g *gathering) loadSubset() error {
	for _, arg := range g.opts.subsetBy {
		files, err := g.findSubset(arg)
		if err != nil {
			return err
		}
		g.subset = append(g.subset, files...)
	}
	if len(g.subset) == 0 {
		return nil
	}
	g.limits = append([]string{g.extract()}, g.limits...)
	g.opts.notices.Note("%s (-subset-by)", strings.TrimSuffix(g.extract(), "."))
	for _, l := range g.lists {
		beyond := g.beyondSubset(l)
		if len(beyond) == 0 {
			continue
		}
		text := fmt.Sprintf("%s: the list covers %s, but the extract was not made with these codes: appointments "+
			"that only they would find are missing from the data, so the numbers of the list may be too small",
			l.Name(), someCodes(beyond))
		g.limits = append(g.limits, text+".")
		g.opts.notices.Warn("%s; ask for an extract made with these codes, or take them out of the list", text)
	}
	return nil
}

// named returns the lists of the run that have the given NAME or FILE, with their file.
func (g *gathering) named(arg string) (found []program.Loaded) {
	for _, file := range g.loaded {
		if file.Name == arg || program.SameFile(file.Path, arg) {
			found = append(found, file)
			continue
		}
		for _, l := range file.Lists { // under -group
			if l.Name() == arg {
				found = append(found, program.Loaded{ListFile: file.ListFile, Lists: []*codelist.List{l}})
			}
		}
	}
	return found
}

// findSubset returns the lists that an argument of -subset-by names, with their file.
func (g *gathering) findSubset(arg string) ([]program.Loaded, error) {
	if found := g.named(arg); len(found) > 0 {
		return found, nil
	}
	if _, err := os.Stat(arg); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("-subset-by: codelist %s: no such file; "+
			"name a codelist of this run by its NAME or FILE, "+
			"or write the codes that were submitted to a file and name that", program.Plain(arg))
	}
	lists := g.opts.lists
	lists.Group = ""
	file, err := lists.Read(program.ListFile{Name: base(arg), Path: arg})
	switch {
	case errors.Is(err, codelist.ErrNoSystem):
		return nil, fmt.Errorf("-subset-by: %w, or name the file with -icd10 or -opcs4 as well, "+
			"which makes it a list of this run", err)
	case err != nil:
		return nil, fmt.Errorf("-subset-by: %w", err)
	}
	g.opts.notices.AddLists([]program.Loaded{file})
	g.onlySubset = append(g.onlySubset, file)
	return []program.Loaded{file}, nil
}

// extract describes the extract. It names files without their folders.
func (g *gathering) extract() string {
	var names []string
	for _, file := range g.subset {
		names = append(names, base(file.Path))
	}
	noun := "codelist"
	if len(names) > 1 {
		noun = "codelists"
	}
	return fmt.Sprintf("These appointments are an extract made with the %s %s. No match, unknown and missing "+
		"describe the extract, not all appointments, so no shares of all appointments are "+
		"given.", noun, strings.Join(names, ", "))
}

// beyondSubset returns the codes of a list that no codelist of the extract covers.
func (g *gathering) beyondSubset(l *codelist.List) (beyond []coding.Group) {
	for _, sys := range coding.Systems() {
		codes := l.Codes(sys)
		for _, file := range g.subset {
			for _, by := range file.Lists {
				codes = codes.Minus(by.Codes(sys))
			}
		}
		beyond = slices.AppendSeq(beyond, codes.Groups())
	}
	return beyond
}

// someCodes names the first few codes, and counts the rest.
func someCodes(codes []coding.Group) string {
	const most = 5
	var words []string
	for _, c := range codes[:min(most, len(codes))] {
		words = append(words, c.String())
	}
	text := strings.Join(words, ", ")
	if more := len(codes) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
