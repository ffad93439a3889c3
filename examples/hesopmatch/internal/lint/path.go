package lint

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// relative returns the path of a file from the working directory, with / between folders. For a file outside the
// working directory it returns the absolute path.
func relative(path string) string {
	folder, err := os.Getwd()
	if err != nil {
		return filepath.ToSlash(path)
	}
	whole := path
	if !filepath.IsAbs(path) {
		whole = filepath.Join(folder, path)
	}
	if from, err := filepath.Rel(folder, whole); err == nil && filepath.IsLocal(from) {
		return filepath.ToSlash(from)
	}
	return filepath.ToSlash(filepath.Clean(whole))
}

// uri returns the path of a file as a URI reference (RFC 3986), and whether the path starts at the working directory.
func uri(path string) (reference string, isLocal bool) {
	path = relative(path)
	isLocal = filepath.IsLocal(filepath.FromSlash(path))
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	if isLocal { // a colon in the first segment would mark a scheme
		segments[0] = strings.ReplaceAll(segments[0], ":", "%3A")
	}
	reference = strings.Join(segments, "/")
	if isLocal {
		return reference, true
	}
	return "file:///" + strings.TrimPrefix(reference, "/"), false
}
