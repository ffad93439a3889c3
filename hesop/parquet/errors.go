package parquet

import (
	"errors"
	"fmt"
)

// The errors of this package. A *hesop.Error with the name of the file wraps each. None holds a value of a row.
var (
	// ErrFormat says that a file is no Parquet file, or one that is not read: encrypted, or in an old compression.
	ErrFormat = errors.New("file cannot be read as Parquet")
	// ErrDamaged says that a file contradicts itself, or that a part of it is missing.
	ErrDamaged = errors.New("the Parquet file is damaged")
	// ErrType says that a column or a value has no text.
	ErrType = errors.New("has no text")
	// ErrLimit says that a file asks for more than a limit of this package.
	ErrLimit = errors.New("beyond a limit")
	// ErrFolder says that a folder is no folder of Parquet files that make one table.
	ErrFolder = errors.New("folder cannot be read as one table")
)

// copyAgain settles damage.
const copyAgain = "copy or write the file again"

// damaged returns an error of a file that contradicts itself.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s; %s", ErrDamaged, fmt.Sprintf(format, args...), copyAgain)
}

// tooMuch returns an error of a file that is beyond a limit.
func tooMuch(format string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrLimit)
}

// guard turns a panic of a function into an error: what a damaged file leads to is never the end of the program.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged("its bytes cannot be made sense of")
		}
	}()
	return f()
}
