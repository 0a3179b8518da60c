using System.CommandLine;

namespace DailyPapers.Bench;

/// <summary>The options of every command.</summary>
internal static class BenchOptions
{
    public static Option<FileInfo> Corpus { get; } = new("--corpus")
    {
        Description = "Papers as JSON lines (title, abstract, authors, keywords, year, venue), gzipped when the name ends in .gz.",
        Required = true,
    };

    public static Option<DirectoryInfo?> Data { get; } = new("--data") { Description = "Data directory to fill and keep, or to reuse; by default a temporary one." };

    public static Option<int> Queries { get; } = new("--queries") { Description = "Queries of each kind.", DefaultValueFactory = _ => 300 };

    public static Option<string[]> Kinds { get; } = new("--kinds") { Description = "Only these kinds of queries, such as \"title\"; by default all.", AllowMultipleArgumentsPerToken = true };

    public static Option<FileInfo?> Questions { get; } = new("--questions") { Description = "Questions as JSON lines (text); by default those in bench/Relevance of the repository." };
}
