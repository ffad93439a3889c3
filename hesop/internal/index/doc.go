// Package index finds the rows of delimited text and those of their fields that
// somebody asks for.
//
// It works in two stages. The first turns a stretch of text, 64 bytes at a time, into
// masks of bits: which bytes are delimiters, line ends and quotes (mask*.go), and which
// of these are within quotes and so nothing but characters (quotes.go). The second
// (row.go) goes from row to row and visits only the bits that it needs: what lies before
// the first column that is wanted is passed by counting bits, and of the wanted columns
// only fields that are not empty are looked at.
//
// The rules of rows and fields are those of package rows, which stays the judge: where a
// quote stands as masks cannot tell its meaning (odd.go), its splitter reads that row byte
// by byte, and its answer is written into the masks. So both stages give what it gives on
// any bytes, which the tests of this package hold them to.
package index
