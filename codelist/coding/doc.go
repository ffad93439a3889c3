// Package coding defines codes: a System, a Code, a Prefix of codes, a Set of codes, and the Value of a field that
// holds a code.
//
//	code, err := coding.ParseCode(coding.ICD10, "e11.9")
//	if err != nil {
//		log.Fatal(err)
//	}
//	fmt.Println(code, code.Prefix(3)) // E119 E11
//	value := coding.ReadValue(coding.ICD10, []byte("E119"), 4)
//	fmt.Println(value.Code() == code, value.Cut()) // true 4: a longer code may have been truncated to E119
//
// # Codes
//
// A code belongs to a system: ICD-10 for diagnoses, OPCS-4 for procedures. A code begins with its category, which is a
// letter and two digits (E11). A digit may follow as the fourth character (E119) and, in ICD-10, another as the fifth
// (M0510). HES writes a category without subdivisions with the filler X (I10X): I10 and I10X are one code. An X as the
// first character is a chapter letter (X60). OPCS-4 has no letter I, no fifth character and no marks: K401A is not a
// code there. X99 means missing in OPCS-4 only; in ICD-10 it is a code.
//
// # Missing values
//
// HES writes an unknown diagnosis as R69X. It writes a procedure that is not known or was not carried out as X997,
// X998, X999, & or -. These values have the class ClassMissing, and Missing gives the reason.
//
// A missing value may be malformed: it starts with R69 or X99 but is not a code. R69ZZ has the Code R69, and only an
// entry with all descendants of R69 covers it. The Code of R69X66 is R69X6, the longest code at its start, and the
// entries that cover R69X6 cover R69X66 too.
//
// # Truncated values
//
// Columns such as diag_4_01 hold four characters; columns such as diag_3_01 hold three. A code that fills its field may
// have been longer; Value.Cut reports such a code. No value is ever completed by guessing.
//
// # Cost and concurrency
//
// ReadValue does not allocate. A Set takes 24 bytes for each category in which it has a code. All types of this package
// are immutable values, and any number of goroutines may use them.
package coding
