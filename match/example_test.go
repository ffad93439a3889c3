package match_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

const appointments = `attendkey,diag_4_01,diag_4_02,diag_4_concat
900000000001,E119,I10X,"E119,I10X"
900000000002,F329,,F329
900000000003,R69X,,R69X
`

func compile() (*match.Matcher, error) {
	diabetes, err := codelist.Parse("diabetes", strings.NewReader("icd10\nE10\nE11\n"))
	if err != nil {
		return nil, err
	}
	blood, err := codelist.Parse("hypertension", strings.NewReader("icd10\nI10-I15\n"))
	if err != nil {
		return nil, err
	}
	return match.Compile(diabetes, blood)
}

func Example() {
	matcher, err := compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := hesop.NewReader(strings.NewReader(appointments))
	if err != nil {
		fmt.Println(err)
		return
	}
	result := matcher.NewResult()
	for a, err := range reader.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		matcher.Match(a.Codes(), result)
		fmt.Printf("row %d: %v, %v\n", a.Row(), result.Status(0), result.Status(1))
	}
	// Output:
	// row 1: match, match
	// row 2: no match, no match
	// row 3: unknown, unknown
}

func ExampleScan() {
	matcher, err := compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := hesop.NewReader(strings.NewReader(appointments))
	if err != nil {
		fmt.Println(err)
		return
	}
	key, _ := reader.Column("attendkey")
	totals, err := match.Scan(context.Background(), matcher, reader, func(a *hesop.Appointment, result *match.Result) error {
		for list := range result.Matched() {
			fmt.Printf("%s: %s\n", a.Text(key), matcher.List(list).Name())
		}
		return nil
	}, match.MatchedOnly(), match.Workers(2))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%+v\n", totals.Counts(0))
	// Output:
	// 900000000001: diabetes
	// 900000000001: hypertension
	// {Match:1 NoMatch:1 Unknown:1 Undecided:0}
}

func ExampleCollect() {
	matcher, err := compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := hesop.NewReader(strings.NewReader(appointments))
	if err != nil {
		fmt.Println(err)
		return
	}
	// The workers format the lines, and Scan writes them in the order of the rows.
	add := func(b *bytes.Buffer, a *hesop.Appointment, res *match.Result) {
		b.Write(a.AppendCSV(b.AvailableBuffer()))
		fmt.Fprintf(b, ",%v\n", res.Status(0))
	}
	write := func(b *bytes.Buffer) error {
		_, err := b.WriteTo(os.Stdout)
		return err
	}
	_, err = match.Scan(context.Background(), matcher, reader, nil,
		match.Workers(2), match.Collect(func() *bytes.Buffer { return new(bytes.Buffer) }, add, write))
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// 900000000001,E119,I10X,"E119,I10X",match
	// 900000000002,F329,,F329,no match
	// 900000000003,R69X,,R69X,unknown
}

// A worker counts some of the appointments and sends its totals. A parent that compiled the same lists merges the
// totals of all workers.
func ExampleTotals_Merge() {
	work := func(share string, to io.Writer) error {
		matcher, err := compile()
		if err != nil {
			return err
		}
		reader, err := hesop.NewReader(strings.NewReader(share))
		if err != nil {
			return err
		}
		count := func(*hesop.Appointment, *match.Result) error { return nil }
		totals, err := match.Scan(context.Background(), matcher, reader, count)
		if err != nil {
			return err
		}
		return gob.NewEncoder(to).Encode(totals)
	}
	matcher, err := compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	all := matcher.NewTotals()
	for _, share := range []string{appointments, "diag_4_01\nE119\n"} {
		var sent bytes.Buffer // in practice a connection or a file
		if err := work(share, &sent); err != nil {
			fmt.Println(err)
			return
		}
		part := matcher.NewTotals() // accepts only totals of the same lists
		if err := gob.NewDecoder(&sent).Decode(part); err != nil {
			fmt.Println(err)
			return
		}
		all.Merge(part)
	}
	fmt.Printf("%d appointments, %+v\n", all.Rows, all.Counts(0))
	// Output: 4 appointments, {Match:2 NoMatch:1 Unknown:1 Undecided:0}
}

func ExampleMatcher_AppendHits() {
	matcher, err := compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := hesop.NewReader(strings.NewReader(appointments))
	if err != nil {
		fmt.Println(err)
		return
	}
	var hits []match.Hit
	for a, err := range reader.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		hits = matcher.AppendHits(hits[:0], a.Codes())
		for _, h := range hits {
			list := matcher.List(h.List)
			entry := list.Entry(h.Entry)
			fmt.Printf("%s in %s, by %s of line %d\n", a.Codes().Text(h.Slot), a.Codes().Column(h.Slot).Name(), entry.Raw, entry.Pos.Line)
		}
	}
	// Output:
	// E119 in diag_4_01, by E11 of line 3
	// I10X in diag_4_02, by I10-I15 of line 2
}
