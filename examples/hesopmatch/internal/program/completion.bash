# Completes the commands of hesopmatch, their options, and the words that an option accepts.
# Load it in ~/.bashrc: source <(hesopmatch help completion bash)
_hesopmatch() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=
	if [ "$COMP_CWORD" -eq 1 ]; then
		words="{{.Names}} help"
	else
		case ${COMP_WORDS[1]}:$before in
		help:help) words="{{.Names}} completion" ;;
		help:completion) words="bash powershell" ;;
{{- range .Commands}}{{$name := .Name}}{{range .Values}}
		{{$name}}:{{.Option}}) words="{{.Words}}" ;;
{{- end}}{{end}}
		esac
		if [ -z "$words" ] && [ "${word:0:1}" = - ]; then
			case ${COMP_WORDS[1]} in
{{- range .Commands}}
			{{.Name}}) words="{{.Options}}" ;;
{{- end}}
			esac
		fi
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o default -F _hesopmatch hesopmatch
