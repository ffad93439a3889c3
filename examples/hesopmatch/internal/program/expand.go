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

// inFolder returns the files that a folder stands for, and what it leaves.
type inFolder func(folder string) (files, left []string, err error)

// expand returns the files that a path stands for, nil for itself, and what it leaves. filesIn does so for a folder.
func expand(path string, filesIn inFolder) (files, left []string, err error) {
	if path == "-" {
		return nil, nil, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return filesIn(path)
	case err == nil || !strings.ContainsAny(path, patternSigns):
		return nil, nil, nil // what is wrong shows when it is opened
	case strings.Contains(path, "**"):
		return nil, nil, fmt.Errorf("%s: ** does not stand for folders within folders; write a pattern for each level",
			path)
	}
	found, err := filepath.Glob(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: no such file, and no pattern: %w", path, err)
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
		return nil, nil, fmt.Errorf("%s: the pattern fits folders alone: %s; name each of them, or the files in them",
			path, someOf(left))
	default:
		return nil, nil, fmt.Errorf("%s: no such file, and none that the pattern fits", path)
	}
}

// expanded is what is said of a path that stands for files.
func expanded(path, noun string, files, left []string) string {
	text := fmt.Sprintf("%s: %s: %s", path, Count(len(files), noun), someOf(files))
	if len(left) > 0 {
		text += "; not taken: " + someOf(left)
	}
	return text
}

// dataFiles returns the files of data in a folder, by name. What else the folder has is nothing to be said: the help
// names the endings.
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
			if !slices.Contains(tables, path) { // a mark, such as _metadata
				continue
			}
		}
		files = append(files, path)
	}
	if len(files) == 0 {
		if err != nil {
			return nil, nil, err
		}
		return nil, nil, fmt.Errorf("%s: is a directory without files of data (%s)", folder,
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
