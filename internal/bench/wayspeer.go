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

// peer is a process of Python that writes Parquet files and asks DuckDB. It starts once, so that
// no measure includes its start.
type peer struct {
	cmd      *exec.Cmd
	stdin    io.WriteCloser
	stdout   *bufio.Reader
	stderr   *bytes.Buffer
	versions string
}

// answer is what the peer answers.
type answer struct {
	Error    string
	Versions string
	Groups   int     // row groups that were written
	NS       float64 // nanoseconds of a query
	Rows     [][]any // its result
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
	said, err := p.ask(ctx, map[string]any{"do": "versions"})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("-python %s: %w", python, err), p.close())
	}
	p.versions = said.Versions
	return p, nil
}

// ask asks for one thing and waits for the answer.
func (p *peer) ask(ctx context.Context, request map[string]any) (said answer, err error) {
	text, err := json.Marshal(request)
	if err != nil {
		return said, err
	}
	_, err = p.stdin.Write(append(text, '\n'))
	line := []byte(nil)
	if err == nil {
		line, err = p.stdout.ReadBytes('\n')
	}
	switch {
	case ctx.Err() != nil:
		return said, context.Cause(ctx)
	case err != nil:
		_ = p.cmd.Wait() // the messages are complete then
		messages := strings.Split(strings.TrimSpace(p.stderr.String()), "\n")
		return said, errors.New(cmp.Or(messages[len(messages)-1], err.Error()))
	}
	if err = json.Unmarshal(line, &said); err == nil && said.Error != "" {
		err = errors.New(said.Error)
	}
	return said, err
}

// close ends the process. There need be none.
func (p *peer) close() error {
	if p == nil {
		return nil
	}
	err := p.stdin.Close()
	_ = p.cmd.Wait() // it has answered everything that it was asked
	return err
}
