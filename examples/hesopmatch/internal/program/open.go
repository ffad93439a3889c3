package program

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hesopmatch/internal/nearest"
)

// Open opens a file for reading. It fails for a folder. Its errors show the role, which is what the command uses the
// file for, and the option that named the file, unless that is "".
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

// cannotRead returns the error for a named file that cannot be read.
func cannotRead(role, path, option string, err error) error {
	if option != "" {
		option = " (" + option + ")"
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s %s%s: no such file; %s", role, Plain(path), option, nearestFile(path))
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err // the message has the path already
	}
	return fmt.Errorf("%s %s%s: %w", role, Plain(path), option, err)
}

// nearestFile returns a question that suggests the file with the nearest name in the same folder, or general advice.
func nearestFile(path string) string {
	folder, name := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(folder))
	if err != nil && folder != "" {
		return "there is no folder " + Plain(filepath.Clean(folder))
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && e.Name() != name { // a broken link can have this very name
			names = append(names, e.Name())
		}
	}
	if near := nearest.Word(name, names); near != "" {
		return "did you mean " + Plain(folder+near) + "?"
	}
	return "check its name and folder"
}
