using System.Globalization;
using System.Text;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>The table of everything that was measured, <c>docs/reproductions.md</c>, made from the published full runs.</summary>
public static class ResultsTable
{
    /// <summary>The document.</summary>
    public static string Markdown(IReadOnlyList<PublishedPaper> papers)
    {
        ArgumentNullException.ThrowIfNull(papers);
        var text = new StringBuilder("""
            # Reproductions

            What the full runs measured: each claim's metric over the seeds with its 95 % interval, against the threshold that was fixed before
            the run. Made by `papers lab verify --all --full --update` from the `result.json` beside each paper's code; not written by hand.

            """.ReplaceLineEndings("\n"));
        var results = papers.Select(paper => (Paper: paper, Result: paper.Result(RunMode.Full))).ToList();
        AppendSummary(text, [.. results.Select(one => one.Result).OfType<ReproductionResult>()]);
        foreach (var (paper, result) in results)
            AppendPaper(text, paper, result);
        return text.ToString();
    }

    private static void AppendSummary(StringBuilder text, List<ReproductionResult> results)
    {
        var claims = results.SelectMany(result => result.Claims).ToList();
        text.Append(CultureInfo.InvariantCulture, $"\n{results.Count} papers, {claims.Count} claims: ");
        text.Append(string.Join(", ", Enum.GetValues<Verdict>().Select(verdict =>
            $"{claims.Count(claim => claim.Verdict == verdict)} {Word(verdict)}")));
        text.Append(".\n");
    }

    private static void AppendPaper(StringBuilder text, PublishedPaper paper, ReproductionResult? result)
    {
        var declaration = paper.Declaration;
        text.Append(CultureInfo.InvariantCulture, $"\n## [{declaration.Title}](../lab/DailyPapers.Lab.Runner/Papers/{declaration.Folder}/README.md)\n\n");
        if (result is null)
        {
            text.Append("Not run in full yet.\n");
            return;
        }
        text.Append(CultureInfo.InvariantCulture, $"**{Sentence(result.Verdict)}**, {result.Seeds.Count} seeds, {Duration(result.DurationSeconds)}{(result.ProcessorSeconds is { } processor ? $" ({Duration(processor)} of processor time)" : "")} on {result.Environment.CpuModel}, {result.Environment.LogicalCores} cores.\n\n");
        text.Append("| claim | the paper | demanded | measured | verdict |\n|---|---|---|---|---|\n");
        foreach (var claim in result.Claims)
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(claim.Claim.Statement)} | {Cell(claim.Claim.PaperFigure)} | {Cell(Demanded(claim.Claim))} | {Measured(claim)} | {Word(claim.Verdict)} |\n");
    }

    private static string Demanded(Claim claim) => $"{claim.Criterion.Kind switch
    {
        CriterionKind.AtLeast => $"≥ {Number(claim.Criterion.Threshold!.Value)}",
        CriterionKind.AtMost => $"≤ {Number(claim.Criterion.Threshold!.Value)}",
        _ => $"{Number(claim.Criterion.Lower!.Value)} to {Number(claim.Criterion.Upper!.Value)}",
    }} ({claim.Unit})";

    private static string Measured(ClaimResult claim) => claim.Mean is not { } mean
        ? "–"
        : claim.Interval is { } interval && interval.Lower < interval.Upper
            ? $"{Number(mean)} [{Number(interval.Lower)}, {Number(interval.Upper)}]"
            : Number(mean);

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.Partly => "partly",
        Verdict.NotReproduced => "not reproduced",
        _ => "not at this scale",
    };

    private static string Sentence(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "Reproduced",
        Verdict.Partly => "Partly reproduced",
        Verdict.NotReproduced => "Not reproduced",
        _ => "Not at this scale",
    };

    private static string Duration(double seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F1} min");

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    // A bar would end the cell.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
