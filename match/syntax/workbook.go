package syntax

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"hesopmatch/codelist"
)

// addToWorkbook adds rows to the sheets of a workbook, below the last row of a sheet. It copies the bytes of all other
// parts of the archive.
func (s *submitter) addToWorkbook(tables []codelist.TableReport, places map[int][]submittedRow) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(s.source), int64(len(s.source)))
	if err != nil {
		return nil, s.fail("", 0, "%v", err)
	}
	parts, err := sheetParts(archive)
	if err != nil {
		return nil, s.fail("", 0, "its list of sheets cannot be read (%v); save it again as .xlsx or CSV", err)
	}
	s.signed = slices.ContainsFunc(archive.File, func(f *zip.File) bool {
		return strings.HasPrefix(partName(f.Name), "_xmlsignatures/")
	})
	patched := make(map[*zip.File][]byte)
	for i, t := range tables {
		if len(places[i]) == 0 {
			continue
		}
		if i+1 < len(tables) && tables[i+1].Sheet == t.Sheet {
			return nil, s.fail(t.Sheet, tables[i+1].Line, "a second table begins with this row, and rows added at the "+
				"end of the sheet would belong to it; put each table on a sheet of its own, or into a CSV file")
		}
		part := parts[t.Sheet]
		if part == nil {
			return nil, s.fail(t.Sheet, 0, "the archive has no part for the sheet; save the workbook again as .xlsx "+
				"or CSV")
		}
		data, err := readPart(part)
		if err != nil {
			return nil, s.fail(t.Sheet, 0, "%v", err)
		}
		p := &sheetPatch{TableReport: t, grouped: s.column != "", data: data, added: places[i]}
		if patched[part], err = p.patch(); err != nil {
			return nil, s.fail(t.Sheet, 0, "%v; save the workbook again as .xlsx or CSV", err)
		}
	}
	file, err := replaceParts(archive, patched)
	if err != nil {
		return nil, s.fail("", 0, "%v", err)
	}
	return file, nil
}

// replaceParts writes an archive with some parts replaced. It copies all other parts without decompressing them.
func replaceParts(archive *zip.Reader, parts map[*zip.File][]byte) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := w.SetComment(archive.Comment); err != nil {
		return nil, err
	}
	for _, f := range archive.File {
		data, replaced := parts[f]
		if !replaced {
			if err := w.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		part, err := w.CreateHeader(&zip.FileHeader{
			Name: f.Name, Comment: f.Comment, NonUTF8: f.NonUTF8, Method: zip.Deflate, Modified: f.Modified,
			CreatorVersion: f.CreatorVersion, ExternalAttrs: f.ExternalAttrs,
		})
		if err != nil {
			return nil, err
		}
		if _, err := part.Write(data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // a read has already returned any error
	return io.ReadAll(r)
}

// sheetParts returns the parts of an archive that hold the sheets of a workbook, by the names of the sheets.
func sheetParts(archive *zip.Reader) (map[string]*zip.File, error) {
	parts := make(map[string]*zip.File)
	for _, f := range archive.File {
		parts[partName(f.Name)] = f
	}
	type relations struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	read := func(name string, into any) error {
		f := parts[partName(name)]
		if f == nil {
			return fmt.Errorf("no part %q", name)
		}
		data, err := readPart(f)
		if err != nil {
			return err
		}
		return xml.Unmarshal(data, into)
	}
	var root, own relations
	if err := read("_rels/.rels", &root); err != nil {
		return nil, err
	}
	name := "xl/workbook.xml"
	for _, r := range root.Relations {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			name = partName(r.Target)
		}
	}
	folder, base := path.Split(name)
	if err := read(folder+"_rels/"+base+".rels", &own); err != nil {
		return nil, err
	}
	var book struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := read(name, &book); err != nil {
		return nil, err
	}
	targets := make(map[string]*zip.File)
	for _, r := range own.Relations {
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		targets[r.ID] = parts[partName(target)]
	}
	sheets := make(map[string]*zip.File)
	for _, sheet := range book.Sheets {
		for _, a := range sheet.Attrs {
			if a.Name.Local == "id" {
				sheets[sheet.Name] = targets[a.Value]
			}
		}
	}
	return sheets, nil
}

// partName returns the name of a part in the form in which names are compared.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean(strings.ToLower(strings.ReplaceAll(name, `\`, "/"))), "/")
}
