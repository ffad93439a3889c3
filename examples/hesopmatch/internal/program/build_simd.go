//go:build goexperiment.simd && amd64 && go1.26 && !go1.27

package program

import "simd/archsimd"

// buildKind returns the name of this build and a description of the processor. A build with vectors checks the
// processor when it runs, as package hesop/internal/index does under the same build constraints.
func buildKind() (build, processor string) {
	build = "vectors"
	switch {
	case archsimd.X86.AVX512():
		return build, "this processor has AVX-512, which it uses"
	case archsimd.X86.AVX2():
		return build, "this processor has AVX2, which it uses"
	default:
		return build, "this processor has no AVX2, so it works as the default build"
	}
}
