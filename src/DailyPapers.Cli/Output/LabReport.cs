using System.Globalization;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Cli.Output;

/// <summary>Prints declarations and results for people.</summary>
internal static class LabReport
{
    public static void Print(ReproductionDeclaration declaration, ReproductionResult? newest)
    {
        var text = new WrappedText(Console.Out);
        text.Paragraph(declaration.ArxivId is { } id ? $"{declaration.Title} (arXiv:{id})" : declaration.Title);
        text.Line("Claims, with thresholds fixed before a run");
        foreach (var claim in declaration.Claims)
            text.Item($"{claim.Statement} Demanded: {claim.Criterion} {claim.Unit}, against {claim.Baseline}. The paper: {claim.PaperFigure}");
        if (declaration.Parameters.Count > 0)
        {
            text.Line("");
            text.Line("Parameters");
            foreach (var parameter in declaration.Parameters)
                text.Item($"--set {parameter.Name}={parameter.Default}: {parameter.Help} ({parameter.Range})");
        }
        text.Line("");
        if (newest is null)
            text.Line($"Not run yet here. Run it with: papers lab run {declaration.Slug}");
        else
            Print(newest, folder: null);
    }

    public static void Print(ReproductionResult result, string? folder)
    {
        var text = new WrappedText(Console.Out);
        text.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Slug}: {VerdictText.Of(result.Verdict)} ({result.Mode.ToString().ToLowerInvariant()} mode, {result.Seeds.Count} seeds, {result.DurationSeconds:F0} s)"));
        foreach (var claim in result.Claims)
            text.Item($"{VerdictText.Of(claim.Verdict)}: {claim.Claim.Statement} {Measured(claim)} {claim.Note}");
        if (folder is not null && result.Figures.Count > 0)
            text.Line($"Figures in {folder}: {string.Join(", ", result.Figures.Select(figure => figure.File))}");
    }

    private static string Measured(ClaimResult claim)
    {
        if (claim.Mean is not { } mean)
            return "";
        var interval = claim.Interval is { } range && claim.Values.Count > 1
            ? string.Create(CultureInfo.InvariantCulture, $", 95 % interval {range.Lower:G4} to {range.Upper:G4}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"Measured {mean:G4} {claim.Claim.Unit}{interval}; demanded {claim.Claim.Criterion}.");
    }
}
