// Package textform reads back the names of values of a set.
package textform

import "fmt"

// Read sets v to the one of some values whose String is text. what says what they are.
func Read[T fmt.Stringer](v *T, text []byte, what string, all ...T) error {
	for _, one := range all {
		if string(text) == one.String() {
			*v = one
			return nil
		}
	}
	return fmt.Errorf("%.40q is no %s: must be one of %v", text, what, all)
}
