// Package house tests rules that the whole repository follows and that no linter checks.
package house
