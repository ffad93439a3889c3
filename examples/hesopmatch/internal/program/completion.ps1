# Completes the commands of hesopmatch, their options, and the words that an option accepts.
# Load it in $PROFILE: hesopmatch help completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName hesopmatch, hesopmatch.exe -ScriptBlock {
    param($word, $ast, $position)
    $options = @{
{{- range .Commands}}
        '{{.Name}}' = '{{.Options}}'
{{- end}}
    }
    $values = @{
        'help help' = '{{.Names}} completion'
        'help completion' = 'bash powershell'
{{- range .Commands}}{{$name := .Name}}{{range .Values}}
        '{{$name}} {{.Option}}' = '{{.Words}}'
{{- end}}{{end}}
    }
    $before = @($ast.CommandElements | ForEach-Object { $_.ToString() })
    if ($word) { $before = @($before[0..($before.Count - 2)]) }
    if ($before.Count -eq 1) {
        $words = '{{.Names}} help'
    } else {
        $words = $values[$before[1] + ' ' + $before[-1]]
        if (-not $words -and $word.StartsWith('-')) { $words = $options[$before[1]] }
    }
    if ($words) {
        $words.Split(' ') | Where-Object { $_.StartsWith($word) } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }
    }
}
