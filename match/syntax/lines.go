package syntax

import "strings"

// fitted breaks the lines of SQL that are longer than width, at spaces outside quotes. A line without such a space
// stays too long.
func fitted(text string, d Dialect) string {
	var b strings.Builder
	for text != "" {
		line, breaks := cutLine(text, d)
		text = text[len(line):]
		for {
			at := bestBreak(line, breaks)
			if at == 0 {
				break
			}
			b.WriteString(line[:at] + "\n")
			// The rest goes on the next line, indented by two more columns.
			line, breaks = cutLine("  "+indentOf(line)+line[at+1:], d)
		}
		b.WriteString(line)
	}
	return b.String()
}

// lineBreak is a space outside quotes.
type lineBreak struct{ at, depth int }

// cutLine returns the first line of a text, with its line end, and the places where that line may be broken. A line end
// within quotes does not end the line. A comment has no such places, because it must not be broken.
func cutLine(text string, d Dialect) (line string, breaks []lineBreak) {
	if strings.HasPrefix(strings.TrimLeft(text, " "), "--") {
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			return text[:end+1], nil
		}
		return text, nil
	}
	depth := 0
	for at := 0; at < len(text); at++ {
		switch c := text[at]; c {
		case '\n':
			return text[:at+1], breaks
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			breaks = append(breaks, lineBreak{at, depth})
		default:
			at += quotedLength(text[at:], d)
		}
	}
	return text, breaks
}

// quotedLength returns, for a text that starts with a quote, the number of bytes after that quote, up to and including
// the closing quote. For any other text it returns 0.
func quotedLength(text string, d Dialect) int {
	end := text[0]
	switch {
	case end == '\'', end == '"' && d != Spark, end == '`' && d == Spark:
	case end == '[' && (d == SQLServer || d == Stata):
		end = ']'
	default:
		return 0
	}
	for at := 1; at < len(text); at++ {
		switch {
		case text[at] == end && strings.HasPrefix(text[at+1:], string(end)): // an escaped quote
			at++
		case text[at] == end:
			return at
		case text[at] == '\\' && end == '\'' && d == Spark:
			at++
		}
	}
	return len(text) - 1
}

// bestBreak returns the offset at which to break a line that is too long, or 0 if there is none. It prefers a break
// after a comma, or before a word that starts a part of an expression. Among such breaks it chooses the last one inside
// the fewest brackets.
func bestBreak(line string, breaks []lineBreak) int {
	if len(strings.TrimRight(line, "\n")) <= width {
		return 0
	}
	least := len(indentOf(line)) + width/4
	var best lineBreak
	isGood := false
	for _, b := range breaks {
		switch {
		case b.at < least:
		case b.at > width && best.at > 0:
			return best.at
		case b.at > width:
			return b.at
		case best.at == 0, beginsPart(line, b.at) && (!isGood || b.depth <= best.depth), !isGood:
			best, isGood = b, beginsPart(line, b.at)
		}
	}
	return best.at
}

func beginsPart(line string, at int) bool {
	if line[at-1] == ',' {
		return true
	}
	word, _, _ := strings.Cut(line[at+1:], " ")
	switch word {
	case "AND", "OR", "WHEN", "THEN", "ELSE", "ON", "FROM", "LEFT", "CROSS":
		return true
	default:
		return false
	}
}

func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " "))] }
