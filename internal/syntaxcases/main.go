// Syntaxcases writes random studies on which to test database engines and other programs. A study has adversarial lists
// and appointments, the scripts of package match/syntax that ask about them, and the answers of the library.
//
//	go run ./internal/syntaxcases -dir DIR [-cases N] [-rows N] [-lists N] [-seed S]
//
// The folder of each case contains:
//
//   - rows.csv, the appointments; load all columns as text, and compare answers by the column named ordinal
//   - WHAT.DIALECT, a script for each question and dialect
//   - WHAT.codes.DIALECT, in some cases, the statements that create the script's table of codes
//   - WHAT.csv, the answers
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
	cases := flag.Int("cases", 10, "number of studies")
	rows := flag.Int("rows", 200, "appointments in each study")
	lists := flag.Int("lists", 10, "lists in each study")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
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
