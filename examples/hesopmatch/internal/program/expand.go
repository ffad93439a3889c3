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

// dataEndings holds the endings of file names that mark the data files in a folder.
var dataEndings = []string{".csv", ".txt", ".tsv", ".gz", parquetEnding}

const parquetEnding = ".parquet"

// patternSigns are the characters that make a path a pattern.
const patternSigns = "*?["

// filesShown is the maximum number of files that a note names.
const filesShown = 5

// Expand replaces each pattern and each folder by its files, and adds a note that names them. A path that names an
// existing file is not a pattern. A pattern works as in a POSIX shell. A folder stands for its files that end in .csv,
// .txt, .tsv, .gz or .parquet, without hidden files and subfolders. Expand fails if it finds no file, or if a folder
// has Parquet files that do not form a table by themselves, as in a Delta table.
func (in *Inputs) Expand(notices *Notices) error {
	var all []string
	for _, path := range in.Paths {
		files, left, err := expand(path, dataFiles)
		if err != nil {
			return err
		}
		if files == nil {
			all = append(all, path)
			continue
		}
		notices.Note("%s", expanded(path, "file", files, left))
		all = append(all, files...)
	}
	in.Paths = all
	return nil
}

// Prepare expands the inputs, fails if an output is also an input, and removes unfinished outputs that killed runs
// left. It gets the outputs from the callback, which it calls once the inputs are expanded.
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

// inFolder returns the files that a folder stands for, and what else the folder contains.
type inFolder func(folder string) (files, left []string, err error)

// expand returns the files that a path stands for, and the paths that are left out. It returns no files for a path that
// stands for itself. To expand a folder, it calls filesIn.
func expand(path string, filesIn inFolder) (files, left []string, err error) {
	if path == "-" {
		return nil, nil, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return filesIn(path)
	case err == nil || !strings.ContainsAny(path, patternSigns):
		return nil, nil, nil // if the path is wrong, Open reports why
	case strings.Contains(path, "**"):
		return nil, nil, fmt.Errorf("%s: ** does not match nested folders; write a pattern for each level",
			path)
	}
	found, err := filepath.Glob(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: no such file, and not a valid pattern: %w", path, err)
	}
	hidden := strings.HasPrefix(filepath.Base(path), ".")
	for _, file := range found {
		info, err := os.Stat(file)
		switch {
		case !hidden && strings.HasPrefix(filepath.Base(file), "."):
		case err == nil && info.IsDir():
			left = append(left, file+string(filepath.Separator))
		default:
			files = append(files, file)
		}
	}
	switch {
	case len(files) > 0:
		return files, left, nil
	case len(left) > 0:
		return nil, nil, fmt.Errorf("%s: the pattern matches only folders: %s; name each folder, or the files in it",
			path, someOf(left))
	default:
		return nil, nil, fmt.Errorf("%s: no such file, and no file matches the pattern", path)
	}
}

// expanded returns the note about a path that stands for files.
func expanded(path, noun string, files, left []string) string {
	text := fmt.Sprintf("%s: %s: %s", path, Count(len(files), noun), someOf(files))
	if len(left) > 0 {
		text += "; not read: " + someOf(left)
	}
	return text
}

// dataFiles returns the data files in a folder, sorted by name. It ignores all other files, and there is no note about
// them, because the help lists the endings.
func dataFiles(folder string) (files, left []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, err
	}
	tables, err := parquet.Files(folder)
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
				return nil, nil, err
			}
			if !slices.Contains(tables, path) { // metadata, such as _metadata
				continue
			}
		}
		files = append(files, path)
	}
	if len(files) == 0 {
		if err != nil {
			return nil, nil, err
		}
		return nil, nil, fmt.Errorf("%s: is a folder without data files (%s)", folder,
			strings.Join(dataEndings, ", "))
	}
	return files, nil, nil
}

// someOf lists the first few files.
func someOf(files []string) string {
	shown := strings.Join(files[:min(filesShown, len(files))], ", ")
	if more := len(files) - filesShown; more > 0 {
		shown += fmt.Sprintf(", and %d more", more)
	}
	return shown
}
