package program

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
)

// A file that is being written is called NAME.MACHINE-PROCESS-NUMBER.partial, with the
// number of the process in decimal digits and the others in eight hexadecimal ones. A NAME
// that is too long for that is cut.
var partialName = regexp.MustCompile(`\.([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{8}\.partial$`)

// longestName is how many bytes of NAME stay: file systems allow 255 in all, some fewer
// characters of several bytes.
const longestName = 200

// createBeside creates a new file in the folder of path, with the permissions that
// files are created with.
func createBeside(path string) (f *os.File, err error) {
	err = beside(path, func(temp string) (err error) {
		f, err = os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	return f, err
}

// beside calls create with names in the folder of path until it makes something new.
func beside(path string, create func(temp string) error) (err error) {
	folder, name := filepath.Split(path)
	if len(name) > longestName {
		name = name[:longestName]
	}
	for range 100 {
		err = create(fmt.Sprintf("%s%s.%08x-%d-%08x.partial", folder, name, machine(), os.Getpid(), rand.Uint32()))
		if !errors.Is(err, os.ErrExist) {
			break
		}
	}
	if failed, ok := errors.AsType[*os.PathError](err); ok {
		failed.Path = path // the name that the caller knows
	}
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("%w: the folder to write it to does not exist", err)
	}
	return err
}

// machine is a number for the machine, and for the part of it in which numbers of processes
// mean the same: a folder may be shared with others, whose processes are not seen here.
func machine() uint32 {
	h := fnv.New32a()
	if name, err := os.Hostname(); err == nil {
		_, _ = io.WriteString(h, name)
	}
	if space, err := os.Readlink("/proc/self/ns/pid"); err == nil {
		_, _ = io.WriteString(h, space)
	}
	return h.Sum32()
}

// RemoveLeft removes the files and folders that runs that were killed have left unfinished
// where others are to be written, and says so. It may be rows of people. What a process
// that is still there, or one of another machine, is writing stays.
func RemoveLeft(stderr io.Writer, written ...string) {
	seen := make(map[string]bool)
	for _, path := range written {
		if path == "" || path == "-" {
			continue
		}
		if target, err := linkTarget(path); err == nil {
			path = target
		}
		folder := filepath.Dir(filepath.Clean(path))
		if seen[folder] {
			continue
		}
		seen[folder] = true
		entries, _ := os.ReadDir(folder) // what is wrong with the folder shows when it is written to
		for _, e := range entries {
			m := partialName.FindStringSubmatch(e.Name())
			if m == nil || !e.Type().IsRegular() && !e.IsDir() {
				continue
			}
			if m[1] != fmt.Sprintf("%08x", machine()) {
				fmt.Fprintf(stderr, "note: a run on another machine, or in another container, is writing %s or has "+
					"left it; remove it if none is\n",
					Plain(filepath.Join(folder, e.Name())))
				continue
			}
			pid, err := strconv.Atoi(m[2])
			if err != nil || pid < 1 || isAlive(pid) {
				continue
			}
			left := filepath.Join(folder, e.Name())
			if err := os.RemoveAll(left); err != nil {
				fmt.Fprintf(stderr, "warning: a run that was killed left %s, which cannot be removed: %v\n",
					Plain(left), err)
				continue
			}
			fmt.Fprintf(stderr, "note: removed %s, which a run that was killed (process %d) left unfinished\n",
				Plain(left), pid)
		}
	}
}

// partials are the files and folders that are being written by the process.
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

// removeAll removes the files and folders. They cannot be added, moved or dropped any more:
// it is for the end of the process.
func (n *names) removeAll() {
	n.mu.Lock()
	for path := range n.paths {
		_ = os.RemoveAll(path) // there is nothing else to be done about it
	}
}
