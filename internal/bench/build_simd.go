//go:build goexperiment.simd && amd64 && go1.26 && !go1.27

package main

// vectors says that the library was built with vectors, under the same constraints as there.
const vectors = true
