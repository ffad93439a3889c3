package parquet_test

import (
	"bytes"
	"fmt"
	"log"

	"hesopmatch/hesop/parquet"

	pq "github.com/parquet-go/parquet-go"
)

func Example() {
	type row struct {
		Key       int64  `parquet:"attendkey"`
		Diagnosis string `parquet:"diag_4_01,optional"`
	}
	var data bytes.Buffer
	if err := pq.Write(&data, []row{{1, "E119"}, {2, ""}, {3, "I10X"}}); err != nil {
		log.Fatal(err)
	}

	// To read a file by its path, use Open.
	file, err := parquet.New(bytes.NewReader(data.Bytes()), int64(data.Len()), "rows.parquet")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = file.Close() }() // the file was only read
	reader, err := file.Reader()
	if err != nil {
		log.Fatal(err)
	}
	key, err := reader.Column("ATTENDKEY")
	if err != nil {
		log.Fatal(err)
	}
	for a, err := range reader.All() {
		if err != nil {
			log.Fatal(err)
		}
		for _, code := range a.AllCodeTexts() {
			fmt.Printf("%s: %s\n", a.Text(key), code)
		}
	}
	// Output:
	// 1: E119
	// 3: I10X
}
