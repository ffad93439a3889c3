//go:build !(goexperiment.simd && amd64 && go1.26 && !go1.27)

package program

// buildKind returns the name of this build, which needs no special processor.
func buildKind() (build, processor string) { return "default", "" }
