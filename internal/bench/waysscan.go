package main

import (
	"context"
	"errors"

	"hesopmatch/hesop"
	"hesopmatch/hesop/parquet"
	"hesopmatch/match"
)

// scanParquet counts the matches of a Parquet file with the library, which reads only the code columns.
func (g *group) scanParquet(ctx context.Context, path string, workers int) (found tally, err error) {
	file, err := parquet.Open(path)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	reader, err := file.Reader(hesop.OtherColumns())
	if err != nil {
		return found, err
	}
	totals, err := match.Scan(ctx, g.matcher, reader, nil, match.Workers(workers))
	if err != nil {
		return found, err
	}
	found.rows = totals.Rows
	for i := range g.matcher.Len() {
		found.lists = append(found.lists, totals.Counts(i).Match)
	}
	return found, nil
}
