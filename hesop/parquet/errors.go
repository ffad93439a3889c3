package parquet

import (
	"errors"
	"fmt"
)

// The errors of this package. Each is wrapped in a *hesop.Error that names the file. No error contains a value of a
// row.
var (
	// ErrFormat means that a file is not Parquet, or cannot be read: it is encrypted, spans several files, or uses an
	// obsolete compression or encoding.
	ErrFormat = errors.New("file cannot be read as Parquet")
	// ErrDamaged means that a file contradicts itself, or that part of it is missing.
	ErrDamaged = errors.New("the Parquet file is damaged")
	// ErrType means that a column or a value has no text form.
	ErrType = errors.New("has no text")
	// ErrLimit means that a file exceeds a limit of this package.
	ErrLimit = errors.New("beyond a limit")
	// ErrFolder means that the Parquet files of a folder are not one complete table.
	ErrFolder = errors.New("folder cannot be read as one table")
)

// copyAgain is the advice for a damaged file.
const copyAgain = "copy or write the file again"

// damaged returns an error for a file that contradicts itself.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s; %s", ErrDamaged, fmt.Sprintf(format, args...), copyAgain)
}

// tooMuch returns an error for a file that exceeds a limit.
func tooMuch(format string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrLimit)
}

// guard turns a panic of f into an error, because a damaged file must not crash the program.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged("its bytes cannot be parsed")
		}
	}()
	return f()
}
