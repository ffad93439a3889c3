package program

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// listEndings holds the endings of file names that mark the codelists in a folder.
var listEndings = []string{".csv", ".txt", ".tsv", ".tab", ".json", ".xlsx", ".xlsm", ".xltx", ".xltm"}

// Expand replaces each pattern and each folder by its codelists, as Inputs.Expand does. Each file is a list of its own,
// named after the file. A note names what else a folder contains.
func (l *Lists) Expand(notices *Notices) error {
	var all []ListFile
	for _, f := range l.files {
		paths, left, err := expand(f.Path, listsIn)
		if err != nil {
			return fmt.Errorf("codelist %w", f.optioned(err))
		}
		if paths == nil {
			all = append(all, f)
			continue
		}
		if f.isNamed && len(paths) > 1 {
			return fmt.Errorf("codelist %s: NAME= names one list, but %s stands for %d: leave the name out, and "+
				"each is named after its file", Plain(f.Name+"="+f.Path), Plain(f.Path), len(paths))
		}
		notices.Note("%s", expanded(f.Path, "codelist", paths, left))
		for _, path := range paths {
			one := f
			one.Path = path
			if !f.isNamed {
				one.Name = listName(path)
			}
			all = append(all, one)
		}
	}
	l.files = all
	return nil
}

// optioned adds the option that named the file to the text of an error.
func (f ListFile) optioned(err error) error {
	if f.option == "" {
		return err
	}
	text := err.Error()
	return fmt.Errorf("%s (%s)%s", Plain(f.Path), f.option, strings.TrimPrefix(text, f.Path))
}

// listsIn returns the codelists in a folder, sorted by name, and what else the folder contains. It ignores hidden files
// and the lock files (~$) that spreadsheets create for an open workbook.
func listsIn(folder string) (files, left []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		info, err := os.Stat(path)
		switch {
		case strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$"):
		case err == nil && info.IsDir():
			left = append(left, path+string(filepath.Separator))
		case slices.Contains(listEndings, strings.ToLower(filepath.Ext(path))):
			files = append(files, path)
		default:
			left = append(left, path)
		}
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("%s: is a folder without codelists (%s)", folder, strings.Join(listEndings, ", "))
	}
	return files, left, nil
}
