package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"hesopmatch/codelist"
)

// checker holds an archive to what excelize takes on trust, counts what there is to be
// read, and keeps what excelize needs. Parts are called by their names as they are
// compared: see partName.
type checker struct {
	*options
	unzipped int64 // bytes read so far
	cells    int64 // of all sheets
	text     int64 // bytes of their text
	runs     int64 // strings that cells share, and runs of one style in them and in cells
	shared   []int // the length of each string that cells share

	struckStrings map[int]bool // strings that cells share with a run that is struck through
	struckStyles  map[int]bool // styles of cells that are

	book    string                       // the part that lists the sheets
	sheets  map[string]string            // relationship by name of a sheet, as the book lists them
	targets map[string]map[string]string // part by relationship, by the part that has them
	found   map[string]found             // what a sheet holds, by its part

	packed bytes.Buffer // an archive of the parts that were checked
	packer *zip.Writer
}

// found is what the check of a sheet found in it.
type found struct {
	filled   int    // cells with anything in them
	unstored string // where a formula has no stored result, "" if all have one
	marks    codelist.SheetMarks
}

// Bounds of XML that no workbook reaches: elements within each other, elements of a
// part that lists other parts, and bytes of a tag with its attributes.
const (
	mostDepth = 100
	mostNodes = 100_000
	mostTag   = 1 << 20
)

// mostTrusted is how many bytes are set aside for a part on the word of the archive.
const mostTrusted = 64 << 20

// checkParts reads every part of an archive once, whole.
func checkParts(archive *zip.Reader, o *options) (*checker, error) {
	c := &checker{
		options: o, sheets: make(map[string]string),
		targets: make(map[string]map[string]string), found: make(map[string]found),
	}
	c.packer = zip.NewWriter(&c.packed)
	c.packer.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	seen := make(map[string]bool)
	for _, part := range archive.File {
		name := partName(part.Name)
		if seen[name] {
			return nil, fmt.Errorf("%w: two parts called %q", ErrWorkbook, name)
		}
		seen[name] = true
	}
	for _, first := range []bool{true, false} { // the strings and styles that sheets refer to
		for _, part := range archive.File {
			if name := partName(part.Name); (name == sharedStrings || name == styles) != first {
				continue
			}
			if err := c.check(part); err != nil {
				return nil, err
			}
		}
	}
	return c, c.packer.Close()
}

// sharedStrings is the part of the strings that cells share.
const sharedStrings = "xl/sharedstrings.xml"

// partName is the name of a part as names are compared.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean(strings.ToLower(strings.ReplaceAll(name, `\`, "/"))), "/")
}

// inSheet is what was found in a sheet, by its name.
func (c *checker) inSheet(name string) found {
	folder, book := path.Split(c.book)
	return c.found[c.targets[folder+"_rels/"+book+".rels"][c.sheets[name]]]
}

// check reads one part to its end: only then is its checksum known to be right. Parts
// that make up the workbook are kept; its styles, pictures and the rest are not.
func (c *checker) check(part *zip.File) error {
	data, err := c.unzip(part)
	if err != nil {
		return err
	}
	name := partName(part.Name)
	if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
		return nil
	}
	keep, err := c.checkXML(name, data)
	if err != nil || !keep {
		if err != nil {
			err = fmt.Errorf("%q: %w", part.Name, err)
		}
		return err
	}
	w, err := c.packer.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// unzip reads a part, within the limit.
func (c *checker) unzip(part *zip.File) ([]byte, error) {
	r, err := part.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrWorkbook, part.Name, err)
	}
	defer func() { _ = r.Close() }() // it says no more than the reads do
	left := c.limits.Unzipped - c.unzipped
	data := bytes.NewBuffer(make([]byte, 0, min(uint64(left), part.UncompressedSize64, mostTrusted)+bytes.MinRead))
	n, err := data.ReadFrom(io.LimitReader(r, left+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %q: the archive is damaged: %w", ErrWorkbook, part.Name, err)
	}
	if n > left {
		return nil, limitError("bytes unzipped", c.limits.Unzipped, "Unzipped")
	}
	c.unzipped += n
	return data.Bytes(), nil
}

