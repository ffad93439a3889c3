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

// An unfinished file is called NAME.MACHINE-PROCESS-NUMBER.partial. PROCESS is the number of the process in decimal;
// MACHINE and NUMBER have eight hexadecimal digits. A NAME that is too long is shortened.
var partialName = regexp.MustCompile(`\.([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{8}\.partial$`)

// longestName limits NAME, in bytes. File systems allow 255 bytes in all; some allow fewer if characters have several
// bytes.
const longestName = 200

// createBeside creates a new file with a temporary name in the folder of path, with the default permissions.
func createBeside(path string) (f *os.File, err error) {
	err = beside(path, func(temp string) (err error) {
		f, err = os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	return f, err
}

// beside calls the function create with temporary names in the folder of path, until one of the names is new.
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
		failed.Path = path // the path that the caller gave
	}
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("%w: the folder to write it to does not exist", err)
	}
	return err
}

// machine returns a number for the machine and its process namespace. A folder may be shared with other machines or
// containers, whose processes are not visible here.
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

// RemoveLeft removes unfinished files and folders that killed runs left in the folders of the given paths. It writes a
// note about each. Such files may contain people's rows. It keeps the files of running processes and of other machines.
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
		entries, _ := os.ReadDir(folder) // writing to the folder reports what is wrong with it
		for _, e := range entries {
			m := partialName.FindStringSubmatch(e.Name())
			if m == nil || !e.Type().IsRegular() && !e.IsDir() {
				continue
			}
			if m[1] != fmt.Sprintf("%08x", machine()) {
				fmt.Fprintf(stderr, "note: a run on another machine, or in another container, is writing %s or "+
					"left it unfinished; remove it if no run is writing it\n",
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

// partials are the unfinished files and folders of this process.
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

// removeAll removes the files and folders. It keeps the lock, so nothing can be added or dropped afterwards: call it
// only at the end of the process.
func (n *names) removeAll() {
	n.mu.Lock()
	for path := range n.paths {
		_ = os.RemoveAll(path) // an error leaves nothing else to do
	}
}
