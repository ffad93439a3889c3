// Package coding says what a code is: a System, a Code, a Prefix of codes, a Set of codes, and the Value of a
// field that holds one.
//
//	code, err := coding.ParseCode(coding.ICD10, "e11.9")
//	fmt.Println(code, code.Prefix(3)) // E119 E11
//
// # Codes
//
// A code belongs to a system: ICD-10 for diagnoses, OPCS-4 for procedures. It is a category, a letter and
// two digits (E11), and may have a fourth character, a digit (E119), and in ICD-10 a fifth (M0510). HES writes
// a category without subdivisions with the filler X (I10X): I10 and I10X are one code. An X in the first
// place is a chapter letter (X60).
//
// # Missing values
//
// HES writes a diagnosis that is not known as R69X, and a procedure that is not known or was not carried out
// as X997, X998, X999, & or -. These have the class ClassMissing, and Missing says why.
//
// # Values that a field cut
//
// The columns diag_4_01 and their like hold four characters, diag_3_01 three. A code that fills its field may
// have been longer; Value.Cut reports that. A value that was cut is never completed by guessing.
package coding
