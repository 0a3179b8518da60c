using System.Text.Json;
using System.Xml.Linq;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Tests;

public sealed class CatalogueTests
{
    public static TheoryData<string> Slugs => [.. Catalogue.All.Select(reproduction => reproduction.Declaration.Slug)];

    [Fact]
    public void Slugs_are_unique_and_found() =>
        Assert.All(
            Catalogue.All.GroupBy(reproduction => reproduction.Declaration.Slug),
            group => Assert.Same(Assert.Single(group), Catalogue.Find(group.Key)));

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_paper_is_named_as_in_the_starter_collection(string slug)
    {
        var declaration = Catalogue.Find(slug)!.Declaration;
        var collection = Path.Combine(PapersFolder.Of(null), "../../../src/DailyPapers/Editions/Starter/starter-collection.json");
        using var papers = JsonDocument.Parse(File.ReadAllText(collection));
        var paper = papers.RootElement.GetProperty("papers").EnumerateArray().Single(paper => paper.GetProperty("slug").GetString() == slug);
        Assert.Equal(paper.GetProperty("arxivId").GetString(), declaration.ArxivId);
        Assert.Equal(paper.GetProperty("title").GetString(), declaration.Title);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_paper_has_its_page_and_its_published_result_beside_it(string slug)
    {
        var declaration = Catalogue.Find(slug)!.Declaration;
        var folder = Path.Combine(AppContext.BaseDirectory, "Papers", declaration.Folder);
        Assert.Contains(declaration.Title, File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        foreach (var mode in new[] { RunMode.Quick, RunMode.Full })
        {
            var result = LabJson.ReadResult(File.ReadAllText(Path.Combine(folder, ReproductionRun.ResultFile(mode))));
            Assert.Equal(slug, result.Slug);
            Assert.Equal(mode, result.Mode);
            // Published numbers must be those of the claims and settings in the source: a bent threshold shows here.
            Assert.Equal(
                declaration.Claims.Select(claim => (claim.Id, claim.Metric, claim.Criterion)),
                result.Claims.Select(claim => (claim.Claim.Id, claim.Claim.Metric, claim.Claim.Criterion)));
            Assert.Equal(declaration.Resolve(mode, new Dictionary<string, string>()), result.Parameters);
            Assert.Equal(declaration.Seeds.Take(declaration.Budget(mode).SeedCount), result.Seeds);
            Assert.All(result.Claims, claim => Assert.Equal(
                claim.Verdict == Verdict.NotAtThisScale ? claim.Verdict : VerdictRule.Judge(claim.Claim.Criterion, claim.Mean, claim.Interval).Verdict,
                claim.Verdict));
            if (mode == RunMode.Full)
                Assert.All(result.Figures, figure => Assert.Equal(figure.Title, XDocument.Load(Path.Combine(folder, figure.File)).Root!.Elements().First().Value));
        }
    }

    [Fact]
    public void What_follows_from_code_and_results_is_up_to_date()
    {
        var papers = PapersFolder.Of(null);
        Assert.All(
            PublishedPaper.DerivedFiles(papers),
            file => Assert.True(
                File.Exists(file.Key) && File.ReadAllText(file.Key) == file.Value,
                $"{Path.GetRelativePath(papers, file.Key)} is not what the code and results say; run: papers lab publish"));
    }

    [Fact]
    public void The_table_holds_every_claim_with_its_verdict()
    {
        var papers = PublishedPaper.All(PapersFolder.Of(null));
        var lines = ResultsTable.Markdown(papers).Split('\n');
        foreach (var claim in papers.Select(paper => paper.Result(RunMode.Full)).OfType<ReproductionResult>().SelectMany(result => result.Claims))
        {
            // Claims for two instruction sets can say the same.
            var rows = lines.Where(line => line.StartsWith($"| {claim.Claim.Statement.Replace("|", "\\|", StringComparison.Ordinal)} |", StringComparison.Ordinal));
            Assert.Contains(
                claim.Verdict.ToString().ToLowerInvariant(),
                rows.Select(row => row.Split(" | ")[^1].TrimEnd('|', ' ').Replace(" ", "", StringComparison.Ordinal)));
        }
    }
}
