using System.CommandLine;
using DailyPapers.Bench;

var corpus = new Option<FileInfo>("--corpus") { Description = "Papers as JSON lines (title, abstract, authors, keywords, year, venue), gzipped when the name ends in .gz.", Required = true };
var data = new Option<DirectoryInfo?>("--data") { Description = "Data directory to fill and keep, or to reuse; by default a temporary one." };
var queries = new Option<int>("--queries") { Description = "Queries of each kind.", DefaultValueFactory = _ => 300 };
var questions = new Option<FileInfo?>("--questions") { Description = "Correct queries as JSON lines with a text, which shall not be corrected." };

var import = new Command("import", "Stores and indexes a corpus at the same time and prints the rate.") { corpus, data };
import.SetAction(async (arguments, cancellationToken) =>
{
    await using var bench = await BenchData.OpenAsync(arguments.GetValue(data), cancellationToken);
    await ImportBench.RunAsync(bench, arguments.GetRequiredValue(corpus), cancellationToken);
});

var search = new Command("search", "Times queries, beside SQLite FTS5 on the same papers in the same run, and measures how well known papers are found.") { corpus, data, queries };
search.SetAction(async (arguments, cancellationToken) =>
{
    await using var bench = await BenchData.OpenAsync(arguments.GetValue(data), cancellationToken);
    await ImportBench.EnsureAsync(bench, arguments.GetRequiredValue(corpus), cancellationToken);
    await SearchBench.RunAsync(bench, arguments.GetValue(queries), cancellationToken);
});

var embed = new Command("embed", "Times the shipped embedding model on the corpus's abstracts and titles.") { corpus };
embed.SetAction(arguments => EmbedBench.Run(arguments.GetRequiredValue(corpus)));

var suggest = new Command("suggest", "Times suggestions while typing, measures what they find and take of memory, and how well misspelt queries are corrected.") { corpus, data, queries, questions };
suggest.SetAction(async (arguments, cancellationToken) =>
{
    await using var bench = await BenchData.OpenAsync(arguments.GetValue(data), cancellationToken);
    await ImportBench.EnsureAsync(bench, arguments.GetRequiredValue(corpus), cancellationToken);
    await SuggestBench.RunAsync(bench, arguments.GetValue(queries), cancellationToken);
    CorrectionBench.Run(bench, await SuggestBench.SampleAsync(bench, arguments.GetValue(queries), cancellationToken), arguments.GetValue(questions));
});

return await new RootCommand("Measures Daily Papers.") { import, search, suggest, embed, VectorCommand.Create() }.Parse(args).InvokeAsync();
