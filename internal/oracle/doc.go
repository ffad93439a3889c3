// Package oracle holds the rules of matching, written for being read and
// checked, not for speed. It is used by tests only and shares no code with the
// packages it checks.
//
// A reader should be able to hold each function next to the rule it stands for.
// So codes are strings, coverage is a prefix test, and every entry of a list is
// tried against every value.
package oracle
