// Package sqloracle contains only tests, which use PostgreSQL and SQLite.
//
// Some tests match synthetic appointments in columns of several types. Each answer, hit and date must be the same as
// for the same rows in a CSV file. Other tests gather people with hand-written SQL, and package cohort must find the
// same people and totals. The rest run scripts of match/syntax. The scripts must be right where hand-written queries
// are often wrong.
//
// The package is a separate module because it needs database drivers:
//
//	cd internal/sqloracle && HESOPMATCH_NEED_POSTGRES=1 go test ./...
package sqloracle
