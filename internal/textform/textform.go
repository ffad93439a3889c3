// Package textform parses the names of the values of a type.
package textform

import "fmt"

// Read sets v to the value among all whose String is text. The error for any other text calls the values by the name
// what.
func Read[T fmt.Stringer](v *T, text []byte, what string, all ...T) error {
	for _, one := range all {
		if string(text) == one.String() {
			*v = one
			return nil
		}
	}
	return fmt.Errorf("%.40q is not a valid %s: must be one of %v", text, what, all)
}
