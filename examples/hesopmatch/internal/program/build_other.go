//go:build !(goexperiment.simd && amd64 && go1.26 && !go1.27)

package program

// buildKind names this build, which asks nothing of the processor.
func buildKind() (build, processor string) { return "default", "" }
