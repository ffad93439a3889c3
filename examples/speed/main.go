// Speed measures what the library promises of speed and memory, on the machine that it
// runs on, and writes a table of it in Markdown to standard output.
//
//	speed [-rows N] [-rounds N] [-file FILE] [-dir DIR]
//
// The workload W is a file of appointments in UK LLC's layout, as synth writes them,
// which is matched with two groups of lists: (a) a few and (b) many. Whatever is
// compared is measured in one run and in turns, so that other work of the machine
// falls on both sides. Every measure checks what it found, and the program fails if that is
// not what it must be: a fast wrong answer is no answer.
//
// It is run once in each build:
//
//	go run ./examples/speed
//	GOEXPERIMENT=simd go run ./examples/speed
package main

import "hesopmatch/examples/speed/internal/program"

func main() { program.Main("speed", run) }
