using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers search</c>.</summary>
internal static class SearchCommand
{
    public static Command Build()
    {
        var words = new Argument<string[]>("query") { Description = "Words, \"phrases\", author:, title:, cat:, keyword:, year:2020-2023, -without.", Arity = ArgumentArity.OneOrMore };
        var limit = new Option<int>("--limit") { Description = "Papers to show, 1 to 100.", DefaultValueFactory = _ => 10 };
        var page = new Option<int>("--page") { Description = "The page of results.", DefaultValueFactory = _ => 1 };
        var sort = new Option<SearchSort>("--sort") { Description = "relevance, newest, oldest or upvotes.", DefaultValueFactory = _ => SearchSort.Relevance };
        var category = new Option<string?>("--category") { Description = "Only this category, such as cs.LG." };
        var code = new Option<bool>("--code") { Description = "Only papers with code." };
        var mode = new Option<SearchMode>("--mode") { Description = "hybrid (words and meaning), lexical or semantic.", DefaultValueFactory = _ => SearchMode.Hybrid };
        var explain = new Option<bool>("--explain") { Description = "Show what each hit's score is made of." };
        var lab = new Option<bool>("--lab") { Description = "Only papers that were run in the lab." };
        var command = new Command("search", "Find papers.") { words, limit, page, sort, category, code, lab, mode, explain, CommonOptions.Json, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            // While a service runs it keeps the index; else what is new is read first.
            await services.GetRequiredService<IndexCatchUp>().RunAsync(progress: null, cancellationToken);
            await EmbedAsync(services.GetRequiredService<SemanticIndex>(), cancellationToken);
            var request = new SearchRequest
            {
                Text = string.Join(' ', parse.GetRequiredValue(words)),
                PageSize = parse.GetValue(limit),
                Page = parse.GetValue(page),
                Sort = parse.GetValue(sort),
                Category = parse.GetValue(category),
                HasCode = parse.GetValue(code),
                HasReproduction = parse.GetValue(lab),
                Mode = parse.GetValue(mode),
                WithExplanations = parse.GetValue(explain),
            };
            var results = await services.GetRequiredService<PaperSearch>().SearchAsync(request, cancellationToken);
            if (parse.GetValue(CommonOptions.Json))
                Console.WriteLine(PaperJson.Write(new SearchDocument(request.Text, results.Total, results.Problem, results.Hits.Select(hit => PaperDocument.Of(hit.Paper, score: hit.Score)).ToList())));
            else
                Print(results);
            await SayMeaningAsync(services.GetRequiredService<PaperSearch>(), cancellationToken);
            return results.Total > 0 ? ExitCode.Ok : ExitCode.NotFound;
        }, cancellationToken));
        return command;
    }

    private static Task<CatchUpOutcome> EmbedAsync(SemanticIndex index, CancellationToken cancellationToken) => ProgressBar.ShowAsync<CatchUpOutcome, IndexBuild>(
        "embedding",
        build => ((double)build.Done / Math.Max(build.Total, 1), string.Create(CultureInfo.InvariantCulture, $"{build.Done:N0} of {build.Total:N0} papers embedded")),
        progress => index.AdvanceAsync(progress, cancellationToken));

    private static async Task SayMeaningAsync(PaperSearch search, CancellationToken cancellationToken)
    {
        if ((await search.StatusAsync(cancellationToken)).Meaning is not { } meaning)
            return;
        if (meaning.Error is { } error)
            await Console.Error.WriteLineAsync($"papers: papers cannot be embedded now, so they are found by {(meaning.Model is null ? "words alone" : "words and the meaning known so far")}: {error}");
        else if (meaning.Model is null)
            await Console.Error.WriteLineAsync("papers: a running service is embedding the papers; until it is done they are found by words alone.");
        else if (meaning.NextModel is { } next)
            await Console.Error.WriteLineAsync($"papers: a running service is embedding the papers by {next}; until it is done their meaning is that of {meaning.Model}.");
    }

    private static void Print(SearchResults results)
    {
        if (results.Problem is { } problem)
            Console.Error.WriteLine($"papers: {problem}");
        foreach (var hit in results.Hits)
        {
            var authors = hit.Paper.Authors.Count switch
            {
                0 => "",
                <= 3 => string.Join(", ", hit.Paper.Authors.Select(author => author.Name)),
                _ => $"{hit.Paper.Authors[0].Name} and {hit.Paper.Authors.Count - 1} more",
            };
            AnsiConsole.MarkupLine($"[bold]{Marked(hit.Title)}[/]");
            AnsiConsole.MarkupLine($"  [grey]{Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{hit.Paper.Key}  {hit.Paper.Published.Year}  {authors}"))}[/]");
            if (hit.Excerpt is { } excerpt)
                AnsiConsole.MarkupLine($"  {Marked(excerpt)}");
            foreach (var part in hit.Explanation ?? [])
                AnsiConsole.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"  {part.Name,-8} {part.Value:0.000} x {part.Weight:0.00} = {part.Contribution:0.000}  {part.Note}")));
            AnsiConsole.WriteLine();
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Total:N0} papers, {results.Elapsed.TotalMilliseconds:F1} ms"));
    }

    private static string Marked(MarkedText text)
    {
        var result = new System.Text.StringBuilder();
        var at = 0;
        foreach (var (start, length) in text.Marks)
        {
            result.Append(Markup.Escape(text.Text[at..start])).Append("[yellow]").Append(Markup.Escape(text.Text.Substring(start, length))).Append("[/]");
            at = start + length;
        }
        return result.Append(Markup.Escape(text.Text[at..])).ToString();
    }
}
