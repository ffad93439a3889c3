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

// checker checks an archive for the faults that excelize ignores, counts its content, and keeps the parts that excelize
// needs. All names of parts are as partName returns them.
type checker struct {
	*options
	unzipped int64 // bytes unzipped so far
	cells    int64 // cells of all sheets
	text     int64 // bytes of text in the cells
	runs     int64 // number of shared strings, plus runs of text in one style, in shared strings and in cells
	shared   []int // length of each shared string in bytes

	struckStrings map[int]bool // shared strings with a run that is struck through
	struckStyles  map[int]bool // cell styles that are struck through

	book    string                       // name of the part that lists the sheets
	sheets  map[string]string            // relationship of each sheet, by the name of the sheet
	targets map[string]map[string]string // target of each relationship, by its .rels part and its id
	found   map[string]found             // result of the check of each sheet, by the name of its part

	packed bytes.Buffer // an archive of the checked parts
	packer *zip.Writer
}

// found is the result of the check of a sheet.
type found struct {
	filled   int    // number of cells with content
	unstored string // location of the first formula without a stored result, "" if there is none
	marks    codelist.SheetMarks
}

// Bounds of XML that no real workbook reaches: the depth of elements, the number of elements in a part that lists other
// parts, and the bytes of a tag with its attributes.
const (
	mostDepth = 100
	mostNodes = 100_000
	mostTag   = 1 << 20
)

// mostTrusted is the maximum number of bytes allocated for a part before it is read. The archive states the size of the
// part, but the statement may be false.
const mostTrusted = 64 << 20

// checkParts reads every part of an archive once, to its end.
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
	for _, first := range []bool{true, false} { // first the strings and styles to which sheets refer
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

// sharedStrings is the name of the part that holds the shared strings.
const sharedStrings = "xl/sharedstrings.xml"

// partName returns the name of a part in the form in which names are compared.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean(strings.ToLower(strings.ReplaceAll(name, `\`, "/"))), "/")
}

// inSheet returns the result of the check of the sheet with the given name.
func (c *checker) inSheet(name string) found {
	folder, book := path.Split(c.book)
	return c.found[c.targets[folder+"_rels/"+book+".rels"][c.sheets[name]]]
}

// check reads one part to its end, because only then is its checksum verified. It keeps the parts that make up the
// workbook, but not styles, pictures and the rest.
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

// unzip reads a part. It fails if the unzipped parts together exceed Limits.Unzipped.
func (c *checker) unzip(part *zip.File) ([]byte, error) {
	r, err := part.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrWorkbook, part.Name, err)
	}
	defer func() { _ = r.Close() }() // Close would return the same error as the reads
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

// checkXML checks an XML part whose faults would lose rows: a sheet of any kind, the shared strings, or a part that
// lists other parts. The result keep is true for such a part only. checkXML also reads the styles.
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
		case root.Name.Local == "Types", strings.HasSuffix(root.Name.Local, "sheet"): // charts, dialogues and macros
			err = eachToken(d, countNodes(func(xml.Token) error { return nil }))
		default:
			return false, nil
		}
		return true, err
	}
}

// hasLongTag reports whether a tag is longer than mostTag. It runs before the decoder, which reads all attributes of a
// tag at once.
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

// holdsRows reports whether the name of a part is that of a sheet, of the shared strings or of the list of sheets.
func holdsRows(name string) bool {
	return name == sharedStrings || name == "xl/workbook.xml" ||
		strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
}

// eachToken calls the function take for each token after the start of the root element, to the end of the XML.
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

// countNodes returns a function that calls the function take, but fails after mostNodes elements. It is for parts that
// list other parts.
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

// checkBook records which sheets a workbook lists.
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

// checkTargets records to which parts the relationships of a part lead.
func (c *checker) checkTargets(name string, d *xml.Decoder) error {
	folder := path.Dir(path.Dir(name)) // the folder of the part that has the relationships
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

// attribute returns the value of an attribute, "" if there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
