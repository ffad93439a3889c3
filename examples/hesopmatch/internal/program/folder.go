package program

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Folder is a new folder that is written whole or not at all. It is made under a temporary name in the same parent
// folder, and Commit renames it.
type Folder struct {
	path string // its final path
	temp string // its path until Commit, "" after that
}

// CheckNewFolder fails if the path of the new folder already exists. Call it before long work; CreateFolder and Commit
// check again.
func CheckNewFolder(path string) error {
	path = filepath.Clean(path)
	_, err := os.Lstat(path) // a broken link counts too
	if err == nil {
		return fmt.Errorf("%s: already exists, and this must be a new folder: name another", Plain(path))
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// CreateFolder makes the folder under its temporary name. Call Commit when it is complete, and Close in any case.
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

// Write writes a file in the folder. If the name contains folders, such as sums/a.txt, Write makes them.
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

// Commit moves the folder to its path.
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

// checkRelease fails if a path leads into a release or one of its folders.
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
			return fmt.Errorf("%s would be written into %s, which is a release and must stay as it is: name "+
				"another folder", Plain(filepath.Base(path)), Plain(filepath.Dir(path)))
		}
		if folder == filepath.Dir(folder) {
			return nil
		}
	}
}

// isRelease reports whether a folder was written by -release.
func isRelease(folder string) bool {
	for _, name := range []string{"outputs.json", "tables.csv", filepath.Join("checksums", "outputs.json.txt")} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			return false
		}
	}
	return true
}
