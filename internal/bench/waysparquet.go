package main

import (
	"context"
	"fmt"
	"path/filepath"
)

// parquetFile is the workload as a Parquet file.
type parquetFile struct {
	path string
	what string // the writer, compression and row groups
}

// parquets returns the requests to write files, one for each combination of writer, compression and number of row
// groups.
func parquets() (all []map[string]any) {
	for _, by := range []string{"DuckDB", "pyarrow"} {
		for _, compression := range []string{"snappy", "zstd"} {
			for _, groups := range []int{1, 8} {
				all = append(all, map[string]any{"do": "write", "by": by, "compression": compression, "groups": groups})
			}
		}
	}
	return all
}

// writeParquet starts the peer and lets it write the files.
func (w *ways) writeParquet(ctx context.Context) (err error) {
	if w.opts.python == "" {
		return nil
	}
	if w.peer, err = startPeer(ctx, w.opts.python); err != nil {
		return err
	}
	w.heads = append(w.heads, w.peer.versions)
	for i, request := range parquets() {
		f := parquetFile{path: filepath.Join(w.dir, fmt.Sprintf("W%d.parquet", i+1))}
		request["csv"], request["file"], request["rows"] = w.load.path, f.path, w.load.rows
		reply, err := w.peer.ask(ctx, request)
		if err != nil {
			return fmt.Errorf("writing Parquet: %w", err)
		}
		f.what = fmt.Sprintf("by %s, %s, %s", request["by"], request["compression"], count(reply.Groups, "row group"))
		w.parquet = append(w.parquet, f)
	}
	return nil
}

// prepareParquet compares three ways to count the matches in a Parquet file: the library, and two queries in DuckDB.
func (w *ways) prepareParquet(ctx context.Context) error {
	const target = "at most 0.5 times (aim: 0.33)"
	if w.peer == nil {
		w.skip("W as Parquet against DuckDB on the same file", target, "-python is not given")
		return nil
	}
	regex := regexQuery(w.load.header, w.few.texts)
	script, err := w.script(ctx)
	if err != nil {
		return err
	}
	for _, f := range w.parquet {
		for _, threads := range []int{1, 2} {
			of := fmt.Sprintf("%s, %s", f.what, count(threads, "thread"))
			count := func(ctx context.Context) (tally, error) { return w.few.scanParquet(ctx, f.path, threads) }
			ours := w.add(counting("library, "+of, w.few.want.withoutMatched(), count))
			byRegex := w.add(w.asking("DuckDB, regular expression, "+of, f.path, threads, regex, regexTally))
			byScript := w.add(w.asking("DuckDB, script, "+of, f.path, threads, script, scriptTally))
			byScript.once = true // because the script takes many times as long as the others
			w.rows = append(w.rows, func() row {
				regex, script := ours.times.over(byRegex.times).median(), ours.times[0]/byScript.times[0]
				return row{
					"W as Parquet, " + of + ", against DuckDB", target,
					fmt.Sprintf("%.2f times the regular expression, %.2f times `syntax`", regex, script),
					fmt.Sprintf("%s against %s and, in the first round, %s",
						milliseconds(ours.times), milliseconds(byRegex.times), milliseconds(byScript.times)),
				}
			})
		}
	}
	return nil
}
