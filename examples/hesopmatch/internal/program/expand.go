package program

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hesopmatch/hesop/parquet"
)

// dataEndings are those of the files that a folder stands for.
var dataEndings = []string{".csv", ".txt", ".tsv", ".gz", parquetEnding}

const parquetEnding = ".parquet"

// patternSigns are the characters of which a pattern has one.
const patternSigns = "*?["

// filesShown is how many files a note names.
const filesShown = 5

// Expand puts the files that a pattern or a folder stands for in its place, and says which
// they are. A path that is the name of a file is no pattern. A pattern means what it does in
// a POSIX shell; a folder means its files that end in .csv, .txt, .tsv, .gz or .parquet, but for
// hidden ones and those in folders within. Nothing found is an error, and so is a folder of Parquet files that are no
// table by themselves, such as one of Delta.
func (in *Inputs) Expand(notices *Notices) error {
	var all []string
	for _, path := range in.Paths {
		files, err := expand(path, dataFiles)
		if err != nil {
			return err
		}
		if files == nil {
			all = append(all, path)
			continue
		}
		notices.Note("%s: %s: %s", path, Count(len(files), "file"), someOf(files))
		all = append(all, files...)
	}
	in.Paths = all
	return nil
}

// Prepare expands the inputs, fails if what is to be written is also read, and removes what killed runs have left of
// it. written is called when the inputs are expanded.
func (in *Inputs) Prepare(notices *Notices, written func() Written, stderr io.Writer) error {
	if err := in.Expand(notices); err != nil {
		return err
	}
	in.findLacking(notices)
	w := written()
	if err := w.CheckFiles(); err != nil {
		return err
	}
	RemoveLeft(stderr, w.Written...)
	return nil
}

// expand returns the files that a path stands for, nil for itself. inFolder returns those of a folder.
func expand(path string, inFolder func(folder string) ([]string, error)) ([]string, error) {
	if path == "-" {
		return nil, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return inFolder(path)
	case err == nil || !strings.ContainsAny(path, patternSigns):
		return nil, nil // what is wrong shows when it is opened
	}
	found, err := filepath.Glob(path)
	if err != nil {
		return nil, fmt.Errorf("%s: no such file, and no pattern: %w", path, err)
	}
	hidden := strings.HasPrefix(filepath.Base(path), ".")
	found = slices.DeleteFunc(found, func(file string) bool {
		info, err := os.Stat(file)
		return err == nil && info.IsDir() || !hidden && strings.HasPrefix(filepath.Base(file), ".")
	})
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no such file, and none that the pattern fits", path)
	}
	return found, nil
}

// dataFiles returns the files of data in a folder, by name.
func dataFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	tables, err := parquet.Files(folder)
	var files []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !slices.Contains(dataEndings, strings.ToLower(filepath.Ext(e.Name()))) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			continue
		}
		if strings.ToLower(filepath.Ext(path)) == parquetEnding {
			if err != nil {
				return nil, err
			}
			if !slices.Contains(tables, path) { // a mark, such as _metadata
				continue
			}
		}
		files = append(files, path)
	}
	if len(files) == 0 {
		if err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: is a directory without files of data (%s)", folder, strings.Join(dataEndings, ", "))
	}
	return files, nil
}

// someOf lists the first few files.
func someOf(files []string) string {
	shown := strings.Join(files[:min(filesShown, len(files))], ", ")
	if more := len(files) - filesShown; more > 0 {
		shown += fmt.Sprintf(", and %d more", more)
	}
	return shown
}
