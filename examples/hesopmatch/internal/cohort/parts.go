package cohort

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// partNote says what a part holds.
const partNote = "the part holds the identifiers of people, and the keys and days of their appointments, in the " +
	"clear: it may not leave the environment, and is to be removed like any copy of the data"

// merged is a part that was read. Its sum is the SHA-256, in hexadecimal.
type merged struct{ path, sum string }

// addPart adds a part of -merge.
func (o *options) addPart(arg string) error {
	switch {
	case strings.TrimSpace(arg) == "":
		return errors.New("must be a FILE that -part has written")
	case arg == "-":
		return errors.New("standard input (-) is for INPUT; name the file that -part has written")
	}
	for _, other := range o.merge {
		if filepath.Clean(other) == filepath.Clean(arg) {
			return fmt.Errorf("%s is named twice, and each appointment would count twice; name it once",
				program.Plain(arg))
		}
	}
	o.merge = append(o.merge, arg)
	return nil
}

// isPart reports whether a part is read or written, which has what every output needs.
func (o *options) isPart() bool { return o.part != "" || len(o.merge) > 0 }

// checkPart finds what is wrong with the options of a run that writes a part and nothing else.
func (o *options) checkPart() error {
	if o.part != "" && o.disclosure != "" && o.format == "" && !o.tells() {
		return program.Usage("-disclosure %s: a part has people, and no numbers to hide; leave it away here, and give "+
			"it to the run that merges the parts", o.disclosure)
	}
	return nil
}

// writePart writes the cohort as a part.
func (g *gathering) writePart(w io.Writer) error {
	_, err := g.cohort.WriteTo(w)
	return err
}

// mergeParts reads the parts in their order.
func (g *gathering) mergeParts(ctx context.Context) error {
	for _, path := range g.opts.merge {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := g.mergePart(path); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) mergePart(path string) error {
	file, err := program.Open("part", path, "-merge")
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	sum := sha256.New()
	if err := g.cohort.ReadPart(io.TeeReader(file, sum)); err != nil {
		return fmt.Errorf("part %s (-merge): %s", program.Plain(path), settlePart(err))
	}
	g.parts = append(g.parts, merged{path, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// checkInput fails if an input is a part, as a shell makes one of all but the first file of -merge *.part.
func checkInput(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	magic := []byte("hesopmatch cohort part")
	start := make([]byte, len(magic))
	if _, err := io.ReadFull(file, start); err == nil && bytes.Equal(start, magic) {
		return fmt.Errorf("%s: is a part of a cohort, and no file of appointments: name each part by a -merge of "+
			"its own", program.Plain(path))
	}
	return nil
}

// accountParts writes a line for each part that was read, and for the one that is written.
func (g *gathering) accountParts(b *strings.Builder) {
	for _, p := range g.parts {
		fmt.Fprintf(b, "part read: %s; its fields and what is to be noted of its data are in the account of the run "+
			"that wrote it\n", program.Plain(p.path))
	}
	if g.opts.part != "" {
		fmt.Fprintf(b, "part written: %s; %s\n", program.Plain(g.opts.part), partNote)
	}
}

// skippedInParts returns how many rows were skipped where the parts were made.
func (g *gathering) skippedInParts() int64 {
	n := g.totals.Account.Skipped
	for _, in := range g.inputs {
		n -= in.skipped.Count
	}
	return n
}

// systemsOfParts adds the systems that the parts have fields of: without a field, no table has a number.
func (g *gathering) systemsOfParts() error {
	tables, _, err := g.cohort.Exact()
	if err != nil {
		return program.FlagError(err)
	}
	exact := cohort.Release{Tables: tables}
	years, _ := exact.Table("financial_year")
	for _, sys := range coding.Systems() {
		coded := slices.Index(years.Measures, map[coding.System]string{
			coding.ICD10: "with_diagnosis", coding.OPCS4: "with_procedure",
		}[sys])
		has := func(r cohort.Row) bool { return r.Numbers[coded].String() != cohort.NotThere }
		if (len(years.Rows) == 0 || slices.ContainsFunc(years.Rows, has)) && !slices.Contains(g.read, sys) {
			g.read = append(g.read, sys)
		}
	}
	return nil
}
