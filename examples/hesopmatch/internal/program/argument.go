package program

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// ColumnNames returns the names of columns in an argument a,b,..., each once.
func ColumnNames(arg string) ([]string, error) {
	names := strings.Split(arg, ",")
	for i, name := range names {
		name = strings.TrimSpace(name)
		names[i] = name
		if name == "" {
			return nil, errors.New("a column without a name")
		}
		if slices.ContainsFunc(names[:i], func(other string) bool { return strings.EqualFold(other, name) }) {
			return nil, fmt.Errorf("column %q twice", name)
		}
	}
	return names, nil
}

// Day returns a function that sets a day of the command line.
func Day(of *hesop.Date) func(string) error {
	return func(arg string) (err error) {
		*of, err = hesop.ParseDate([]byte(arg))
		switch {
		case errors.Is(err, hesop.ErrDateMissing):
			return errors.New("stands for a missing date in the data; give another day, as yyyy-mm-dd")
		case err != nil:
			return errors.New("must be a day of the calendar, as yyyy-mm-dd")
		}
		return nil
	}
}