// checkXML checks a part of XML whose faults would lose rows: sheets, the strings
// that they share, and the workbook that lists them. What else a workbook holds may
// be as it is, and is not kept.
func (c *checker) checkXML(name string, data []byte) (keep bool, err error) {
	if hasLongTag(data) {
		return false, fmt.Errorf("%w: a tag is longer than %d bytes", ErrWorkbook, mostTag)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil && !holdsRows(name) {
			return false, nil // it has no rows to lose
		} else if err != nil {
			return false, malformed(err)
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch {
		case root.Name.Local == "worksheet":
			s := &sheetCheck{checker: c}
			err = eachToken(d, s.take)
			c.found[name] = found{s.filled, s.unstored, s.marks}
		case name == sharedStrings:
			s := &stringsCheck{checker: c}
			err = eachToken(d, s.take)
			c.shared, c.struckStrings = s.lengths, s.struck
		case name == styles:
			s := &stylesCheck{struck: make(map[int]bool)}
			if err := eachToken(d, s.take); err == nil {
				c.struckStyles = s.struck
			}
			return false, nil // it has no rows to lose
		case root.Name.Local == "workbook":
			err = c.checkBook(name, d)
		case root.Name.Local == "Relationships":
			err = c.checkTargets(name, d)
		case root.Name.Local == "Types", strings.HasSuffix(root.Name.Local, "sheet"): // of charts, dialogues and macros
			err = eachToken(d, countNodes(func(xml.Token) error { return nil }))
		default:
			return false, nil
		}
		return true, err
	}
}

// hasLongTag finds a tag with more attributes than any has, before they are read.
func hasLongTag(data []byte) bool {
	for {
		start := bytes.IndexByte(data, '<')
		if start < 0 {
			return false
		}
		data = data[start:]
		end := bytes.IndexByte(data, '>')
		if end > mostTag || end < 0 {
			return end > mostTag || len(data) > mostTag
		}
		data = data[end:]
	}
}

// holdsRows reports whether a part is where sheets, their strings and the list of
// them stand, by its name.
func holdsRows(name string) bool {
	return name == sharedStrings || name == "xl/workbook.xml" ||
		strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
}

// eachToken reads XML, of which the root has been read, to its end.
func eachToken(d *xml.Decoder, take func(xml.Token) error) error {
	depth := 1
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return malformed(err)
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > mostDepth {
				return fmt.Errorf("%w: elements are nested more than %d deep", ErrWorkbook, mostDepth)
			}
		case xml.EndElement:
			depth--
		}
		if err := take(token); err != nil {
			return err
		}
	}
}

// countNodes makes take fail beyond the elements that a list of parts may have.
func countNodes(take func(xml.Token) error) func(xml.Token) error {
	n := 0
	return func(token xml.Token) error {
		if _, ok := token.(xml.StartElement); ok {
			if n++; n > mostNodes {
				return fmt.Errorf("%w: more than %d elements", ErrWorkbook, mostNodes)
			}
		}
		return take(token)
	}
}

func malformed(err error) error { return fmt.Errorf("%w: malformed XML: %w", ErrWorkbook, err) }

// checkBook notes which sheets a workbook lists.
func (c *checker) checkBook(name string, d *xml.Decoder) error {
	if c.book != "" {
		return fmt.Errorf("%w: two workbooks in one archive", ErrWorkbook)
	}
	c.book = name
	return eachToken(d, countNodes(func(token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "sheet" {
			c.sheets[attribute(e, "name")] = attribute(e, "id")
		}
		return nil
	}))
}

// checkTargets notes which parts the relationships of a part lead to.
func (c *checker) checkTargets(name string, d *xml.Decoder) error {
	folder := path.Dir(path.Dir(name)) // of the part whose relationships they are
	targets := make(map[string]string)
	c.targets[name] = targets
	return eachToken(d, countNodes(func(token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = folder + "/" + target
			}
			targets[attribute(e, "Id")] = partName(target)
		}
		return nil
	}))
}

// attribute is the value of an attribute, "" if there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
