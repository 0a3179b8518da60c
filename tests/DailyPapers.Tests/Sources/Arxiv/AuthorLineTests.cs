using System.Globalization;
using CsCheck;
using DailyPapers.Papers;
using DailyPapers.Sources.Jsonl;

namespace DailyPapers.Tests.Sources.Arxiv;

/// <summary>arXiv's author lines, through the import of its dump.</summary>
public class AuthorLineTests
{
    [Fact]
    public async Task Lines_are_taken_apart_by_arxivs_conventions()
    {
        (string Line, string Expected)[] cases =
        [
            ("A. Lee", "A. Lee"),
            ("A. Lee and B. Kim", "A. Lee|B. Kim"),
            ("A. Lee, B. Kim, and C. Roe", "A. Lee|B. Kim|C. Roe"),
            ("A. Lee; B. Kim & C. Roe", "A. Lee|B. Kim|C. Roe"),
            ("C. Bal\\'azs, E. L. Berger", "C. Balázs|E. L. Berger"),
            ("A. Lee (MIT and Harvard, Cambridge), B. Kim", "A. Lee [MIT and Harvard, Cambridge]|B. Kim"),
            ("A. Lee (1), B. Kim (1 and 2), C. Roe (1,2) ((1) CERN, (2) Univ. of Y (Town))", "A. Lee [CERN]|B. Kim [CERN; Univ. of Y (Town)]|C. Roe [CERN; Univ. of Y (Town)]"),
            ("A. Lee, Jr., B. Kim III", "A. Lee Jr.|B. Kim III"),
            ("A. Lee for the ATLAS Collaboration", "A. Lee|ATLAS Collaboration"),
            ("A. Lee et al", "A. Lee et al"),
            ("A. Lee, et al.", "A. Lee"),
            ("A. Anderson, B. Sandberg", "A. Anderson|B. Sandberg"),
            ("A. Lee (unclosed, B. Kim", "A. Lee [unclosed, B. Kim]"),
            ("", ""),
        ];
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(
                path,
                cases.Select((c, i) => System.Text.Json.JsonSerializer.Serialize(new { id = string.Create(CultureInfo.InvariantCulture, $"2508.{i + 1:00000}"), title = $"Title {i}", authors = c.Line })),
                TestContext.Current.CancellationToken);
            await using var bed = await SourceTestBed.CreateAsync(null);
            await bed.Get<JsonlImport>().RunAsync(path, null, null, TestContext.Current.CancellationToken);
            for (var i = 0; i < cases.Length; i++)
            {
                var paper = await bed.Get<PaperReader>().FindAsync(string.Create(CultureInfo.InvariantCulture, $"2508.{i + 1:00000}"), TestContext.Current.CancellationToken);
                Assert.Equal(cases[i].Expected, string.Join('|', paper!.Authors.Select(author => author.Affiliation is null ? author.Name : $"{author.Name} [{author.Affiliation}]")));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task No_line_costs_a_paper()
    {
        var lines = Gen.String[Gen.Char["aB ,;()12&.:{\\\"é"], 0, 40].Array[200].Single(_ => true, "0N0XIzNsQ0O2");
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(path, lines.Select((line, i) => System.Text.Json.JsonSerializer.Serialize(new { title = $"Title {i}", authors = line })), TestContext.Current.CancellationToken);
            await using var bed = await SourceTestBed.CreateAsync(null);
            var summary = await bed.Get<JsonlImport>().RunAsync(path, null, null, TestContext.Current.CancellationToken);
            Assert.Equal((200, 0), (summary.Accepted, summary.Rejected));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
