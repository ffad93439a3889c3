package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

//go:embed peers.py
var peersPy string

// peer is a Python process that writes Parquet files and runs queries in DuckDB. It starts once, so that no measure
// includes its start.
type peer struct {
	cmd      *exec.Cmd
	stdin    io.WriteCloser
	stdout   *bufio.Reader
	stderr   *bytes.Buffer
	versions string
}

// answer is an answer of the peer.
type answer struct {
	Error    string
	Versions string
	Groups   int     // row groups that were written
	NS       float64 // nanoseconds of a query
	Rows     [][]any // the result of the query
}

func startPeer(ctx context.Context, python string) (*peer, error) {
	p := &peer{cmd: exec.CommandContext(ctx, python, "-c", peersPy), stderr: new(bytes.Buffer)}
	p.cmd.Stderr = p.stderr
	p.cmd.WaitDelay = 100 * time.Millisecond
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.stdout = bufio.NewReader(stdout)
	if err = p.cmd.Start(); err != nil {
		return nil, err
	}
	reply, err := p.ask(ctx, map[string]any{"do": "versions"})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("-python %s: %w", python, err), p.close())
	}
	p.versions = reply.Versions
	return p, nil
}

// ask sends a request and waits for the answer.
func (p *peer) ask(ctx context.Context, request map[string]any) (reply answer, err error) {
	text, err := json.Marshal(request)
	if err != nil {
		return reply, err
	}
	_, err = p.stdin.Write(append(text, '\n'))
	line := []byte(nil)
	if err == nil {
		line, err = p.stdout.ReadBytes('\n')
	}
	switch {
	case ctx.Err() != nil:
		return reply, context.Cause(ctx)
	case err != nil:
		_ = p.cmd.Wait() // so that stderr is complete
		messages := strings.Split(strings.TrimSpace(p.stderr.String()), "\n")
		return reply, errors.New(cmp.Or(messages[len(messages)-1], err.Error()))
	}
	if err = json.Unmarshal(line, &reply); err == nil && reply.Error != "" {
		err = errors.New(reply.Error)
	}
	return reply, err
}

// close ends the process. A nil peer has no process.
func (p *peer) close() error {
	if p == nil {
		return nil
	}
	err := p.stdin.Close()
	_ = p.cmd.Wait() // its exit status does not matter, because the process has answered every request
	return err
}
