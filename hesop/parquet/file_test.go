package parquet_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hesopmatch/hesop"
	"hesopmatch/hesop/parquet"
	"hesopmatch/match"

	pq "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, data, 0o600))
}

// appointments returns a file with one column and one row for each code.
func appointments(t *testing.T, codes ...string) []byte {
	t.Helper()
	table := &table{names: []string{"diag_4_01"}, group: pq.Group{"diag_4_01": pq.String()}}
	for _, code := range codes {
		table.rows = append(table.rows, pq.Row{pq.ByteArrayValue([]byte(code)).Level(0, 0, 0)})
	}
	return table.parquet(t, 2)
}

// TestFolder: the files of a folder are read in the order of their names.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "part-2.parquet"), appointments(t, "I10X"))
	write(t, filepath.Join(dir, "part-1.PARQUET"), appointments(t, "E119", "E118", "E117"))
	write(t, filepath.Join(dir, "part-3.parquet"), appointments(t))
	for _, name := range []string{"_SUCCESS", "_metadata.parquet", ".part-0.parquet.crc", ".hidden.parquet", "notes.txt"} {
		write(t, filepath.Join(dir, name), []byte("no data"))
	}
	f, err := parquet.Open(dir)
	require.NoError(t, err)
	require.Equal(t, []string{"diag_4_01"}, f.Names())
	require.EqualValues(t, 4, f.Rows())
	require.Len(t, f.Parts(), 3)
	reader, err := f.Reader()
	require.NoError(t, err)
	want := []string{`"E119" 0=E119 `, `"E118" 0=E118 `, `"E117" 0=E117 `, `"I10X" 0=I10X `}
	require.Equal(t, want, described(t, reader, f.Names()))
	require.NoError(t, f.Close())

	files, err := parquet.Files(dir)
	require.NoError(t, err)
	require.Len(t, files, 3)
}

