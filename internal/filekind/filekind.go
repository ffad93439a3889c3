// Package filekind recognises, by their first bytes, files that do not hold delimited text.
package filekind

import (
	"bytes"
	"slices"
)

// Kind names the format of a file (What) and the way to turn it into delimited text (Settle). The zero Kind means that
// the file may be text.
type Kind struct{ What, Settle string }

// start holds the first bytes of files of one kind. A text may also begin with the bytes of a weak start. A weak start
// therefore counts only if isBinary is true for the file.
type start struct {
	bytes  string
	isWeak bool
	kind   Kind
}

const saveCSV = "save the table as CSV"

var (
	stata   = Kind{"a Stata data set (.dta)", "write the table with export delimited"}
	sas     = Kind{"a SAS data set (.sas7bdat)", "write the table with proc export"}
	rds     = Kind{"an R data file (.rds)", "write the table with write.csv"}
	rda     = Kind{"an R data file (.rda)", "write the table with write.csv"}
	spss    = Kind{"an SPSS data set (.sav)", saveCSV}
	json    = Kind{"a JSON file", saveCSV}
	markup  = Kind{"a page of HTML or an XML file", saveCSV}
	ods     = Kind{"an OpenDocument spreadsheet (.ods)", "save the sheet as CSV"}
	numbers = Kind{"a Numbers document", "export it as CSV"}
	excel   = Kind{"an Excel workbook (.xlsx)", "save the sheet as CSV"}
	archive = Kind{"a zip archive", "unpack it"}
	binary  = Kind{"a file with bytes that text does not have, or a text in UTF-16", "save the table as CSV, in UTF-8"}
)

var starts = []start{
	{
		"\xD0\xCF\x11\xE0", false,
		Kind{"a legacy Excel workbook (.xls), or one with a password", "save the sheet as CSV"},
	},
	{"%PDF-", false, Kind{"a PDF document", "ask for the table from which it was made, as CSV"}},
	{"<stata_dta>", false, stata},
	{"RDX2\n", true, rda},
	{"RDX3\n", true, rda},
	{"RDA2\n", true, rda},
	{"X\n\x00\x00\x00", false, rds},
	{"$FL2", true, spss},
	{"$FL3", true, spss},
	{"PAR1", true, Kind{"a Parquet file", "read it with package hesop/parquet"}},
	{"ARROW1", true, Kind{"a Feather or Arrow file", "write the table as CSV"}},
	{"SQLite format 3\x00", false, Kind{"an SQLite database", "write the table as CSV"}},
	{"BZh", true, Kind{"compressed with bzip2", "decompress it, or compress it with gzip"}},
	{"\xFD7zXZ\x00", false, Kind{"compressed with xz", "decompress it, or compress it with gzip"}},
	{"\x28\xB5\x2F\xFD", false, Kind{"compressed with zstd", "decompress it, or compress it with gzip"}},
	{"\x1F\x8B", false, Kind{"compressed with gzip twice", "decompress it once"}},
	{"7z\xBC\xAF\x27\x1C", false, Kind{"a 7-Zip archive", "unpack it"}},
	{`{\rtf`, false, Kind{"a Rich Text document (.rtf)", "save it as plain text"}},
}

// looked is the number of bytes in which isBinary looks for control characters.
const looked = 512

// Of returns the kind of a file that starts with data. In case of doubt it returns the zero Kind, for text.
func Of(data []byte) Kind {
	for _, s := range starts {
		if bytes.HasPrefix(data, []byte(s.bytes)) && (!s.isWeak || isBinary(data)) {
			return s.kind
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return zipped(data)
	case len(data) > 4 && data[0] >= 0x68 && data[0] <= 0x73 && (data[1] == 1 || data[1] == 2) && data[2] == 1 &&
		data[3] == 0:
		return stata
	case len(data) > 16 && bytes.HasPrefix(data[12:], []byte("\xC2\xEA\x81\x60")):
		return sas
	}
	return marked(data)
}

// OfRefused returns the kind of a file that could not be read as text. In addition to the kinds of Of, it recognises
// any file with control characters that text does not contain.
func OfRefused(data []byte) Kind {
	if k := Of(data); k != (Kind{}) || !isBinary(data) {
		return k
	}
	return binary
}

// zipped returns the kind of a zip archive, from the names of its first parts.
func zipped(data []byte) Kind {
	for _, part := range []struct {
		name string
		kind Kind
	}{
		{"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ods},
		{"Index/Document.iwa", numbers},
		{"[Content_Types].xml", excel},
		{"xl/", excel},
		{"_rels/.rels", excel},
	} {
		if bytes.Contains(data, []byte(part.name)) {
			return part.kind
		}
	}
	return archive
}

// marked returns the kind of a JSON, HTML or XML text.
func marked(data []byte) Kind {
	data = bytes.TrimLeft(data, " \t\r\n")
	if len(data) < 2 {
		return Kind{}
	}
	next := bytes.TrimLeft(data[1:], " \t\r\n")
	switch {
	case data[0] == '{' && bytes.HasPrefix(next, []byte(`"`)), data[0] == '[' && bytes.HasPrefix(next, []byte(`{`)):
		return json
	case data[0] != '<':
		return Kind{}
	}
	lower := bytes.ToLower(data[:min(len(data), 20)])
	for _, tag := range []string{"<!doctype", "<html", "<head", "<meta", "<table", "<?xml"} {
		if bytes.HasPrefix(lower, []byte(tag)) {
			return markup
		}
	}
	return Kind{}
}

// isBinary reports whether the first bytes include control characters that text does not contain.
func isBinary(data []byte) bool {
	return slices.ContainsFunc(data[:min(len(data), looked)], func(c byte) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A
	})
}
