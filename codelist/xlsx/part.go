package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// checker holds an archive to what excelize takes on trust, and counts what there is
// to be read. Parts are called by their names as they are compared: see partName.
type checker struct {
	*options
	unzipped int64 // bytes read so far
	cells    int64 // of all sheets
	text     int64 // bytes of their text
	shared   []int // the length of each string that cells share

	book    string                       // the part that lists the sheets
	sheets  map[string]string            // relationship by name of a sheet, as the book lists them
	targets map[string]map[string]string // part by relationship, by the part that has them
	filled  map[string]int               // cells with anything in them, by the part of a sheet
}

// checkParts reads every part of an archive once, whole.
func checkParts(archive *zip.Reader, o *options) (*checker, error) {
	c := &checker{
		options: o, sheets: make(map[string]string),
		targets: make(map[string]map[string]string), filled: make(map[string]int),
	}
	seen := make(map[string]bool)
	for _, part := range archive.File {
		name := partName(part.Name)
		if seen[name] {
			return nil, fmt.Errorf("%w: two parts called %s", ErrWorkbook, name)
		}
		seen[name] = true
	}
	for _, shared := range []bool{true, false} { // first the strings that sheets refer to
		for _, part := range archive.File {
			if (partName(part.Name) == sharedStrings) != shared {
				continue
			}
			if err := c.check(part); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// sharedStrings is the part of the strings that cells share.
const sharedStrings = "xl/sharedstrings.xml"

// partName is the name of a part as names are compared.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean(strings.ToLower(strings.ReplaceAll(name, `\`, "/"))), "/")
}

// filledCells is the number of cells with anything in them of a sheet, by its name.
func (c *checker) filledCells(sheet string) int {
	folder, book := path.Split(c.book)
	return c.filled[c.targets[folder+"_rels/"+book+".rels"][c.sheets[sheet]]]
}

// check reads one part to its end: only then is its checksum known to be right.
func (c *checker) check(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrWorkbook, part.Name, err)
	}
	counted := &countedReader{r: r, c: c}
	name := partName(part.Name)
	if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
		err = c.checkXML(name, counted)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, counted)
	}
	_ = r.Close() // it says no more than the reads did
	switch {
	case errors.Is(err, errUnzipped):
		return limitError("bytes unzipped", c.maxUnzipped, "MaxUnzipped")
	case err != nil && counted.err != nil:
		return fmt.Errorf("%w: %s: the archive is damaged: %w", ErrWorkbook, part.Name, counted.err)
	case err != nil:
		return fmt.Errorf("%s: %w", part.Name, err)
	}
	return nil
}

var errUnzipped = errors.New("too much is unzipped")

// countedReader counts what is unzipped and keeps the error that reading ends with.
type countedReader struct {
	r   io.Reader
	c   *checker
	err error // other than io.EOF
}

func (r *countedReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if r.c.unzipped += int64(n); r.c.unzipped > r.c.maxUnzipped {
		err = errUnzipped
	}
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// checkXML checks a part of XML whose faults would lose rows: sheets, the strings
// that they share, and the workbook that lists them. What else a workbook holds may
// be as it is.
func (c *checker) checkXML(name string, r io.Reader) error {
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if err != nil && holdsRows(name) {
			return malformed(err)
		} else if err != nil {
			return nil
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch {
		case root.Name.Local == "worksheet":
			s := &sheetCheck{checker: c}
			err = eachToken(d, s.take)
			c.filled[name] = s.filled
		case name == sharedStrings:
			var s stringsCheck
			err = eachToken(d, s.take)
			c.shared = s.lengths
		case root.Name.Local == "workbook":
			err = c.checkBook(name, d)
		case root.Name.Local == "Relationships":
			err = c.checkTargets(name, d)
		}
		return err
	}
}

// holdsRows reports whether a part is where sheets, their strings and the list of
// them stand, by its name.
func holdsRows(name string) bool {
	return name == sharedStrings || name == "xl/workbook.xml" || strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
}

// eachToken reads XML to its end.
func eachToken(d *xml.Decoder, take func(xml.Token) error) error {
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return malformed(err)
		}
		if err := take(token); err != nil {
			return err
		}
	}
}

func malformed(err error) error { return fmt.Errorf("%w: malformed XML: %w", ErrWorkbook, err) }

// checkBook notes which sheets a workbook lists.
func (c *checker) checkBook(name string, d *xml.Decoder) error {
	if c.book != "" {
		return fmt.Errorf("%w: two workbooks in one archive", ErrWorkbook)
	}
	c.book = name
	return eachToken(d, func(token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "sheet" {
			c.sheets[attribute(e, "name")] = attribute(e, "id")
		}
		return nil
	})
}

// checkTargets notes which parts the relationships of a part lead to.
func (c *checker) checkTargets(name string, d *xml.Decoder) error {
	folder := path.Dir(path.Dir(name)) // of the part whose relationships they are
	targets := make(map[string]string)
	c.targets[name] = targets
	return eachToken(d, func(token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = folder + "/" + target
			}
			targets[attribute(e, "Id")] = partName(target)
		}
		return nil
	})
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
