// Groups counts the appointments that each codelist in a folder matches. The lists are text files or workbooks.
// Whenever the lists cover other codes than before, the program counts again, like a service that reloads its lists.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/codelist/xlsx"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

func main() {
	every := flag.Duration("every", time.Minute, "`TIME` between two checks of the folder")
	if flag.Parse(); flag.NArg() != 2 {
		log.Fatal("usage: groups [-every TIME] FOLDER FILE")
	}
	for covered := "nothing yet"; ; time.Sleep(*every) {
		matcher, covers, err := load(flag.Arg(0))
		if err == nil && covers != covered {
			err = count(matcher, flag.Arg(1))
		}
		if err != nil {
			log.Print(err) // a service keeps the lists that it has
			continue
		}
		covered = covers
	}
}

// load compiles the lists of a folder. It also returns a text made of their names and fingerprints: if this text is the
// same, so is every answer. A service can store the Matcher in an atomic.Pointer, because a Matcher never changes.
func load(folder string) (m *match.Matcher, covers string, err error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, "", err
	}
	var lists []*codelist.List
	var key bytes.Buffer
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return nil, "", err
		}
		list, err := codelist.Parse(file.Name(), bytes.NewReader(text), xlsx.Workbooks())
		if err != nil {
			return nil, "", err // the error names every rejected row
		}
		lists = append(lists, list)
		fmt.Fprintln(&key, list.Name(), list.Fingerprint())
	}
	m, err = match.Compile(lists...)
	return m, key.String(), err
}

func count(m *match.Matcher, file string) error {
	rows, err := hesop.Open(file)
	if err != nil {
		return err
	}
	defer rows.Close()
	all, err := match.Scan(context.Background(), m, rows, func(*hesop.Appointment, *match.Result) error { return nil })
	if err != nil {
		return err
	}
	log.Printf("%s by %d lists; notices: %v", file, m.Len(), rows.Notices())
	for i := range m.Len() {
		log.Print(m.List(i).Summary(5)) // what became of each row of the list
		fmt.Printf("%s: %+v\n", m.List(i).Name(), all.Counts(i))
	}
	return nil
}
