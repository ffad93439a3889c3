package program

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hesopmatch/internal/nearest"
)

// Open opens a file to be read. role says what the file is to the command, and option which
// option named it, "" if none did. A folder is an error.
func Open(role, path, option string) (*os.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, cannotRead(role, path, option, err)
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		_ = file.Close() // nothing was read
		return nil, cannotRead(role, path, option, errFolder)
	}
	return file, nil
}

var errFolder = errors.New("is a folder; name a file in it")

// cannotRead is the error of a file that was named and cannot be read.
func cannotRead(role, path, option string, err error) error {
	if option != "" {
		option = " (" + option + ")"
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s %s%s: no such file; %s", role, Plain(path), option, nearestFile(path))
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err // the path is there already
	}
	return fmt.Errorf("%s %s%s: %w", role, Plain(path), option, err)
}

// nearestFile returns a question after the file of the same folder whose name is nearest, or the advice to look.
func nearestFile(path string) string {
	folder, name := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(folder))
	if err != nil && folder != "" {
		return "there is no folder " + Plain(filepath.Clean(folder))
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && e.Name() != name { // a link to nowhere has the name
			names = append(names, e.Name())
		}
	}
	if near := nearest.Word(name, names); near != "" {
		return "did you mean " + Plain(folder+near) + "?"
	}
	return "check its name and folder"
}
