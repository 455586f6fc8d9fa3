namespace Recite.Cli.Completions;

/// <summary>
/// The completion scripts. Each asks <c>recite [suggest:POSITION] "COMMAND LINE"</c>, which prints one candidate a line, and leaves
/// file names to the shell.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # Completion of recite for bash: put this into ~/.bashrc, or into a file that it reads.
        _recite_complete() {
          local words
          mapfile -t words < <("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
          mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _recite_complete recite ./recite

        """;

    private const string Zsh = """
        #compdef recite
        # Completion of recite for zsh: save this as _recite in a folder of $fpath.
        _recite() {
          local -a candidates
          candidates=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- "${candidates[@]}"
          _files
        }
        if [ "${funcstack[1]}" = "_recite" ]; then _recite "$@"; else compdef _recite recite; fi

        """;

    private const string Fish = """
        # Completion of recite for fish: save this as ~/.config/fish/completions/recite.fish.
        complete --command recite --arguments '(recite "[suggest:"(commandline --cursor)"]" (commandline --current-process | string collect) 2>/dev/null)'

        """;

    private const string PowerShell = """
        # Completion of recite for PowerShell: put this into the file that $PROFILE names.
        Register-ArgumentCompleter -Native -CommandName recite -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            recite "[suggest:$cursorPosition]" "$commandAst" | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    /// <summary>The shells there are scripts for.</summary>
    public static string[] Shells => ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell, or <see langword="null"/> when there is none.</summary>
    public static string? Find(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => null,
    };
}
