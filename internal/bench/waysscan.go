package main

import (
	"context"
	"errors"
)

// readsParquet reports whether the library reads Parquet.
const readsParquet = false

func (*group) scanParquet(context.Context, string, int) (tally, error) {
	return tally{}, errors.ErrUnsupported
}
