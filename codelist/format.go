package codelist

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
)

// zipStart is the start of a zip archive, and so of an Excel workbook.
const zipStart = "PK\x03\x04"

const saveText = "; save the codes as CSV, or as plain text with one code a line"

// binaryFormats are the first bytes of files that are not text.
var binaryFormats = []struct{ start, what string }{
	{"\xD0\xCF\x11\xE0", "a legacy Excel workbook (.xls), or one with a password; save it as .xlsx without one, " +
		"or as CSV"},
	{"%PDF", "a PDF document; copy the codes into a text or CSV file"},
	{"<stata_dta>", "a Stata data set (.dta); write it with export delimited"},
	{"RDX2\n", "an R data file (.rda); write the table with write.csv"},
	{"RDX3\n", "an R data file (.rda); write the table with write.csv"},
	{"RDA2\n", "an R data file (.rda); write the table with write.csv"},
	{"X\n\x00\x00\x00", "an R data file (.rds); write the table with write.csv"},
	{"$FL2", "an SPSS data set (.sav); save it as CSV"},
	{"$FL3", "an SPSS data set (.zsav); save it as CSV"},
	{"PAR1", "a Parquet file" + saveText},
	{"ARROW1", "a Feather or Arrow file" + saveText},
	{"SQLite format 3\x00", "an SQLite database" + saveText},
	{"BZh", "compressed with bzip2; decompress it"},
	{"\xFD7zXZ\x00", "compressed with xz; decompress it"},
	{"\x28\xB5\x2F\xFD", "compressed with zstd; decompress it"},
	{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive; unpack it"},
	{`{\rtf`, "a Rich Text document (.rtf)" + saveText},
}

// binaryKind describes a file that is not text, and returns "" if it may be text.
func binaryKind(data []byte) string {
	for _, f := range binaryFormats {
		if bytes.HasPrefix(data, []byte(f.start)) {
			return f.what
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte(zipStart)):
		return zipKind(data)
	case bytes.HasPrefix(data, []byte("\x1F\x8B")):
		return gzipKind(data)
	case len(data) > 4 && data[0] >= 0x68 && data[0] <= 0x73 && (data[1] == 1 || data[1] == 2) &&
		data[2] == 1 && data[3] == 0:
		return "a Stata data set (.dta); write it with export delimited"
	case len(data) > 100 && bytes.HasPrefix(data[12:], []byte("\xC2\xEA\x81\x60")):
		return "a SAS data set (.sas7bdat); write it with proc export"
	}
	return ""
}

// zipKind describes a zip archive by the names of its parts.
func zipKind(data []byte) string {
	switch {
	case bytes.Contains(data[:min(len(data), 200)], []byte("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")):
		return "an OpenDocument spreadsheet (.ods); save it as .xlsx or CSV"
	case bytes.Contains(data, []byte("Index/Document.iwa")):
		return "a Numbers document (.numbers); export it as .xlsx or CSV"
	default:
		return "an Excel workbook or other zip archive; read workbooks with xlsx.Workbooks, or save the sheet as CSV"
	}
}

// gzipKind describes a gzip file by its content.
func gzipKind(data []byte) string {
	start := make([]byte, 8)
	if r, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		n, _ := io.ReadFull(r, start) // the bytes that could be read suffice
		if kind := binaryKind(start[:n]); strings.HasPrefix(kind, "an R data file") {
			return kind
		}
	}
	return "compressed with gzip; decompress it"
}

// textFormats holds patterns that match programs, pages and settings, which are texts but not tables.
var textFormats = []struct {
	shape *regexp.Regexp
	what  string
}{
	{
		regexp.MustCompile(`(?i)^\s*(<!doctype html|<html|<table|<head|<meta)`),
		"a page of HTML, as some programs save under the name .xls" + saveText,
	},
	{regexp.MustCompile(`^\s*<\?xml|^\s*<[A-Za-z]`), "an XML file" + saveText},
	{regexp.MustCompile(`(?m)(<-|=)\s*c\(|<-\s*list\(|^\s*c\(`), "a vector of R" + saveText},
	{
		regexp.MustCompile(`(?m)^\s*\w+\s*(:\s*\w+(\[\w+\])?\s*)?=\s*(\[|\(|\{|set\(|frozenset\()`),
		"a list of Python" + saveText,
	},
	{
		regexp.MustCompile(`(?im)\bin\s*\(\s*['"]|\bcase\s+when\s|` +
			`^\s*(select|insert\s+into|create\s+(temp\w*\s+)?table|with\s+\w+\s+as|update\s+\w+\s+set)\b`),
		"a statement of SQL" + saveText,
	},
	{
		regexp.MustCompile(`(?m)^(local|global)\s+\w+\s|^\s*(gen|generate|replace)\s+\w+\s*=|\binlist\(|\bregexm\(`),
		"a program of Stata" + saveText,
	},
	{
		regexp.MustCompile(`(?m)\A(---\s*$)|\A\w[\w -]*:\s*\[|^\w[\w -]*:\s*\r?\n\s*-\s|` +
			`\A\w[\w -]*:\s*\r?\n[ ]+\w+:\s`),
		"a YAML file" + saveText,
	},
}

// markdownRule is the line below the header of a Markdown table: |---|:--|.
var markdownRule = regexp.MustCompile(`(?m)\A[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*` +
	`(\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*\r?$`)

// isMarkdown reports whether a text is a Markdown table. Such a table begins with a header, so readTextTable calls
// isMarkdown even if the first line names a code column.
func isMarkdown(text string) bool { return markdownRule.MatchString(text[:min(len(text), 4<<10)]) }

// textKind describes a text that is not a table, and returns "" if the text may be a table. It looks at the first 4 KiB
// only, because no table begins like a program.
func textKind(text string) string {
	const most = 4 << 10
	text = strings.ToValidUTF8(text[:min(len(text), most)], "")
	for _, f := range textFormats {
		if f.shape.MatchString(text) {
			return f.what
		}
	}
	return ""
}
