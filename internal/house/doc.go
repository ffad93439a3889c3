// Package house holds the tests of rules that the whole tree follows, where no linter does.
package house
