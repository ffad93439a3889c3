// Package syntax writes codelists and questions in the forms that other programs take.
package syntax
