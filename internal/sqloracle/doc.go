// Package sqloracle has only tests. They match synthetic appointments in PostgreSQL and
// SQLite, in columns of several types, and require each answer, hit and date to be the same
// as for the text of the same rows. They also gather people in hand-written SQL, and require
// package cohort to find the same people and totals. Scripts of match/syntax answer right where the usual hand-written
// queries make mistakes.
//
// It is a module of its own because it needs database drivers:
//
//	cd internal/sqloracle && HESOPMATCH_NEED_POSTGRES=1 go test ./...
package sqloracle
