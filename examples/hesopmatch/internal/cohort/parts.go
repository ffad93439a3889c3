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

// partNote warns of the personal data that a part contains.
const partNote = "the part holds the identifiers of people and the keys and days of their appointments, unencrypted: " +
	"it may not leave the environment; delete it as you would any copy of the data"

// merged is a part that the run has read. Its sum is the SHA-256 in hexadecimal.
type merged struct{ path, sum string }

// addPart adds a part named by -merge.
func (o *options) addPart(arg string) error {
	switch {
	case strings.TrimSpace(arg) == "":
		return errors.New("must be a FILE written by -part")
	case arg == "-":
		return errors.New("standard input (-) is for INPUT; name the file written by -part")
	}
	for _, other := range o.merge {
		if filepath.Clean(other) == filepath.Clean(arg) {
			return fmt.Errorf("%s is named twice, so each appointment would count twice; name it once",
				program.Plain(arg))
		}
	}
	o.merge = append(o.merge, arg)
	return nil
}

// isPart reports whether the run reads or writes a part. A part contains what every output needs.
func (o *options) isPart() bool { return o.part != "" || len(o.merge) > 0 }

// checkPart refuses -disclosure in a run that writes only a part.
func (o *options) checkPart() error {
	if o.part != "" && o.disclosure != "" && o.format == "" && !o.hasNumbers() {
		return program.Usage("-disclosure %s: a part holds people and has no numbers to hide; leave the option out "+
			"here, and give it to the run that merges the parts", o.disclosure)
	}
	return nil
}

// writePart writes the cohort as a part.
func (g *gathering) writePart(w io.Writer) error {
	_, err := g.cohort.WriteTo(w)
	return err
}

// mergeParts reads the parts in order.
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
	defer func() { _ = file.Close() }() // the file is only read
	sum := sha256.New()
	if err := g.cohort.ReadPart(io.TeeReader(file, sum)); err != nil {
		return fmt.Errorf("part %s (-merge): %s", program.Plain(path), settlePart(err))
	}
	g.parts = append(g.parts, merged{path, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// checkInput fails if an input is a part. With -merge *.part, a shell passes all but the first part as inputs.
func checkInput(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // the file is only read
	magic := []byte("hesopmatch cohort part")
	start := make([]byte, len(magic))
	if _, err := io.ReadFull(file, start); err == nil && bytes.Equal(start, magic) {
		return fmt.Errorf("%s: is a part of a cohort, not a file of appointments: give each part its own "+
			"-merge", program.Plain(path))
	}
	return nil
}

// reportParts writes a line for each part that was read, and for the part that is written.
func (g *gathering) reportParts(b *strings.Builder) {
	for _, p := range g.parts {
		fmt.Fprintf(b, "part read: %s; the report of the run that wrote it describes its fields and has the notes on "+
			"its data\n", program.Plain(p.path))
	}
	if g.opts.part != "" {
		fmt.Fprintf(b, "part written: %s; %s\n", program.Plain(g.opts.part), partNote)
	}
}

// skippedInParts returns how many rows were skipped when the parts were made.
func (g *gathering) skippedInParts() int64 {
	n := g.totals.Account.Skipped
	for _, in := range g.inputs {
		n -= in.skipped.Count
	}
	return n
}

// systemsOfParts adds to g.read the systems for which the parts have fields. A system without a field has no number in
// any table.
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
