using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers show</c>.</summary>
internal static class ShowCommand
{
    public static Command Build()
    {
        var id = new Argument<string>("id") { Description = "An arXiv id such as 2001.04438, or a paper's key." };
        var bibtex = new Option<bool>("--bibtex") { Description = "Print the BibTeX entry." };
        var command = new Command("show", "Show a paper.") { id, bibtex, CommonOptions.Json, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var name = parse.GetRequiredValue(id);
            if (await services.GetRequiredService<PaperReader>().FindAsync(name, cancellationToken) is not { } paper)
            {
                await Console.Error.WriteLineAsync($"papers: there is no paper '{name}' in this feed. Find it with: papers search WORDS");
                return ExitCode.NotFound;
            }
            var reproduction = paper.LabSlug is { } slug
                ? await services.GetRequiredService<ReproductionLibrary>().NewestAsync(slug, cancellationToken)
                : null;
            if (parse.GetValue(bibtex))
                Console.Write(BibTex.Entry(paper));
            else if (parse.GetValue(CommonOptions.Json))
                Console.WriteLine(PaperJson.Write(PaperDocument.Of(paper, reproduction)));
            else
                Print(paper, reproduction);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static void Print(Paper paper, ReproductionView? reproduction)
    {
        var text = new WrappedText(Console.Out);
        text.Paragraph(PlainText.Of(paper.Title));
        text.Paragraph(string.Join(", ", paper.Authors.Select(author => author.Name)));
        text.Line(string.Join(" · ", Facts(paper)));
        text.Line("");
        if (paper.Summary is { } summary)
            text.Paragraph(PlainText.Of(summary));
        if (paper.Abstract is { } @abstract)
        {
            text.Line("Abstract");
            text.Paragraph(PlainText.Of(@abstract));
        }
        foreach (var (label, url) in Links(paper))
            text.Line($"{label,-9}{url}");
        if (reproduction is null)
            return;
        text.Line("");
        text.Line($"Reproduction ({reproduction.Result.Mode.ToString().ToLowerInvariant()}, {reproduction.Result.Seeds.Count} seeds): {VerdictText.Of(reproduction.Result.Verdict)}");
        foreach (var claim in reproduction.Result.Claims)
            text.Item($"{VerdictText.Of(claim.Verdict)}: {claim.Claim.Statement} Measured {claim.Mean?.ToString("G4", CultureInfo.InvariantCulture) ?? "nothing"} {claim.Claim.Unit}.");
    }

    private static IEnumerable<string> Facts(Paper paper)
    {
        yield return paper.PublishedIso();
        if (paper.Venue is { } venue)
            yield return venue;
        if (paper.Categories.Count > 0)
            yield return string.Join(" ", paper.Categories);
        yield return paper.Upvotes == 1 ? "1 upvote" : $"{paper.Upvotes} upvotes";
        if (paper.IsWithdrawn)
            yield return "withdrawn";
    }

    private static IEnumerable<(string Label, string Url)> Links(Paper paper)
    {
        if (paper.ArxivId is { } arxivId)
            yield return ("arXiv", $"https://arxiv.org/abs/{arxivId}");
        if (paper.Doi is { } doi)
            yield return ("DOI", $"https://doi.org/{doi}");
        if (paper.CodeUrl is { } code)
            yield return ("Code", code);
        if (paper.ProjectUrl is { } project)
            yield return ("Project", project);
    }
}
