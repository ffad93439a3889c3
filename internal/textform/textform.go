// Package textform parses texts that name the values of a type.
package textform

import "fmt"

// Read sets v to the given value whose String equals the text. For any other text, Read returns an error that names the
// kind of value, what.
func Read[T fmt.Stringer](v *T, text []byte, what string, all ...T) error {
	for _, one := range all {
		if string(text) == one.String() {
			*v = one
			return nil
		}
	}
	return fmt.Errorf("%.40q is not a valid %s: must be one of %v", text, what, all)
}
