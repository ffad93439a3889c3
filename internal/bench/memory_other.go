//go:build !linux && !darwin

package main

import "os"

const knowsResident = false

func residentOf(*os.ProcessState) int64 { return 0 }

func residentSelf() int64 { return 0 }
