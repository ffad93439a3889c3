//go:build !(goexperiment.simd && amd64 && go1.26 && !go1.27)

package index

// masksOfVectors returns false: this build has no vectors. See mask_simd.go.
func masksOfVectors([]byte, byte, []uint64, []uint64, []uint64) bool { return false }
