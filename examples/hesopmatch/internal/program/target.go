package program

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// linkTarget follows the links at the end of a path, even to a file that does not exist yet. It fails for links in a
// loop.
func linkTarget(path string) (string, error) {
	const most = 40 // the number that systems allow
	at := path
	for range most {
		info, err := os.Lstat(at)
		if err != nil || info.Mode()&os.ModeSymlink == 0 {
			return at, nil //nolint:nilerr // opening the file reports other errors
		}
		next, err := os.Readlink(at)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(next) {
			// Not Join: a folder may be a link, and then ".." leads elsewhere.
			next = strings.TrimSuffix(at, filepath.Base(at)) + next
		}
		at = next
	}
	return "", fmt.Errorf("%s: too many links, or links in a loop", path)
}

// SameFile reports whether two paths lead to one regular file, or would lead to one after a write, because they have
// the same name in the same folder.
func SameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return x.Mode().IsRegular() && os.SameFile(x, y)
	}
	if errX == nil || errY == nil {
		return false
	}
	a, errX = linkTarget(a)
	b, errY = linkTarget(b)
	if errX != nil || errY != nil || !sameName(filepath.Base(a), filepath.Base(b)) {
		return false
	}
	x, errX = os.Stat(filepath.Dir(a))
	y, errY = os.Stat(filepath.Dir(b))
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// sameName reports whether two names mean the same file in a folder. Windows and macOS ignore case.
func sameName(a, b string) bool {
	return a == b || (runtime.GOOS == "windows" || runtime.GOOS == "darwin") && strings.EqualFold(a, b)
}
