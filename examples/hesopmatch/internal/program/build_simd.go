//go:build goexperiment.simd && amd64 && go1.26 && !go1.27

package program

import "simd/archsimd"

// buildKind names this build, and what it needs of the processor, which a build with vectors asks when it
// runs. Package hesop/internal/index does so under the same constraints.
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
