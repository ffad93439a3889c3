// Package sqloracle contains only tests, which use PostgreSQL and SQLite.
//
// Some tests match synthetic appointments in columns of several types. Each answer, hit and date must be the same as
// for the same rows in a CSV file. Others gather people with hand-written SQL. Package cohort must find the same people
// and totals. Others run scripts of match/syntax, which must give right answers where hand-written queries often make
// mistakes.
//
// It is a separate module because it needs database drivers:
//
//	cd internal/sqloracle && HESOPMATCH_NEED_POSTGRES=1 go test ./...
package sqloracle
