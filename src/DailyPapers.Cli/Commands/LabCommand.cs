using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Lab.Contract;
using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Runner;
using DailyPapers.Storage;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers lab</c>: the reproductions, run in a process of their own.</summary>
internal static class LabCommand
{
    public static Command Build() => new("lab", "Run papers: measure their claims against their own baselines.") { List(), Show(), Run(), Verify(), Publish(), Data(), TrainEmbedding() };

    private static Command List()
    {
        var command = new Command("list", "List what can be run and the newest verdicts.") { CommonOptions.Json, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var declarations = await (await PrepareAsync(cancellationToken)).ListAsync(cancellationToken);
            if (parse.GetValue(CommonOptions.Json))
            {
                Console.Write(LabJson.Write(declarations));
                return ExitCode.Ok;
            }
            var runs = (await services.GetRequiredService<ReproductionLibrary>().ListAsync(cancellationToken)).ToDictionary(view => view.Result.Slug);
            var table = new Table().Border(TableBorder.Simple).AddColumns("Paper", "Title", "Claims", "Newest verdict");
            foreach (var declaration in declarations)
            {
                table.AddRow(
                    Markup.Escape(declaration.Slug),
                    Markup.Escape(declaration.Title),
                    declaration.Claims.Count.ToString(CultureInfo.InvariantCulture),
                    runs.TryGetValue(declaration.Slug, out var view) ? $"{VerdictText.Of(view.Result.Verdict)} ({view.Result.Mode.ToString().ToLowerInvariant()})" : "not run");
            }
            AnsiConsole.Write(table);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Show()
    {
        var slug = Slug();
        var command = new Command("show", "Show a paper's claims, parameters and newest result.") { slug, CommonOptions.Json, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var name = parse.GetRequiredValue(slug);
            var declarations = await (await PrepareAsync(cancellationToken)).ListAsync(cancellationToken);
            if (declarations.FirstOrDefault(d => d.Slug == name) is not { } declaration)
            {
                await Console.Error.WriteLineAsync($"papers: the lab has no '{name}'. It has: {string.Join(", ", declarations.Select(d => d.Slug))}.");
                return ExitCode.NotFound;
            }
            var view = await services.GetRequiredService<ReproductionLibrary>().NewestAsync(name, cancellationToken);
            if (parse.GetValue(CommonOptions.Json))
                Console.Write(view is null ? LabJson.Write(declaration) : LabJson.Write(view.Result));
            else
                LabReport.Print(declaration, view?.Result);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Run()
    {
        var slug = Slug();
        var full = new Option<bool>("--full") { Description = "Use the full budget instead of the quick one." };
        var quick = new Option<bool>("--quick") { Description = "Use the quick budget; the default." };
        var seeds = new Option<int?>("--seeds") { Description = "How many of the declared seeds to use." };
        var set = new Option<string[]>("--set") { Description = "A parameter as name=value; may be repeated. See: papers lab show PAPER", DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--out") { Description = "Where result, figures and unfinished work go; a folder of the data directory by default." };
        var command = new Command("run", "Run a reproduction and keep its result for the paper's page. Run it again after an interruption and it goes on.")
        {
            slug, quick, full, seeds, set, output, CommonOptions.Json, CommonOptions.Data,
        };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var name = parse.GetRequiredValue(slug);
            var runner = await PrepareAsync(cancellationToken);
            var mode = parse.GetValue(full) ? "full" : "quick";
            var folder = parse.GetValue(output) ?? Path.Combine(services.GetRequiredService<DataDirectory>().Lab, $"{name}-{mode}");
            var arguments = new List<string> { name, "--" + mode };
            if (parse.GetValue(quick) && parse.GetValue(full))
                arguments.Add("--quick");
            if (parse.GetValue(seeds) is { } count)
                arguments.AddRange(["--seeds", count.ToString(CultureInfo.InvariantCulture)]);
            foreach (var assignment in parse.GetValue(set) ?? [])
                arguments.AddRange(["--set", assignment]);

            Directory.CreateDirectory(folder);
            var result = await LabProgress.ShowAsync(progress => runner.RunAsync(arguments, folder, progress, cancellationToken));
            await services.GetRequiredService<ReproductionLibrary>().KeepAsync(result, folder, cancellationToken);
            if (parse.GetValue(CommonOptions.Json))
                Console.Write(LabJson.Write(result));
            else
                LabReport.Print(result, folder);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Verify()
    {
        var slugs = new Argument<string[]>("papers") { Description = "The papers; all by default.", Arity = ArgumentArity.ZeroOrMore };
        var full = new Option<bool>("--full") { Description = "Use the full budget instead of the quick one." };
        var quick = new Option<bool>("--quick") { Description = "Use the quick budget; the default." };
        var all = new Option<bool>("--all") { Description = "Every paper; the default." };
        var update = new Option<bool>("--update") { Description = "Write the new results, and docs/reproductions.md, into the source checkout instead of comparing." };
        var jobs = new Option<int?>("--jobs") { Description = "How many papers run at a time; by default one for every two cores." };
        var work = new Option<DirectoryInfo?>("--work") { Description = "Folder for unfinished runs: with it, a verification that was stopped goes on." };
        var command = new Command("verify", "Run reproductions again and compare with the results that came with the product.") { slugs, quick, full, all, update, jobs, work };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(async () =>
        {
            var names = parse.GetValue(slugs) ?? [];
            List<string> arguments = ["verify", .. names, parse.GetValue(full) ? "--full" : "--quick"];
            if (names.Length == 0)
                arguments.Add("--all");
            if (parse.GetValue(update))
                arguments.Add("--update");
            if (parse.GetValue(jobs) is { } atOnce)
                arguments.AddRange(["--jobs", atOnce.ToString(CultureInfo.InvariantCulture)]);
            if (parse.GetValue(work) is { } folder)
                arguments.AddRange(["--work", folder.FullName]);
            return await PassThroughAsync(arguments, cancellationToken);
        }));
        return command;
    }

    private static Command Publish()
    {
        var command = new Command("publish", "Write docs/reproductions.md and what the site needs to know of each paper from the code and the results that are there.");
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(() => PassThroughAsync(["publish"], cancellationToken)));
        return command;
    }

    private static Command Data()
    {
        var from = new Option<string?>("--from") { Description = "Where the files are offered; the data set's authors by default." };
        var to = new Option<DirectoryInfo?>("--to") { Description = "Where they go; a folder of your user, where they are found, by default." };
        var command = new Command("data", "Fetch Fashion-MNIST (30 MB), which some papers' claims need, and check it by SHA-256.") { from, to };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(() =>
        {
            List<string> arguments = ["data"];
            if (parse.GetValue(from) is { } origin)
                arguments.AddRange(["--from", origin]);
            if (parse.GetValue(to) is { } folder)
                arguments.AddRange(["--to", folder.FullName]);
            return PassThroughAsync(arguments, cancellationToken);
        }));
        return command;
    }

    private static Command TrainEmbedding()
    {
        var papers = new Option<FileInfo>("--papers") { Description = "Papers as JSON lines (title, abstract, keywords), gzipped when the name ends in .gz.", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "The model file to write.", Required = true };
        var seed = new Option<int?>("--seed") { Description = "Seeds everything random; 1 by default." };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the papers." };
        var recipe = new Argument<string[]>("recipe") { Description = "After --, parts of the recipe to vary, such as: -- --dimensions 128 --title-count 1", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("train-embedding", "Train an embedding model on papers of your own and measure it on the tenth of them that training never sees.")
        {
            papers, output, seed, epochs, recipe,
        };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(() =>
        {
            List<string> arguments = ["train-embedding", "--papers", parse.GetRequiredValue(papers).FullName, "--out", parse.GetRequiredValue(output).FullName];
            if (parse.GetValue(seed) is { } seedValue)
                arguments.AddRange(["--seed", seedValue.ToString(CultureInfo.InvariantCulture)]);
            if (parse.GetValue(epochs) is { } passes)
                arguments.AddRange(["--epochs", passes.ToString(CultureInfo.InvariantCulture)]);
            arguments.AddRange(parse.GetValue(recipe) ?? []);
            return PassThroughAsync(arguments, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> PassThroughAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var code = await (await PrepareAsync(cancellationToken)).PassThroughAsync(arguments, cancellationToken);
        return (RunnerExitCode)code switch
        {
            RunnerExitCode.Ok => ExitCode.Ok,
            RunnerExitCode.Usage => ExitCode.Usage,
            RunnerExitCode.VerifyMismatch => ExitCode.Differs,
            RunnerExitCode.Cancelled => ExitCode.Cancelled,
            _ => ExitCode.Failed,
        };
    }

    private static Argument<string> Slug() => new("paper") { Description = "The paper's name in the lab, such as two-pass-softmax." };

    private static Task<LabRunner> PrepareAsync(CancellationToken cancellationToken) => LabRunner.PrepareAsync(Console.Error.WriteLine, cancellationToken);
}
