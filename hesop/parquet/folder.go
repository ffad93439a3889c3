package parquet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/hesop"
)

// extension is that of the files of a folder that are read.
const extension = ".parquet"

// Files returns the paths of the Parquet files in a folder, in the order of their names. They end in .parquet; hidden
// ones and marks such as _SUCCESS are left out. A folder whose files make no table by themselves is an error that wraps
// ErrFolder: that of a Delta, Iceberg or Hudi table, which has files of older versions too, and one of partitions.
func Files(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	if err := checkVersions(folder); err != nil {
		return nil, &hesop.Error{File: folder, Err: err}
	}
	var files []string
	for _, e := range entries {
		if err := checkEntry(folder, e); err != nil {
			return nil, &hesop.Error{File: folder, Err: err}
		}
		if isData(e) {
			files = append(files, filepath.Join(folder, e.Name()))
		}
	}
	return files, nil
}

// openFolder opens a folder of files that make one table.
func openFolder(path string) (*File, error) {
	files, err := Files(path)
	if err != nil {
		return nil, err
	}
	f := &File{name: path, isFolder: true}
	for _, file := range files {
		if err := f.add(file); err != nil {
			return nil, err
		}
	}
	if len(f.files) == 0 {
		return nil, &hesop.Error{File: path, Err: fmt.Errorf("%w: no file in it ends in %s", ErrFolder, extension)}
	}
	return f, nil
}

// isData reports whether an entry of a folder is a file of data: not hidden, and no mark such as _SUCCESS.
func isData(e os.DirEntry) bool {
	return !e.IsDir() && strings.ToLower(filepath.Ext(e.Name())) == extension && !strings.HasPrefix(e.Name(), ".") &&
		!strings.HasPrefix(e.Name(), "_")
}

// checkEntry fails if a folder in a folder shows that the files are no table, or not all of one.
func checkEntry(folder string, e os.DirEntry) error {
	if !e.IsDir() {
		return nil
	}
	within := filepath.Join(folder, e.Name())
	switch name := e.Name(); {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "_"):
		return nil
	case strings.ContainsRune(name, '='):
		return fmt.Errorf("%w: it is partitioned, and what a folder such as %s stands for is no column of the files "+
			"in it: write the table without partitions, or name each of these folders", ErrFolder, quote(name))
	case hasSuffix(within, extension):
		return fmt.Errorf("%w: the folder %s in it has files of its own: name that folder, or move them", ErrFolder,
			quote(name))
	}
	return nil
}

// checkVersions fails if a folder is that of a table, or of a part of one, in which files of older versions lie too.
func checkVersions(folder string) error {
	if absolute, err := filepath.Abs(folder); err == nil {
		folder = absolute
	}
	for {
		for system, log := range map[string]string{"Delta": "_delta_log", "Hudi": ".hoodie", "Iceberg": "metadata"} {
			log = filepath.Join(folder, log)
			info, err := os.Stat(log)
			if err != nil || !info.IsDir() || system == "Iceberg" && !hasSuffix(log, ".metadata.json") {
				continue
			}
			return fmt.Errorf("%w: it is a table of %s, in which files of older versions lie too: read its current "+
				"version with what wrote it, and write that as Parquet", ErrFolder, system)
		}
		if name := filepath.Base(folder); !strings.ContainsRune(name, '=') && name != "data" { // as parts are called
			return nil
		}
		folder = filepath.Dir(folder)
	}
}

// hasSuffix reports whether a file of a folder has a suffix.
func hasSuffix(folder, suffix string) bool {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if strings.HasSuffix(strings.ToLower(e.Name()), suffix) {
			return true
		}
	}
	return false
}

// add adds a file of a folder. It is not kept open, and its footer is read again when it is read: a folder may have
// thousands.
func (f *File) add(path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	foot, err := footerOf(file, info.Size())
	if err == nil && len(f.files) > 0 {
		err = f.compare(foot)
	}
	if err != nil {
		return &hesop.Error{File: path, Err: err}
	}
	if len(f.files) == 0 {
		f.setColumns(foot)
	}
	f.files = append(f.files, part{path: path, info: info, size: info.Size(), groups: foot.rowsOfGroups()})
	f.count(foot)
	return nil
}

// compare fails if the columns of a file are not those of the table.
func (f *File) compare(foot *footer) error {
	first := quote(f.files[0].base())
	for i, name := range f.names {
		if i >= len(foot.columns) {
			return fmt.Errorf("%w: it has no column %s, which %s has", ErrFolder, quote(name), first)
		}
		if other := foot.columns[i].name; other != name {
			return fmt.Errorf("%w: its column %d is %s, and %s in %s", ErrFolder, i+1, quote(other), quote(name), first)
		}
	}
	if n := len(f.names); len(foot.columns) > n {
		return fmt.Errorf("%w: it has a column %s, which %s has not", ErrFolder, quote(foot.columns[n].name), first)
	}
	return nil
}

func (p *part) base() string { return filepath.Base(p.path) }
