using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DailyPapers.Cli;

/// <summary>The usual help, followed by examples and the exit codes.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["papers"] = ["papers serve", "papers search \"softmax memory bandwidth\"", "papers show 2001.04438", "papers lab run two-pass-softmax"],
        ["serve"] = ["papers serve --urls http://0.0.0.0:8080 --data /srv/papers"],
        ["show"] = ["papers show 2001.04438", "papers show 2001.04438 --bibtex >> refs.bib"],
        ["edition"] = ["papers edition show 2025-W33", "papers edition set today 2001.04438 2311.14646"],
        ["import"] = ["papers import papers.jsonl.gz --rejects rejects.jsonl", "papers import --hugging-face 2025-08-13"],
        ["harvest"] = ["papers harvest rss --category cs.LG --edition", "papers harvest oai --set cs:cs:LG --from 2025-08-01", "papers harvest query --id 2001.04438"],
        ["search"] = ["papers search 'author:Simon \"overfitting\" year:2023'", "papers search grokking --json | jq '.papers[].title'"],
        ["digest"] = ["papers digest send 2025-08-13 --dry-run", "papers digest send 2025-W33", "papers digest list"],
        ["lab"] = ["papers lab list", "papers lab run benign-overfitting-xor --set eta=0.2", "papers lab verify --quick"],
        ["eval"] = ["papers eval split --papers papers.jsonl.gz --out dev", "papers eval collection dev/* --systems lexical,fts5", "papers eval run --run mine.run theirs.run --qrels qrels.txt"],
        ["backup"] = ["papers backup /backups/papers-$(date +%F).db"],
        ["restore"] = ["papers restore /backups/papers-2025-08-13.db --yes"],
        ["users"] = ["papers users add ada@example.org --role Curator", "papers users password ada@example.org"],
        ["completion"] = ["eval \"$(papers completion bash)\""],
    };

    /// <summary>Puts the examples under every command's help.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        if (Examples.TryGetValue(command is RootCommand ? "papers" : command.Name, out var examples))
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine("  " + example);
            output.WriteLine();
        }
        if (command is RootCommand)
        {
            output.WriteLine("""
                Exit codes:
                  0    done                      3    what was asked for does not exist
                  1    failed; stderr says why   4    done, but some records were rejected or a result differs
                  2    wrong command line        130  interrupted; run it again to go on

                The data directory is --data, else PAPERS_DATA, else a folder of your user.
                """);
        }
        return code;
    }
}
