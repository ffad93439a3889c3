package program

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

// TestParquetProgress requires the progress to reach the size of the file, whatever columns are read, and the hash to
// cover all bytes.
func TestParquetProgress(t *testing.T) {
	type row struct {
		Key       string `parquet:"attendkey"`
		Diagnosis string `parquet:"diag_4_01,optional"`
	}
	var data bytes.Buffer
	w := parquet.NewGenericWriter[row](&data, parquet.MaxRowsPerRowGroup(1000))
	for i := range 10000 {
		_, err := w.Write([]row{{strconv.Itoa(i), "E119"}})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	path := filepath.Join(t.TempDir(), "rows")
	require.NoError(t, os.WriteFile(path, data.Bytes(), 0o600))

	in, progress, sum := &Inputs{Fields: "all"}, new(Progress), sha256.New()
	one, err := in.Open(path, strings.NewReader(""), progress, sum)
	require.NoError(t, err)
	one.table.Select([]int{1})
	rows := 0
	for _, err := range one.Reader.All() {
		require.NoError(t, err)
		rows++
	}
	require.NoError(t, one.Close())
	require.Equal(t, 10000, rows)
	require.Equal(t, sha256.Sum256(data.Bytes()), [sha256.Size]byte(sum.Sum(nil)))
	size := float64(data.Len())
	require.InDelta(t, size, float64(progress.Bytes.Load()), size/10)
}
