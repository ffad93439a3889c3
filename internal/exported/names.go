package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// kinds holds the kinds of names, in the order of the table's columns.
var kinds = []string{"const", "var", "func", "type", "method", "field"}

// name is one exported name of a package.
type name struct {
	pkg, kind string
	name      string // for a method or field, preceded by its type: List.Len
}

func (n name) String() string { return n.pkg + " " + n.kind + " " + n.name }

// exported returns the exported names of the packages under the folders, except internal packages. It reads the files
// for all operating systems, but no tests.
func exported(root string, folders ...string) ([]name, error) {
	var all []name
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && (entry.Name() == "internal" || entry.Name() == "testdata"):
				return fs.SkipDir
			case entry.IsDir(), !strings.HasSuffix(path, ".go"), strings.HasSuffix(path, "_test.go"):
				return nil
			}
			pkg, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			names, err := namesOf(path, filepath.ToSlash(pkg))
			all = append(all, names...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b name) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(all), nil
}

// namesOf returns the exported names that a file declares.
func namesOf(path, pkg string) ([]name, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	l := lister{pkg: pkg}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				l.add("func", "", decl.Name)
			} else if of := typeName(decl.Recv.List[0].Type); ast.IsExported(of) {
				l.add("method", of, decl.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				l.addSpec(decl.Tok, spec)
			}
		}
	}
	return l.names, nil
}

// lister collects the exported names of one package.
type lister struct {
	pkg   string
	names []name
}

// add adds the exported names among the given identifiers. The second argument is the name of the type to which they
// belong, or "" if they belong to the package.
func (l *lister) add(kind, of string, names ...*ast.Ident) {
	for _, n := range names {
		if !n.IsExported() {
			continue
		}
		full := n.Name
		if of != "" {
			full = of + "." + full
		}
		l.names = append(l.names, name{l.pkg, kind, full})
	}
}

// addSpec adds the names that one specification in a declaration exports.
func (l *lister) addSpec(tok token.Token, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		l.add(tok.String(), "", spec.Names...)
	case *ast.TypeSpec:
		if !spec.Name.IsExported() {
			return
		}
		l.add("type", "", spec.Name)
		switch t := spec.Type.(type) {
		case *ast.StructType:
			l.addFields("field", spec.Name.Name, t.Fields)
		case *ast.InterfaceType:
			l.addFields("method", spec.Name.Name, t.Methods)
		}
	}
}

// addFields adds the exported fields of a struct, or the exported methods of an interface.
func (l *lister) addFields(kind, of string, fields *ast.FieldList) {
	for _, f := range fields.List {
		if len(f.Names) == 0 { // embedded
			l.add(kind, of, ast.NewIdent(typeName(f.Type)))
			continue
		}
		l.add(kind, of, f.Names...)
	}
}

// typeName returns the name of a type without its package, or "" if the type has no name. For a pointer it is the name
// of the base type, and for an instantiated type that of the generic type.
func typeName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.StarExpr:
		return typeName(t.X)
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.IndexExpr:
		return typeName(t.X)
	case *ast.IndexListExpr:
		return typeName(t.X)
	default:
		return ""
	}
}
