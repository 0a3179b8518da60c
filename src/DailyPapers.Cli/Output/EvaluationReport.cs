using System.Globalization;
using DailyPapers.Search.Evaluation;
using Spectre.Console;

namespace DailyPapers.Cli.Output;

/// <summary>Prints what <c>papers eval</c> measured.</summary>
internal static class EvaluationReport
{
    // Narrower than its table, a terminal would break the numbers; a file has no width at all.
    private const int WidthOfTable = 150;

    private static readonly Metric[] Shown = [Metric.NdcgAt10, Metric.MrrAt10, Metric.RecallAt100];

    /// <summary>Prints a table for each collection.</summary>
    public static void Print(IReadOnlyList<CollectionScores> scores)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthOfTable;
        foreach (var collection in scores)
        {
            var documents = collection.DocumentCount is { } count ? Invariant($"{count:N0} documents, ") : "";
            Console.WriteLine(Invariant($"{collection.Collection}: {documents}{collection.Queries.Count:N0} queries, {collection.JudgementCount:N0} judgements"));
            AnsiConsole.Write(TableOf(collection));
        }
        Console.WriteLine("In brackets: 95 % bootstrap intervals over the queries; of a difference, paired.");
    }

    /// <summary>Writes one line a query and system.</summary>
    public static void WritePerQuery(string file, IReadOnlyList<CollectionScores> scores)
    {
        var metrics = Enum.GetValues<Metric>();
        using var text = new StreamWriter(file);
        text.Write($"collection\tquery\tsystem\t{string.Join('\t', metrics.Select(MetricText.Of))}\n");
        foreach (var collection in scores)
        {
            for (var i = 0; i < collection.Queries.Count; i++)
            {
                foreach (var system in collection.Systems)
                {
                    var values = metrics.Select(metric => system.PerQuery[metric][i].ToString("F4", CultureInfo.InvariantCulture));
                    text.Write($"{collection.Collection}\t{collection.Queries[i]}\t{system.System}\t{string.Join('\t', values)}\n");
                }
            }
        }
    }

    /// <summary>Says how large a collection is.</summary>
    public static void PrintSize(JudgedCollection collection) =>
        Console.WriteLine(Invariant($"{collection.Name}: {collection.Documents.Count:N0} documents, {collection.Queries.Count:N0} queries, {collection.Judgements.Count:N0} judgements"));

    private static Table TableOf(CollectionScores scores)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("System");
        foreach (var metric in Shown)
            table.AddColumn(new TableColumn(MetricText.Of(metric)).RightAligned());
        table.AddColumn(new TableColumn("MAP").RightAligned());
        table.AddColumn(new TableColumn("judged@10").RightAligned());
        table.AddColumn(new TableColumn("median").RightAligned());
        table.AddColumn(new TableColumn(scores.Systems.Count > 1 ? $"nDCG@10 beside {Markup.Escape(scores.Systems[0].System)}" : "").RightAligned());
        foreach (var system in scores.Systems)
        {
            string[] cells =
            [
                system.System,
                .. Shown.Select(metric => Text(system.Means[metric])),
                Invariant($"{system.Means[Metric.AveragePrecision].Mean:F3}"),
                Invariant($"{system.Means[Metric.JudgedAt10].Mean:P0}"),
                system.MedianTime is { } time ? Invariant($"{time.TotalMilliseconds:F1} ms") : "",
                system.Differences is { } differences ? Text(differences[Metric.NdcgAt10], scores.Systems[0].Means[Metric.NdcgAt10].Mean) : "",
            ];
            table.AddRow([.. cells.Select(cell => new Markup(Markup.Escape(cell)))]);
        }
        return table;
    }

    private static string Text(Estimate estimate) => Invariant($"{estimate.Mean:F3} [{estimate.Low:F3}, {estimate.High:F3}]");

    private static string Text(Estimate difference, double baseline)
    {
        var relative = baseline > 0 ? Invariant($" ({difference.Mean / baseline:+0.0 %;-0.0 %;0.0 %})") : "";
        return Invariant($"{difference.Mean:+0.000;-0.000;0.000} [{difference.Low:+0.000;-0.000;0.000}, {difference.High:+0.000;-0.000;0.000}]{relative}");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
