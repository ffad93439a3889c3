// Package index finds the rows of delimited text, and the fields that a caller asks for.
//
// It works in two stages. The first stage turns a chunk of text, 64 bytes at a time, into bit masks. They mark the
// delimiters, line ends and quotes (mask*.go). Delimiters and line ends within quotes are ordinary characters, so their
// bits are removed (quotes.go).
//
// The second stage (row.go) goes from row to row and visits only the bits that it needs. It skips the fields before the
// first wanted column by counting bits, and looks only at those wanted fields that are not empty.
//
// Package rows defines rows and fields. If the masks cannot resolve a quote, the splitter of package rows reads the row
// of that quote byte by byte, and the fields of the row are written into the masks (odd.go). The index therefore agrees
// with package rows on any bytes. The tests check this.
package index