// TestFolderRefused: a folder is refused if its files are not a complete table.
func TestFolderRefused(t *testing.T) {
	good := appointments(t, "E119")
	other := (&table{names: []string{"diag_4_02"}, group: pq.Group{"diag_4_02": pq.String()}}).parquet(t, 2)
	for name, test := range map[string]struct {
		files map[string][]byte
		want  string
	}{
		"no file":   {map[string][]byte{"a.csv": nil}, "no file in it ends in .parquet"},
		"Delta":     {map[string][]byte{"a.parquet": good, "_delta_log/0.json": nil}, "it is a table in Delta format, which also holds files of older"},
		"Iceberg":   {map[string][]byte{"a.parquet": good, "metadata/v1.metadata.json": nil}, "it is a table in Iceberg format"},
		"Hudi":      {map[string][]byte{"a.parquet": good, ".hoodie/x": nil}, "it is a table in Hudi format"},
		"partition": {map[string][]byte{"fyear=2020/a.parquet": good}, `it is partitioned, and the value in a folder name such as "fyear=2020"`},
		"subfolder": {map[string][]byte{"a.parquet": good, "b/b.parquet": good}, "its subfolder b also has Parquet files"},
		"another column": {
			map[string][]byte{"a.parquet": good, "b.parquet": other},
			`b.parquet: folder cannot be read as one table: its column 1 is diag_4_02, but diag_4_01 in "a.parquet"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for path, data := range test.files {
				write(t, filepath.Join(dir, filepath.FromSlash(path)), data)
			}
			_, err := parquet.Open(dir)
			require.ErrorIs(t, err, parquet.ErrFolder)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, dir)
		})
	}
	for name, files := range map[string][2]string{
		"a file of a Delta table":      {"a.parquet", "_delta_log/0.json"},
		"a partition of a Delta table": {"fyear=2020/x=1/a.parquet", "_delta_log/0.json"},
		"the data of an Iceberg table": {"data/a.parquet", "metadata/v1.metadata.json"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(files[0]))
		write(t, path, good)
		write(t, filepath.Join(dir, filepath.FromSlash(files[1])), nil)
		for _, path := range []string{path, filepath.Dir(path)} {
			_, err := parquet.Open(path)
			require.ErrorIs(t, err, parquet.ErrFolder, name)
			require.ErrorContains(t, err, "files of older versions", name)
		}
	}
	_, err := parquet.Open(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// TestPartsTogether: the parts of a folder can be read at the same time.
func TestPartsTogether(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(4, 4))
	table := newTable(r, 900, false)
	write(t, filepath.Join(dir, "a.parquet"), table.parquet(t, 100, pq.Compression(&pq.Zstd)))
	write(t, filepath.Join(dir, "b.parquet"), table.parquet(t, 300, pq.Compression(&pq.Gzip)))
	f, err := parquet.Open(dir)
	require.NoError(t, err)
	parts := f.Parts()
	require.Len(t, parts, 12)
	got := make([][]string, len(parts))
	var wait sync.WaitGroup
	for i, part := range parts {
		wait.Go(func() {
			source, err := part.Open()
			if err != nil {
				t.Error(err)
				return
			}
			reader, err := hesop.FromSource(f.Names(), source)
			if err != nil {
				t.Error(err)
				return
			}
			got[i] = described(t, reader, table.names)
			if err := source.(io.Closer).Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	var rows []string
	for _, part := range got {
		rows = append(rows, part...)
	}
	require.Len(t, rows, 1800)
	require.Equal(t, rows[:900], rows[900:])
	reader, err := f.Reader()
	require.NoError(t, err)
	requireSame(t, rows, described(t, reader, table.names), 4)
}

// TestChanged: reading fails if the file is modified or replaced before reading ends.
func TestChanged(t *testing.T) {
	for i, inFolder := range []bool{false, true, false, true} {
		path := filepath.Join(t.TempDir(), "a.parquet")
		write(t, path, appointments(t, "E119", "E118"))
		name := path
		if inFolder {
			name = filepath.Dir(path)
		}
		f, err := parquet.Open(name)
		require.NoError(t, err)
		reader, err := f.Reader()
		require.NoError(t, err)
		for a, rowErr := range reader.All() {
			if err = rowErr; err != nil || a.Row() > 1 {
				continue
			}
			if i < 2 {
				require.NoError(t, os.Chtimes(path, time.Time{}, time.Unix(1, 0)))
				continue
			}
			write(t, path+".new", appointments(t, "E119", "E118"))
			require.NoError(t, os.Rename(path+".new", path))
		}
		require.ErrorIs(t, err, hesop.ErrChanged)
		require.ErrorContains(t, err, "a.parquet")
		require.NoError(t, f.Close())
	}
}

// TestNested: a column without a text form is refused by name, but only if it is read.
func TestNested(t *testing.T) {
	for name, test := range map[string]struct {
		node pq.Node
		want string
	}{
		"group":    {pq.Group{"a": pq.String()}, "column x is nested and has no text"},
		"list":     {pq.List(pq.String()), "column x is nested and has no text"},
		"repeated": {pq.Repeated(pq.String()), "column x is a list and has no text"},
		"map":      {pq.Map(pq.String(), pq.String()), "column x is nested and has no text"},
		"fixed":    {pq.Leaf(pq.FixedLenByteArrayType(3)), "column x is of the type FIXED_LEN_BYTE_ARRAY and has no text"},
		"bson":     {pq.BSON(), "column x is of the type BYTE_ARRAY with the logical type 13 and has no text"},
	} {
		t.Run(name, func(t *testing.T) {
			table := &table{group: pq.Group{"diag_4_01": pq.String(), "x": test.node, "y": pq.String()}}
			file := table.parquet(t, 2)
			_, err := read(t, file)
			require.ErrorIs(t, err, parquet.ErrType)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, "leave it out or cast it to text when writing the file")

			f := open(t, file)
			require.Equal(t, []string{"diag_4_01", "x", "y"}, f.Names())
			f.Select([]int{0, 2})
			reader, err := f.Reader()
			require.NoError(t, err)
			require.Empty(t, described(t, reader, []string{"diag_4_01"}))
		})
	}
}

// TestValuesWithoutText: a value is refused if its text would lose information.
func TestValuesWithoutText(t *testing.T) {
	for name, test := range map[string]struct {
		node  pq.Node
		value pq.Value
		want  string
	}{
		"a large double":    {pq.Leaf(pq.DoubleType), pq.DoubleValue(1 << 53), "does not hold all digits"},
		"a large float":     {pq.Leaf(pq.FloatType), pq.FloatValue(1 << 24), "does not hold all digits"},
		"a distant time":    {pq.Timestamp(pq.Millisecond), pq.Int64Value(1 << 60), "outside the years 0 to 9999"},
		"a time of 25 h":    {pq.Time(pq.Millisecond), pq.Int32Value(90000000), "outside the day"},
		"a decimal of 17 B": {pq.Decimal(0, 9, pq.ByteArrayType), pq.ByteArrayValue(append([]byte{1}, make([]byte, 16)...)), "38 digits"},
	} {
		t.Run(name, func(t *testing.T) {
			group := pq.Group{"apptage": test.node, "diag_4_01": pq.String()}
			row := pq.Row{test.value.Level(0, 0, 0), pq.ByteArrayValue([]byte("E119")).Level(0, 0, 1)}
			table := &table{group: group, rows: []pq.Row{row, row, row}}
			_, err := read(t, table.parquet(t, 3))
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, "row group 1, column apptage: ")
			if test.value.Kind() != pq.ByteArray { // byte arrays are in a dictionary, which is read before the rows
				require.ErrorContains(t, err, "rows.parquet: row 1: this row or one of the 2 after it: ")
			}
			require.ErrorContains(t, err, "cast the column to text when writing the file")
			require.ErrorIs(t, err, parquet.ErrType)
		})
	}
}

// TestNotices: a notice names the columns that are timestamps in UTC.
func TestNotices(t *testing.T) {
	group := pq.Group{
		"a": pq.TimestampAdjusted(pq.Millisecond, true), "b": pq.TimestampAdjusted(pq.Millisecond, false),
		"c": pq.Leaf(pq.Int96Type), "diag_4_01": pq.String(),
	}
	f := open(t, (&table{group: group}).parquet(t, 1))
	require.Len(t, f.Notices(), 1)
	require.Equal(t, "note: rows.parquet: timestamps in UTC are not converted to local time (a, c): if their day matters, cast them "+
		"to local dates when writing the file", f.Notices()[0].String())
	require.Empty(t, open(t, appointments(t)).Notices())
}

// TestNames: bad names are refused, as in the header of a text file.
func TestNames(t *testing.T) {
	for name, test := range map[string]struct {
		other string
		want  string
	}{
		"twice":   {"DIAG_4_01", "columns 1 and 2 are both called"},
		"no name": {" ", "has no name: give it one"},
	} {
		t.Run(name, func(t *testing.T) {
			table := &table{group: pq.Group{"diag_4_01": pq.String(), test.other: pq.String()}}
			_, err := read(t, table.parquet(t, 2))
			require.ErrorIs(t, err, hesop.ErrHeader)
			require.ErrorContains(t, err, test.want)
		})
	}
}

// TestClose: after Close, reading returns an error.
func TestClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.parquet")
	write(t, path, appointments(t, "E119", "E118", "E117"))
	f, err := parquet.Open(path)
	require.NoError(t, err)
	source, err := f.Parts()[0].Open()
	require.NoError(t, err)
	require.NoError(t, source.(io.Closer).Close())
	require.NoError(t, source.(io.Closer).Close())
	reader, err := hesop.FromSource(f.Names(), source)
	require.NoError(t, err)
	for _, err = range reader.All() {
	}
	require.ErrorContains(t, err, "the part is closed")
	require.NoError(t, f.Close())
	require.NoError(t, errors.Join(f.Close()))
}

// TestReaders: a column that one reader did not select can be read by the next reader.
func TestReaders(t *testing.T) {
	table := newTable(rand.New(rand.NewPCG(7, 7)), 50, false)
	f := open(t, table.parquet(t, 20))
	some, err := f.Reader(hesop.OtherColumns())
	require.NoError(t, err)
	require.Less(t, len(slices.Collect(some.Columns())), len(table.names))
	all, err := f.Reader()
	require.NoError(t, err)
	text, err := hesop.NewReader(strings.NewReader(table.csv(t)), hesop.Delimiter(','))
	require.NoError(t, err)
	require.Equal(t, described(t, text, table.names), described(t, all, table.names))
	_, err = f.Reader()
	require.ErrorIs(t, err, hesop.ErrOption)
}

// TestNoRowGroups: the columns of a table without rows are checked, with any number of workers.
func TestNoRowGroups(t *testing.T) {
	var b bytes.Buffer
	w := pq.NewWriter(&b, pq.NewSchema("t", pq.Group{"diag_4_01": pq.String(), "x": pq.List(pq.String())}))
	require.NoError(t, w.Close())
	for _, workers := range []int{1, 2} {
		reader, err := open(t, b.Bytes()).Reader()
		require.NoError(t, err)
		m, err := match.Compile()
		require.NoError(t, err)
		_, err = match.Scan(t.Context(), m, reader, nil, match.Workers(workers))
		require.ErrorIs(t, err, parquet.ErrType)
	}
}
