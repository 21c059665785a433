import type { CompletionTables } from './completion-tables.ts';
import { shellCases } from './shell-cases.ts';

/** A file _kedge for a folder of $fpath; sourced after compinit it works too. */
export function zshCompletion(tables: CompletionTables): readonly string[] {
  return [
    '#compdef kedge',
    '# zsh completion for kedge, written by "kedge completion zsh"',
    ...shellCases(tables),
    ...driver.replaceAll('@{', '${').trim().split('\n'),
  ];
}

/** "@{" stands for what would be a place to fill in here. */
const driver = String.raw`
_kedge_offer() {
  local line word
  local -a offered
  while IFS= read -r line; do
    [[ -n $line ]] || continue
    word=@{@{line%%$'\t'*}//:/\\:}
    if [[ $line == *$'\t'* ]]; then offered+=("$word:@{line#*$'\t'}"); else offered+=("$word"); fi
  done
  ((@{#offered})) && _describe -t kedge "$1" offered
}
_kedge_kind() {
  case $1 in
    ''|any) ;;
    path) _files ;;
    backup|store|service|schedule|undo|job|alarm|server)
      if [[ $PREFIX == */* || $PREFIX == [.~]* ]]; then _files
      else "$_kedge_program" __complete "$1" "@{_kedge_socket[@]}" 2>/dev/null | _kedge_offer "$1"; fi ;;
    *) printf '%s\n' @{=1} | _kedge_offer value ;;
  esac
}
_kedge() {
  local _kedge_program=@{words[1]} command='' option='' dashes='' word next kind
  local -a _kedge_socket
  integer place=0 n
  for ((n = 2; n < CURRENT; n++)); do
    word=@{(Q)words[n]}
    if [[ -n $option ]]; then
      [[ $option == --socket || $option == --server ]] && _kedge_socket+=("$option" "$word")
      option=''
    elif [[ -n $dashes ]]; then continue
    elif [[ $word == -- ]]; then dashes=1
    elif [[ $word == -* ]]; then
      [[ $word != *=* && -n "$(_kedge_value "$command $word")$(_kedge_everywhere "$word")" ]] && option=$word
    else
      next=@{command:+$command }$word
      if ((place == 0)) && [[ $'\n'"$(_kedge_words "$command")" == *$'\n'"$word"$'\t'* ]]; then command=$next
      else ((place += 1)); fi
    fi
  done
  if [[ -n $dashes ]]; then _normal; return; fi
  if [[ -n $option ]]; then
    kind=$(_kedge_value "$command $option")
    _kedge_kind "@{kind:-$(_kedge_everywhere "$option")}"
  elif [[ $PREFIX == --*=* ]]; then
    kind=$(_kedge_value "$command @{PREFIX%%=*}")
    compset -P '*='
    _kedge_kind "$kind"
  elif [[ $PREFIX == -* ]]; then _kedge_options "$command" | _kedge_offer option
  else
    ((place == 0)) && _kedge_words "$command" | _kedge_offer command
    kind=$(_kedge_value "$command $((place + 1))")
    [[ -n $kind ]] || kind=$(_kedge_rest "$command")
    [[ -z $kind ]] || _kedge_kind "$kind"
  fi
}
if [[ $funcstack[1] == _kedge ]]; then _kedge "$@"; else compdef _kedge kedge; fi
`;
