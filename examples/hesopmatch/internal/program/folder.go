package program

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Folder is a new folder that is written whole or not at all: beside its place under another
// name, and moved there by Commit.
type Folder struct {
	path string // where it is to stand
	temp string // where it stands until then, "" once it is moved
}

// CheckNewFolder fails if something has the name of a folder that is to be made. Call it
// before long work; CreateFolder and Commit check again.
func CheckNewFolder(path string) error {
	path = filepath.Clean(path)
	_, err := os.Lstat(path) // a link that leads nowhere has the name as well
	if err == nil {
		return fmt.Errorf("%s: exists already, and a new folder is to be made: name another", Plain(path))
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// CreateFolder makes the folder under its other name. Close it in any case, Commit it when it
// is complete.
func CreateFolder(path string) (*Folder, error) {
	path = filepath.Clean(path)
	if err := CheckNewFolder(path); err != nil {
		return nil, err
	}
	f := &Folder{path: path}
	err := beside(path, func(temp string) error {
		f.temp = temp
		return os.Mkdir(temp, 0o777)
	})
	if err != nil {
		return nil, err
	}
	partials.add(f.temp)
	return f, nil
}

// Write writes a file of the folder. A name with folders in it, such as sums/a.txt, makes
// them.
func (f *Folder) Write(name string, data []byte) (err error) {
	path := filepath.Join(f.temp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	file, err := Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(data); err != nil {
		return err
	}
	return file.Commit()
}

// Commit puts the folder in its place.
func (f *Folder) Commit() error {
	if err := CheckNewFolder(f.path); err != nil {
		return err
	}
	if err := os.Rename(f.temp, f.path); err != nil {
		return err
	}
	partials.drop(f.temp)
	f.temp = ""
	return nil
}

// Close removes the folder unless it was committed.
func (f *Folder) Close() error {
	if f.temp == "" {
		return nil
	}
	partials.drop(f.temp)
	return os.RemoveAll(f.temp)
}

// checkRelease fails if a file is to be written into a release, or a folder of it.
func checkRelease(path string) error {
	if path == "" || path == "-" {
		return nil
	}
	at, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	for folder := filepath.Dir(at); ; folder = filepath.Dir(folder) {
		if isRelease(folder) {
			return fmt.Errorf("%s is to be written into %s, which is a release and is handed over whole: name "+
				"another folder", Plain(filepath.Base(path)), Plain(filepath.Dir(path)))
		}
		if folder == filepath.Dir(folder) {
			return nil
		}
	}
}

// isRelease reports whether a folder is one that -release has made.
func isRelease(folder string) bool {
	for _, name := range []string{"outputs.json", "tables.csv", filepath.Join("checksums", "outputs.json.txt")} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			return false
		}
	}
	return true
}
