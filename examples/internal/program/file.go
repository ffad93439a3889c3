package program

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
)

// File is a file that is written whole or not at all: beside its place under
// another name, and moved there by Commit. What is not a regular file, such as a
// device, is written in place.
type File struct {
	*bufio.Writer
	file *os.File
	path string // where it is to stand
	temp string // where it stands until then, "" if in place
}

const fileBuffer = 256 << 10

// Create opens a file for writing. Close it in any case, Commit it when it is
// complete.
func Create(path string) (*File, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	} else if target, err := os.Readlink(path); err == nil { // to a file that is still to be made
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return &File{Writer: bufio.NewWriterSize(f, fileBuffer), file: f, path: path}, nil
	}
	f, err := createBeside(path)
	if err != nil {
		return nil, err
	}
	partials.add(f.Name())
	if info, err := os.Stat(path); err == nil { // who may read the old file may read the new one
		if err := f.Chmod(info.Mode().Perm()); err != nil {
			return nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}
	return &File{Writer: bufio.NewWriterSize(f, fileBuffer), file: f, path: path, temp: f.Name()}, nil
}

// createBeside creates a new file in the folder of path, with the permissions that
// files are created with.
func createBeside(path string) (f *os.File, err error) {
	for range 100 {
		temp := fmt.Sprintf("%s.%08x.partial", path, rand.Uint32())
		f, err = os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, os.ErrExist) {
			break
		}
	}
	if failed, ok := errors.AsType[*os.PathError](err); ok {
		failed.Path = path // the name that the caller knows
	}
	return f, err
}

// partials are the files that are being written by the process.
var partials names

type names struct {
	mu    sync.Mutex
	paths map[string]bool
}

func (n *names) add(path string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.paths == nil {
		n.paths = make(map[string]bool)
	}
	n.paths[path] = true
}

func (n *names) drop(path string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.paths, path)
}

// removeAll removes the files. They cannot be added, moved or dropped any more:
// it is for the end of the process.
func (n *names) removeAll() {
	n.mu.Lock()
	for path := range n.paths {
		_ = os.Remove(path) // there is nothing else to be done about it
	}
}

// Commit writes what is left and puts the file in its place.
func (f *File) Commit() error {
	if err := f.Flush(); err != nil {
		return err
	}
	if f.temp == "" {
		return nil
	}
	if err := f.file.Sync(); err != nil {
		return err
	}
	if err := f.file.Close(); err != nil {
		return err
	}
	partials.drop(f.temp)
	if err := os.Rename(f.temp, f.path); err != nil {
		return err
	}
	f.temp = ""
	return nil
}

// Close removes the file unless it was committed.
func (f *File) Close() error {
	err := f.file.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	if f.temp != "" {
		partials.drop(f.temp)
		return errors.Join(err, os.Remove(f.temp))
	}
	return err
}

// Output is a File, or a stream that it stands for: Commit flushes a stream.
type Output struct {
	*bufio.Writer
	file *File // nil for a stream
}

// CreateOutput opens the file of a path, or the stream if the path is "".
func CreateOutput(path string, stream io.Writer) (*Output, error) {
	if path == "" {
		return &Output{Writer: bufio.NewWriterSize(stream, fileBuffer)}, nil
	}
	f, err := Create(path)
	if err != nil {
		return nil, err
	}
	return &Output{Writer: f.Writer, file: f}, nil
}

// Commit completes the output.
func (o *Output) Commit() error {
	if o.file != nil {
		return o.file.Commit()
	}
	return o.Flush()
}

// Close drops a file that was not committed.
func (o *Output) Close() error {
	if o.file != nil {
		return o.file.Close()
	}
	return nil
}

// SameFile reports whether two paths lead to one regular file.
func SameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && x.Mode().IsRegular() && os.SameFile(x, y)
}
