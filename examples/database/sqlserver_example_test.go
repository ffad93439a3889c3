package main

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/match"

	_ "github.com/microsoft/go-mssqldb"
)

// Example_sqlServer is compiled but not run, because the tests have no server. README.md shows it.
func Example_sqlServer() {
	list, err := codelist.Parse("depression", strings.NewReader("icd10\nF32%\nF33%\n"))
	if err != nil {
		log.Fatal(err)
	}
	matcher, err := match.Compile(list)
	if err != nil {
		log.Fatal(err)
	}
	columns := []string{"llc_0000_stud_id", "attendkey", "apptdate", "attended", "tretspef", "diag_4_concat", "opertn_4_concat"}
	for i := range 12 {
		columns = append(columns, fmt.Sprintf("diag_4_%02d", i+1))
	}
	for i := range 24 {
		columns = append(columns, fmt.Sprintf("opertn_4_%02d", i+1))
	}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM study.HESOP"

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Hour)
	defer cancel()
	db, err := sql.Open("sqlserver", os.Getenv("HESOP_DSN")) // sqlserver://SERVER?database=DATABASE&encrypt=true
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	totals, err := count(ctx, db, query, matcher)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v of %d appointments\n", totals.Counts(0), totals.Rows)
}
