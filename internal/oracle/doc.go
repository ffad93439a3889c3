// Package oracle implements the rules of matching in code that is easy to read and check, not fast. Only tests use it.
// It shares no code with the packages that it checks.
//
// A reader should be able to compare each function with the rule that it implements. Codes are therefore strings,
// coverage is a test of prefixes, and every value is tried against every entry of a list.
package oracle
