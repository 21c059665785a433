import type { CompletionTables } from './completion-tables.ts';
import { linesByKey } from './shell-cases.ts';

/** For fish 3. */
export function fishCompletion(tables: CompletionTables): readonly string[] {
  return [
    '# fish completion for kedge, written by "kedge completion fish"',
    ...switchFunction('__kedge_words', linesByKey(tables.words)),
    ...switchFunction('__kedge_options', linesByKey(tables.options)),
    ...switchFunction('__kedge_value', [...tables.values]),
    ...switchFunction('__kedge_rest', [...tables.rest]),
    ...switchFunction('__kedge_everywhere', [...tables.everywhere]),
    ...driver.trim().split('\n'),
  ];
}

function switchFunction(
  name: string,
  entries: readonly (readonly [key: string, text: string])[],
): readonly string[] {
  return [
    `function ${name}`,
    '    switch "$argv[1]"',
    ...entries.flatMap(([key, text]) => [
      `        case ${quoted(key)}`,
      `            printf '%s\\n' ${quoted(text)}`,
    ]),
    '    end',
    'end',
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const driver = String.raw`
function __kedge_kind
    set -l kind $argv[1]
    set -l current (commandline -ct | string replace -r '^--[^=]*=' '')
    switch "$kind"
        case '' any
        case path
            __fish_complete_path $current
        case backup store service schedule undo job alarm server
            if string match -qr '/|^[.~]' -- "$current"
                __fish_complete_path $current
            else
                $argv[2] __complete $kind $argv[3..-1] 2>/dev/null
            end
        case '*'
            string split ' ' -- $kind
    end
end
function __kedge_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -l command ''
    set -l place 0
    set -l option ''
    set -l dashes ''
    set -l socket
    for word in $words[2..-1]
        if test -n "$option"
            if contains -- $option --socket --server
                set -a socket $option $word
            end
            set option ''
        else if test -n "$dashes"
            continue
        else if test "$word" = --
            set dashes 1
        else if string match -q -- '-*' $word
            set -l takes (__kedge_value "$command $word") (__kedge_everywhere $word)
            if test (count $takes) -gt 0
                set option $word
            end
        else if test $place -eq 0; and __kedge_words "$command" | string match -q -- "$word"\t'*'
            set command (string trim "$command $word")
        else
            set place (math $place + 1)
        end
    end
    if test -n "$dashes"
        __fish_complete_path $current
    else if test -n "$option"
        set -l kind (__kedge_value "$command $option")
        test -n "$kind"; or set kind (__kedge_everywhere $option)
        __kedge_kind "$kind" $program $socket
    else if string match -q -- '-*' $current
        __kedge_options "$command"
    else
        test $place -eq 0; and __kedge_words "$command"
        set -l kind (__kedge_value "$command "(math $place + 1))
        test -n "$kind"; or set kind (__kedge_rest "$command")
        test -n "$kind"; and __kedge_kind "$kind" $program $socket
    end
end
complete -c kedge -f -a '(__kedge_complete)'
`;
