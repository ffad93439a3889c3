package program

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// File is a file that is written whole or not at all. It is written under a temporary name in the same folder, and
// Commit renames it. If the path leads to something other than a regular file, such as a device, File writes to that
// directly. Create follows links. It fails for a file that the process has no permission to write.
type File struct {
	*bufio.Writer
	file *os.File
	path string // its final path
	temp string // its path until Commit, "" if it is written directly
}

const fileBuffer = 256 << 10

// Create opens a file for writing. Call Commit when it is complete, and Close in any case.
func Create(path string) (*File, error) {
	path, err := linkTarget(path)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: is a folder and cannot be written as a file: name a file in it", Plain(path))
	} else if err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return &File{Writer: bufio.NewWriterSize(f, fileBuffer), file: f, path: path}, nil
	} else if err == nil { // a rename needs only the folder's permission: check the file's as well
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	f, err := createBeside(path)
	if err != nil {
		return nil, err
	}
	partials.add(f.Name())
	if info, err := os.Stat(path); err == nil { // whoever could read the old file can read the new one
		if err := f.Chmod(info.Mode().Perm()); err != nil {
			return nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}
	return &File{Writer: bufio.NewWriterSize(f, fileBuffer), file: f, path: path, temp: f.Name()}, nil
}

// Commit flushes the file and moves it to its path.
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

// Close closes the file, and removes it unless Commit succeeded.
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

// Output is a File or a stream. Commit flushes a stream.
type Output struct {
	*bufio.Writer
	under io.Writer // what the Writer writes to
	file  *File     // nil for a stream
}

// CreateOutput creates the file at a path, or uses the stream if the path is "" or "-".
func CreateOutput(path string, stream io.Writer) (*Output, error) {
	if path == "" || path == "-" {
		if stream == os.Stdout && stdoutIsClosed() {
			return nil, errors.New("standard output is closed, or leads nowhere: name a file with -o (-o /dev/null " +
				"to keep nothing)")
		}
		return &Output{bufio.NewWriterSize(stream, fileBuffer), stream, nil}, nil
	}
	if err := checkRelease(path); err != nil {
		return nil, err
	}
	f, err := Create(path)
	if err != nil {
		return nil, err
	}
	return &Output{f.Writer, f.file, f}, nil
}

// Sum returns a SHA-256 hash of everything written from now on. The hash covers only what has been flushed.
func (o *Output) Sum() hash.Hash {
	sum := sha256.New()
	o.Reset(io.MultiWriter(o.under, sum))
	return sum
}

// Commit completes the output.
func (o *Output) Commit() error {
	if o.file != nil {
		return o.file.Commit()
	}
	return o.Flush()
}

// Close removes a file that was not committed. It does not close a stream.
func (o *Output) Close() error {
	if o.file != nil {
		return o.file.Close()
	}
	return nil
}
