//go:build !js

package main

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPage requires two builds to produce the same bytes, and the policy to name the parts of the page and no address.
func TestPage(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program for js")
	}
	made, err := makePage("MIT <of somebody>")
	require.NoError(t, err)
	again, err := makePage("MIT <of somebody>")
	require.NoError(t, err)
	require.Equal(t, sha256.Sum256(made), sha256.Sum256(again), "two builds must produce the same bytes")
	require.Less(t, len(made), 6<<20, "the size of the page")

	page := string(made)
	require.Contains(t, page, "<pre>MIT &lt;of somebody&gt;</pre>")
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatch(page)
	require.NotNil(t, policy)
	require.Contains(t, policy[1], "default-src 'none'; connect-src 'none'; ")
	require.NotContains(t, policy[1], "unsafe-inline")
	require.NotContains(t, policy[1], "http")
	for _, tag := range []string{"style", "script"} {
		_, rest, _ := strings.Cut(page, "<"+tag+">")
		text, _, found := strings.Cut(rest, "</"+tag+">")
		require.True(t, found, tag)
		sum := sha256.Sum256([]byte(text))
		require.Contains(t, policy[1], tag+"-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:]))
	}
	require.NotRegexp(t, `(src|href)="[^"#d]`, page, "the page loads nothing")
}

func TestJoin(t *testing.T) {
	for _, name := range append(append([]string{"page.css"}, pageScripts...), workerScripts...) {
		text, err := join(name)
		require.NoError(t, err)
		require.NotEmpty(t, text)
	}
	_, err := join("page.html")
	require.ErrorContains(t, err, "page.html: </s and <!-- would end the script or style", "the page has a script")
	entries, err := files.ReadDir("page")
	require.NoError(t, err)
	used := append(append([]string{"page.css", "page.html"}, pageScripts...), workerScripts...)
	for _, e := range entries {
		require.Contains(t, used, e.Name(), "the page does not use the file")
	}
}
