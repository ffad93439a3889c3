package browser

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// workbook returns a workbook with two sheets. Only the second contains codes.
func workbook(t *testing.T) string {
	t.Helper()
	const (
		head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
		main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		rels = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
		pkg  = `http://schemas.openxmlformats.org/package/2006/`
		kind = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
	)
	sheet := func(rows ...[]string) string {
		var all strings.Builder
		all.WriteString(head + `<worksheet ` + main + `><sheetData>`)
		for _, row := range rows {
			all.WriteString(`<row><c t="inlineStr"><is><t>` + strings.Join(row, `</t></is></c><c t="inlineStr"><is><t>`) +
				`</t></is></c></row>`)
		}
		return all.String() + `</sheetData></worksheet>`
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", head + `<Types xmlns="` + pkg + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kind + `worksheet+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet2.xml" ContentType="` + kind + `worksheet+xml"/></Types>`},
		{"_rels/.rels", head + `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + rels +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", head + `<workbook ` + main + ` xmlns:r="` + rels + `"><sheets>` +
			`<sheet name="About" sheetId="1" r:id="rId1"/><sheet name="Codes" sheetId="2" r:id="rId2"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", head + `<Relationships xmlns="` + pkg + `relationships">` +
			`<Relationship Id="rId1" Type="` + rels + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rels + `/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", sheet([]string{"A list of diabetes"}, []string{"Made up"})},
		{"xl/worksheets/sheet2.xml", sheet([]string{"icd10", "term"}, []string{"E11", "Type 2"}, []string{"E11.9", "without"})},
	} {
		w, err := z.Create(part[0])
		require.NoError(t, err)
		_, err = io.WriteString(w, part[1])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.String()
}
