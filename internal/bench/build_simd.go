//go:build goexperiment.simd && amd64 && go1.26 && !go1.27

package main

// vectors reports whether the library was built with vector instructions. The library uses the same build constraints.
const vectors = true
