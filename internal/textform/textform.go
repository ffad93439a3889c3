// Package textform parses the names of the values of a type.
package textform

import "fmt"

// Read sets v to the one of the values in all whose String equals text. For any other text it returns an error, in
// which what names the kind of value.
func Read[T fmt.Stringer](v *T, text []byte, what string, all ...T) error {
	for _, one := range all {
		if string(text) == one.String() {
			*v = one
			return nil
		}
	}
	return fmt.Errorf("%.40q is not a valid %s: must be one of %v", text, what, all)
}
