package program

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// ColumnNames returns the names in an argument such as "a,b,c". It fails if a name is empty or occurs twice.
func ColumnNames(arg string) ([]string, error) {
	names := strings.Split(arg, ",")
	for i, name := range names {
		name = strings.TrimSpace(name)
		names[i] = name
		if name == "" {
			return nil, errors.New("a column without a name")
		}
		if slices.ContainsFunc(names[:i], func(other string) bool { return strings.EqualFold(other, name) }) {
			return nil, fmt.Errorf("column %q is named twice", name)
		}
	}
	return names, nil
}

// Day returns a function that parses a day from the command line and stores the day in *of.
func Day(of *hesop.Date) func(string) error {
	return func(arg string) (err error) {
		*of, err = hesop.ParseDate([]byte(arg))
		switch {
		case errors.Is(err, hesop.ErrDateMissing):
			return errors.New("means a missing date in the data; give another day, as yyyy-mm-dd")
		case err != nil:
			return errors.New("must be a valid date, as yyyy-mm-dd")
		}
		return nil
	}
}
