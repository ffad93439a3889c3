//go:build !race

package sqloracle

const raced = false
