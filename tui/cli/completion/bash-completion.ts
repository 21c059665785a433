import type { CompletionTables } from './completion-tables.ts';
import { shellCases } from './shell-cases.ts';

/** For bash 4.4 and newer. Names come from Kedge as data: nothing of them is ever evaluated. */
export function bashCompletion(tables: CompletionTables): readonly string[] {
  return [
    '# bash completion for kedge, written by "kedge completion bash"',
    ...shellCases(tables),
    ...driver.replaceAll('@{', '${').trim().split('\n'),
  ];
}

/** "@{" stands for what would be a place to fill in here. */
const driver = String.raw`
_kedge_offer() {
  local line word
  while IFS= read -r line; do
    word=@{line%%$'\t'*}
    [[ -n $word && $word == "$1"* ]] && COMPREPLY+=("$(printf '%q' "$word")")
  done
}
_kedge_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}
_kedge_kind() {
  case $1 in
    ''|any) ;;
    path) _kedge_files "$2" ;;
    backup|store|service|schedule|undo|job|alarm|server)
      if [[ $2 == */* || $2 == [.~]* ]]; then _kedge_files "$2"
      else _kedge_offer "$2" < <("$_kedge_program" __complete "$1" "@{_kedge_socket[@]}" 2>/dev/null); fi ;;
    *) _kedge_offer "$2" < <(printf '%s\n' $1) ;;
  esac
}
_kedge() {
  local cur=@{COMP_WORDS[COMP_CWORD]} _kedge_program=$1 command='' place=0 option='' dashes='' word next n
  local -a _kedge_socket=()
  COMPREPLY=()
  [[ $cur == = ]] && cur=''
  for ((n = 1; n < COMP_CWORD; n++)); do
    word=@{COMP_WORDS[n]}
    [[ $word == = ]] && continue
    if [[ -n $option ]]; then
      [[ $option == --socket || $option == --server ]] && _kedge_socket+=("$option" "$word")
      option=''
    elif [[ -n $dashes ]]; then continue
    elif [[ $word == -- ]]; then dashes=1
    elif [[ $word == -* ]]; then
      [[ -n $(_kedge_value "$command $word")$(_kedge_everywhere "$word") ]] && option=$word
    else
      next=@{command:+$command }$word
      if ((place == 0)) && [[ $'\n'$(_kedge_words "$command") == *$'\n'"$word"$'\t'* ]]; then command=$next
      else ((place++)); fi
    fi
  done
  if [[ -n $dashes ]]; then _kedge_files "$cur"; return; fi
  if [[ -n $option ]]; then
    word=$(_kedge_value "$command $option")
    _kedge_kind "@{word:-$(_kedge_everywhere "$option")}" "$cur"
  elif [[ $cur == -* ]]; then _kedge_offer "$cur" < <(_kedge_options "$command")
  else
    ((place == 0)) && _kedge_offer "$cur" < <(_kedge_words "$command")
    word=$(_kedge_value "$command $((place + 1))")
    [[ -n $word ]] || word=$(_kedge_rest "$command")
    [[ -z $word ]] || _kedge_kind "$word" "$cur"
  fi
}
complete -F _kedge kedge
`;
