using System.CommandLine;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers completion</c>: the command itself answers what may follow, the shell only has to ask.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            # eval "$(papers completion bash)"
            _papers() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(papers "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _papers papers
            """,
        ["zsh"] = """
            # eval "$(papers completion zsh)"
            _papers() { compadd -- ${(f)"$(papers "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} }
            compdef _papers papers
            """,
        ["fish"] = """
            # papers completion fish | source
            complete -c papers -a '(papers "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # papers completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName papers -ScriptBlock {
              param($word, $ast, $position)
              papers "[suggest:$position]" "$ast" | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script that lets a shell complete this command.") { shell };
        command.SetAction(parse =>
        {
            Console.WriteLine(Scripts[parse.GetRequiredValue(shell)]);
            return ExitCode.Ok;
        });
        return command;
    }
}
