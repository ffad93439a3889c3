package codelist

import "strings"

// Reasons why a cell is not used. They contain no text of the code cell, so that rows can be counted by reason; the
// report gives the cell separately.
const (
	reasonNoCode        = "no code in this row"
	reasonSecondHeader  = "the header of a second table"
	reasonOtherSystem   = "another coding system: "
	reasonTwoSystems    = "columns of the row state different coding systems"
	reasonUnclearSystem = "the coding system of this row is not recognised: write ICD-10 or OPCS-4"
	reasonUnknownSystem = "not a known coding system"
	reasonNoSystem      = "no coding system stated"
	reasonBeside        = "codes in another cell than that of the code column"
	reasonSpreadsheet   = "a number or a date, to which spreadsheets convert some codes"
	reasonSheetError    = "an error value of a spreadsheet"
	reasonSign          = "value of the exclusion column is neither inclusion nor exclusion"
	reasonNotCode       = "not a code"
	reasonLetters       = "letters where a code has digits: " + reasonAnother
	reasonTooLong       = "more characters than a code has: " + reasonAnother
	reasonAnother       = "another classification (ICD-10-CM, ICD-O) or a typing error" // ends both reasons above
	reasonLetterI       = "OPCS-4 has no letter I"
	reasonBroad         = "prefix of fewer than three characters; allow broad prefixes if it is meant"
	reasonChapter       = "chapter number"
	reasonSeveral       = "several codes in one cell, and not every part is a code"
	reasonMark          = "dagger and asterisk marks belong to ICD-10"
	reasonRegexp        = "regular expression; supported are [classes], _ for one digit, a leading ^ and " +
		"a trailing .*, * or %"
	reasonClass          = "class in [ ] holds something other than digits, ranges of digits or, as fourth character, X"
	reasonClassFirst     = "the first character of a code cannot be a class or _"
	reasonRangeEnds      = "range whose ends are not two codes of digits of the same length, written in full"
	reasonRangeOrder     = "range that ends before it starts"
	reasonRangeEmpty     = "covers only missing values; list R69 or X99 itself if you mean them"
	reasonExpansion      = "names more codes than one cell may (Limits.CellCodes)"
	reasonHeading        = "range inside which the list names codes: a heading or an entry?"
	reasonRangeHeading   = "range inside which the list names codes, treated as a heading"
	reasonChapterHeading = "chapter number, treated as a heading"
	reasonExcluded       = "excluded"
	reasonNotWhole       = "not one whole code"
	reasonDuplicate      = "duplicate of an earlier row"
	reasonCellLimit      = "cell is longer than it may be (Limits.CellBytes)"
)

// adviceNoSystem is the advice for a file or a row that states no coding system.
const adviceNoSystem = "state it with CodingSystem or in a column coding_system"

// repairs is the set of repairs made in a cell.
type repairs uint16

const (
	repairedCase repairs = 1 << iota
	repairedSpace
	repairedInnerSpace
	repairedZeroWidth
	repairedQuotes
	repairedDots
	repairedDash
	repairedMark
	repairedAsterisk
	repairedSplit
	repairedSeparator
)

var repairNames = [...]string{
	"case", "outer white space", "inner white space", "zero-width characters", "quotes",
	"dots", "trailing dash", "dagger or asterisk mark", "asterisk, read as a mark or a wildcard with the same effect",
	"several codes in one cell",
	"separator at an end",
}

// String returns the repairs as a list, "" if there are none.
func (r repairs) String() string {
	var names []string
	for i, name := range repairNames {
		if r&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
