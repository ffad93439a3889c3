package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestListMatchesCode fails if an exported name was added, removed or renamed and the list was not updated. So every
// change to the API shows in a review.
func TestListMatchesCode(t *testing.T) {
	names, err := exported("../..", libraries...)
	require.NoError(t, err)
	want, err := os.ReadFile("names.txt")
	require.NoError(t, err)
	split := func(text []byte) []string { return strings.Split(strings.ReplaceAll(string(text), "\r", ""), "\n") }
	if diff := cmp.Diff(split(want), split(list(names))); diff != "" {
		t.Errorf("go run ./internal/exported -write (-names.txt +code):\n%s", diff)
	}
}

func TestExported(t *testing.T) {
	const text = `package a

import "b"

const One, two = 1, 2

var Three int

type (
	S struct {
		Field, other int
		b.Embedded
		hidden
		*Pointer
	}
	I interface {
		Do()
		do()
	}
	hidden struct{ Field int }
	G[T any] []T
	A = S
)

func (s *S) Method()   {}
func (G[T]) Generic()  {}
func (hidden) Unseen() {}
func (s S) method()    {}
func Func()            {}
func function()        {}
`
	root := t.TempDir()
	for path, text := range map[string]string{
		"a/a.go": text, "a/a_windows.go": "package a\n\nfunc Func()\n\nfunc Windows()\n",
		"a/a_test.go": "package a\n\nfunc Test()\n", "a/internal/i.go": "package i\n\nfunc I()\n",
		"a/sub/sub.go": "package sub\n\nfunc F()\n",
	} {
		path = filepath.Join(root, path)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	names, err := exported(root, "a")
	require.NoError(t, err)
	require.Equal(t, `a const One
a field S.Embedded
a field S.Field
a field S.Pointer
a func Func
a func Windows
a method G.Generic
a method I.Do
a method S.Method
a type A
a type G
a type I
a type S
a var Three
a/sub func F
`, string(list(names)))

	var counts strings.Builder
	require.NoError(t, count(&counts, names))
	require.Equal(t, `  const  var  func  type  method  field  all  package
      1    1     2     4       3      3   14  a
      0    0     1     0       0      0    1  a/sub
      1    1     3     4       3      3   15  all
`, counts.String())
}
