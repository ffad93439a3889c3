// Syntaxcases writes random studies for engines to answer: adversarial lists and appointments, the scripts of package
// match/syntax that ask them, and what the library answers.
//
//	go run ./internal/syntaxcases -dir DIR [-cases N] [-rows N] [-lists N] [-seed S]
//
// Each folder of a case has rows.csv, for each dialect a script WHAT.DIALECT, in some cases WHAT.codes.DIALECT, which
// makes the table of codes of the script, and WHAT.csv, the answers. A table has
// all columns as text, and its rows have the column ordinal, by which answers are compared.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"hesopmatch/internal/oracle"
)

func main() {
	dir := flag.String("dir", "", "`FOLDER` to write to")
	cases := flag.Int("cases", 10, "how many studies")
	rows := flag.Int("rows", 200, "appointments of each")
	lists := flag.Int("lists", 10, "lists of each")
	seed := flag.Uint64("seed", 1, "of the random numbers")
	flag.Parse()
	if err := run(*dir, *cases, *rows, *lists, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "syntaxcases:", err)
		os.Exit(1)
	}
}

func run(dir string, cases, rows, lists int, seed uint64) error {
	if dir == "" {
		return errors.New("-dir is needed")
	}
	random := oracle.NewRandom(seed)
	for i := range cases {
		folder := filepath.Join(dir, fmt.Sprintf("case-%04d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		s := newStudy(random, lists, rows)
		if err := s.write(folder); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	return nil
}
